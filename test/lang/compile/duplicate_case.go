package main

func main() {
	switch 5 {
	case 1:
	case 2, 1: // error: duplicate case 1 (constant of type int) in expression switch
	}
	switch "a" {
	case "x":
	case "x": // error: duplicate case "x" (constant of type string) in expression switch
	}
	var a any
	switch a.(type) {
	case int:
	case string, int: // error: duplicate case int in type switch
	}
	switch {
	default:
	default: // error: multiple defaults (first at ./duplicate_case.go:18:2)
	}
	switch 1 {
	case "a": // error: cannot convert "a" (untyped string constant) to type int
	}
	switch x := a.(type) { // error: x declared and not used
	case int:
	}
}
