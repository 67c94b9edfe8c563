package main

func main() {
	x := 5
	switch x {
	case "a": // error: cannot convert "a" (untyped string constant) to type int
	case 1.5: // error: 1.5 (untyped float constant) truncated to int
	case nil: // error: cannot convert nil to type int
	case true: // error: cannot convert true (untyped bool constant) to type int
	}
	switch {
	case 1: // error: cannot convert 1 (untyped int constant) to type bool
	case x: // error: invalid case x in switch on true (mismatched types int and bool)
	}
	var e error
	switch e {
	case 5: // error: cannot convert 5 (untyped int constant) to type interface{Error() string}
	}
	switch y := x; { // error: declared and not used: y
	}
}
