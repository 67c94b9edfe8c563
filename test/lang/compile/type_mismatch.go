package main

func main() {
	var i int = "string" // error: cannot use "string" (untyped string constant) as int value in variable declaration
	var s string = 5     // error: cannot use 5 (untyped int constant) as string value in variable declaration
	var f float64 = true // error: cannot use true (untyped bool constant) as float64 value in variable declaration
	i = 2.5              // error: cannot use 2.5 (untyped float constant) as int value in assignment (truncated)
	var b bool = nil     // error: cannot use nil as bool value in variable declaration
	var p *int = 0       // error: cannot use 0 (untyped int constant) as *int value in variable declaration
	var u uint8 = i      // error: cannot use i (variable of type int) as uint8 value in variable declaration
	var e error = 5      // error: cannot use 5 (constant of type int) as error value in variable declaration: int does not implement error (missing method Error)
	_, _, _, _, _, _, _ = s, f, b, p, u, e, i
}
