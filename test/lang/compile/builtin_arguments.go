package main

func main() {
	_ = len(5)               // error: invalid argument: 5 (untyped int constant) for built-in len
	_ = len()                // error: invalid operation: not enough arguments for len() (expected 1, found 0)
	_ = len("a", "b")        // error: invalid operation: too many arguments for len("a", "b") (expected 1, found 2)
	_ = cap(map[int]int{})   // error: invalid argument: map[int]int{} (value of type map[int]int) for built-in cap
	_ = make(int)            // error: invalid argument: cannot make int; type must be slice, map, or channel
	_ = make([]int)          // error: invalid operation: make([]int) expects 2 or 3 arguments; found 1
	_ = make([]int, "x")     // error: cannot convert "x" (untyped string constant) to type int
	_ = make([]int, 5, 3)    // error: invalid argument: length and capacity swapped
	_ = append(5, 1)         // error: first argument to append must be a slice; have 5 (untyped int constant)
	_ = append([]int{}, "x") // error: cannot use "x" (untyped string constant) as int value in argument to append
}
