// Package fmt prints values of any type.
//
// A printer builds the whole text of one call in a buffer, then hands it over in
// one piece.  Printers are pooled.  Common types are told apart by a type
// switch (arg.go); all others are walked through internal/reflectlite
// (value.go).  format.go pads and converts, printf.go reads format strings.
package fmt

import (
	"internal/reflectlite"
	"io"
	"os"
	"sync"
	"unicode/utf8"
)

// A State is what a Formatter's Format writes to and asks for flags.
type State interface {
	// Write appends to the output.
	Write(b []byte) (n int, err error)
	// Width returns the width asked for, and whether there is one.
	Width() (wid int, ok bool)
	// Precision returns the precision asked for, and whether there is one.
	Precision() (prec int, ok bool)
	// Flag reports whether the flag c, of + - # space 0, is set.
	Flag(c int) bool
}

// A Formatter prints itself, whatever the verb.
type Formatter interface {
	Format(f State, verb rune)
}

// A Stringer says how it is printed by %v and %s.
type Stringer interface {
	String() string
}

// A GoStringer says how it is printed by %#v.
type GoStringer interface {
	GoString() string
}

// A printer holds the state of one call.
type printer struct {
	format
	// What is being printed, for complaints: arg, or if that is nil, value.
	arg   any
	value reflectlite.Value
	// An argument index was used; the last one was valid.
	reordered, goodIndex bool
	// Inside a panicking method's message; inside a complaint about a verb.
	panicking, erring bool
	// %w is allowed; the arguments it was used for.
	wrapping bool
	wrapped  []int
}

var printers = sync.Pool{New: func() any { return new(printer) }}

func newPrinter() *printer {
	p := printers.Get().(*printer)
	p.clear()
	return p
}

// maxPooled is the largest buffer that is kept for the next call.
const maxPooled = 64 << 10

// free gives p back; its buffer must not be used any more.
func (p *printer) free() {
	if cap(p.buf) > maxPooled {
		p.buf = nil
	} else {
		p.buf = p.buf[:0]
	}
	if cap(p.wrapped) > 8 {
		p.wrapped = nil
	}
	p.wrapped = p.wrapped[:0]
	p.arg = nil
	p.value = reflectlite.Value{}
	p.panicking, p.erring, p.wrapping = false, false, false
	printers.Put(p)
}

// Write appends b to the output, for Formatters.
func (p *printer) Write(b []byte) (n int, err error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

// WriteString appends s to the output, for io.WriteString.
func (p *printer) WriteString(s string) (n int, err error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

// Width returns the width of the verb.
func (p *printer) Width() (wid int, ok bool) { return p.width, p.hasWidth }

// Precision returns the precision of the verb.
func (p *printer) Precision() (prec int, ok bool) { return p.prec, p.hasPrec }

// Flag reports whether the flag c is set.
func (p *printer) Flag(c int) bool {
	switch c {
	case '-':
		return p.minus
	case '+':
		return p.plus || p.plusV
	case '#':
		return p.sharp || p.sharpV
	case ' ':
		return p.space
	case '0':
		return p.zero
	}
	return false
}

// FormatString returns the directive, such as "%-5.2x", that state and verb
// stand for.
func FormatString(state State, verb rune) string {
	b := make([]byte, 1, 16)
	b[0] = '%'
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	var f format
	f.buf = b
	if w, ok := state.Width(); ok {
		f.integer(uint64(w), 10, true, 'd', false)
	}
	if prec, ok := state.Precision(); ok {
		f.buf = append(f.buf, '.')
		f.integer(uint64(prec), 10, true, 'd', false)
	}
	return string(utf8.AppendRune(f.buf, verb))
}

// Fprintf writes its operands as the format string says to w.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.printf(format, a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Printf writes its operands as the format string says to standard output.
func Printf(format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.printf(format, a)
	n, err = os.Stdout.Write(p.buf)
	p.free()
	return n, err
}

// Sprintf returns its operands as the format string says.
func Sprintf(format string, a ...any) string {
	p := newPrinter()
	p.printf(format, a)
	s := string(p.buf)
	p.free()
	return s
}

// Appendf appends its operands as the format string says to b.
func Appendf(b []byte, format string, a ...any) []byte {
	p := newPrinter()
	p.printf(format, a)
	b = append(b, p.buf...)
	p.free()
	return b
}

// Fprint writes its operands, with a space between two that are not strings, to w.
func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.print(a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Print writes its operands, with a space between two that are not strings, to standard
// output.
func Print(a ...any) (n int, err error) {
	p := newPrinter()
	p.print(a)
	n, err = os.Stdout.Write(p.buf)
	p.free()
	return n, err
}

// Sprint returns its operands, with a space between two that are not strings.
func Sprint(a ...any) string {
	p := newPrinter()
	p.print(a)
	s := string(p.buf)
	p.free()
	return s
}

// Append appends its operands, with a space between two that are not strings, to b.
func Append(b []byte, a ...any) []byte {
	p := newPrinter()
	p.print(a)
	b = append(b, p.buf...)
	p.free()
	return b
}

// Fprintln writes its operands, with spaces between and a newline after, to w.
func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.println(a)
	n, err = w.Write(p.buf)
	p.free()
	return n, err
}

// Println writes its operands, with spaces between and a newline after, to standard
// output.
func Println(a ...any) (n int, err error) {
	p := newPrinter()
	p.println(a)
	n, err = os.Stdout.Write(p.buf)
	p.free()
	return n, err
}

// Sprintln returns its operands, with spaces between and a newline after.
func Sprintln(a ...any) string {
	p := newPrinter()
	p.println(a)
	s := string(p.buf)
	p.free()
	return s
}

// Appendln appends its operands, with spaces between and a newline after, to b.
func Appendln(b []byte, a ...any) []byte {
	p := newPrinter()
	p.println(a)
	b = append(b, p.buf...)
	p.free()
	return b
}

func (p *printer) print(a []any) {
	afterString := true
	for _, arg := range a {
		isString := arg != nil && reflectlite.TypeOf(arg).Kind() == reflectlite.String
		if !isString && !afterString {
			p.buf = append(p.buf, ' ')
		}
		p.printArg(arg, 'v')
		afterString = isString
	}
}

func (p *printer) println(a []any) {
	for i, arg := range a {
		if i > 0 {
			p.buf = append(p.buf, ' ')
		}
		p.printArg(arg, 'v')
	}
	p.buf = append(p.buf, '\n')
}
