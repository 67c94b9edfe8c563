package main

func f() int { return 1 }

var v = 1

const a = f()      // error: f() (value of type int) is not constant
const b = v        // error: v (variable of type int) is not constant
const c = []int{1} // error: []int{…} (value of type []int) is not constant
const d int = "x"  // error: cannot use "x" (untyped string constant) as int value in constant declaration
const e            // error: missing init expr for e

func main() {}
