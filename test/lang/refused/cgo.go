// tern-only
// There is no cgo.
package main

import "C" // refused: C

func main() {}
