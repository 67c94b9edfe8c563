package context

import (
	"sync"
	"time"
)

// cancelContext can be cancelled.
type cancelContext struct {
	Context // above

	done     chan struct{} // constant; closed under mu
	name     string        // constant
	deadline time.Time     // constant; zero if none of its own

	mu    sync.Mutex
	below map[canceler]bool // guarded by mu: who is cancelled with it
	err   error             // guarded by mu: nil while it goes on
	cause error             // guarded by mu
	timer *time.Timer       // guarded by mu
}

// canceler is what can be entered with a cancelContext.
type canceler interface {
	cancel(err, cause error)
}

// cancelKey, by its address, asks for the nearest cancelContext from here up.
var cancelKey int

// Deadline returns the deadline of its own, or of what is above.
func (c *cancelContext) Deadline() (deadline time.Time, ok bool) {
	if !c.deadline.IsZero() {
		return c.deadline, true
	}
	return c.Context.Deadline()
}

// Done returns the channel that is closed at the end.
func (c *cancelContext) Done() <-chan struct{} { return c.done }

// Err returns why it ended, or nil.
func (c *cancelContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Value returns the value of key above.
func (c *cancelContext) Value(key any) any {
	if key == &cancelKey {
		return c
	}
	return c.Context.Value(key)
}

// String names the context and those above it.
func (c *cancelContext) String() string { return nameOf(c.Context) + c.name }

// newCancel returns a context that ends when parent does.
func newCancel(parent Context, name string) *cancelContext {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	c := &cancelContext{Context: parent, done: make(chan struct{}), name: name}
	follow(parent, c, c.done)
	return c
}

// follow makes c end when parent does; done is closed when c ends.
func follow(parent Context, c canceler, done <-chan struct{}) {
	end := parent.Done()
	if end == nil {
		return
	}
	select {
	case <-end:
		c.cancel(parent.Err(), Cause(parent))
		return
	default:
	}
	if p, ok := above(parent, end); ok {
		p.mu.Lock()
		if p.err == nil {
			if p.below == nil {
				p.below = make(map[canceler]bool)
			}
			p.below[c] = true
			p.mu.Unlock()
			return
		}
		err, cause := p.err, p.cause
		p.mu.Unlock()
		c.cancel(err, cause)
		return
	}
	go func() {
		select {
		case <-end:
			c.cancel(parent.Err(), Cause(parent))
		case <-done:
		}
	}()
}

// above returns the cancelContext that parent's end stands for; none if
// somebody wrapped it with another Done.
func above(parent Context, end <-chan struct{}) (*cancelContext, bool) {
	p, ok := parent.Value(&cancelKey).(*cancelContext)
	if !ok || (<-chan struct{})(p.done) != end {
		return nil, false
	}
	return p, true
}

// forget takes c out of what is cancelled with parent.
func forget(parent Context, c canceler) {
	end := parent.Done()
	if end == nil {
		return
	}
	if p, ok := above(parent, end); ok {
		p.mu.Lock()
		delete(p.below, c)
		p.mu.Unlock()
	}
}

// cancel ends c and all below it.
func (c *cancelContext) cancel(err, cause error) {
	if cause == nil {
		cause = err
	}
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return
	}
	c.err = err
	c.cause = cause
	close(c.done)
	below := c.below
	c.below = nil
	timer := c.timer
	c.timer = nil
	c.mu.Unlock()
	if timer != nil {
		timer.Stop()
	}
	for b := range below {
		b.cancel(err, cause)
	}
}

// finish is cancel on the program's own behalf.
func (c *cancelContext) finish(err, cause error) {
	c.cancel(err, cause)
	forget(c.Context, c)
}

// WithCancel returns a context that ends when cancel is called or parent ends.
// Call cancel in any case: it frees what the context holds.
func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := newCancel(parent, ".WithCancel")
	return c, func() { c.finish(Canceled, nil) }
}

// WithCancelCause is WithCancel with a reason, which Cause returns.
func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := newCancel(parent, ".WithCancel")
	return c, func(cause error) { c.finish(Canceled, cause) }
}

// Cause returns the reason given when c ended; Err's if none was.
func Cause(c Context) error {
	if p, ok := c.Value(&cancelKey).(*cancelContext); ok {
		p.mu.Lock()
		cause := p.cause
		p.mu.Unlock()
		if cause != nil {
			return cause
		}
	}
	return c.Err()
}

// WithDeadline is WithCancel with an end at d.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

// WithDeadlineCause is WithDeadline with the reason for when the time runs out.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if sooner, ok := parent.Deadline(); ok && sooner.Before(d) {
		return WithCancel(parent)
	}
	c := &cancelContext{Context: parent, done: make(chan struct{}), deadline: d}
	left := time.Until(d)
	c.name = ".WithDeadline(" + d.String() + " [" + left.String() + "])"
	follow(parent, c, c.done)
	if left <= 0 {
		c.finish(DeadlineExceeded, cause)
		return c, func() { c.finish(Canceled, nil) }
	}
	c.mu.Lock()
	if c.err == nil {
		c.timer = time.AfterFunc(left, func() { c.finish(DeadlineExceeded, cause) })
	}
	c.mu.Unlock()
	return c, func() { c.finish(Canceled, nil) }
}

// WithTimeout is WithDeadline at so much from now.
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

// WithTimeoutCause is WithTimeout with the reason for when the time runs out.
func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

// afterFunc calls f when it is cancelled.
type afterFunc struct {
	once sync.Once
	f    func()
	done chan struct{}
}

func (a *afterFunc) cancel(err, cause error) {
	a.once.Do(func() { go a.f() })
}

// AfterFunc calls f in a goroutine of its own once ctx ends. stop prevents that,
// and tells whether it did.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	a := &afterFunc{f: f, done: make(chan struct{})}
	follow(ctx, a, a.done)
	return func() bool {
		stopped := false
		a.once.Do(func() {
			stopped = true
			close(a.done)
		})
		forget(ctx, a)
		return stopped
	}
}
