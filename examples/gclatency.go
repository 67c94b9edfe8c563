// GC latency: how long can one step of a program take because of the collector?
//
// Shows: the classic test of a message window. A ring keeps the last 200 000
// messages of 1 KiB alive; every push allocates a new one and drops the oldest,
// so that old objects die all the time and the heap stays about 200 MB. What
// counts is not throughput but the worst single push. It is a figure, so it
// goes to standard error; the checks go to standard output.
//
// Usage: gclatency [PUSHES [WINDOW]]
package main

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"time"
)

const messageSize = 1024

// message is what is sent; its first bytes tell its number.
type message []byte

func newMessage(n int) message {
	m := make(message, messageSize)
	for i := range m {
		m[i] = byte(n)
	}
	m[0], m[1], m[2], m[3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	return m
}

// number reads back what newMessage wrote.
func (m message) number() int {
	return int(m[0])<<24 | int(m[1])<<16 | int(m[2])<<8 | int(m[3])
}

// intact says whether all bytes are as newMessage made them.
func (m message) intact() bool {
	last := byte(m.number())
	for _, b := range m[4:] {
		if b != last {
			return false
		}
	}
	return true
}

// window is a ring of the most recent messages.
type window []message

func (w window) push(n int) {
	w[n%len(w)] = newMessage(n)
}

// latencies keeps the slowest pushes seen.
type latencies struct {
	worst []time.Duration
}

const keepWorst = 5

func (l *latencies) add(d time.Duration) {
	if len(l.worst) == keepWorst && d <= l.worst[keepWorst-1] {
		return
	}
	l.worst = append(l.worst, d)
	sort.Slice(l.worst, func(i, j int) bool { return l.worst[i] > l.worst[j] })
	l.worst = l.worst[:min(len(l.worst), keepWorst)]
}

func main() {
	pushes, size := 1000000, 200000
	for i, p := range []*int{&pushes, &size} {
		if len(os.Args) > i+1 {
			if v, err := strconv.Atoi(os.Args[i+1]); err == nil && v > 0 {
				*p = v
			}
		}
	}
	w := make(window, size)
	for n := range size {
		w.push(n)
	}
	fmt.Println("window filled:", size, "messages of", messageSize, "bytes")

	var l latencies
	for n := size; n < size+pushes; n++ {
		start := time.Now()
		w.push(n)
		l.add(time.Since(start))
	}

	oldest, damaged := size+pushes, 0
	for _, m := range w {
		oldest = min(oldest, m.number())
		if !m.intact() {
			damaged++
		}
	}
	fmt.Println("pushed:", pushes, "oldest kept:", oldest, "damaged:", damaged)

	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	fmt.Fprintln(os.Stderr, "worst pushes:", l.worst)
	fmt.Fprintln(os.Stderr, "collections:", stats.NumGC, "heap from the system:", stats.HeapSys>>20, "MiB")
}
