package fmt

import "internal/reflectlite"

// printArg writes one argument.
func (p *printer) printArg(arg any, verb rune) {
	p.arg = arg
	p.value = reflectlite.Value{}
	if arg == nil {
		if verb == 'v' || verb == 'T' {
			p.padString("<nil>")
		} else {
			p.badVerb(verb)
		}
		return
	}
	if verb == 'T' {
		p.text(reflectlite.TypeOf(arg).String())
		return
	}
	if verb == 'p' {
		p.pointer(reflectlite.ValueOf(arg), verb)
		return
	}
	switch v := arg.(type) {
	case string:
		p.string(v, verb)
	case int:
		p.integerVerb(uint64(v), true, verb)
	case bool:
		p.bool(v, verb)
	case float64:
		p.floatVerb(v, 64, verb)
	case float32:
		p.floatVerb(float64(v), 32, verb)
	case int8:
		p.integerVerb(uint64(v), true, verb)
	case int16:
		p.integerVerb(uint64(v), true, verb)
	case int32:
		p.integerVerb(uint64(v), true, verb)
	case int64:
		p.integerVerb(uint64(v), true, verb)
	case uint:
		p.integerVerb(uint64(v), false, verb)
	case uint8:
		p.integerVerb(uint64(v), false, verb)
	case uint16:
		p.integerVerb(uint64(v), false, verb)
	case uint32:
		p.integerVerb(uint64(v), false, verb)
	case uint64:
		p.integerVerb(v, false, verb)
	case uintptr:
		p.integerVerb(uint64(v), false, verb)
	case []byte:
		p.bytes(v, verb, "[]byte")
	default:
		if !reflectlite.TypeOf(arg).HasMethods() && verb != 'w' || !p.callMethods(verb) {
			p.printValue(reflectlite.ValueOf(arg), verb, 0)
		}
	}
}

// badVerb complains that what is being printed has no such verb.
func (p *printer) badVerb(verb rune) {
	p.erring = true
	p.writeString("%!")
	p.writeRune(verb)
	p.writeByte('(')
	switch {
	case p.arg != nil:
		p.writeString(reflectlite.TypeOf(p.arg).String())
		p.writeByte('=')
		p.printArg(p.arg, 'v')
	case p.value.IsValid():
		p.writeString(p.value.Type().String())
		p.writeByte('=')
		p.printValue(p.value, 'v', 0)
	default:
		p.writeString("<nil>")
	}
	p.writeByte(')')
	p.erring = false
}

func (p *printer) bool(v bool, verb rune) {
	if verb == 't' || verb == 'v' {
		p.boolean(v)
	} else {
		p.badVerb(verb)
	}
}

