// Package pprof writes the profile of goroutines: where each of them is.
//
// The other profiles of Go (heap, threads, processor time) are not kept, and there is
// no binary form.
package pprof

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"sort"
	"strings"
)

// Profile is a collection of stacks.
type Profile struct {
	name string
}

var goroutines = &Profile{"goroutine"}

// Lookup returns the profile with this name, or nil; "goroutine" is the only one.
func Lookup(name string) *Profile {
	if name == goroutines.name {
		return goroutines
	}
	return nil
}

// Profiles returns all profiles.
func Profiles() []*Profile { return []*Profile{goroutines} }

// Name returns the profile's name.
func (p *Profile) Name() string { return p.name }

// Count returns how many stacks the profile has now.
func (p *Profile) Count() int { return runtime.NumGoroutine() }

// stacks writes tracebacks of all goroutines into buf, one after the other while the
// others run, and returns the length.
func stacks(buf []byte) int

// WriteTo writes the profile. With debug = 1 equal stacks are counted, of one moment
// for which the world is stopped; with debug = 2 each goroutine is written as a crash
// would write it, one after the other without a stop. 0, Go's binary form, is an error.
func (p *Profile) WriteTo(w io.Writer, debug int) error {
	switch debug {
	case 0:
		return errors.New("pprof: there is no binary form, use debug = 1 or 2")
	case 1:
		return writeCounts(w)
	}
	for size := 1 << 16; ; size *= 2 {
		buf := make([]byte, size)
		if n := stacks(buf); n < size {
			_, err := w.Write(buf[:n])
			return err
		}
	}
}

func writeCounts(w io.Writer) error {
	var records []runtime.StackRecord
	n, ok := runtime.GoroutineProfile(nil)
	for !ok {
		records = make([]runtime.StackRecord, n+10)
		n, ok = runtime.GoroutineProfile(records)
	}
	counts := make(map[runtime.StackRecord]int)
	for _, r := range records[:n] {
		counts[r]++
	}
	var kinds []runtime.StackRecord
	for r := range counts {
		kinds = append(kinds, r)
	}
	sort.Slice(kinds, func(i, k int) bool { return counts[kinds[i]] > counts[kinds[k]] })
	var out strings.Builder
	fmt.Fprintf(&out, "goroutine profile: total %d\n", n)
	for i := range kinds {
		writeKind(&out, &kinds[i], counts[kinds[i]])
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func writeKind(out *strings.Builder, r *runtime.StackRecord, count int) {
	fmt.Fprintf(out, "%d @", count)
	for _, pc := range r.Stack() {
		fmt.Fprintf(out, " %#x", pc&(1<<56-1)) // the rest tells of inlining
	}
	out.WriteByte('\n')
	frames := runtime.CallersFrames(r.Stack())
	for more := len(r.Stack()) > 0; more; {
		var f runtime.Frame
		f, more = frames.Next()
		fmt.Fprintf(out, "#\t%#x\t%s+%#x\t%s:%d\n",
			f.PC&(1<<56-1), f.Function, f.PC&(1<<56-1)-f.Entry, f.File, f.Line)
	}
	out.WriteByte('\n')
}
