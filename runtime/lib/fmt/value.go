package fmt

import (
	"internal/reflectlite"
	"unicode/utf8"
)

func (p *printer) writeRune(r rune) { p.buf = utf8.AppendRune(p.buf, r) }

// printValue writes a value of any type.  At depth 0 its methods have been
// tried before.
func (p *printer) printValue(v reflectlite.Value, verb rune, depth int) {
	if depth > 0 && v.IsValid() {
		p.arg = nil
		p.value = v
		if v.CanInterface() && (v.HasMethods() || verb == 'w') {
			p.arg = v.Interface()
			if p.callMethods(verb) {
				return
			}
		}
	} else if depth == 0 && p.arg == nil {
		p.value = v
	}
	switch v.Kind() {
	case reflectlite.Invalid:
		switch {
		case depth == 0:
			p.writeString("<invalid reflect.Value>")
		case verb == 'v':
			p.writeString("<nil>")
		default:
			p.badVerb(verb)
		}
	case reflectlite.Bool:
		p.bool(v.Bool(), verb)
	case reflectlite.Int, reflectlite.Int8, reflectlite.Int16, reflectlite.Int32,
		reflectlite.Int64:
		p.integerVerb(uint64(v.Int()), true, verb)
	case reflectlite.Uint, reflectlite.Uint8, reflectlite.Uint16, reflectlite.Uint32,
		reflectlite.Uint64, reflectlite.Uintptr:
		p.integerVerb(v.Uint(), false, verb)
	case reflectlite.Float32:
		p.floatVerb(v.Float(), 32, verb)
	case reflectlite.Float64:
		p.floatVerb(v.Float(), 64, verb)
	case reflectlite.String:
		p.string(v.String(), verb)
	case reflectlite.Map:
		p.printMap(v, verb, depth)
	case reflectlite.Struct:
		p.printStruct(v, verb, depth)
	case reflectlite.Interface:
		inner := v.Elem()
		if inner.IsValid() {
			p.printValue(inner, verb, depth+1)
		} else if p.sharpV {
			p.writeString(v.Type().String())
			p.writeString("(nil)")
		} else {
			p.writeString("<nil>")
		}
	case reflectlite.Array, reflectlite.Slice:
		p.printList(v, verb, depth)
	case reflectlite.Pointer:
		if depth == 0 && !v.IsNil() {
			inner := v.Elem()
			switch inner.Kind() {
			case reflectlite.Array, reflectlite.Slice, reflectlite.Struct, reflectlite.Map:
				p.writeByte('&')
				p.printValue(inner, verb, depth+1)
				return
			}
		}
		p.pointer(v, verb)
	case reflectlite.Chan, reflectlite.Func, reflectlite.UnsafePointer:
		p.pointer(v, verb)
	default:
		p.badVerb(verb)
	}
}

// separate writes what stands between two elements.
func (p *printer) separate(i int) {
	if i == 0 {
		return
	}
	if p.sharpV {
		p.writeString(", ")
	} else {
		p.writeByte(' ')
	}
}

func (p *printer) printMap(v reflectlite.Value, verb rune, depth int) {
	if p.sharpV {
		p.writeString(v.Type().String())
		if v.IsNil() {
			p.writeString("(nil)")
			return
		}
		p.writeByte('{')
	} else {
		p.writeString("map[")
	}
	keys, values := v.MapEntries()
	sortEntries(keys, values)
	for i, key := range keys {
		p.separate(i)
		p.printValue(key, verb, depth+1)
		p.writeByte(':')
		p.printValue(values[i], verb, depth+1)
	}
	if p.sharpV {
		p.writeByte('}')
	} else {
		p.writeByte(']')
	}
}

func (p *printer) printStruct(v reflectlite.Value, verb rune, depth int) {
	if p.sharpV {
		p.writeString(v.Type().String())
	}
	p.writeByte('{')
	n := v.NumField()
	for i := 0; i < n; i++ {
		p.separate(i)
		if p.plusV || p.sharpV {
			p.writeString(v.FieldName(i))
			p.writeByte(':')
		}
		field := v.Field(i)
		if field.Kind() == reflectlite.Interface && !field.IsNil() {
			field = field.Elem()
		}
		p.printValue(field, verb, depth+1)
	}
	p.writeByte('}')
}

func (p *printer) printList(v reflectlite.Value, verb rune, depth int) {
	switch verb {
	case 's', 'q', 'x', 'X':
		if v.Type().Elem().Kind() == reflectlite.Uint8 {
			p.bytes(v.Bytes(), verb, v.Type().String())
			return
		}
	}
	n := v.Len()
	if p.sharpV {
		p.writeString(v.Type().String())
		if v.Kind() == reflectlite.Slice && v.IsNil() {
			p.writeString("(nil)")
			return
		}
		p.writeByte('{')
	} else {
		p.writeByte('[')
	}
	for i := 0; i < n; i++ {
		p.separate(i)
		p.printValue(v.Index(i), verb, depth+1)
	}
	if p.sharpV {
		p.writeByte('}')
	} else {
		p.writeByte(']')
	}
}
