package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// Reader reads from a slice. Its zero value reads the empty one.
type Reader struct {
	s    []byte
	pos  int64
	rune int // where the rune begins that UnreadRune can give back, or -1
}

// NewReader returns a Reader of b.
func NewReader(b []byte) *Reader { return &Reader{b, 0, -1} }

// Reset makes it read b from the start.
func (r *Reader) Reset(b []byte) { *r = Reader{b, 0, -1} }

// Len returns the number of bytes not yet read.
func (r *Reader) Len() int { return len(r.rest()) }

// Size returns the length of the slice, whatever was read.
func (r *Reader) Size() int64 { return int64(len(r.s)) }

// rest returns what is not yet read.
func (r *Reader) rest() []byte {
	if r.pos >= int64(len(r.s)) {
		return nil
	}
	return r.s[r.pos:]
}

// Read copies what is left into b.
func (r *Reader) Read(b []byte) (n int, err error) {
	rest := r.rest()
	if len(rest) == 0 {
		return 0, io.EOF
	}
	r.rune = -1
	n = copy(b, rest)
	r.pos += int64(n)
	return n, nil
}

// ReadAt copies from position off, and leaves the reader's own alone.
func (r *Reader) ReadAt(b []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("bytes.Reader.ReadAt: negative offset")
	}
	if off >= int64(len(r.s)) {
		return 0, io.EOF
	}
	n = copy(b, r.s[off:])
	if n < len(b) {
		err = io.EOF
	}
	return n, err
}

// ReadByte returns the next byte.
func (r *Reader) ReadByte() (byte, error) {
	r.rune = -1
	if r.pos >= int64(len(r.s)) {
		return 0, io.EOF
	}
	c := r.s[r.pos]
	r.pos++
	return c, nil
}

// UnreadByte goes back by one byte.
func (r *Reader) UnreadByte() error {
	if r.pos <= 0 {
		return errors.New("bytes.Reader.UnreadByte: at beginning of slice")
	}
	r.rune = -1
	r.pos--
	return nil
}

// ReadRune returns the next rune and its size.
func (r *Reader) ReadRune() (ch rune, size int, err error) {
	rest := r.rest()
	if len(rest) == 0 {
		r.rune = -1
		return 0, 0, io.EOF
	}
	r.rune = int(r.pos)
	ch, size = utf8.DecodeRune(rest)
	r.pos += int64(size)
	return ch, size, nil
}

// UnreadRune goes back to before the last ReadRune, which must have been the
// last operation.
func (r *Reader) UnreadRune() error {
	if r.pos <= 0 {
		return errors.New("bytes.Reader.UnreadRune: at beginning of slice")
	}
	if r.rune < 0 {
		return errors.New("bytes.Reader.UnreadRune: previous operation was not ReadRune")
	}
	r.pos = int64(r.rune)
	r.rune = -1
	return nil
}

// Seek moves the position; behind the end is allowed.
func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	r.rune = -1
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += r.pos
	case io.SeekEnd:
		offset += int64(len(r.s))
	default:
		return 0, errors.New("bytes.Reader.Seek: invalid whence")
	}
	if offset < 0 {
		return 0, errors.New("bytes.Reader.Seek: negative position")
	}
	r.pos = offset
	return offset, nil
}

// WriteTo writes what is left to w.
func (r *Reader) WriteTo(w io.Writer) (n int64, err error) {
	r.rune = -1
	rest := r.rest()
	if len(rest) == 0 {
		return 0, nil
	}
	m, err := w.Write(rest)
	if m > len(rest) {
		panic("bytes.Reader.WriteTo: invalid Write count")
	}
	r.pos += int64(m)
	if m < len(rest) && err == nil {
		err = io.ErrShortWrite
	}
	return int64(m), err
}
