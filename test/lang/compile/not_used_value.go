package main

func f() int { return 1 }

func main() {
	x := 1
	x + 1              // error: x + 1 (value of type int) is not used
	5                  // error: 5 (untyped int constant) is not used
	"s"                // error: "s" (untyped string constant) is not used
	f                  // error: f (value of type func() int) is not used
	x == 2             // error: x == 2 (untyped bool value) is not used
	-x                 // error: -x (value of type int) is not used
	[]int{1}           // error: []int{…} (value of type []int) is not used
	len("abc")         // error: len("abc") (constant 3 of type int) is not used
	append([]int{}, 1) // error: append([]int{}, 1) (value of type []int) is not used
	x                  // error: x (variable of type int) is not used
}
