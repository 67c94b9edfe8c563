// io helpers: Copy, MultiWriter-free composition, LimitReader, TeeReader, own readers and writers.
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
)

type upper struct{ w io.Writer }

func (u upper) Write(p []byte) (int, error) { return u.w.Write(bytes.ToUpper(p)) }

type slow struct {
	s string
	i int
}

func (r *slow) Read(p []byte) (int, error) {
	if r.i >= len(r.s) {
		return 0, io.EOF
	}
	p[0] = r.s[r.i]
	r.i++
	return 1, nil
}

func main() {
	n, err := io.Copy(upper{os.Stdout}, &slow{s: "copied slowly\n"}) // expect: COPIED SLOWLY
	fmt.Println(n, err)                                              // expect: 14 <nil>
	b, err := io.ReadAll(io.LimitReader(&slow{s: "limited text"}, 7))
	fmt.Println(string(b), err) // expect: limited <nil>
	var buf bytes.Buffer
	t := io.TeeReader(strings.NewReader("tee"), &buf)
	io.ReadAll(t)
	fmt.Println(buf.String()) // expect: tee
	p := make([]byte, 4)
	k, err := io.ReadFull(&slow{s: "ab"}, p)
	fmt.Println(k, err, err == io.ErrUnexpectedEOF) // expect: 2 unexpected EOF true
	k, err = io.ReadFull(&slow{s: "abcdef"}, p)
	fmt.Println(k, err, string(p))
	// expect: 4 <nil> abcd
	// expect: done
	io.WriteString(os.Stdout, "done\n")
}
