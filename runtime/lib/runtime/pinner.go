package runtime

import "unsafe"

// A Pinner keeps objects alive and where they are, however little the program
// still refers to them: what C keeps beyond the call that it was passed to must be
// pinned for that long. (Objects of Tern never move; those of Go may.)
//
// A Pinner that is forgotten with objects pinned panics when it is collected.
type Pinner struct {
	held *held
}

// held is apart from the Pinner, which may be a part of another object.
type held struct {
	pins []unsafe.Pointer
}

func pinObject(pointer any) unsafe.Pointer
func unpinObject(pin unsafe.Pointer)
func pinnerLeaks()

// Pin pins the object that pointer points to, which must be a pointer or an
// unsafe.Pointer. Objects that it points to in turn are not pinned.
func (p *Pinner) Pin(pointer any) {
	pin := pinObject(pointer)
	if p.held == nil {
		p.held = new(held)
		SetFinalizer(p.held, func(*held) { pinnerLeaks() })
	}
	p.held.pins = append(p.held.pins, pin)
}

// Unpin ends what all calls of Pin began.
func (p *Pinner) Unpin() {
	if p.held == nil {
		return
	}
	for _, pin := range p.held.pins {
		unpinObject(pin)
	}
	SetFinalizer(p.held, nil)
	p.held = nil
}
