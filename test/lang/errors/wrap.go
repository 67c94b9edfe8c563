// New, Is, As, Unwrap, Join, %w.
package main

import (
	"errors"
	"fmt"
)

type codeErr struct {
	code int
	err  error
}

func (c *codeErr) Error() string { return fmt.Sprintf("code %d: %v", c.code, c.err) }
func (c *codeErr) Unwrap() error { return c.err }

type kind string

func (k kind) Error() string        { return string(k) }
func (k kind) Is(target error) bool { return target == errBase }

var errBase = errors.New("base")

func main() {
	fmt.Println(errors.New("a") == errors.New("a"), errBase == errBase) // expect: false true
	e := fmt.Errorf("outer: %w", &codeErr{7, errBase})
	fmt.Println(e)                                                                                                               // expect: outer: code 7: base
	fmt.Println(errors.Is(e, errBase), errors.Is(e, errors.New("base")), errors.Is(nil, errBase), errors.Is(kind("x"), errBase)) // expect: true false false true
	var ce *codeErr
	if errors.As(e, &ce) {
		fmt.Println(ce.code, ce)
	}
	// expect: 7 code 7: base
	var k kind
	fmt.Println(errors.As(e, &k), errors.As(fmt.Errorf("%w", kind("kk")), &k), k)   // expect: false true kk
	fmt.Println(errors.Unwrap(errors.Unwrap(e)) == errBase, errors.Unwrap(errBase)) // expect: true <nil>
	j := errors.Join(errBase, nil, kind("second"))
	fmt.Println(j, errors.Is(j, errBase), errors.Join(nil, nil) == nil)
	// expect: base
	// expect: second true true
	m := fmt.Errorf("two: %w and %w", errBase, kind("z"))
	fmt.Println(m, errors.Is(m, errBase), errors.As(m, &k), k) // expect: two: base and z true true z
}
