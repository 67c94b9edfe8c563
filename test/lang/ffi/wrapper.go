package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"unsafe"

	"github.com/ebitengine/purego"
)

type lib struct {
	handle uintptr
	Strlen func(*byte) int
	Strchr func(*byte, int32) *byte
	Abs    func(int32) int32
}

type handler func(uintptr) uintptr

func (l *lib) next(p uintptr) uintptr { return p + 1 }

func open(name string, symbols ...string) (l *lib, err error) {
	defer func() {
		if e, ok := recover().(error); ok {
			err = e
		}
	}()
	h, err := purego.Dlopen(name, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	l = &lib{handle: h}
	for i, f := range []any{&l.Strlen, &l.Strchr, &l.Abs} {
		purego.RegisterLibFunc(f, h, symbols[i])
	}
	return l, nil
}

// How people wrap a library: a struct of functions, errors from panics, methods as callbacks.
func main() {
	l, err := open("libc.so.6", "strlen", "strchr", "abs")
	p, _ := syscall.BytePtrFromString("hello")
	fmt.Println(l.Strlen(p), err) // expect: 5 <nil>
	_, err = syscall.BytePtrFromString("hel\x00lo")
	fmt.Println(err == syscall.EINVAL) // expect: true
	b, err := syscall.ByteSliceFromString("abc")
	fmt.Println(b, err) // expect: [97 98 99 0] <nil>
	q := l.Strchr(p, 'l')
	fmt.Println(unsafe.String(q, l.Strlen(q)), l.Abs(-1)) // expect: llo 1
	runtime.KeepAlive(p)

	var de purego.Dlerror
	_, err = open("libnope.so")
	fmt.Println(errors.As(err, &de), strings.HasPrefix(de.Error(), "libnope.so: cannot open")) // expect: true true
	_, err = open("libc.so.6", "strlen", "no_such_function", "abs")
	fmt.Println(errors.As(err, &de), strings.HasSuffix(de.Error(), "undefined symbol: no_such_function")) // expect: true true

	var double handler = func(x uintptr) uintptr { return x * 2 }
	for _, f := range []any{l.next, handler(l.next), double} {
		r, _, _ := purego.SyscallN(purego.NewCallback(f), 41)
		fmt.Println(r)
	}
	// expect: 42
	// expect: 42
	// expect: 82
}
