package runtime

import "unsafe"

// A Pinner keeps objects alive and where they are, however little the program
// still refers to them: what C keeps beyond the call that it was passed to must be
// pinned for that long. (Objects of Tern never move; those of Go may.)
//
// Unlike Go's, a Pinner that is forgotten with objects pinned does not panic: they
// stay pinned for good.
type Pinner struct {
	pins []unsafe.Pointer
}

func pinObject(pointer any) unsafe.Pointer
func unpinObject(pin unsafe.Pointer)

// Pin pins the object that pointer points to, which must be a pointer or an
// unsafe.Pointer. Objects that it points to in turn are not pinned.
func (p *Pinner) Pin(pointer any) {
	p.pins = append(p.pins, pinObject(pointer))
}

// Unpin ends what all calls of Pin began.
func (p *Pinner) Unpin() {
	for _, pin := range p.pins {
		unpinObject(pin)
	}
	p.pins = nil
}
