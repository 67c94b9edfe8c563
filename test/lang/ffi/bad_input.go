// tern-only
package main

import (
	"fmt"

	"github.com/ebitengine/purego"
)

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

type pair struct{ a, b string }

func main() {
	_, err := purego.Dlopen("libnothing.so.99", purego.RTLD_NOW)
	fmt.Println(err) // expect: libnothing.so.99: cannot open shared object file: No such file or directory
	libm, _ := purego.Dlopen("libm.so.6", purego.RTLD_NOW)
	_, err = purego.Dlsym(libm, "nosine")
	_, isDlerror := err.(purego.Dlerror)
	fmt.Println(err != nil, isDlerror) // expect: true true
	_, err = purego.Dlsym(12345, "cos")
	fmt.Println(err)                   // expect: cos: the library is closed, or this is no handle of one
	fmt.Println(purego.Dlclose(12345)) // expect: Dlclose: the library is closed, or this is no handle of one

	c := uintptr(purego.RTLD_DEFAULT)
	var f func(float64) float64
	try(func() { purego.RegisterLibFunc(f, libm, "cos") })   // expect: purego: cos: fptr must be a non-nil function pointer
	try(func() { purego.RegisterLibFunc(nil, libm, "cos") }) // expect: purego: cos: fptr must be a non-nil function pointer
	var p *func()
	try(func() { purego.RegisterLibFunc(p, libm, "cos") })        // expect: purego: cos: fptr must be a non-nil function pointer
	try(func() { purego.RegisterLibFunc(new(int), libm, "cos") }) // expect: purego: cos: fptr must be a function pointer
	try(func() { purego.RegisterFunc(&f, 0) })                    // expect: purego: cfn is nil
	try(func() { f(1) })                                          // expect: runtime error: invalid memory address or nil pointer dereference
	var g func(chan int)
	try(func() { purego.RegisterLibFunc(&g, c, "abs") }) // expect: purego: abs: unsupported type chan int: C has nothing like it
	var h func() (int, error)
	try(func() { purego.RegisterLibFunc(&h, c, "abs") }) // expect: purego: abs: function can only return zero or one values
	var i func(map[string]int)
	try(func() { purego.RegisterLibFunc(&i, c, "abs") }) // expect: purego: abs: unsupported type map[string]int: C has nothing like it
	var j func(pair)
	try(func() { purego.RegisterLibFunc(&j, c, "abs") }) // expect: purego: abs: unsupported type string: C has nothing like it
	var k func() []int
	try(func() { purego.RegisterLibFunc(&k, c, "abs") }) // expect: purego: abs: unsupported result type: C does not say how long a slice is
	var l func([3]int)
	try(func() { purego.RegisterLibFunc(&l, c, "abs") }) // expect: purego: abs: unsupported type [3]int: C passes arrays by pointer
	var n func(func() string)
	try(func() { purego.RegisterLibFunc(&n, c, "abs") }) // expect: purego: abs: a callback cannot return a string: who would free it?
	var o func(string, ...any) int32
	purego.RegisterLibFunc(&o, c, "printf")
	try(func() { o("", make(chan int)) }) // expect: purego: printf: unsupported type chan int: C has nothing like it
	try(func() { o("", func([]int) {}) }) // expect: purego: printf: a callback cannot take a slice: C does not say how long it is
	try(func() { o("", struct{}{}) })     // expect: purego: printf: an empty struct among variadic arguments

	try(func() { purego.NewCallback(func([]int) {}) })         // expect: purego: a callback cannot take a slice: C does not say how long it is
	try(func() { purego.NewCallback(func(...any) {}) })        // expect: purego: a variadic function cannot be a callback
	try(func() { purego.ReleaseFunc(try) })                    // expect: purego: ReleaseFunc of a function that C does not have
	try(func() { purego.ReleaseCallback(16) })                 // expect: purego: ReleaseCallback of 0x10, which is no callback or is released already
	try(func() { purego.SyscallN(1, make([]uintptr, 33)...) }) // expect: purego: too many arguments to SyscallN: 33

	// A library that was closed.
	purego.RegisterLibFunc(&f, libm, "cos")
	fmt.Println(f(0), purego.Dlclose(libm)) // expect: 1 <nil>
	try(func() { f(0) })                    // expect: purego: cos: called after Dlclose of its library
	fmt.Println(purego.Dlclose(libm))       // expect: Dlclose: the library is closed, or this is no handle of one
}