func (p *printer) integerVerb(u uint64, signed bool, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV && !signed {
			p.hexWord(u, true)
		} else {
			p.integer(u, 10, signed, verb, false)
		}
	case 'd':
		p.integer(u, 10, signed, verb, false)
	case 'b':
		p.integer(u, 2, signed, verb, false)
	case 'o', 'O':
		p.integer(u, 8, signed, verb, false)
	case 'x':
		p.integer(u, 16, signed, verb, false)
	case 'X':
		p.integer(u, 16, signed, verb, true)
	case 'c':
		p.character(u)
	case 'q':
		p.quotedCharacter(u)
	case 'U':
		p.unicode(u)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) floatVerb(v float64, size int, verb rune) {
	switch verb {
	case 'v':
		p.float(v, size, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.float(v, size, byte(verb), -1)
	case 'f', 'e', 'E':
		p.float(v, size, byte(verb), 6)
	case 'F':
		p.float(v, size, 'f', 6)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) string(s string, verb rune) {
	switch verb {
	case 'v':
		if p.sharpV {
			p.quoted(s)
		} else {
			p.text(s)
		}
	case 's':
		p.text(s)
	case 'x':
		p.hexText(s, false)
	case 'X':
		p.hexText(s, true)
	case 'q':
		p.quoted(s)
	default:
		p.badVerb(verb)
	}
}

// bytes writes a slice or array of bytes whose type is named typ.
func (p *printer) bytes(b []byte, verb rune, typ string) {
	switch verb {
	case 'v', 'd':
		if p.sharpV {
			p.writeString(typ)
			if b == nil {
				p.writeString("(nil)")
				return
			}
			p.writeByte('{')
			for i, c := range b {
				if i > 0 {
					p.writeString(", ")
				}
				p.hexWord(uint64(c), true)
			}
			p.writeByte('}')
			return
		}
		p.writeByte('[')
		for i, c := range b {
			if i > 0 {
				p.writeByte(' ')
			}
			p.integer(uint64(c), 10, false, verb, false)
		}
		p.writeByte(']')
	case 's':
		p.text(string(b))
	case 'x':
		p.hexText(string(b), false)
	case 'X':
		p.hexText(string(b), true)
	case 'q':
		p.quoted(string(b))
	default:
		p.printValue(reflectlite.ValueOf(b), verb, 0)
	}
}

// pointer writes the address that a value of a pointer-like kind holds.
func (p *printer) pointer(v reflectlite.Value, verb rune) {
	switch v.Kind() {
	case reflectlite.Chan, reflectlite.Func, reflectlite.Map, reflectlite.Pointer,
		reflectlite.Slice, reflectlite.UnsafePointer:
	default:
		p.badVerb(verb)
		return
	}
	u := uint64(v.Pointer())
	switch verb {
	case 'v':
		if p.sharpV {
			p.writeByte('(')
			p.writeString(v.Type().String())
			p.writeString(")(")
			if u == 0 {
				p.writeString("nil")
			} else {
				p.hexWord(u, true)
			}
			p.writeByte(')')
		} else if u == 0 {
			p.padString("<nil>")
		} else {
			p.hexWord(u, !p.sharp)
		}
	case 'p':
		p.hexWord(u, !p.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.integerVerb(u, false, verb)
	default:
		p.badVerb(verb)
	}
}

// callMethods prints p.arg by a method of its own, if it has one that applies.
func (p *printer) callMethods(verb rune) (done bool) {
	if p.erring {
		return false
	}
	if verb == 'w' {
		if _, ok := p.arg.(error); !ok || !p.wrapping {
			p.badVerb(verb)
			return true
		}
		verb = 'v'
	}
	if f, ok := p.arg.(Formatter); ok {
		p.callFormat(f, verb)
		return true
	}
	if p.sharpV {
		if g, ok := p.arg.(GoStringer); ok {
			p.callGoString(g, verb)
			return true
		}
		return false
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
		switch v := p.arg.(type) {
		case error:
			p.callError(v, verb)
			return true
		case Stringer:
			p.callString(v, verb)
			return true
		}
	}
	return false
}

func (p *printer) callFormat(f Formatter, verb rune) {
	defer p.catch(f, verb, "Format")
	f.Format(p, verb)
}

func (p *printer) callGoString(g GoStringer, verb rune) {
	defer p.catch(g, verb, "GoString")
	p.text(g.GoString())
}

func (p *printer) callError(e error, verb rune) {
	defer p.catch(e, verb, "Error")
	p.string(e.Error(), verb)
}

func (p *printer) callString(s Stringer, verb rune) {
	defer p.catch(s, verb, "String")
	p.string(s.String(), verb)
}

// catch, deferred, writes the panic of a method of arg; a nil pointer, whose
// method is likely not meant to be called, is just <nil>.
func (p *printer) catch(arg any, verb rune, method string) {
	err := recover()
	if err == nil {
		return
	}
	v := reflectlite.ValueOf(arg)
	if v.Kind() == reflectlite.Pointer && v.IsNil() {
		p.writeString("<nil>")
		return
	}
	if p.panicking {
		panic(err) // a panic while the message of one was being printed
	}
	kept := p.format
	p.clear()
	p.writeString("%!")
	p.writeRune(verb)
	p.writeString("(PANIC=")
	p.writeString(method)
	p.writeString(" method: ")
	p.panicking = true
	p.printArg(err, 'v')
	p.panicking = false
	p.writeByte(')')
	kept.buf = p.buf
	p.format = kept
}
