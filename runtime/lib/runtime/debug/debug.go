// Package debug turns the collector's knobs and prints stacks.
package debug

import (
	"os"
	"runtime"
	"time"
)

func setGCPercent(percent int32) int32
func setMemoryLimit(limit int64) int64
func setTraceback(level string)

// SetGCPercent sets how much, in percent of what was reachable, the heap may
// grow before the next collection; negative is off. It returns what it was.
func SetGCPercent(percent int) int { return int(setGCPercent(int32(max(percent, -1)))) }

// SetMemoryLimit sets how much memory the run time should stay within, by
// collecting more often; negative changes nothing. It returns what it was.
func SetMemoryLimit(limit int64) int64 { return setMemoryLimit(limit) }

// FreeOSMemory runs a collection and gives as much memory as it can back to the
// system.
func FreeOSMemory()

// WriteHeapDump writes all goroutines and objects to a file, in Go's format "go1.7
// heap dump", while the program stands still. The file must not be a pipe or socket
// whose other end is in this process.
func WriteHeapDump(fd uintptr)

// SetMaxStack sets how many bytes the stack of one goroutine may take; a program that
// needs more dies. It returns what it was.
func SetMaxStack(bytes int) int

// SetMaxThreads sets how many threads there may be; a program that needs more dies. It
// returns what it was.
func SetMaxThreads(threads int) int

// SetTraceback sets how much a dying program prints, as GOTRACEBACK does: none,
// single, all, system or crash.
func SetTraceback(level string) { setTraceback(level) }

// Stack returns a traceback of this goroutine.
func Stack() []byte {
	for size := 1024; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, false); n < size {
			return buf[:n]
		}
	}
}

// PrintStack prints a traceback of this goroutine on standard error.
func PrintStack() { os.Stderr.Write(Stack()) }

// GCStats tells about the collections so far.
type GCStats struct {
	LastGC         time.Time       // when the last one ended
	NumGC          int64           // how many there were
	PauseTotal     time.Duration   // sum of all stops
	Pause          []time.Duration // the last stops, the newest first
	PauseEnd       []time.Time     // when they ended
	PauseQuantiles []time.Duration // if not empty: minimum, ..., maximum of Pause
}

// ReadGCStats fills stats. PauseQuantiles is as long as it was.
func ReadGCStats(stats *GCStats) {
	m := new(runtime.MemStats)
	runtime.ReadMemStats(m)
	stats.NumGC = int64(m.NumGC)
	stats.PauseTotal = time.Duration(m.PauseTotalNs)
	stats.LastGC = time.Unix(0, int64(m.LastGC))
	n := min(int(m.NumGC), len(m.PauseNs))
	stats.Pause = stats.Pause[:0]
	stats.PauseEnd = stats.PauseEnd[:0]
	for i := 0; i < n; i++ {
		at := (int(m.NumGC) - 1 - i) % len(m.PauseNs)
		stats.Pause = append(stats.Pause, time.Duration(m.PauseNs[at]))
		stats.PauseEnd = append(stats.PauseEnd, time.Unix(0, int64(m.PauseEnd[at])))
	}
	quantiles(stats.PauseQuantiles, stats.Pause)
}

// quantiles sets q[0] to the least of pauses, the last of q to the greatest, and
// the others evenly in between.
func quantiles(q, pauses []time.Duration) {
	if len(q) == 0 {
		return
	}
	sorted := append([]time.Duration(nil), pauses...)
	for i := range sorted {
		for j := i; j > 0 && sorted[j] < sorted[j-1]; j-- {
			sorted[j], sorted[j-1] = sorted[j-1], sorted[j]
		}
	}
	for i := range q {
		q[i] = 0
		if n := len(sorted); n > 0 && i == len(q)-1 {
			q[i] = sorted[n-1]
		} else if n > 0 {
			q[i] = sorted[n*i/(len(q)-1)]
		}
	}
}
