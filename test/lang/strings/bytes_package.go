// The bytes package.
package main

import (
	"bytes"
	"fmt"
)

func main() {
	b := []byte("hello, world")
	fmt.Println(bytes.Contains(b, []byte("wor")), bytes.Index(b, []byte("o")), bytes.Equal(b, []byte("hello")), bytes.Compare([]byte("a"), []byte("b"))) // expect: true 4 false -1
	fmt.Printf("%s %s %q\n", bytes.ToUpper(b), bytes.TrimSpace([]byte("  x ")), bytes.Split([]byte("a,b"), []byte(",")))                                 // expect: HELLO, WORLD x ["a" "b"]
	fmt.Printf("%s %v\n", bytes.Join([][]byte{{'a'}, {'b'}}, []byte("--")), bytes.HasPrefix(b, []byte("he")))                                            // expect: a--b true
	var buf bytes.Buffer
	buf.WriteString("abc")
	buf.WriteByte('d')
	fmt.Fprintf(&buf, "%d", 5)
	p := make([]byte, 2)
	buf.Read(p)
	fmt.Println(string(p), buf.String(), buf.Len()) // expect: ab cd5 3
	line, err := bytes.NewBufferString("one\ntwo").ReadString('\n')
	fmt.Printf("%q %v\n", line, err)                  // expect: "one\n" <nil>
	fmt.Printf("%s\n", bytes.Repeat([]byte("xy"), 3)) // expect: xyxyxy
}
