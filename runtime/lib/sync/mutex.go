// Package sync holds what goroutines use to wait for one another.
//
// Everything blocks through two functions of the scheduler: runtime_Semacquire
// parks the caller until a count at an address is positive and takes one, and
// runtime_Semrelease gives one back. The rest is arithmetic on words.
//
// Files: mutex.go, rwmutex.go, waitgroup.go, once.go, cond.go, pool.go, map.go.
// The C halves are in runtime/lang/link_sync.c.
package sync

import "sync/atomic"

// Locker is what can be locked.
type Locker interface {
	Lock()
	Unlock()
}

// The scheduler's semaphores. With lifo the caller goes to the head of the
// queue; with handoff the count goes to the first waiter, which runs at once.
func runtime_Semacquire(addr *uint32, lifo bool, why int)
func runtime_Semrelease(addr *uint32, handoff bool)

// What a goroutine is said to wait for in a traceback.
const (
	waitSema = iota
	waitMutex
	waitReader
	waitWriter
	waitCond
)

// runtime_spin burns a few dozen cycles if spinning can help (another processor
// runs, nothing else is runnable here), and tells whether it did.
func runtime_spin(round int) bool
func runtime_nanotime() int64

// fatal ends the program: it cannot be recovered from.
func fatal(msg string)

// Mutex is a mutual exclusion lock; its zero value is unlocked. It must not be
// copied after first use.
//
// One word says everything:
//
//	bit 0  held      someone has the lock
//	bit 1  woken     a waiter was released, or spins: Unlock need release none
//	bit 2  starving  the lock is passed on in order
//	rest             the number of waiters
//
// Normally a lock that becomes free is taken by whoever comes first; a running
// goroutine beats the one that is just being woken, which is fast and unfair.
// A waiter that then still failed for starvationLimit makes the mutex starve:
// from then on Unlock hands the lock to the head of the queue, and newcomers
// queue without trying. The first owner that is the last waiter, or that waited
// less than the limit, ends this.
type Mutex struct {
	state int32
	sema  uint32
}

const (
	mutexHeld      = 1
	mutexWoken     = 2
	mutexStarving  = 4
	mutexWaiter    = 8 // one waiter
	mutexCountBits = 3

	starvationLimit = 1000000 // nanoseconds
)

// Lock waits until the mutex is free and takes it.
func (m *Mutex) Lock() {
	if atomic.CompareAndSwapInt32(&m.state, 0, mutexHeld) {
		return
	}
	m.lockSlow()
}

// TryLock takes the mutex if that needs no waiting, and tells whether it did.
func (m *Mutex) TryLock() bool {
	s := atomic.LoadInt32(&m.state)
	return s&(mutexHeld|mutexStarving) == 0 &&
		atomic.CompareAndSwapInt32(&m.state, s, s|mutexHeld)
}

func (m *Mutex) lockSlow() {
	var since int64 // of the first wait; 0 before it
	var starving, woken bool
	round := 0
	for {
		s := atomic.LoadInt32(&m.state)
		if s&(mutexHeld|mutexStarving) == mutexHeld && runtime_spin(round) {
			// While we spin, Unlock need not wake anyone.
			if !woken && s&mutexWoken == 0 && s>>mutexCountBits != 0 &&
				atomic.CompareAndSwapInt32(&m.state, s, s|mutexWoken) {
				woken = true
			}
			round++
			continue
		}
		want := s
		if s&mutexStarving == 0 {
			want |= mutexHeld
		}
		if s&(mutexHeld|mutexStarving) != 0 {
			want += mutexWaiter
		}
		if starving && s&mutexHeld != 0 {
			want |= mutexStarving
		}
		if woken {
			if s&mutexWoken == 0 {
				fatal("sync: inconsistent mutex state")
			}
			want &^= mutexWoken
		}
		if !atomic.CompareAndSwapInt32(&m.state, s, want) {
			continue
		}
		if s&(mutexHeld|mutexStarving) == 0 {
			return
		}
		again := since != 0
		if !again {
			since = runtime_nanotime()
		}
		runtime_Semacquire(&m.sema, again, waitMutex)
		waited := runtime_nanotime() - since
		starving = starving || waited > starvationLimit
		if atomic.LoadInt32(&m.state)&mutexStarving != 0 {
			m.takeOver(starving)
			return
		}
		woken = true
		round = 0
	}
}

// takeOver finishes a hand-over in starvation: the lock is ours though the held
// bit is clear, and we are still counted as a waiter.
func (m *Mutex) takeOver(starving bool) {
	s := atomic.LoadInt32(&m.state)
	if s&(mutexHeld|mutexWoken) != 0 || s>>mutexCountBits == 0 {
		fatal("sync: inconsistent mutex state")
	}
	delta := int32(mutexHeld - mutexWaiter)
	if !starving || s>>mutexCountBits == 1 {
		delta -= mutexStarving
	}
	atomic.AddInt32(&m.state, delta)
}

// Unlock frees the mutex; that of a free one is a fatal error. Any goroutine may
// unlock, not only the one that locked.
func (m *Mutex) Unlock() {
	s := atomic.AddInt32(&m.state, -mutexHeld)
	if s != 0 {
		m.unlockSlow(s)
	}
}

func (m *Mutex) unlockSlow(s int32) {
	if (s+mutexHeld)&mutexHeld == 0 {
		fatal("sync: unlock of unlocked mutex")
	}
	if s&mutexStarving != 0 {
		runtime_Semrelease(&m.sema, true)
		return
	}
	for {
		// Nobody waits, or someone else will see to the waiters.
		if s>>mutexCountBits == 0 || s&(mutexHeld|mutexWoken|mutexStarving) != 0 {
			return
		}
		if atomic.CompareAndSwapInt32(&m.state, s, (s-mutexWaiter)|mutexWoken) {
			runtime_Semrelease(&m.sema, false)
			return
		}
		s = atomic.LoadInt32(&m.state)
	}
}
