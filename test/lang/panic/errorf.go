// An error made by the fmt package.
package main

import (
	"errors"
	"fmt"
)

func main() {
	panic(fmt.Errorf("wrapped: %w", errors.New("inner"))) // panic: wrapped: inner
}
