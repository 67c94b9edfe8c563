package main

func main() {
	x := 1
	if x == 1 // error: syntax error: unexpected newline, expected { after if clause
	{
	}
}
