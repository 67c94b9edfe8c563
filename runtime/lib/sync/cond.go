package sync

// Cond is where goroutines wait for a condition that L guards.
//
// Each waiter has a semaphore of its own, in a queue, so that Signal wakes the
// one that has waited longest.
type Cond struct {
	noCopy noCopy

	// L is held to look at or change the condition, and while calling Wait.
	L Locker

	mu          Mutex
	first, last *condWaiter // guarded by mu
}

type condWaiter struct {
	next *condWaiter
	sema uint32
}

// NewCond returns a Cond with the lock l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks L, waits for Signal or Broadcast, and locks L again. The
// condition must be tested anew, so Wait belongs in a loop.
func (c *Cond) Wait() {
	w := &condWaiter{}
	c.mu.Lock()
	if c.last == nil {
		c.first = w
	} else {
		c.last.next = w
	}
	c.last = w
	c.mu.Unlock()
	c.L.Unlock()
	runtime_Semacquire(&w.sema, false, waitCond)
	c.L.Lock()
}

// Signal wakes one waiter, if there is one. The caller need not hold L.
func (c *Cond) Signal() {
	c.mu.Lock()
	w := c.first
	if w != nil {
		c.first = w.next
		if c.first == nil {
			c.last = nil
		}
	}
	c.mu.Unlock()
	if w != nil {
		runtime_Semrelease(&w.sema, false)
	}
}

// Broadcast wakes all waiters. The caller need not hold L.
func (c *Cond) Broadcast() {
	c.mu.Lock()
	w := c.first
	c.first, c.last = nil, nil
	c.mu.Unlock()
	for w != nil {
		next := w.next
		runtime_Semrelease(&w.sema, false)
		w = next
	}
}
