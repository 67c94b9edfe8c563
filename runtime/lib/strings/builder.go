package strings

import (
	"internal/bytealg"
	"unicode/utf8"
	"unsafe"
)

// Builder collects bytes into a string, which shares the builder's memory. Its
// zero value is empty. It must not be copied once it holds something.
type Builder struct {
	// The builder's own address, to notice copies; a number, so that a
	// builder may live on the stack (which in Tern does not move).
	self uintptr
	buf  []byte
}

func (b *Builder) check() {
	self := uintptr(unsafe.Pointer(b))
	if b.self != self {
		if b.self != 0 {
			panic("strings: illegal use of non-zero Builder copied by value")
		}
		b.self = self
	}
}

// String returns what was written so far.
func (b *Builder) String() string { return bytealg.View(b.buf) }

// Len returns the number of bytes written.
func (b *Builder) Len() int { return len(b.buf) }

// Cap returns how many bytes fit, written ones included, before it must grow.
func (b *Builder) Cap() int { return cap(b.buf) }

// Reset empties the builder; strings it returned stay as they are.
func (b *Builder) Reset() {
	b.self = 0
	b.buf = nil
}

// Grow makes room for n more bytes.
func (b *Builder) Grow(n int) {
	b.check()
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(b.buf)-len(b.buf) < n {
		grown := append([]byte(nil), make([]byte, 2*cap(b.buf)+n)...)
		b.buf = grown[:copy(grown, b.buf)]
	}
}

// Write appends p. The error is nil.
func (b *Builder) Write(p []byte) (int, error) {
	b.check()
	b.buf = append(b.buf, p...)
	return len(p), nil
}

// WriteByte appends c. The error is nil.
func (b *Builder) WriteByte(c byte) error {
	b.check()
	b.buf = append(b.buf, c)
	return nil
}

// WriteRune appends r in UTF-8 and returns its size. The error is nil.
func (b *Builder) WriteRune(r rune) (int, error) {
	b.check()
	n := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - n, nil
}

// WriteString appends s. The error is nil.
func (b *Builder) WriteString(s string) (int, error) {
	b.check()
	b.buf = append(b.buf, s...)
	return len(s), nil
}
