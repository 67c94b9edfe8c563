// Package purego calls C functions in shared libraries, and lets C call Go
// functions, without a C compiler.
//
// It has the names, signatures and meaning of github.com/ebitengine/purego, so
// that a program that uses it builds with Go as well. Beyond that it has
// ReleaseCallback, ReleaseFunc, Errno and SetErrno, which a program that is to
// build with both must not use.
//
// How Go types become C types:
//
//	bool, intN, uintN, floatN     _Bool, intN_t, uintN_t, float, double
//	int, uint, uintptr            int64_t, uint64_t, uintptr_t
//	*T, unsafe.Pointer            a pointer
//	string                        char *: as an argument a copy that lasts for
//	                              the call; a result is copied
//	[]T                           a pointer to the first element (arguments)
//	func                          a function pointer; see ReleaseFunc
//	struct                        the struct, by value, both ways
//	...any                        variadic: float32 becomes double, what is
//	                              shorter than int becomes int
//
// What an argument points to stays alive until the call returns; nothing ever
// moves. What C keeps longer must be kept alive by the program (runtime.Pinner).
//
// The C half is runtime/ffi.
package purego

import (
	"strconv"
	"syscall"
	"unsafe"
)

// What Dlopen takes as its mode, and Dlsym as a handle.
const (
	RTLD_DEFAULT = 0x00000 // the program and all libraries it loaded, in order
	RTLD_LAZY    = 0x00001 // functions are looked up when first called
	RTLD_NOW     = 0x00002 // all symbols are looked up at once
	RTLD_LOCAL   = 0x00000 // other libraries do not see its symbols
	RTLD_GLOBAL  = 0x00100 // they do
)

// CDecl marks the calling convention on systems that have several. Here it has
// no meaning.
type CDecl struct{}

// Dlerror is what the dynamic linker had to say.
type Dlerror struct{ s string }

func (e Dlerror) Error() string { return e.s }

func dlopen(path string, mode int) (handle uintptr, message string)
func dlsym(handle uintptr, name string) (address uintptr, message string)
func dlclose(handle uintptr) (message string)
func register(fptr any, address, handle uintptr, name string) (message string)
func call(fn, args uintptr, n int) (r1, r2, err uintptr)
func callback(fn any) (code uintptr, message string)
func release(code uintptr) bool
func releaseFunc(fn any) bool
func errno() int
func setErrno(e int)

// Dlopen loads a shared library and returns its handle. Each Dlopen is to be
// balanced by a Dlclose.
func Dlopen(path string, mode int) (uintptr, error) {
	handle, message := dlopen(path, mode)
	if handle == 0 {
		return 0, Dlerror{message}
	}
	return handle, nil
}

// Dlsym returns the address of a symbol of an open library.
func Dlsym(handle uintptr, name string) (uintptr, error) {
	address, message := dlsym(handle, name)
	if address == 0 {
		return 0, Dlerror{message}
	}
	return address, nil
}

// Dlclose ends what one Dlopen began. Functions that were registered from a
// library that is closed for good panic when they are called.
func Dlclose(handle uintptr) error {
	if message := dlclose(handle); message != "" {
		return Dlerror{message}
	}
	return nil
}

// RegisterLibFunc makes *fptr the Go function that calls the library's function
// of that name. It panics if there is none.
func RegisterLibFunc(fptr any, handle uintptr, name string) {
	address, err := Dlsym(handle, name)
	if err != nil {
		panic(err)
	}
	if message := register(fptr, address, handle, name); message != "" {
		panic("purego: " + name + ": " + message)
	}
}

// RegisterFunc makes *fptr, a variable of function type, the Go function that
// calls the C function at address cfn. How arguments and result are converted
// follows from the type; see the head of the package.
func RegisterFunc(fptr any, cfn uintptr) {
	if message := register(fptr, cfn, 0, ""); message != "" {
		panic("purego: " + message)
	}
}

const maxArgs = 32 // MAX_WORDS of the C half

// SyscallN calls the C function at address fn with arguments that are integers
// or pointers, or with the bits of floats if there is nothing but floats. It
// returns both result registers for integers, and errno. What an argument that is
// converted in the call itself, uintptr(unsafe.Pointer(p)), points to stays alive
// until C returns.
func SyscallN(fn uintptr, args ...uintptr) (r1, r2, err uintptr) {
	if fn == 0 {
		panic("purego: fn is nil")
	}
	if len(args) > maxArgs {
		panic("purego: too many arguments to SyscallN: " + strconv.Itoa(len(args)))
	}
	// As a number args does not escape: the caller makes it on its stack, where the
	// collector takes each of its words for a pointer and keeps what it points to.
	return call(fn, uintptr(unsafe.Pointer(unsafe.SliceData(args))), len(args))
}

// NewCallback returns the address of a C function that calls fn. It stays good
// until ReleaseCallback.
func NewCallback(fn any) uintptr {
	code, message := callback(fn)
	if message != "" {
		panic("purego: " + message)
	}
	return code
}

// ReleaseCallback ends the life of a callback: C must not call it any more, and
// if it does, the program dies with a message that names the function.
func ReleaseCallback(code uintptr) {
	if !release(code) {
		panic("purego: ReleaseCallback of 0x" + strconv.FormatUint(uint64(code), 16) +
			", which is no callback or is released already")
	}
}

// ReleaseFunc does the same for the callback that was made because fn was
// passed to C as an argument. The same function value has the same callback each
// time; functions that are made anew for each call should be released after it.
func ReleaseFunc(fn any) {
	if !releaseFunc(fn) {
		panic("purego: ReleaseFunc of a function that C does not have")
	}
}

// Errno returns errno as the last call of C by this goroutine left it; whatever
// the goroutine or the runtime does between calls does not change it.
func Errno() syscall.Errno { return syscall.Errno(errno()) }

// SetErrno sets what C will find in errno.
func SetErrno(e syscall.Errno) { setErrno(int(e)) }
