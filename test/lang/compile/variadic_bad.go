package main

func f(a ...int, b int) {} // error: can only use ... with final parameter in list

func g(a ...int) {}

func main() {
	var s []string
	g(s...)      // error: cannot use s (variable of type []string) as []int value in argument to g
	g(1, 2, "x") // error: cannot use "x" (untyped string constant) as int value in argument to g
	var n int
	g(n...)                   // error: cannot use n (variable of type int) as []int value in argument to g
	_ = append([]int{}, s...) // error: cannot use s (variable of type []string) as []int value in argument to append
}
