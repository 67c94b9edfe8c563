package main

func f() {}

import "fmt" // error: syntax error: imports must appear before other declarations

func main() { fmt.Println() }