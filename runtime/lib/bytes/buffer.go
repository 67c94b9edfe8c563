package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// Buffer is bytes that are written at one end and read at the other. Its zero
// value is empty.
//
// What is unread is buf[off:]; last says what UnreadByte and UnreadRune can
// undo.
type Buffer struct {
	buf  []byte
	off  int
	last int8 // lastNone, lastRead, or the size of the rune read
}

const (
	lastRead = -1 // bytes were read
	lastNone = 0  // something else was done
)

// The room that the first small write makes.
const smallBuffer = 64

// ErrTooLarge is what a buffer panics with that cannot grow.
var ErrTooLarge = errors.New("bytes.Buffer: too large")

var errNegativeRead = errors.New("bytes.Buffer: reader returned negative count from Read")

// NewBuffer returns a Buffer with buf as its content, which then is its own.
func NewBuffer(buf []byte) *Buffer { return &Buffer{buf: buf} }

// NewBufferString returns a Buffer with a copy of s as its content.
func NewBufferString(s string) *Buffer { return &Buffer{buf: []byte(s)} }

// Bytes returns what is unread, valid until the buffer is changed.
func (b *Buffer) Bytes() []byte { return b.buf[b.off:] }

// AvailableBuffer returns an empty slice of the room behind the content, to be
// appended to and then passed to Write.
func (b *Buffer) AvailableBuffer() []byte { return b.buf[len(b.buf):] }

// String returns what is unread; "<nil>" for a nil buffer.
func (b *Buffer) String() string {
	if b == nil {
		return "<nil>"
	}
	return string(b.buf[b.off:])
}

// Len returns the number of unread bytes.
func (b *Buffer) Len() int { return len(b.buf) - b.off }

// Cap returns the size of the buffer's memory.
func (b *Buffer) Cap() int { return cap(b.buf) }

// Available returns how many bytes can be written before it must grow.
func (b *Buffer) Available() int { return cap(b.buf) - len(b.buf) }

// Truncate drops all unread bytes but the first n.
func (b *Buffer) Truncate(n int) {
	if n == 0 {
		b.Reset()
		return
	}
	b.last = lastNone
	if n < 0 || n > b.Len() {
		panic("bytes.Buffer: truncation out of range")
	}
	b.buf = b.buf[:b.off+n]
}

// Reset empties the buffer and keeps its memory.
func (b *Buffer) Reset() {
	b.buf = b.buf[:0]
	b.off = 0
	b.last = lastNone
}

// extend makes the content n bytes longer and returns where they begin.
func (b *Buffer) extend(n int) int {
	at := len(b.buf)
	if n <= cap(b.buf)-at {
		b.buf = b.buf[:at+n]
		return at
	}
	if b.off == at && at > 0 {
		b.Reset()
		return b.extend(n)
	}
	unread := b.Len()
	switch {
	case b.buf == nil && n <= smallBuffer:
		b.buf = make([]byte, n, smallBuffer)
		return 0
	case n <= cap(b.buf)/2-unread:
		// Enough once the read part is given up; half, so that the moving
		// pays.
		copy(b.buf, b.buf[b.off:])
	case cap(b.buf) > int(^uint(0)>>1)-cap(b.buf)-n:
		panic(ErrTooLarge)
	default:
		size := max(len(b.buf)+n, 2*(cap(b.buf)-b.off))
		fresh := append([]byte(nil), make([]byte, size)...)
		copy(fresh, b.buf[b.off:])
		b.buf = fresh
	}
	b.off = 0
	b.buf = b.buf[:unread+n]
	return unread
}

// Grow makes room for n more bytes.
func (b *Buffer) Grow(n int) {
	if n < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	if b.off > 0 && b.off == len(b.buf) {
		b.Reset()
	}
	at := b.extend(n)
	b.buf = b.buf[:at]
}

// Write appends p. The error is nil.
func (b *Buffer) Write(p []byte) (n int, err error) {
	b.last = lastNone
	at := b.extend(len(p))
	return copy(b.buf[at:], p), nil
}

