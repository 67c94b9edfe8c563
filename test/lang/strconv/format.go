// Formatting numbers, booleans and quoted strings.
package main

import (
	"fmt"
	"strconv"
)

func main() {
	fmt.Println(strconv.Itoa(-45), strconv.FormatInt(255, 2), strconv.FormatInt(-255, 16), strconv.FormatUint(1<<63, 36))                                                      // expect: -45 11111111 -ff 1y2p0ij32e8e8
	fmt.Println(strconv.FormatBool(true), strconv.Quote("a\tb\"c\x00é\xff"), strconv.QuoteRune('☺'), strconv.QuoteToASCII("é世"))                                               // expect: true "a\tb\"c\x00é\xff" '☺' "\u00e9\u4e16"
	fmt.Println(strconv.FormatFloat(3.14159, 'f', 2, 64), strconv.FormatFloat(1e6, 'g', -1, 64), strconv.FormatFloat(0.1, 'e', -1, 32), strconv.FormatFloat(1.5, 'f', -1, 64)) // expect: 3.14 1e+06 1e-01 1.5
	fmt.Println(string(strconv.AppendInt([]byte("n="), 7, 10)), string(strconv.AppendQuote(nil, "q")), string(strconv.AppendBool(nil, false)))                                 // expect: n=7 "q" false
	for _, s := range []string{"true", "T", "1", "FALSE", "0", "yes"} {
		b, err := strconv.ParseBool(s)
		fmt.Println(b, err)
	}
	// expect: true <nil>
	// expect: true <nil>
	// expect: true <nil>
	// expect: false <nil>
	// expect: false <nil>
	// expect: false strconv.ParseBool: parsing "yes": invalid syntax
	for _, s := range []string{`"a\nb"`, "`raw`", `'x'`, `"bad`, `"\u00e9"`, `plain`} {
		u, err := strconv.Unquote(s)
		fmt.Printf("%q %v\n", u, err)
	}
	// expect: "a\nb" <nil>
	// expect: "raw" <nil>
	// expect: "x" <nil>
	// expect: "" invalid syntax
	// expect: "é" <nil>
	// expect: "" invalid syntax
}
