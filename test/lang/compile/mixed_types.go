package main

type Celsius float64
type Meters float64

func main() {
	var c Celsius
	var m Meters
	var i int
	var j int32
	_ = c + m  // error: invalid operation: c + m (mismatched types Celsius and Meters)
	_ = i * j  // error: invalid operation: i * j (mismatched types int and int32)
	_ = i == j // error: invalid operation: i == j (mismatched types int and int32)
	_ = c == 1.5
	c = m // error: cannot use m (variable of type Meters) as Celsius value in assignment
	j = i // error: cannot use i (variable of type int) as int32 value in assignment
}
