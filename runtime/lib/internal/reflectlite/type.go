// Package reflectlite is what errors, fmt and sort see of values whose type
// they do not know: a read-mostly view of an interface's contents.
//
// How it works: an interface is two words, a type descriptor and a data word
// (runtime/lang/tern.h).  Type mirrors struct tern_type field for field, so a
// descriptor is read in place and nothing is built at run time.  What needs the
// runtime (maps, boxing, barriers) is a body-less function, implemented in
// runtime/lang/link_reflectlite.c.
//
// The package has no counterpart of the same interface in Go: only the little
// that the three users need is here, and a test replaces it by a shim over
// reflect.
package reflectlite

import "unsafe"

// A Kind is the sort of type that a Type is, numbered as in tern.h.
type Kind uint8

const (
	Invalid Kind = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

const (
	flagDirect     = 1
	flagNamed      = 2
	flagComparable = 8
)

// A Type is a type descriptor: struct tern_type, field for field.
type Type struct {
	size       int64
	ptrdata    int64
	ptrmask    unsafe.Pointer
	hash       uint32
	kind       uint8
	align      uint8
	flags      uint8
	chandir    uint8
	name       string
	pkgpath    string
	elem       *Type
	key        *Type
	length     int64
	nfields    int64
	fields     unsafe.Pointer
	nmethods   int64
	methods    unsafe.Pointer
	nimethods  int64
	imethods   unsafe.Pointer
	nin        int64
	nout       int64
	inout      unsafe.Pointer
	layout     uint32
	arrLayouts unsafe.Pointer
}

// structField is struct tern_field.
type structField struct {
	name     string
	typ      *Type
	offset   int64
	embedded bool
	exported bool
	tag      string
}

// eface is the two words of an interface without methods.
type eface struct {
	typ  *Type
	data unsafe.Pointer
}

// TypeOf returns the dynamic type of i, nil if i is nil.
func TypeOf(i any) *Type {
	return (*eface)(unsafe.Pointer(&i)).typ
}

// Kind returns the sort of type that t is.
func (t *Type) Kind() Kind { return Kind(t.kind) }

// String returns the type as %T prints it.
func (t *Type) String() string { return t.name }

// Named reports whether t was declared with a name.
func (t *Type) Named() bool { return t.flags&flagNamed != 0 }

// Size returns the bytes that a value of t takes.
func (t *Type) Size() int { return int(t.size) }

// Elem returns the element type of an array, channel, map, pointer or slice.
func (t *Type) Elem() *Type { return t.elem }

// Comparable reports whether == is defined for t; it may still panic on what
// an interface inside holds.
func (t *Type) Comparable() bool { return t.flags&flagComparable != 0 }

// HasMethods reports whether a value of dynamic type t has any method.
func (t *Type) HasMethods() bool { return t.nmethods != 0 }

// Implements reports whether t has the methods of the interface type inter.
func (t *Type) Implements(inter *Type) bool { return implements(inter, t) }

// AssignableTo reports whether a value of dynamic type t can be stored in a
// variable of type want.
func (t *Type) AssignableTo(want *Type) bool {
	if t == want {
		return true
	}
	return want.Kind() == Interface && implements(want, t)
}

func (t *Type) field(i int) *structField {
	if uint64(i) >= uint64(t.nfields) {
		panic("reflect: Field index out of range")
	}
	var f structField
	return (*structField)(unsafe.Pointer(uintptr(t.fields) + uintptr(i)*unsafe.Sizeof(f)))
}

// Implemented in link_reflectlite.c.

func implements(inter, t *Type) bool
func box(t *Type, p unsafe.Pointer) any
func assign(t *Type, dst, src unsafe.Pointer)
func assignInterface(t *Type, dst unsafe.Pointer, v any)
func ifaceType(p unsafe.Pointer) *Type
func swap(t *Type, base unsafe.Pointer, i, j int)
func maplen(m unsafe.Pointer) int
func mapiterinit(t *Type, m unsafe.Pointer, it *hiter)
func mapiternext(it *hiter)
func chanlen(c unsafe.Pointer) int
