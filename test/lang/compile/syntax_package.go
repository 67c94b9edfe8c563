package main

pakage main // error: syntax error: non-declaration statement outside function body

func main() {}
