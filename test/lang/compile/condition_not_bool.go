package main

func main() {
	x := 1
	if x { // error: non-boolean condition in if statement
	}
	for x { // error: non-boolean condition in for statement
	}
	if x = 2; x { // error: non-boolean condition in if statement
	}
	if "a" { // error: non-boolean condition in if statement
	}
	for i := 0; i; i++ { // error: non-boolean condition in for statement
	}
	_ = !5 // error: invalid operation: operator ! not defined on 5 (untyped int constant)
}
