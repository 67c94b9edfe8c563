// An unbuffered send happens together with its receive.
package main

import "fmt"

func main() {
	c := make(chan bool)
	data := 0
	go func() {
		data = 42
		c <- true
	}()
	<-c
	fmt.Println(data) // expect: 42
	var log []string
	go func() {
		log = append(log, "received "+fmt.Sprint(<-c))
		c <- true
	}()
	c <- true
	<-c
	fmt.Println(log) // expect: [received true]
}
