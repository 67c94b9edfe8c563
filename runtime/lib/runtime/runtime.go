// Package runtime lets a program talk to the machinery beneath it: the
// scheduler, the collector, the stack.
//
// There are no finalizers.
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

// KeepAlive keeps x from being collected before this call.
func KeepAlive(x any) {}

// Stack writes a traceback of this goroutine, or of all, into buf, as far as it
// fits, and returns the length.
func Stack(buf []byte, all bool) int
