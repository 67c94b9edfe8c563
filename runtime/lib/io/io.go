// Package io holds the interfaces through which bytes flow, and the helpers
// that are built on them alone.
//
// Files: io.go (interfaces, errors), copy.go (moving bytes), readers.go
// (wrappers), multi.go (several as one), pipe.go (the synchronous pipe).
package io

import "errors"

// Values of whence for Seek.
const (
	SeekStart   = 0 // from the first byte
	SeekCurrent = 1 // from the present position
	SeekEnd     = 2 // from behind the last byte
)

// EOF tells that the input is used up. It is returned bare, never wrapped, as
// callers compare with ==.
var EOF = errors.New("EOF")

// ErrUnexpectedEOF tells that the input ended inside something.
var ErrUnexpectedEOF = errors.New("unexpected EOF")

// ErrShortWrite tells that a writer took fewer bytes than it was given and gave
// no reason.
var ErrShortWrite = errors.New("short write")

// ErrShortBuffer tells that the caller's buffer cannot hold what was asked for.
var ErrShortBuffer = errors.New("short buffer")

// ErrNoProgress tells that a reader returned neither bytes nor an error too
// many times in a row.
var ErrNoProgress = errors.New("multiple Read calls return no data or error")

// ErrClosedPipe is what an end of a Pipe gets after it was closed.
var ErrClosedPipe = errors.New("io: read/write on closed pipe")

var errInvalidWrite = errors.New("invalid write result")
var errWhence = errors.New("Seek: invalid whence")
var errOffset = errors.New("Seek: invalid offset")

// Reader is a source of bytes. Read puts up to len(p) bytes into p and returns
// how many; n > 0 may come together with an error, EOF included. A result of
// 0, nil means nothing happened.
type Reader interface {
	Read(p []byte) (n int, err error)
}

// Writer is a sink of bytes. Write takes all of p or says why not; it does not
// change or keep p.
type Writer interface {
	Write(p []byte) (n int, err error)
}

// Closer releases what its owner holds.
type Closer interface {
	Close() error
}

// Seeker moves the position of the next Read or Write and returns it, counted
// from the start.
type Seeker interface {
	Seek(offset int64, whence int) (int64, error)
}

// ReadWriter groups Read and Write.
type ReadWriter interface {
	Reader
	Writer
}

// ReadCloser groups Read and Close.
type ReadCloser interface {
	Reader
	Closer
}

// WriteCloser groups Write and Close.
type WriteCloser interface {
	Writer
	Closer
}

// ReadWriteCloser groups Read, Write and Close.
type ReadWriteCloser interface {
	Reader
	Writer
	Closer
}

// ReadSeeker groups Read and Seek.
type ReadSeeker interface {
	Reader
	Seeker
}

// ReadSeekCloser groups Read, Seek and Close.
type ReadSeekCloser interface {
	Reader
	Seeker
	Closer
}

// WriteSeeker groups Write and Seek.
type WriteSeeker interface {
	Writer
	Seeker
}

// ReadWriteSeeker groups Read, Write and Seek.
type ReadWriteSeeker interface {
	Reader
	Writer
	Seeker
}

// ReaderFrom reads a whole Reader itself; Copy prefers it.
type ReaderFrom interface {
	ReadFrom(r Reader) (n int64, err error)
}

// WriterTo writes all it has to a Writer itself; Copy prefers it.
type WriterTo interface {
	WriteTo(w Writer) (n int64, err error)
}

// ReaderAt reads at a given offset without a position of its own. It returns
// an error whenever n < len(p).
type ReaderAt interface {
	ReadAt(p []byte, off int64) (n int, err error)
}

// WriterAt writes at a given offset without a position of its own.
type WriterAt interface {
	WriteAt(p []byte, off int64) (n int, err error)
}

// ByteReader reads one byte.
type ByteReader interface {
	ReadByte() (byte, error)
}

// ByteScanner is a ByteReader that can take the last byte back.
type ByteScanner interface {
	ByteReader
	UnreadByte() error
}

// ByteWriter writes one byte.
type ByteWriter interface {
	WriteByte(c byte) error
}

// RuneReader reads one UTF-8 encoded rune and tells its size in bytes.
type RuneReader interface {
	ReadRune() (r rune, size int, err error)
}

// RuneScanner is a RuneReader that can take the last rune back.
type RuneScanner interface {
	RuneReader
	UnreadRune() error
}

// StringWriter writes a string without the copy that a []byte would take.
type StringWriter interface {
	WriteString(s string) (n int, err error)
}
