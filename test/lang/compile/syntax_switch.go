package main

func main() {
	switch 1 {
		x := 1 // error: syntax error: unexpected name x, expected case or default or }
	case 1: // error: syntax error: unexpected case, expected :
	}
}
