package main

func f(a int, b string) int       { return 0 }
func v(a int, rest ...string) int { return 0 }

func main() {
	f(1)                        // error: not enough arguments in call to f
	f(1, "a", 2)                // error: too many arguments in call to f
	f("a", 1)                   // error: cannot use "a" (untyped string constant) as int value in argument to f // error: cannot use 1 (untyped int constant) as string value in argument to f
	v()                         // error: not enough arguments in call to v
	v(1, 2)                     // error: cannot use 2 (untyped int constant) as string value in argument to v
	v(1, []string{"a"})         // error: cannot use []string{…} (value of type []string) as string value in argument to v
	v(1, "x", []string{"a"}...) // error: too many arguments in call to v
	f()                         // error: not enough arguments in call to f
	_ = f(1, "x") + "s"         // error: invalid operation: f(1, "x") + "s" (mismatched types int and untyped string)
}
