package sync

import "sync/atomic"

// WaitGroup waits until as many are done as were added. Its zero value is ready
// to use.
//
// The upper half of state is the count, the lower the number of waiters, so
// that the Add that brings the count to zero sees all who wait.
type WaitGroup struct {
	noCopy noCopy
	state  uint64
	sema   uint32
}

// noCopy makes `go vet` complain of copies.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Add adds delta, which may be negative, to the count, and releases all waiters
// when it becomes zero. A count below zero panics.
func (wg *WaitGroup) Add(delta int) {
	s := atomic.AddUint64(&wg.state, uint64(delta)<<32)
	count, waiters := int32(s>>32), uint32(s)
	if count < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if waiters != 0 && delta > 0 && count == int32(delta) {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	if count > 0 || waiters == 0 {
		return
	}
	// Nobody may touch the group between zero and the release.
	if atomic.LoadUint64(&wg.state) != s {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	atomic.StoreUint64(&wg.state, 0)
	for ; waiters > 0; waiters-- {
		runtime_Semrelease(&wg.sema, false)
	}
}

// Done takes one from the count.
func (wg *WaitGroup) Done() { wg.Add(-1) }

// Wait returns once the count is zero.
func (wg *WaitGroup) Wait() {
	for {
		s := atomic.LoadUint64(&wg.state)
		if int32(s>>32) == 0 {
			return
		}
		if atomic.CompareAndSwapUint64(&wg.state, s, s+1) {
			runtime_Semacquire(&wg.sema, false, waitSema)
			if atomic.LoadUint64(&wg.state) != 0 {
				panic("sync: WaitGroup is reused before previous Wait has returned")
			}
			return
		}
	}
}
