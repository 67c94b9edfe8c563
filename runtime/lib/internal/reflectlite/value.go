package reflectlite

import "unsafe"

// A Value is one value of any type: an interface's content, or a part of it.
// The zero Value stands for no value (Kind Invalid).
type Value struct {
	typ *Type
	// The value itself if direct, else its address.
	ptr    unsafe.Pointer
	direct bool
	// Reached through an unexported field: its methods must not be called.
	hidden bool
}

// hiter is struct tern_mapiter.
type hiter struct {
	key   unsafe.Pointer
	value unsafe.Pointer
	state [14]unsafe.Pointer
}

// ValueOf returns what i holds, the zero Value if i is nil.
func ValueOf(i any) Value {
	e := (*eface)(unsafe.Pointer(&i))
	if e.typ == nil {
		return Value{}
	}
	return Value{e.typ, e.data, e.typ.flags&flagDirect != 0, false}
}

// part returns the value of type t at p, hidden if v is.
func (v Value) part(t *Type, p unsafe.Pointer) Value {
	return Value{t, p, false, v.hidden}
}

// word returns the pointer that a value of a pointer-shaped kind is.
func (v Value) word() unsafe.Pointer {
	if v.direct {
		return v.ptr
	}
	return *(*unsafe.Pointer)(v.ptr)
}

// Kind returns v's kind, Invalid for the zero Value.
func (v Value) Kind() Kind {
	if v.typ == nil {
		return Invalid
	}
	return Kind(v.typ.kind)
}

// IsValid reports whether v holds a value.
func (v Value) IsValid() bool { return v.typ != nil }

// Type returns v's type; it is nil for the zero Value.
func (v Value) Type() *Type { return v.typ }

// CanInterface reports whether v was reached through exported fields only.
func (v Value) CanInterface() bool { return v.typ != nil && !v.hidden }

// HasMethods reports whether v may implement an interface with methods.
func (v Value) HasMethods() bool {
	return v.typ.nmethods != 0 || v.typ.kind == uint8(Interface)
}

// Interface returns a copy of v as an interface; an interface value is
// returned as what it holds.
func (v Value) Interface() any {
	if v.Kind() == Interface {
		return v.Elem().box()
	}
	return v.box()
}

func (v Value) box() any {
	if v.typ == nil {
		return nil
	}
	if v.direct {
		return box(v.typ, unsafe.Pointer(&v.ptr))
	}
	return box(v.typ, v.ptr)
}

// Bool returns the value of a boolean.
func (v Value) Bool() bool { return *(*bool)(v.ptr) }

// Int returns the value of a signed integer.
func (v Value) Int() int64 {
	switch v.Kind() {
	case Int8:
		return int64(*(*int8)(v.ptr))
	case Int16:
		return int64(*(*int16)(v.ptr))
	case Int32:
		return int64(*(*int32)(v.ptr))
	}
	return *(*int64)(v.ptr)
}

// Uint returns the value of an unsigned integer.
func (v Value) Uint() uint64 {
	switch v.Kind() {
	case Uint8:
		return uint64(*(*uint8)(v.ptr))
	case Uint16:
		return uint64(*(*uint16)(v.ptr))
	case Uint32:
		return uint64(*(*uint32)(v.ptr))
	}
	return *(*uint64)(v.ptr)
}

// Float returns the value of a floating-point number.
func (v Value) Float() float64 {
	if v.Kind() == Float32 {
		return float64(*(*float32)(v.ptr))
	}
	return *(*float64)(v.ptr)
}

// String returns the value of a string.
func (v Value) String() string { return *(*string)(v.ptr) }

// sliceHeader is the three words of a slice.
type sliceHeader struct {
	ptr unsafe.Pointer
	len int
	cap int
}

// Bytes returns the bytes of a slice or array of bytes, which it shares.
func (v Value) Bytes() []byte {
	if v.Kind() == Slice {
		return *(*[]byte)(v.ptr)
	}
	var b []byte
	h := (*sliceHeader)(unsafe.Pointer(&b))
	h.ptr = v.ptr
	h.len = int(v.typ.length)
	h.cap = h.len
	return b
}

// Pointer returns the address that a pointer, map, channel, function or slice
// holds.
func (v Value) Pointer() uintptr { return uintptr(v.word()) }

// IsNil reports whether a value of a kind that can be nil is.
func (v Value) IsNil() bool { return v.word() == nil }

