package main

func main() {
	switch 1 {
	case 1:
		fallthrough
	case 2:
		if true {
			fallthrough // error: fallthrough statement out of place
		}
	case 3:
		fallthrough // error: cannot fallthrough final case in switch
	}
	var a any
	switch a.(type) {
	case int:
		fallthrough // error: cannot fallthrough in type switch
	default:
	}
	fallthrough // error: fallthrough statement out of place
}
