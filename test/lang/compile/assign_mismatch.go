package main

func two() (int, string) { return 1, "a" }

func none() {}

func main() {
	a, b := 1              // error: assignment mismatch: 2 variables but 1 value
	c := two()             // error: assignment mismatch: 1 variable but two returns 2 values
	d, e, f := two()       // error: assignment mismatch: 3 variables but two returns 2 values
	var g, h int = 1, 2, 3 // error: extra init expr 3
	var i, j = 1           // error: assignment mismatch: 2 variables but 1 value
	k := none()            // error: none() (no value) used as value
	_, _, _, _, _, _, _, _, _, _, _ = a, b, c, d, e, f, g, h, i, j, k
}
