// Package errors makes errors and looks into chains of them.
package errors

import "internal/reflectlite"

type errorString struct {
	s string
}

// Error returns the text that New was given.
func (e *errorString) Error() string { return e.s }

// New returns an error with the given text, different from any other error.
func New(text string) error { return &errorString{text} }

// ErrUnsupported says that an operation cannot be done because it is not
// supported here.
var ErrUnsupported = New("unsupported operation")

// Unwrap returns the error that err's method Unwrap() error gives, nil if it
// has none.
func Unwrap(err error) error {
	u, ok := err.(interface{ Unwrap() error })
	if !ok {
		return nil
	}
	return u.Unwrap()
}

// Is reports whether err, or an error that it wraps, equals target or says so
// by a method Is(error) bool.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return is(err, target, reflectlite.TypeOf(target).Comparable())
}

// is walks the tree of wrapped errors, depth first.
func is(err, target error, comparable bool) bool {
	for err != nil {
		if comparable && err == target {
			return true
		}
		if m, ok := err.(interface{ Is(error) bool }); ok && m.Is(target) {
			return true
		}
		switch u := err.(type) {
		case interface{ Unwrap() error }:
			err = u.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range u.Unwrap() {
				if is(e, target, comparable) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

// As finds the first error in err's tree that can be stored in what target
// points to, or that has a method As(any) bool which says so, stores it and
// returns true.  It panics unless target points to an interface or to a type
// that is an error.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	v := reflectlite.ValueOf(target)
	if v.Kind() != reflectlite.Pointer || v.IsNil() {
		panic("errors: target must be a non-nil pointer")
	}
	want := v.Type().Elem()
	if want.Kind() != reflectlite.Interface && !want.Implements(errorType()) {
		panic("errors: *target must be interface or implement error")
	}
	return as(err, target, v, want)
}

// errorType returns the descriptor of the interface type error.
func errorType() *reflectlite.Type {
	return reflectlite.TypeOf((*error)(nil)).Elem()
}

func as(err error, target any, v reflectlite.Value, want *reflectlite.Type) bool {
	for err != nil {
		if reflectlite.TypeOf(err).AssignableTo(want) {
			v.SetTo(err)
			return true
		}
		if m, ok := err.(interface{ As(any) bool }); ok && m.As(target) {
			return true
		}
		switch u := err.(type) {
		case interface{ Unwrap() error }:
			err = u.Unwrap()
		case interface{ Unwrap() []error }:
			for _, e := range u.Unwrap() {
				if e != nil && as(e, target, v, want) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

type joinError struct {
	errs []error
}

// Join returns an error that wraps all given errors that are not nil, nil if
// there are none.  Its text is theirs, one a line.
func Join(errs ...error) error {
	var list []error
	for _, e := range errs {
		if e != nil {
			list = append(list, e)
		}
	}
	if list == nil {
		return nil
	}
	return &joinError{list}
}

// Error returns the texts of the joined errors, one a line.
func (e *joinError) Error() string {
	text := e.errs[0].Error()
	for _, err := range e.errs[1:] {
		text += "\n" + err.Error()
	}
	return text
}

// Unwrap returns the joined errors.
func (e *joinError) Unwrap() []error { return e.errs }
