package main

func main() {
	s := "not closed // error: newline in string
	_ = s
}
