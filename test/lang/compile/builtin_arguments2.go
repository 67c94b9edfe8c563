package main

func main() {
	_ = new(5)                    // error: 5 is not a type
	delete([]int{}, 1)            // error: invalid argument: []int{} (value of type []int) is not a map
	delete(map[string]int{}, 1)   // error: cannot use 1 (untyped int constant) as string value in argument to delete
	close(5)                      // error: invalid operation: cannot close non-channel 5 (untyped int constant)
	_ = copy([]int{}, []string{}) // error: invalid argument: arguments to copy []int{} (value of type []int) and []string{} (value of type []string) have different element types int and string
	_ = min(1, "a")               // error: invalid argument: mismatched types untyped int (previous argument) and untyped string (type of "a")
	_ = max()                     // error: invalid operation: not enough arguments for max() (expected 1, found 0)
	clear(5)                      // error: invalid argument: cannot clear 5 (untyped int constant): argument must be (or constrained by) map or slice
	_ = panic                     // error: panic (built-in) must be called
	_ = make([]int, -1)           // error: invalid argument: index -1 (constant of type int) must not be negative
}
