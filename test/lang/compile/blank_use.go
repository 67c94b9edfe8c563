package main

import "fmt"

func main() {
	x := _         // error: cannot use _ as value or type
	_ = _          // error: cannot use _ as value or type
	fmt.Println(_) // error: cannot use _ as value or type
	_.x = 5        // error: cannot use _ as value or type
	_()            // error: cannot use _ as value or type
	var y int = _  // error: cannot use _ as value or type
	_, _ = x, y
}
