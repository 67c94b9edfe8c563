// Hello: the first program, with a little of everything.
//
// Shows: packages, functions, slices, maps, structs with methods, interfaces,
// goroutines and channels, each in its smallest useful form. Read it from top
// to bottom, then run `tern emit examples/hello.go` and read the same program
// in C.
//
// Usage: hello [NAME]
package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
)

// greeter is anything that can say hello.
type greeter interface {
	greet(name string) string
}

// plain greets in one language.
type plain struct {
	language string
	word     string
}

func (p plain) greet(name string) string {
	return p.word + ", " + name + "!"
}

// loud makes another greeter shout.
type loud struct {
	inner greeter
}

func (l loud) greet(name string) string {
	return strings.ToUpper(l.inner.greet(name))
}

// letters counts how often each letter occurs in a text.
func letters(text string) map[rune]int {
	count := make(map[rune]int)
	for _, r := range strings.ToLower(text) {
		if r >= 'a' && r <= 'z' {
			count[r]++
		}
	}
	return count
}

// mostFrequent returns the letter that occurs most often; among equals the
// first of the alphabet.
func mostFrequent(count map[rune]int) (best rune, n int) {
	keys := make([]rune, 0, len(count))
	for r := range count {
		keys = append(keys, r)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	for _, r := range keys {
		if count[r] > n {
			best, n = r, count[r]
		}
	}
	return best, n
}

// squares sends the first n squares and closes the channel.
func squares(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			out <- i * i
		}
	}()
	return out
}

// divide shows errors and recovery: a division by zero becomes an error.
func divide(a, b int) (q int, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("cannot divide %d by %d: %v", a, b, e)
		}
	}()
	return a / b, nil
}

func main() {
	name := "world"
	if len(os.Args) > 1 {
		name = os.Args[1]
	}

	greeters := []greeter{
		plain{"English", "Hello"},
		plain{"German", "Hallo"},
		plain{"Japanese", "こんにちは"},
		loud{plain{"French", "bonjour"}},
	}
	for i, g := range greeters {
		fmt.Printf("%d. %s\n", i+1, g.greet(name))
	}

	r, n := mostFrequent(letters("Terns fly from one end of the earth to the other"))
	fmt.Printf("the most frequent letter is %q, %d times\n", r, n)

	sum := 0
	for s := range squares(10) {
		sum += s
	}
	fmt.Println("the first ten squares make", sum)

	for _, d := range []int{5, 0} {
		if q, err := divide(45, d); err != nil {
			fmt.Println("error:", err)
		} else {
			fmt.Println("45 /", d, "=", q)
		}
	}
}
