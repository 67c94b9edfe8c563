// The environment and the three standard files.
// stdin: typed in
// exit: 4
// stderr: to stderr
package main

import (
	"fmt"
	"io"
	"os"
)

func main() {
	os.Setenv("TERN_TEST_X", "value")
	fmt.Println(os.Getenv("TERN_TEST_X"), os.Getenv("TERN_TEST_NONE") == "") // expect: value true
	v, ok := os.LookupEnv("TERN_TEST_X")
	fmt.Println(v, ok) // expect: value true
	b, err := io.ReadAll(os.Stdin)
	fmt.Printf("%q %v\n", b, err)
	// expect: "typed in\n" <nil>
	// expect: direct
	// expect: bytes
	os.Stdout.WriteString("direct\n")
	os.Stdout.Write([]byte("bytes\n"))
	fmt.Fprintln(os.Stderr, "to stderr")
	os.Exit(4)
}
