// Strings, bytes and runes into each other, always as copies.
package main

import "fmt"

func main() {
	s := "héllo"
	b := []byte(s)
	r := []rune(s)
	fmt.Println(b, len(b)) // expect: [104 195 169 108 108 111] 6
	fmt.Println(r, len(r)) // expect: [104 233 108 108 111] 5
	b[0] = 'H'
	r[1] = 'e'
	fmt.Println(s, string(b), string(r))                                                      // expect: héllo Héllo hello
	fmt.Println(string(rune(0x4e16)), string(rune(-1)), string(rune(0x10ffff+1)) == "\ufffd") // expect: 世 � true
	fmt.Println(len(string([]rune{0xd800})), []byte(string(rune(0xd800))))                    // expect: 3 [239 191 189]
	fmt.Println([]rune("a\xffb\xc3"))                                                         // expect: [97 65533 98 65533]
	type text string
	type octets []byte
	t := text("abc")
	fmt.Println(octets(t), text(octets{65, 66}), string(t)+"!") // expect: [97 98 99] AB abc!
	var nilb []byte
	fmt.Println(string(nilb) == "", []byte("") == nil, len([]byte("")))               // expect: true false 0
	fmt.Println(append([]byte("x"), "yz"...), string(append([]byte(nil), s[1:3]...))) // expect: [120 121 122] é
	n := copy(b, "JELLY")
	fmt.Println(n, string(b)) // expect: 5 JELLYo
}
