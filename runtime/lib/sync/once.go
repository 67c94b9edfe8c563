package sync

import "sync/atomic"

// Once runs one function once.
type Once struct {
	done uint32
	m    Mutex
}

// Do calls f if Do was never called before, and otherwise waits until that call
// of f returned. An f that panics counts as returned.
func (o *Once) Do(f func()) {
	if atomic.LoadUint32(&o.done) == 0 {
		o.doSlow(f)
	}
}

func (o *Once) doSlow(f func()) {
	o.m.Lock()
	defer o.m.Unlock()
	if o.done == 0 {
		defer atomic.StoreUint32(&o.done, 1)
		f()
	}
}

// OnceFunc returns a function that calls f at its first call only. If f
// panicked, each call panics with the same value.
func OnceFunc(f func()) func() {
	var once Once
	var ok bool
	var value any
	run := func() {
		defer func() {
			value = recover()
			if !ok {
				panic(value)
			}
		}()
		f()
		f = nil
		ok = true
	}
	return func() {
		once.Do(run)
		if !ok {
			panic(value)
		}
	}
}
