package os

import (
	"errors"
	"internal/oserror"
	"io/fs"
	"syscall"
)

// The conditions that errors.Is finds in this package's errors.
var (
	ErrInvalid    = fs.ErrInvalid
	ErrPermission = fs.ErrPermission
	ErrExist      = fs.ErrExist
	ErrNotExist   = fs.ErrNotExist
	ErrClosed     = fs.ErrClosed
)

var (
	errNegativeOffset      = errors.New("negative offset")
	errWriteAtInAppendMode = errors.New("os: invalid use of WriteAt on file opened with O_APPEND")
	errPatternHasSeparator = errors.New("pattern contains path separator")
	errNoHome              = errors.New("$HOME is not defined")
)

// PathError is an error with the operation and the file it is about.
type PathError = fs.PathError

// LinkError is an error of an operation on two names.
type LinkError struct {
	Op  string
	Old string
	New string
	Err error
}

// Error returns "operation old new: error".
func (e *LinkError) Error() string {
	return e.Op + " " + e.Old + " " + e.New + ": " + e.Err.Error()
}

// Unwrap returns the error alone.
func (e *LinkError) Unwrap() error { return e.Err }

// SyscallError is an error with the system call it comes from.
type SyscallError struct {
	Syscall string
	Err     error
}

// Error returns "call: error".
func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }

// Unwrap returns the error alone.
func (e *SyscallError) Unwrap() error { return e.Err }

// NewSyscallError returns a SyscallError; nil for nil.
func NewSyscallError(syscall string, err error) error {
	if err == nil {
		return nil
	}
	return &SyscallError{syscall, err}
}

// isCondition tells whether err is one of this package's errors of a condition.
func isCondition(err, target error) bool {
	switch e := err.(type) {
	case *PathError:
		err = e.Err
	case *LinkError:
		err = e.Err
	case *SyscallError:
		err = e.Err
	}
	if err == target {
		return true
	}
	n, ok := err.(syscall.Errno)
	return ok && n.Is(target)
}

// IsExist tells whether something was there already.
func IsExist(err error) bool { return isCondition(err, oserror.ErrExist) }

// IsNotExist tells whether something was not there.
func IsNotExist(err error) bool { return isCondition(err, oserror.ErrNotExist) }

// IsPermission tells whether something was not allowed.
func IsPermission(err error) bool { return isCondition(err, oserror.ErrPermission) }
