package main

func f(a int b int) {} // error: syntax error: unexpected name b in parameter list; possibly missing comma or )

func g(int a) {}

func main() {}
