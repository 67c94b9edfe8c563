package main

func main() {
	if true {
	}
	else { // error: syntax error: unexpected else, expected }
	}
}
