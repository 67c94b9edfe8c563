package main

type T struct {
	b, c // error: syntax error: unexpected newline, expected type
	d.e.f // error: syntax error: unexpected . in struct type; possibly missing semicolon or newline or }
}

func main() {}
