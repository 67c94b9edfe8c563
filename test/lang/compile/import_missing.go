// tern-only
// A package that is not there; Go's own wording depends on modules.
package main

import (
	"fmt"
	"no/such/package" // refused: package no/such/package is not in std
)

func main() { fmt.Println("x") }
