// tern-only
// There is no reflection.
package main

import "reflect" // refused: reflect

func main() { _ = reflect.TypeOf(1) }
