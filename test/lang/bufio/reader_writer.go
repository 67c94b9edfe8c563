// bufio.Reader and bufio.Writer.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	// expect: unbuffered comes first
	// expect: 1 buffered
	// expect: string b世
	fmt.Fprintf(w, "%d %s\n", 1, "buffered")
	w.WriteString("string ")
	w.WriteByte('b')
	w.WriteRune('世')
	w.WriteString("\n")
	fmt.Fprintln(os.Stdout, "unbuffered comes first")
	w.Flush()
	r := bufio.NewReader(strings.NewReader("line one\nline two\nrest"))
	s, err := r.ReadString('\n')
	fmt.Printf("%q %v\n", s, err) // expect: "line one\n" <nil>
	b, _ := r.Peek(4)
	fmt.Println(string(b)) // expect: line
	c, _ := r.ReadByte()
	r.UnreadByte()
	ru, n, _ := r.ReadRune()
	fmt.Println(c, ru, n) // expect: 108 108 1
	line, err := r.ReadBytes('\n')
	fmt.Printf("%q %v\n", line, err) // expect: "ine two\n" <nil>
	s, err = r.ReadString('\n')
	fmt.Printf("%q %v %v\n", s, err, err == io.EOF)
	// expect: "rest" EOF true
	// expect: 0 1000 2000 3000 4000 5000 6000 7000 8000 9000
	big := bufio.NewWriterSize(os.Stdout, 16)
	for i := range 10 {
		fmt.Fprint(big, i*1000, " ")
	}
	fmt.Fprintln(big)
	big.Flush()
}
