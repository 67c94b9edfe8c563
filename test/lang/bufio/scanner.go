// Lines, words and runes from standard input.
// stdin: first line
// stdin:
// stdin:   two words
// stdin: last é
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	sc := bufio.NewScanner(os.Stdin)
	n := 0
	for sc.Scan() {
		n++
		fmt.Printf("%d %q\n", n, sc.Text())
	}
	// expect: 1 "first line"
	// expect: 2 ""
	// expect: 3 "  two words"
	// expect: 4 "last é"
	fmt.Println(n, sc.Err()) // expect: 4 <nil>
	ws := bufio.NewScanner(strings.NewReader("a bb  ccc\nd"))
	ws.Split(bufio.ScanWords)
	for ws.Scan() {
		fmt.Println(ws.Text())
	}
	// expect: a
	// expect: bb
	// expect: ccc
	// expect: d
	rs := bufio.NewScanner(strings.NewReader("aé\xff"))
	rs.Split(bufio.ScanRunes)
	for rs.Scan() {
		fmt.Printf("%q\n", rs.Text())
	}
	// expect: "a"
	// expect: "é"
	// expect: "�"
	ls := bufio.NewScanner(strings.NewReader(strings.Repeat("x", 100000)))
	fmt.Println(ls.Scan(), ls.Err()) // expect: false bufio.Scanner: token too long
	ls = bufio.NewScanner(strings.NewReader(strings.Repeat("y", 100000) + "\r\nend"))
	ls.Buffer(make([]byte, 10), 1<<20)
	for ls.Scan() {
		fmt.Println(len(ls.Text()))
	}
	// expect: 100000
	// expect: 3
}
