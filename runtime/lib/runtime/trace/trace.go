// Package trace writes execution traces: what every goroutine and processor did,
// when the world stood still, and where the collector was, event by event.
//
// The form of the file is Tern's own (runtime/trace/events.h); "tern trace" makes of
// it what chrome://tracing and ui.perfetto.dev show.
//
// Files: trace.go, annotation.go. The C half is runtime/debug/link_trace.c.
package trace

import (
	"errors"
	"io"
	"sync"
)

func start() bool
func stop()
func read() []byte

// IsEnabled reports whether a trace is being written.
func IsEnabled() bool

var tracing struct {
	sync.Mutex
	on   bool
	done chan bool // closed when everything is written
}

// Start begins a trace, which goes to w until Stop. It fails if one is being written.
func Start(w io.Writer) error {
	tracing.Lock()
	defer tracing.Unlock()
	if tracing.on || !start() {
		return errors.New("runtime error: tracing is already enabled")
	}
	done := make(chan bool)
	tracing.on, tracing.done = true, done
	go func() {
		for data := read(); data != nil; data = read() {
			w.Write(data)
		}
		close(done)
	}()
	return nil
}

// Stop ends the trace, if there is one, and returns when all of it is written.
func Stop() {
	tracing.Lock()
	defer tracing.Unlock()
	if tracing.on {
		stop()
		<-tracing.done
		tracing.on = false
	}
}
