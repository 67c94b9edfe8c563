package main

func main() {
	defer 5 // error: expression in defer must be function call
	go func() {} // error: expression in go must be function call
	defer recover // error: expression in defer must be function call
	defer len("x") // error: defer discards result of len("x") (constant 1 of type int)
	go (main()) // error: expression in go must not be parenthesized
	defer int(5) // error: defer requires function call, not conversion int(5) (constant 5 of type int)
}
