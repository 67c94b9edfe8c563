package main

import (
	"fmt"
	"runtime"
	"unsafe"
)

type node struct {
	magic int
	pad   [5]int
}

func make1(p *runtime.Pinner) uintptr {
	n := &node{magic: 42}
	p.Pin(n)
	return uintptr(unsafe.Pointer(n)) ^ 0xffff
}

func churn() {
	for i := 0; i < 20000; i++ {
		sink = &node{magic: i}
	}
	runtime.GC()
}

var sink *node

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	var p runtime.Pinner
	var hidden [100]uintptr
	for i := range hidden {
		hidden[i] = make1(&p)
	}
	for i := 0; i < 3; i++ {
		churn()
	}
	all := true
	for _, h := range hidden {
		all = all && (*node)(unsafe.Pointer(h^0xffff)).magic == 42
	}
	fmt.Println(all) // expect: true
	p.Unpin()
	p.Unpin()
	s := "a string"
	p.Pin(unsafe.StringData(s))
	p.Pin(&all)
	p.Unpin()
	try(func() { p.Pin(7) })   // expect: runtime error: runtime.Pinner: argument is not a pointer: int
	try(func() { p.Pin(nil) }) // expect: runtime error: runtime.Pinner: argument is nil
}
