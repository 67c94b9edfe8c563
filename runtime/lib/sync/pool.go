package sync

// Pool keeps values for reuse. It may forget any of them at any time, as a
// collection would; Get then makes a new one with New, or returns nil.
//
// One short list under a lock, of at most poolLimit values: simple, and enough
// where the values are buffers. Go keeps a list per processor and drops it over
// two collections.
type Pool struct {
	noCopy noCopy

	mu   Mutex
	free []any // guarded by mu

	// New makes a value when the pool is empty. It may be nil.
	New func() any
}

// Values that a pool holds on to; more would be a leak.
const poolLimit = 64

// Put adds x, unless it is nil or the pool is full.
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	p.mu.Lock()
	if len(p.free) < poolLimit {
		p.free = append(p.free, x)
	}
	p.mu.Unlock()
}

// Get takes a value out of the pool, or makes one.
func (p *Pool) Get() any {
	p.mu.Lock()
	n := len(p.free)
	if n > 0 {
		x := p.free[n-1]
		p.free[n-1] = nil
		p.free = p.free[:n-1]
		p.mu.Unlock()
		return x
	}
	p.mu.Unlock()
	if p.New == nil {
		return nil
	}
	return p.New()
}
