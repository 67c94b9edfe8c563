// Package oserror holds the error values that syscall, io/fs and os share.
package oserror

import "errors"

// The conditions that errors.Is can be asked about.
var (
	ErrInvalid    = errors.New("invalid argument")
	ErrPermission = errors.New("permission denied")
	ErrExist      = errors.New("file already exists")
	ErrNotExist   = errors.New("file does not exist")
	ErrClosed     = errors.New("file already closed")
)
