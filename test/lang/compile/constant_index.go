package main

func main() {
	a := [3]int{1, 2, 3}
	_ = a[3]     // error: invalid argument: index 3 out of bounds [0:3]
	_ = a[-1]    // error: invalid argument: index -1 (constant of type int) must not be negative
	_ = "abc"[5] // error: invalid argument: index 5 out of bounds [0:3]
	s := []int{1}
	_ = s[-1]                          // error: invalid argument: index -1 (constant of type int) must not be negative
	_ = a[2:1]                         // error: invalid slice indices: 1 < 2
	_ = a[1:5]                         // error: invalid argument: index 5 out of bounds [0:4]
	_ = [2]int{1, 2, 3}                // error: index 2 is out of bounds (>= 2)
	_ = [...]int{5: 1, 5: 2}           // error: duplicate index 5 in array or slice literal
	_ = s["x"]                         // error: cannot convert "x" (untyped string constant) to type int
	_ = map[string]int{"a": 1, "a": 2} // error: duplicate key "a" in map literal
}
