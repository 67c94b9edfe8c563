package sync

// Pool keeps values for reuse. It may forget any of them at any time; Get then makes a
// new one with New, or returns nil. What nobody took during two collections is
// forgotten.
//
// One short list under a lock, of at most poolLimit values: simple, and enough where
// the values are buffers. Go keeps a list per processor, and its collector empties
// all pools; here a pool finds out when it is used next, so one that is never used
// again keeps its few values.
type Pool struct {
	noCopy noCopy

	mu     Mutex
	free   []any  // guarded by mu, as the rest
	victim []any  // what was free when the last collection ended
	cycles uint32 // how many collections there had been by then

	// New makes a value when the pool is empty. It may be nil.
	New func() any
}

// Values that a pool holds on to; more would be a leak.
const poolLimit = 64

// runtime_cycles returns how many collections have ended.
func runtime_cycles() uint32

// age takes notice of the collections since the last call. p.mu is held.
func (p *Pool) age() {
	n := runtime_cycles()
	if n == p.cycles {
		return
	}
	if n-p.cycles == 1 {
		p.victim = p.free
	} else {
		p.victim = nil
	}
	p.free = nil
	p.cycles = n
}

// Put adds x, unless it is nil or the pool is full.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	p.mu.Lock()
	p.age()
	if len(p.free) < poolLimit {
		p.free = append(p.free, x)
	}
	p.mu.Unlock()
}

// take removes the last value of a list.
func take(list *[]any) any {
	n := len(*list) - 1
	x := (*list)[n]
	(*list)[n] = nil
	*list = (*list)[:n]
	return x
}

// Get takes a value out of the pool, or makes one.
func (p *Pool) Get() any {
	p.mu.Lock()
	p.age()
	var x any
	if len(p.free) > 0 {
		x = take(&p.free)
	} else if len(p.victim) > 0 {
		x = take(&p.victim)
	}
	p.mu.Unlock()
	if x == nil && p.New != nil {
		return p.New()
	}
	return x
}
