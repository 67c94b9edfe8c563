// Package context passes along what belongs to one request: when it is to be
// given up, and values.
//
// Contexts form a tree. Cancelling one cancels all below it. A context that can
// be cancelled enters itself with the nearest one above it that can, or, if that
// is of another package's making, has a goroutine watch it.
//
// Files: context.go (the interface, values), cancel.go.
package context

import (
	"errors"
	"time"
)

// Context tells whether to go on. Goroutines may share it.
type Context interface {
	// Deadline returns when it will be cancelled at the latest, and whether
	// that is known.
	Deadline() (deadline time.Time, ok bool)

	// Done returns a channel that is closed when work should stop; nil if
	// that never happens.
	Done() <-chan struct{}

	// Err returns why Done is closed; nil if it is not.
	Err() error

	// Value returns what WithValue put here or above under key, or nil.
	Value(key any) any
}

// CancelFunc cancels a context. The first call counts.
type CancelFunc func()

// CancelCauseFunc cancels a context and tells why.
type CancelCauseFunc func(cause error)

// Canceled is why a context was cancelled by its CancelFunc.
var Canceled = errors.New("context canceled")

// DeadlineExceeded is why a context was cancelled whose time ran out.
var DeadlineExceeded error = deadlineError{}

type deadlineError struct{}

func (deadlineError) Error() string   { return "context deadline exceeded" }
func (deadlineError) Timeout() bool   { return true }
func (deadlineError) Temporary() bool { return true }

// root is a context that is never cancelled and holds nothing.
type root struct{ name string }

func (*root) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }
func (*root) Done() <-chan struct{}                   { return nil }
func (*root) Err() error                              { return nil }
func (*root) Value(key any) any                       { return nil }
func (r *root) String() string                        { return "context." + r.name }

var (
	background = &root{"Background"}
	todo       = &root{"TODO"}
)

// Background returns the root of a tree.
func Background() Context { return background }

// TODO returns a root, for where it is not yet clear which context to pass.
func TODO() Context { return todo }

// valueContext adds a value to the context above it.
type valueContext struct {
	Context
	key, value any
}

// Value returns the value of key here or above.
func (c *valueContext) Value(key any) any {
	if c.key == key {
		return c.value
	}
	return c.Context.Value(key)
}

// String names the context and those above it.
func (c *valueContext) String() string { return nameOf(c.Context) + ".WithValue" }

// nameOf names a context, if it can tell its name.
func nameOf(c Context) string {
	if s, ok := c.(interface{ String() string }); ok {
		return s.String()
	}
	return "context"
}

// WithValue returns a context below parent in which key has a value. The key
// should be of a type of one's own.
func WithValue(parent Context, key, val any) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if key == nil {
		panic("nil key")
	}
	return &valueContext{parent, key, val}
}

// withoutCancel keeps the values of the context above it, but not its end.
type withoutCancel struct{ above Context }

func (withoutCancel) Deadline() (deadline time.Time, ok bool) { return time.Time{}, false }
func (withoutCancel) Done() <-chan struct{}                   { return nil }
func (withoutCancel) Err() error                              { return nil }

func (c withoutCancel) Value(key any) any {
	if key == &cancelKey {
		return nil // whoever is below has nobody to enter itself with
	}
	return c.above.Value(key)
}

func (c withoutCancel) String() string { return nameOf(c.above) + ".WithoutCancel" }

// WithoutCancel returns a context below parent that goes on when parent is
// cancelled.
func WithoutCancel(parent Context) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return withoutCancel{parent}
}
