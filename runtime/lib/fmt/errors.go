package fmt

import (
	"errors"
	"sort"
)

type wrapError struct {
	msg string
	err error
}

// Error returns the formatted text.
func (e *wrapError) Error() string { return e.msg }

// Unwrap returns the argument of %w.
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

// Error returns the formatted text.
func (e *wrapErrors) Error() string { return e.msg }

// Unwrap returns the arguments of %w.
func (e *wrapErrors) Unwrap() []error { return e.errs }

// Errorf returns an error whose text is its operands as the format string says.  It
// wraps the arguments of the verb %w.
func Errorf(format string, a ...any) error {
	p := newPrinter()
	p.wrapping = true
	p.printf(format, a)
	s := string(p.buf)
	var err error
	switch len(p.wrapped) {
	case 0:
		err = errors.New(s)
	case 1:
		w := &wrapError{msg: s}
		w.err, _ = a[p.wrapped[0]].(error)
		err = w
	default:
		if p.reordered {
			sort.Ints(p.wrapped)
		}
		w := &wrapErrors{msg: s}
		for i, n := range p.wrapped {
			if i > 0 && p.wrapped[i-1] == n {
				continue
			}
			if e, ok := a[n].(error); ok {
				w.errs = append(w.errs, e)
			}
		}
		err = w
	}
	p.free()
	return err
}
