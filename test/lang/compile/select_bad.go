package main

func main() {
	c := make(chan int)
	select {
	case x := 5: // error: select case must be send or receive (possibly with assignment)
	case c <- "a": // error: cannot use "a" (untyped string constant) as int value in send
	case v, ok, z := <-c: // error: declared and not used: v // error: declared and not used: ok // error: declared and not used: z // error: assignment mismatch: 3 variables but 1 value
	default:
	default: // error: multiple defaults (first at ./select_bad.go:9:2)
	}
}