// Len returns the length of an array, channel, map, slice or string.
func (v Value) Len() int {
	switch v.Kind() {
	case Array:
		return int(v.typ.length)
	case Slice:
		return (*sliceHeader)(v.ptr).len
	case String:
		return len(*(*string)(v.ptr))
	case Map:
		return maplen(v.word())
	case Chan:
		return chanlen(v.word())
	}
	panic("reflect: call of Len on " + v.typ.name)
}

// Index returns element i of an array or slice.
func (v Value) Index(i int) Value {
	base := v.ptr
	n := int(v.typ.length)
	if v.Kind() == Slice {
		h := (*sliceHeader)(v.ptr)
		base, n = h.ptr, h.len
	}
	if i < 0 || i >= n {
		panic("reflect: slice index out of range")
	}
	t := v.typ.elem
	return v.part(t, unsafe.Pointer(uintptr(base)+uintptr(i)*uintptr(t.size)))
}

// NumField returns how many fields a struct has.
func (v Value) NumField() int { return int(v.typ.nfields) }

// Field returns field i of a struct.
func (v Value) Field(i int) Value {
	f := v.typ.field(i)
	r := v.part(f.typ, unsafe.Pointer(uintptr(v.ptr)+uintptr(f.offset)))
	if !f.exported {
		r.hidden = true
	}
	return r
}

// FieldName returns the name of field i of a struct.
func (v Value) FieldName(i int) string { return v.typ.field(i).name }

// Elem returns what a pointer points to or an interface holds: the zero Value
// if it is nil.
func (v Value) Elem() Value {
	if v.Kind() == Interface {
		e := eface{ifaceTypeOf(v), *(*unsafe.Pointer)(unsafe.Pointer(uintptr(v.ptr) + 8))}
		if e.typ == nil {
			return Value{}
		}
		return Value{e.typ, e.data, e.typ.flags&flagDirect != 0, v.hidden}
	}
	p := v.word()
	if p == nil {
		return Value{}
	}
	return v.part(v.typ.elem, p)
}

// ifaceTypeOf returns the dynamic type of the interface value v: its first word
// is the type, or for an interface with methods an itab that names it.
func ifaceTypeOf(v Value) *Type {
	if v.typ.nimethods == 0 {
		return *(**Type)(v.ptr)
	}
	return ifaceType(v.ptr)
}

// MapEntries returns the keys of a map and their values, in no order.
func (v Value) MapEntries() (keys, values []Value) {
	m := v.word()
	n := maplen(m)
	keys = make([]Value, 0, n)
	values = make([]Value, 0, n)
	it := new(hiter)
	mapiterinit(v.typ, m, it)
	for it.key != nil {
		keys = append(keys, v.part(v.typ.key, it.key))
		values = append(values, v.part(v.typ.elem, it.value))
		mapiternext(it)
	}
	return keys, values
}

// SetTo stores i, whose type must be assignable, in what the pointer v points
// to.
func (v Value) SetTo(i any) {
	t := v.typ.elem
	dst := v.word()
	if t.Kind() == Interface {
		assignInterface(t, dst, i)
		return
	}
	src := ValueOf(i)
	if src.direct {
		assign(t, dst, unsafe.Pointer(&src.ptr))
	} else {
		assign(t, dst, src.ptr)
	}
}

// Swapper returns a function that exchanges two elements of a slice, and the
// slice's length.  It panics if slice is not one.
func Swapper(slice any) (swapper func(i, j int), length int) {
	v := ValueOf(slice)
	if v.Kind() != Slice {
		panic("reflect: call of Swapper on " + kindName(v))
	}
	h := (*sliceHeader)(v.ptr)
	t := v.typ.elem
	if t.size == 8 && t.ptrdata == 0 {
		words := *(*[]uint64)(v.ptr)
		return func(i, j int) { words[i], words[j] = words[j], words[i] }, h.len
	}
	if t.size == 8 {
		ptrs := *(*[]unsafe.Pointer)(v.ptr)
		return func(i, j int) { ptrs[i], ptrs[j] = ptrs[j], ptrs[i] }, h.len
	}
	if t.Kind() == String {
		strs := *(*[]string)(v.ptr)
		return func(i, j int) { strs[i], strs[j] = strs[j], strs[i] }, h.len
	}
	n := h.len
	base := h.ptr
	return func(i, j int) {
		if uint(i) >= uint(n) || uint(j) >= uint(n) {
			panic("reflect: slice index out of range")
		}
		swap(t, base, i, j)
	}, n
}

func kindName(v Value) string {
	if v.typ == nil {
		return "zero Value"
	}
	return v.typ.name + " Value"
}