// WriteString appends s. The error is nil.
func (b *Buffer) WriteString(s string) (n int, err error) {
	b.last = lastNone
	at := b.extend(len(s))
	return copy(b.buf[at:], s), nil
}

// WriteByte appends c. The error is nil.
func (b *Buffer) WriteByte(c byte) error {
	b.last = lastNone
	at := b.extend(1)
	b.buf[at] = c
	return nil
}

// WriteRune appends r in UTF-8 and returns its size. The error is nil.
func (b *Buffer) WriteRune(r rune) (n int, err error) {
	b.last = lastNone
	at := b.extend(utf8.UTFMax)
	b.buf = utf8.AppendRune(b.buf[:at], r)
	return len(b.buf) - at, nil
}

// ReadFrom appends all of r until EOF, which is not reported.
func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error) {
	b.last = lastNone
	for {
		at := b.extend(MinRead)
		b.buf = b.buf[:at]
		m, err := r.Read(b.buf[at:cap(b.buf)])
		if m < 0 {
			panic(errNegativeRead)
		}
		b.buf = b.buf[:at+m]
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// WriteTo writes what is unread to w.
func (b *Buffer) WriteTo(w io.Writer) (n int64, err error) {
	b.last = lastNone
	if unread := b.Len(); unread > 0 {
		m, err := w.Write(b.buf[b.off:])
		if m > unread {
			panic("bytes.Buffer.WriteTo: invalid Write count")
		}
		b.off += m
		if err != nil {
			return int64(m), err
		}
		if m != unread {
			return int64(m), io.ErrShortWrite
		}
		n = int64(m)
	}
	b.Reset()
	return n, nil
}

// Next returns the next n bytes, or all if there are fewer, and counts them as
// read. They are valid until the buffer is changed.
func (b *Buffer) Next(n int) []byte {
	b.last = lastNone
	n = min(n, b.Len())
	data := b.buf[b.off : b.off+n]
	b.off += n
	if n > 0 {
		b.last = lastRead
	}
	return data
}

// Read copies what is unread into p; EOF if nothing is and p is not empty.
func (b *Buffer) Read(p []byte) (n int, err error) {
	b.last = lastNone
	if b.Len() == 0 {
		b.Reset()
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = copy(p, b.buf[b.off:])
	b.off += n
	if n > 0 {
		b.last = lastRead
	}
	return n, nil
}

// ReadByte returns the next byte.
func (b *Buffer) ReadByte() (byte, error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, io.EOF
	}
	c := b.buf[b.off]
	b.off++
	b.last = lastRead
	return c, nil
}

// ReadRune returns the next rune and its size.
func (b *Buffer) ReadRune() (r rune, size int, err error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(b.buf[b.off:])
	b.off += size
	b.last = int8(size)
	return r, size, nil
}

// UnreadRune goes back to before the last ReadRune, which must have been the
// last operation.
func (b *Buffer) UnreadRune() error {
	if b.last <= lastNone {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	if b.off >= int(b.last) {
		b.off -= int(b.last)
	}
	b.last = lastNone
	return nil
}

// UnreadByte goes back by one byte; the last operation must have read some.
func (b *Buffer) UnreadByte() error {
	if b.last == lastNone {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	b.last = lastNone
	if b.off > 0 {
		b.off--
	}
	return nil
}

// take returns the bytes up to and including delim; EOF if it is not there,
// with all that is unread.
func (b *Buffer) take(delim byte) (line []byte, err error) {
	i := IndexByte(b.buf[b.off:], delim)
	end := b.off + i + 1
	if i < 0 {
		end = len(b.buf)
		err = io.EOF
	}
	line = b.buf[b.off:end]
	b.off = end
	b.last = lastRead
	return line, err
}

// ReadBytes returns a copy of the bytes up to and including delim; if it is not
// there, of all, and EOF.
func (b *Buffer) ReadBytes(delim byte) (line []byte, err error) {
	part, err := b.take(delim)
	return append(line, part...), err
}

// ReadString is ReadBytes with a string for result.
func (b *Buffer) ReadString(delim byte) (line string, err error) {
	part, err := b.take(delim)
	return string(part), err
}
