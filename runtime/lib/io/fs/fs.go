// Package fs holds what is known of files apart from the system they are in:
// their modes, what Stat returns, and errors.
package fs

import (
	"internal/oserror"
	"time"
)

// The conditions that errors.Is finds in the errors of package os.
var (
	ErrInvalid    = oserror.ErrInvalid
	ErrPermission = oserror.ErrPermission
	ErrExist      = oserror.ErrExist
	ErrNotExist   = oserror.ErrNotExist
	ErrClosed     = oserror.ErrClosed
)

// FileMode is a file's kind and permissions; the lowest nine bits are rwxrwxrwx.
type FileMode uint32

// The other bits, and what they print as.
const (
	ModeDir        FileMode = 1 << (31 - iota) // d: directory
	ModeAppend                                 // a: append only
	ModeExclusive                              // l: exclusive use
	ModeTemporary                              // T: temporary
	ModeSymlink                                // L: symbolic link
	ModeDevice                                 // D: device
	ModeNamedPipe                              // p: named pipe
	ModeSocket                                 // S: socket
	ModeSetuid                                 // u: setuid
	ModeSetgid                                 // g: setgid
	ModeCharDevice                             // c: character device, with ModeDevice
	ModeSticky                                 // t: sticky
	ModeIrregular                              // ?: something else

	// ModeType has the bits of the kind; a regular file has none.
	ModeType = ModeDir | ModeSymlink | ModeNamedPipe | ModeSocket | ModeDevice |
		ModeCharDevice | ModeIrregular

	ModePerm FileMode = 0777 // the permissions
)

// String returns the mode as ls shows it, more or less: "drwxr-xr-x".
func (m FileMode) String() string {
	const kinds = "dalTLDpSugct?"
	const permissions = "rwxrwxrwx"
	var b []byte
	for i := 0; i < len(kinds); i++ {
		if m&(1<<uint(31-i)) != 0 {
			b = append(b, kinds[i])
		}
	}
	if len(b) == 0 {
		b = append(b, '-')
	}
	for i := 0; i < len(permissions); i++ {
		c := permissions[i]
		if m&(1<<uint(8-i)) == 0 {
			c = '-'
		}
		b = append(b, c)
	}
	return string(b)
}

// IsDir tells whether it is a directory.
func (m FileMode) IsDir() bool { return m&ModeDir != 0 }

// IsRegular tells whether it is an ordinary file.
func (m FileMode) IsRegular() bool { return m&ModeType == 0 }

// Perm returns the permissions alone.
func (m FileMode) Perm() FileMode { return m & ModePerm }

// Type returns the kind alone.
func (m FileMode) Type() FileMode { return m & ModeType }

// FileInfo is what Stat returns.
type FileInfo interface {
	Name() string       // without directories
	Size() int64        // in bytes, of a regular file
	Mode() FileMode     // kind and permissions
	ModTime() time.Time // when it was last written
	IsDir() bool        // Mode().IsDir()
	Sys() any           // what the system said
}

// DirEntry is what ReadDir returns for each file.
type DirEntry interface {
	Name() string            // without directories
	IsDir() bool             // Type().IsDir()
	Type() FileMode          // the kind alone
	Info() (FileInfo, error) // what Stat says, without following a link
}

// PathError is an error with the operation and the file it is about.
type PathError struct {
	Op   string
	Path string
	Err  error
}

// Error returns "operation path: error".
func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }

// Unwrap returns the error alone.
func (e *PathError) Unwrap() error { return e.Err }

// Timeout tells whether it is about time that ran out.
func (e *PathError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}
