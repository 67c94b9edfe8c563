// unicode and utf8.
package main

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

func main() {
	for _, r := range "aZ5 é世_\n" {
		fmt.Println(unicode.IsLetter(r), unicode.IsUpper(r), unicode.IsLower(r), unicode.IsDigit(r), unicode.IsSpace(r), unicode.IsPunct(r))
	}
	// expect: true false true false false false
	// expect: true true false false false false
	// expect: false false false true false false
	// expect: false false false false true false
	// expect: true false true false false false
	// expect: true false false false false false
	// expect: false false false false false true
	// expect: false false false false true false
	fmt.Println(string(unicode.ToUpper('é')), string(unicode.ToLower('Σ')))                                  // expect: É σ
	fmt.Println(utf8.RuneLen('世'), utf8.ValidString("a\xff"), utf8.RuneCountInString("héé"), utf8.RuneError) // expect: 3 false 3 65533
	r, n := utf8.DecodeRuneInString("世界")
	fmt.Println(r, n) // expect: 19990 3
	r, n = utf8.DecodeRuneInString("\xe4\xb8")
	fmt.Println(r, n) // expect: 65533 1
	r, n = utf8.DecodeLastRuneInString("世界")
	fmt.Println(r, n) // expect: 30028 3
	b := utf8.AppendRune(nil, 'é')
	fmt.Println(b, utf8.FullRune(b[:1]), utf8.Valid(b)) // expect: [195 169] false true
	buf := make([]byte, 4)
	fmt.Println(utf8.EncodeRune(buf, 0x1F600), buf) // expect: 4 [240 159 152 128]
}
