// Package syscall is what the other standard packages ask of the Linux kernel.
//
// Calls that may block go through blockingCall, which gives the processor away
// meanwhile, so that other goroutines run; the rest through quickCall. Both are
// in runtime/lang/link_syscall.c. All restart after EINTR where the kernel does
// not.
//
// Files: syscall.go (the way in, errors), file.go, env.go, signal.go,
// zerrors.go (tables).
package syscall

import (
	"internal/oserror"
	"unsafe"
)

func blockingCall(num, a, b, c, d, e, f uintptr) (r, errno uintptr)
func quickCall(num, a, b, c, d, e, f uintptr) (r, errno uintptr)

// Errno is an error number of the kernel.
type Errno uintptr

// Error returns the text.
func (e Errno) Error() string {
	if int(e) < len(errorNames) && errorNames[e] != "" {
		return errorNames[e]
	}
	return "errno " + decimal(int(e))
}

// Is tells whether e is one of the conditions of package io/fs.
func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	}
	return false
}

// Temporary tells whether trying again may help.
func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ENFILE || e.Timeout()
}

// Timeout tells whether it is about time that ran out.
func (e Errno) Timeout() bool { return e == EAGAIN || e == ETIMEDOUT }

func decimal(n int) string {
	if n < 0 {
		return "-" + decimal(-n)
	}
	var b [20]byte
	i := len(b)
	for {
		i--
		b[i] = byte('0' + n%10)
		n /= 10
		if n == 0 {
			return string(b[i:])
		}
	}
}

// result turns what the kernel said into Go's form.
func result(r, errno uintptr) (int, error) {
	if errno != 0 {
		return -1, Errno(errno)
	}
	return int(r), nil
}

func failure(r, errno uintptr) error {
	if errno != 0 {
		return Errno(errno)
	}
	return nil
}

// ByteSliceFromString returns s with a NUL behind it; EINVAL if there is one inside.
func ByteSliceFromString(s string) ([]byte, error) {
	for i := 0; i < len(s); i++ {
		if s[i] == 0 {
			return nil, EINVAL
		}
	}
	b := make([]byte, len(s)+1)
	copy(b, s)
	return b, nil
}

// BytePtrFromString returns the address of s as C has strings; EINVAL if there is a
// NUL inside.
func BytePtrFromString(s string) (*byte, error) {
	b, err := ByteSliceFromString(s)
	if err != nil {
		return nil, err
	}
	return &b[0], nil
}

// address returns where b begins, as the kernel wants it.
func address(b []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(b))) }

// pathCall makes a call whose first argument is a path.
func pathCall(num uintptr, path string, b, c, d uintptr) (int, error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	return result(blockingCall(num, uintptr(unsafe.Pointer(p)), b, c, d, 0, 0))
}

// twoPathCall makes a call of two paths.
func twoPathCall(num uintptr, from, to string) error {
	p, err := BytePtrFromString(from)
	if err != nil {
		return err
	}
	q, err := BytePtrFromString(to)
	if err != nil {
		return err
	}
	return failure(blockingCall(num, uintptr(unsafe.Pointer(p)),
		uintptr(unsafe.Pointer(q)), 0, 0, 0, 0))
}

// Exit ends the process at once.
func Exit(code int) { quickCall(sysExitGroup, uintptr(code), 0, 0, 0, 0, 0) }

// Getpid returns the number of the process.
func Getpid() int { return number(sysGetpid) }

// Getppid returns the number of the parent.
func Getppid() int { return number(sysGetppid) }

// Getuid returns the user.
func Getuid() int { return number(sysGetuid) }

// Geteuid returns the effective user.
func Geteuid() int { return number(sysGeteuid) }

// Getgid returns the group.
func Getgid() int { return number(sysGetgid) }

// Getegid returns the effective group.
func Getegid() int { return number(sysGetegid) }

// Getpagesize returns the size of a page.
func Getpagesize() int { return 4096 }

func number(num uintptr) int {
	r, _ := quickCall(num, 0, 0, 0, 0, 0, 0)
	return int(r)
}

// Kill sends a signal.
func Kill(pid int, sig Signal) error {
	return failure(quickCall(sysKill, uintptr(pid), uintptr(sig), 0, 0, 0, 0))
}

// Random fills b with random bytes.
func Random(b []byte) error {
	return failure(quickCall(sysGetrandom, address(b), uintptr(len(b)), 0, 0, 0, 0))
}

// Utsname is Uname's result; all fields are NUL-terminated.
type Utsname struct {
	Sysname, Nodename, Release, Version, Machine, Domainname [65]byte
}

// Uname tells about the system.
func Uname(u *Utsname) error {
	return failure(quickCall(sysUname, uintptr(unsafe.Pointer(u)), 0, 0, 0, 0, 0))
}
