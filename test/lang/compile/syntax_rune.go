package main

func main() {
	_ = '' // error: empty rune literal or unescaped '
	_ = 'ab' // error: more than one character in rune literal
	_ = '\q' // error: unknown escape
	_ = "\xg0" // error: invalid character 'g' in hexadecimal escape
	_ = '\u12' // error: invalid character '\'' in hexadecimal escape
	_ = "\400" // error: octal escape value 256 > 255
	_ = '\ud800' // error: escape is invalid Unicode code point U+D800
}
