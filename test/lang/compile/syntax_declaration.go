package main

import "fmt"

x := 5 // error: syntax error: non-declaration statement outside function body

func main() {
	fmt.Println(x)
}