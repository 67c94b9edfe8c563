// Sprint, Sprintln, Sprintf, Fprint, Errorf, Append.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
)

func main() {
	s := fmt.Sprint("a", 1, 2, "b", "c", 3.0, nil, nil)
	fmt.Println(s, len(s)) // expect: a1 2bc3 <nil> <nil> 19
	s = fmt.Sprintln("x", 1)
	fmt.Printf("%q\n", s)
	// expect: "x 1\n"
	// expect: to stdout
	// expect: count me
	fmt.Fprintln(os.Stdout, "to", "stdout")
	n, err := fmt.Fprintf(os.Stdout, "%s\n", "count me")
	fmt.Println(n, err) // expect: 9 <nil>
	var sb strings.Builder
	fmt.Fprint(&sb, 1, 2, "x")
	fmt.Println(sb.String()) // expect: 1 2x
	e := fmt.Errorf("ctx %d: %w", 1, errors.New("base"))
	fmt.Println(e, errors.Unwrap(e)) // expect: ctx 1: base base
	b := fmt.Appendf([]byte("pre "), "%03d", 7)
	fmt.Println(string(b))        // expect: pre 007
	fmt.Print("no newline", "\n") // expect: no newline
	fmt.Print()
	fmt.Println() // expect:
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "%v", []int{1})
	fmt.Println(buf.String()) // expect: [1]
}
