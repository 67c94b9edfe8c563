// Prime sieve: a chain of goroutines, one for each prime.
//
// Shows: unbuffered channels as the only means of control. A generator sends
// the numbers 2, 3, 4, ...; each prime found adds a filter that drops its
// multiples. With N primes there are N goroutines, and each number crosses as
// many channels as it survives filters: the scheduler's handing over from one
// goroutine to the next is all the time that passes.
//
// Usage: primesieve [N]
package main

import (
	"fmt"
	"os"
	"strconv"
)

// generate sends 2, 3, 4, ... until done is closed.
func generate(out chan<- int, done <-chan struct{}) {
	for i := 2; ; i++ {
		select {
		case out <- i:
		case <-done:
			return
		}
	}
}

// filter copies in to out except what prime divides.
func filter(in <-chan int, out chan<- int, prime int, done <-chan struct{}) {
	for {
		var n int
		select {
		case n = <-in:
		case <-done:
			return
		}
		if n%prime == 0 {
			continue
		}
		select {
		case out <- n:
		case <-done:
			return
		}
	}
}

// sieve returns the first n primes.
func sieve(n int) []int {
	done := make(chan struct{})
	defer close(done) // ends all goroutines of the chain
	primes := make([]int, 0, n)
	ch := make(chan int)
	go generate(ch, done)
	for range n {
		prime := <-ch
		primes = append(primes, prime)
		next := make(chan int)
		go filter(ch, next, prime, done)
		ch = next
	}
	return primes
}

// isPrime is the slow and certain way, to check the sieve.
func isPrime(n int) bool {
	if n < 2 {
		return false
	}
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// check compares the primes with those found by trial division.
func check(primes []int) bool {
	candidate := 2
	for _, p := range primes {
		for !isPrime(candidate) {
			candidate++
		}
		if p != candidate {
			return false
		}
		candidate++
	}
	return true
}

func main() {
	n := 500
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			n = v
		}
	}
	primes := sieve(n)
	for i, p := range primes {
		if i >= 20 {
			break
		}
		if i > 0 {
			fmt.Print(" ")
		}
		fmt.Print(p)
	}
	fmt.Println()
	gap, after := 0, 2
	for i := 1; i < len(primes); i++ {
		if d := primes[i] - primes[i-1]; d > gap {
			gap, after = d, primes[i-1]
		}
	}
	fmt.Println("prime number", n, "is", primes[n-1])
	fmt.Println("the widest gap is", gap, "after", after)
	fmt.Println("trial division agrees:", check(primes))
}
