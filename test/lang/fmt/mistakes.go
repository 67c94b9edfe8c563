// Wrong verbs, missing and extra arguments are shown in the output.
package main

import "fmt"

func main() {
	format := "%d %s\n"
	fmt.Printf(format, "str", 5)           // expect: %!d(string=str) %!s(int=5)
	fmt.Printf(format, 1)                  // expect: 1 %!s(MISSING)
	fmt.Printf(format, 1, "a", "extra", 2) // expect: 1 a
	format = "%z %!\n"
	fmt.Printf(format, 3) // expect: %!(EXTRA string=extra, int=2)%!z(int=3) %!!(MISSING)
	format = "%[5]d %[0]d %[x]d %*d\n"
	fmt.Printf(format, 1, 2) // expect: %!d(BADINDEX) %!d(BADINDEX) %!d(BADINDEX) 2
	format = "%t %c %e\n"
	fmt.Printf(format, "s", "t", "u") // expect: %!t(string=s) %!c(string=t) %!e(string=u)
	format = "%d\n"
	fmt.Printf(format, nil)                      // expect: %!d(<nil>)
	fmt.Printf(format, struct{ s string }{"in"}) // expect: {%!d(string=in)}
	format = "%"
	fmt.Printf(format)
	fmt.Println() // expect: %!(NOVERB)
}
