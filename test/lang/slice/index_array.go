// Index past the end of an array.
package main

func main() {
	var a [4]string
	for i := 0; i < 5; i++ {
		a[i] = "x" // panic: runtime error: index out of range [4] with length 4
	}
}
