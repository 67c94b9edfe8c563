package main

func main() {
	goto over // error: goto over jumps over declaration of x at ./goto_over.go:5:4
	x := 1
	_ = x
over:
	goto inside // error: goto inside jumps into block starting at ./goto_over.go:9:2
	{
	inside:
	}
}
