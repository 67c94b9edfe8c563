// Index checks that a compiler may leave out, beside those that it must keep:
// two indices that approach each other, counters of long loops, counters that
// wrap. What is out of range panics, with Go's message, at the right turn.
package main

import (
	"fmt"
	"math"
)

// reverse reads s[j] first: for j in range, i < j needs no check.
func reverse(s []int, from, to int) (turns int) {
	for i, j := from, to; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
		turns++
	}
	return turns
}

// mirror reads s[i] first and stops in the middle.
func mirror(s []int, from, to int) (sum int) {
	for i, j := from, to; i < j; i, j = i+1, j-1 {
		sum += s[i] - s[j]
	}
	return sum
}

// shift reads one beyond its counter.
func shift(s []int, n int) {
	for i := 0; i < n; i++ {
		s[i] = s[i+1]
	}
}

// back counts down to n.
func back(s []int, from, n int) (sum int) {
	for i := from; i >= n; i-- {
		sum += s[i]
	}
	return sum
}

// every counts in larger steps, which may pass the end of int.
func every(s []int, from, step int) (sum int) {
	for i := from; i < len(s); i += step {
		sum += s[i]
		if sum > 1000000 {
			return -1
		}
	}
	return sum
}

// other walks one slice by the length of another.
func other(s, t []int) (sum int) {
	for i := range s {
		sum += s[i] + t[i]
	}
	return sum
}

// shrinking reads by a length that is no longer so.
func shrinking(s []int) (sum int) {
	for i := range s {
		s = s[:len(s)-1]
		sum += s[i]
	}
	return sum
}

func small(s []int, i int8) int  { return s[i] }
func wide(s []int, i uint64) int { return s[i] }
func text(s string, i int) byte  { return s[i] }

func try(name string, f func() int) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(name, e)
		}
	}()
	fmt.Println(name, f())
}

func main() {
	s := make([]int, 3000)
	for i := range s {
		s[i] = i
	}
	try("reverse", func() int { return reverse(s, 0, 2999) })        // expect: reverse 1500
	try("reverse", func() int { return reverse(s, 0, 3000) })        // expect: reverse runtime error: index out of range [3000] with length 3000
	try("reverse", func() int { return reverse(s, -1, 2) })          // expect: reverse runtime error: index out of range [-1]
	try("mirror", func() int { return mirror(s, 0, 2999) })          // expect: mirror 2250000
	try("mirror", func() int { return mirror(s, -3, 3005) })         // expect: mirror runtime error: index out of range [-3]
	try("mirror", func() int { return mirror(s, 0, 3005) })          // expect: mirror runtime error: index out of range [3005] with length 3000
	try("mirror", func() int { return mirror(s, 0, 1<<40) })         // expect: mirror runtime error: index out of range [1099511627776] with length 3000
	try("mirror", func() int { return mirror(nil, 0, 1) })           // expect: mirror runtime error: index out of range [0] with length 0
	try("shift", func() int { shift(s, 2999); return s[2998] })      // expect: shift 0
	try("shift", func() int { shift(s, 3000); return 0 })            // expect: shift runtime error: index out of range [3000] with length 3000
	try("back", func() int { return back(s, 2999, 0) / 1000 })       // expect: back 4492
	try("back", func() int { return back(s, 2999, -1) })             // expect: back runtime error: index out of range [-1]
	try("back", func() int { return back(s, 3000, 0) })              // expect: back runtime error: index out of range [3000] with length 3000
	try("every", func() int { return every(s[:10], 0, 3) })          // expect: every 11970
	try("every", func() int { return every(s[:10], 1, -2) })         // expect: every runtime error: index out of range [-1]
	try("every", func() int { return every(s[:2], 1, math.MaxInt) }) // expect: every runtime error: index out of range [-9223372036854775808]
	try("other", func() int { return other(s[:5], s[:4]) })          // expect: other runtime error: index out of range [4] with length 4
	try("shrinking", func() int { return shrinking(s[:8]) })         // expect: shrinking runtime error: index out of range [4] with length 3
	try("small", func() int { return small(s, -128) })               // expect: small runtime error: index out of range [-128]
	try("wide", func() int { return wide(s, 1<<63) })                // expect: wide runtime error: index out of range [9223372036854775808] with length 3000
	try("text", func() int { return int(text("abc", 3)) })           // expect: text runtime error: index out of range [3] with length 3
	try("text", func() int { return int(text("abc", -1)) })          // expect: text runtime error: index out of range [-1]
}
