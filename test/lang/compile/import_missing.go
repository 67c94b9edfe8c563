package main

import (
	"fmt"
	"no/such/package" // error: cannot find package "no/such/package" in any of:
)

func main() { fmt.Println("x") }
