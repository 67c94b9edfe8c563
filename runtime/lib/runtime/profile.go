package runtime

// StackRecord is the stack of a goroutine.
type StackRecord struct {
	Stack0 [32]uintptr // return addresses, 0 after the last
}

// Stack returns the return addresses, a part of r.
func (r *StackRecord) Stack() []uintptr {
	for i, pc := range r.Stack0 {
		if pc == 0 {
			return r.Stack0[:i]
		}
	}
	return r.Stack0[:]
}

func goroutineProfile(p []StackRecord) int

// GoroutineProfile returns how many goroutines there are. If that is at most len(p),
// it copies their stacks into p and returns true. It stops the world for a moment.
func GoroutineProfile(p []StackRecord) (n int, ok bool) {
	n = goroutineProfile(p)
	return n, n <= len(p)
}
