package main

func a() int {
	return // error: not enough return values
}

func b() {
	return 1 // error: too many return values
}

func c() (int, error) {
	return 1 // error: not enough return values
}

func d() (int, string) {
	return 1, "a", 2 // error: too many return values
}

func e() int {
	return "x" // error: cannot use "x" (untyped string constant) as int value in return statement
}

func main() {}
