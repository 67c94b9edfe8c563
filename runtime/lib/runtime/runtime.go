// Package runtime lets a program talk to the machinery beneath it: the
// scheduler, the collector, the stack.
//
// Files: runtime.go, memstats.go, caller.go, profile.go, error.go. The C half is
// runtime/debug/link_runtime.c.
package runtime

// What the program was compiled by, and for.
const (
	Compiler = "tern"
	GOOS     = "linux"
	GOARCH   = "amd64"
)

// Version returns the language's version and the compiler.
func Version() string { return "go1.22 tern" }

// GC runs a whole collection and waits until it is done, its sweep included.
func GC()

// Gosched lets other goroutines run.
func Gosched()

// Goexit ends the goroutine, after its deferred calls. When the last one ends
// so, the program dies of a deadlock.
func Goexit()

// GOMAXPROCS sets how many goroutines can run at the same time and returns what
// it was; n < 1 changes nothing.
func GOMAXPROCS(n int) int

// NumCPU returns how many processors the process may use.
func NumCPU() int

// NumCgoCall returns 0: there is no cgo.
func NumCgoCall() int64 { return 0 }

// NumGoroutine returns how many goroutines there are.
func NumGoroutine() int

// LockOSThread ties the goroutine to the thread it runs on: it runs nowhere else,
// and nothing else runs there, until UnlockOSThread was called as often.
func LockOSThread()

// UnlockOSThread undoes one LockOSThread.
func UnlockOSThread()

// SetFinalizer has finalizer, a function of one argument to which obj can be assigned,
// called with obj some time after obj has become unreachable; obj is then as alive as
// any object and has no finalizer. A nil finalizer undoes that. obj must be a pointer to
// the beginning of an object.
//
// One goroutine calls all finalizers. If one object points to another and both have
// finalizers, that of the first is called first, the other one when the first object
// is gone; in a cycle none is. When the program ends, none is called.
func SetFinalizer(obj any, finalizer any)

// KeepAlive keeps x from being collected, and its finalizer from being called, before
// this call.
func KeepAlive(x any) {}

// Stack writes a traceback of this goroutine, or of all, into buf, as far as it
// fits, and returns the length.
func Stack(buf []byte, all bool) int
