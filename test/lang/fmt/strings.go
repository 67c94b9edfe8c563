// String verbs.
package main

import (
	"errors"
	"fmt"
)

func main() {
	fmt.Printf("%s|%10s|%-10s|%.3s|%10.2s|%q|%x|%X\n", "hello", "hello", "hello", "hello", "hello", "he\"l\n", "hello", "hello")
	// expect: hello|     hello|hello     |hel|        he|"he\"l\n"|68656c6c6f|68656C6C6F
	// expect: "世界\x00\xff" "\u4e16\u754c" "raw`less" 'x'
	// expect:     é|世    |000ab
	// expect: [a b c] [x y] [%!d(string=z)]
	// expect: ["a b" "c"] [true false]
	// expect: %|😀|plain|an error
	// expect: bytes [98 121 116 101 115]
	// expect: 68656c6c6f|68 65 6C 6C 6F|0x68656c6c6f|0x68 0x69
	// expect: "a"     |     "b"|
	// expect: a	b c\d multi
	// expect: line
	fmt.Printf("%q %+q %#q %q\n", "世界\x00\xff", "世界", "raw`less", 'x')
	fmt.Printf("%5s|%-5s|%05s\n", "é", "世", "ab")
	fmt.Printf("%v %s %d\n", []string{"a b", "c"}, []string{"x", "y"}, []string{"z"})
	fmt.Printf("%q %v\n", []string{"a b", "c"}, [2]bool{true})
	fmt.Printf("%%|%c|%v|%s\n", 0x1F600, "plain", errors.New("an error"))
	fmt.Printf("%s %v\n", []byte("bytes"), []byte("bytes"))
	fmt.Printf("%x|% X|%#x|%# x\n", "hello", "hello", "hello", "hi")
	fmt.Printf("%-8q|%8q|\n", "a", "b")
	fmt.Println("a\tb", `c\d`, "multi\nline")
}
