// Rate limiter: let through so many requests in a period, and no more.
//
// Shows: select over channels and timers, a ticker, time.AfterFunc, giving up
// after a time, and cancelling everything through one closed channel. Only
// facts that do not depend on the machine's speed are printed.
//
// Usage: ratelimiter [REQUESTS]
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"
)

var (
	errTimeout = errors.New("timed out")
	errStopped = errors.New("limiter stopped")
)

// limiter is a token bucket: take waits for a token; a goroutine adds one at
// every tick, up to the size of the bucket.
type limiter struct {
	tokens  chan struct{}
	quit    chan struct{}
	stopped chan struct{}
	once    sync.Once
	added   int // owned by refill until stopped is closed
}

// newLimiter starts with a full bucket.
func newLimiter(burst int, every time.Duration) *limiter {
	l := &limiter{
		tokens:  make(chan struct{}, burst),
		quit:    make(chan struct{}),
		stopped: make(chan struct{}),
	}
	for range burst {
		l.tokens <- struct{}{}
	}
	go l.refill(every)
	return l
}

// refill runs until the limiter is stopped.
func (l *limiter) refill(every time.Duration) {
	defer close(l.stopped)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			select {
			case l.tokens <- struct{}{}:
				l.added++
			default: // the bucket is full
			}
		case <-l.quit:
			return
		}
	}
}

// take waits for a token, but no longer than patience.
func (l *limiter) take(patience time.Duration) error {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-l.tokens:
		return nil
	case <-timer.C:
		return errTimeout
	case <-l.quit:
		return errStopped
	}
}

// tryTake takes a token if there is one right now.
func (l *limiter) tryTake() bool {
	select {
	case <-l.tokens:
		return true
	default:
		return false
	}
}

// stop ends the refilling and wakes everybody who waits. Twice is fine.
func (l *limiter) stop() {
	l.once.Do(func() { close(l.quit) })
	<-l.stopped
}

func main() {
	requests := 20
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			requests = v
		}
	}
	const burst = 5
	const every = 5 * time.Millisecond

	// A burst goes through at once; the next one has to wait for ever, because
	// the tokens of this limiter come once an hour.
	slow := newLimiter(burst, time.Hour)
	through := 0
	for slow.tryTake() {
		through++
	}
	fmt.Println("burst:", through)
	fmt.Println("impatient:", slow.take(10*time.Millisecond))
	time.AfterFunc(10*time.Millisecond, slow.stop)
	fmt.Println("patient:", slow.take(time.Hour))
	slow.stop()

	// Requests from many goroutines; all get their token in the end.
	l := newLimiter(burst, every)
	start := time.Now()
	granted := make(chan int, requests)
	for i := range requests {
		go func() {
			if err := l.take(time.Minute); err == nil {
				granted <- i
			}
		}()
	}
	seen := make([]bool, requests)
	for range requests {
		seen[<-granted] = true
	}
	elapsed := time.Since(start)
	l.stop()
	all := true
	for _, s := range seen {
		all = all && s
	}
	fmt.Println("all granted:", all)
	if waited := requests - burst; waited > 1 {
		least := time.Duration(waited-1) * every
		fmt.Println("not too fast:", elapsed >= least, "refilled enough:", l.added >= waited)
	}
	fmt.Println("after stop:", l.take(time.Hour) != errTimeout)
}
