package atomic

import "unsafe"

// Value holds any value of one concrete type, which the first Store chooses.
// The zero Value holds nil.
//
// The value lives in an immutable box, and the Value is a pointer to it, so
// that a load is one atomic load and never sees half of a store.
type Value struct {
	_   noCopy
	box unsafe.Pointer // *any
}

// sameType tells whether two interface values hold the same concrete type. The
// first word of an interface{} is its type.
func sameType(a, b *any) bool {
	return *(*unsafe.Pointer)(unsafe.Pointer(a)) == *(*unsafe.Pointer)(unsafe.Pointer(b))
}

// Load returns the value last stored, or nil.
func (v *Value) Load() (val any) {
	p := (*any)(LoadPointer(&v.box))
	if p == nil {
		return nil
	}
	return *p
}

// Store sets the value. It panics for nil, and for another type than before.
func (v *Value) Store(val any) {
	if val == nil {
		panic("sync/atomic: store of nil value into Value")
	}
	fresh := newBox(val)
	for {
		p := LoadPointer(&v.box)
		if p != nil && !sameType((*any)(p), fresh) {
			panic("sync/atomic: store of inconsistently typed value into Value")
		}
		if CompareAndSwapPointer(&v.box, p, unsafe.Pointer(fresh)) {
			return
		}
	}
}

// Swap sets the value and returns what it was, nil if it was empty.
func (v *Value) Swap(new any) (old any) {
	if new == nil {
		panic("sync/atomic: swap of nil value into Value")
	}
	fresh := newBox(new)
	for {
		p := LoadPointer(&v.box)
		if p != nil && !sameType((*any)(p), fresh) {
			panic("sync/atomic: swap of inconsistently typed value into Value")
		}
		if CompareAndSwapPointer(&v.box, p, unsafe.Pointer(fresh)) {
			if p == nil {
				return nil
			}
			return *(*any)(p)
		}
	}
}

func newBox(val any) *any {
	p := new(any)
	*p = val
	return p
}

// CompareAndSwap sets the value to new if it equals old, and tells whether it
// did. It panics if old cannot be compared.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	fresh := newBox(new)
	if old != nil && !sameType(newBox(old), fresh) {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	for {
		p := LoadPointer(&v.box)
		if p == nil {
			if old != nil {
				return false
			}
		} else {
			if !sameType((*any)(p), fresh) {
				panic("sync/atomic: compare and swap of inconsistently typed value into Value")
			}
			if *(*any)(p) != old {
				return false
			}
		}
		if CompareAndSwapPointer(&v.box, p, unsafe.Pointer(fresh)) {
			return true
		}
	}
}
