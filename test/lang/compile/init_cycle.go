package main

var a = b // error: initialization cycle for a
var b = c()

func c() int { return a }

const x = y // error: initialization cycle for x
const y = x

func main() {}
