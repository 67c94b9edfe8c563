// All the ways to write numbers, runes and strings.
package main

import "fmt"

func main() {
	fmt.Println(0b1011, 0o17, 017, 0xFF, 1_000_000, 0x_ff)                          // expect: 11 15 15 255 1000000 255
	fmt.Println(1e3, 1.5e-2, .25, 1., 0x1p-2, 0x1.8p1, 1_0.2_5)                     // expect: 1000 0.015 0.25 1 0.25 3 10.25
	fmt.Println('a', '\n', '\'', '\\', '\x41', '\101', '\u00e9', '\U0001F600', '世') // expect: 97 10 39 92 65 65 233 128512 19990
	fmt.Println("tab\there", "quote\"", "\x41\102\u00e9\U0001F600")                 // expect: tab	here quote" ABé😀
	fmt.Println(`raw \n "string"`)                                                  // expect: raw \n "string"
	fmt.Println(len("\xff\u00ff"), len(`a
b`))
	// expect: 3 3
	fmt.Println("é" == "\u00e9", "é" == "\xc3\xa9") // expect: true true
	fmt.Printf("%q\n", "\a\b\f\n\r\t\v\\\"")        // expect: "\a\b\f\n\r\t\v\\\""
}
