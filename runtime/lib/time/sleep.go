package time

import "unsafe"

// runtimeTimer is struct timer of runtime/sched/timer.h.
type runtimeTimer struct {
	when   int64
	period int64
	f      uintptr
	arg    unsafe.Pointer
	seq    int64
	index  int64
}

// startTimer arms t, whose arg is its alarm; it tells whether it was armed
// already.
func startTimer(t *runtimeTimer, when, period int64) bool

// stopTimer disarms t and tells whether it was armed.
func stopTimer(t *runtimeTimer) bool

// Sleep waits for d at least; not at all if d <= 0.
func Sleep(d Duration)

// Timer fires once: it sends the time on C, or calls the function given to
// AfterFunc in a goroutine of its own.
type Timer struct {
	C <-chan Time
	a alarm
}

// Ticker sends the time on C again and again. It leaves out what nobody is
// ready to receive.
type Ticker struct {
	C <-chan Time
	a alarm
}

// alarm is what the C half (struct alarm in link_time.c) works on when it goes
// off.
type alarm struct {
	timer runtimeTimer
	ch    chan Time // to send on, without waiting; nil for AfterFunc
	fn    func()
	loc   *Location
}

// due returns when d will be over, by the monotonic clock.
func due(d Duration) int64 {
	t := runtimeNano()
	if d <= 0 {
		return t
	}
	if t > int64(maxDuration)-int64(d) {
		return int64(maxDuration)
	}
	return t + int64(d)
}

func (a *alarm) start(d, period Duration) {
	a.timer.arg = unsafe.Pointer(a)
	startTimer(&a.timer, due(d), int64(period))
}

// stop disarms the timer and takes back what was sent but not received: then
// the timer counts as still pending.
func (a *alarm) stop() (pending bool) {
	pending = stopTimer(&a.timer)
	if a.ch == nil {
		return pending
	}
	select {
	case <-a.ch:
		return true
	default:
		return pending
	}
}

// NewTimer returns a Timer that fires after d.
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	t := &Timer{C: c, a: alarm{ch: c, loc: Local}}
	t.a.start(d, 0)
	return t
}

// AfterFunc calls f in its own goroutine after d. The timer's Stop can prevent
// it; its C is nil.
func AfterFunc(d Duration, f func()) *Timer {
	t := &Timer{a: alarm{fn: f}}
	t.a.start(d, 0)
	return t
}

// After returns a channel on which the time is sent after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Stop prevents the timer from firing and tells whether it would have. After it
// nothing is received from C.
func (t *Timer) Stop() bool {
	if t.a.timer.arg == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return t.a.stop()
}

// Reset makes the timer fire after d from now, and tells whether it was
// pending.
func (t *Timer) Reset(d Duration) bool {
	if t.a.timer.arg == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	pending := t.a.stop()
	t.a.start(d, 0)
	return pending
}

// NewTicker returns a Ticker with the period d, which must be positive.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	t := &Ticker{C: c, a: alarm{ch: c, loc: Local}}
	t.a.start(d, d)
	return t
}

// Stop turns the ticker off. It does not close C.
func (t *Ticker) Stop() {
	if t.a.timer.arg != nil {
		t.a.stop()
	}
}

// Reset makes the period d, from now on; d must be positive.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.a.timer.arg == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	t.a.stop()
	t.a.start(d, d)
}

// Tick returns the channel of a new Ticker; nil if d <= 0.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
