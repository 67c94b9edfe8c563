// strings.Builder and strings.Reader.
package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

func main() {
	var b strings.Builder
	b.Grow(10)
	b.WriteString("abc")
	b.WriteByte('-')
	b.WriteRune('世')
	b.Write([]byte("xyz"))
	fmt.Println(b.String(), b.Len()) // expect: abc-世xyz 10
	b.Reset()
	for i := range 1000 {
		b.WriteString(strconv.Itoa(i))
	}
	fmt.Println(b.Len()) // expect: 2890
	r := strings.NewReader("hello world")
	buf := make([]byte, 5)
	n, err := r.Read(buf)
	fmt.Println(n, err, string(buf[:n]), r.Len()) // expect: 5 <nil> hello 6
	c, _ := r.ReadByte()
	r.UnreadByte()
	fmt.Println(string(c)) // expect:
	rest, err := io.ReadAll(r)
	fmt.Printf("%q %v\n", rest, err) // expect: " world" <nil>
	n, err = r.Read(buf)
	fmt.Println(n, err) // expect: 0 EOF
}
