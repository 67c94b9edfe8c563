package fmt

import (
	"internal/reflectlite"
	"unicode/utf8"
)

// maxNumber bounds widths, precisions and indexes.
const maxNumber = 1000000

// printf writes args as format says:
//
//	% flags [index] width .[index] precision [index] verb
func (p *printer) printf(format string, args []any) {
	p.reordered = false
	next := 0 // argument
	end := len(format)
	for i := 0; i < end; {
		from := i
		for i < end && format[i] != '%' {
			i++
		}
		p.buf = append(p.buf, format[from:i]...)
		if i >= end {
			break
		}
		i++
		// Most often, a verb follows at once.
		if i < end && next < len(args) {
			c := format[i]
			if c == 'd' || c == 's' || c == 'v' {
				p.clear()
				p.printArg(args[next], rune(c))
				next++
				i++
				continue
			}
		}
		i, next = p.directive(format, i, args, next)
	}
	if !p.reordered && next < len(args) {
		p.extra(args[next:])
	}
}

// extra complains about arguments that no verb took.
func (p *printer) extra(args []any) {
	p.clear()
	p.writeString("%!(EXTRA ")
	for i, arg := range args {
		if i > 0 {
			p.writeString(", ")
		}
		if arg == nil {
			p.writeString("<nil>")
		} else {
			p.writeString(reflectlite.TypeOf(arg).String())
			p.writeByte('=')
			p.printArg(arg, 'v')
		}
	}
	p.writeByte(')')
}

// directive handles what follows a %, at format[i:]; it returns where to go on,
// in the format and in args.
func (p *printer) directive(format string, i int, args []any, next int) (int, int) {
	p.goodIndex = true
	p.clear()
	i = p.flags(format, i)
	indexed := false
	next, i, indexed = p.index(next, format, i, len(args))
	if i < len(format) && format[i] == '*' {
		i++
		p.width, p.hasWidth, next = intArg(args, next)
		if !p.hasWidth {
			p.writeString("%!(BADWIDTH)")
		}
		if p.width < 0 {
			p.width = -p.width
			p.minus = true
			p.zero = false
		}
		indexed = false
	} else {
		p.width, p.hasWidth, i = readNumber(format, i)
		if indexed && p.hasWidth {
			p.goodIndex = false
		}
	}
	if i+1 < len(format) && format[i] == '.' {
		i++
		if indexed {
			p.goodIndex = false
		}
		next, i, indexed = p.index(next, format, i, len(args))
		if i < len(format) && format[i] == '*' {
			i++
			p.prec, p.hasPrec, next = intArg(args, next)
			if p.prec < 0 {
				p.prec = 0
				p.hasPrec = false
			}
			if !p.hasPrec {
				p.writeString("%!(BADPREC)")
			}
			indexed = false
		} else {
			p.prec, p.hasPrec, i = readNumber(format, i)
			if !p.hasPrec {
				p.prec = 0
				p.hasPrec = true
			}
		}
	}
	if !indexed {
		next, i, _ = p.index(next, format, i, len(args))
	}
	if i >= len(format) {
		p.writeString("%!(NOVERB)")
		return i, next
	}
	verb, size := rune(format[i]), 1
	if verb >= utf8.RuneSelf {
		verb, size = utf8.DecodeRuneInString(format[i:])
	}
	return i + size, p.verb(verb, args, next)
}

// verb writes args[next] and returns the index of the next argument.
func (p *printer) verb(verb rune, args []any, next int) int {
	switch {
	case verb == '%':
		p.writeByte('%')
		return next
	case !p.goodIndex:
		p.writeString("%!")
		p.writeRune(verb)
		p.writeString("(BADINDEX)")
		return next
	case next >= len(args):
		p.writeString("%!")
		p.writeRune(verb)
		p.writeString("(MISSING)")
		return next
	}
	if verb == 'w' {
		p.wrapped = append(p.wrapped, next)
	}
	if verb == 'v' || verb == 'w' {
		p.sharpV, p.sharp = p.sharp, false
		p.plusV, p.plus = p.plus, false
	}
	p.printArg(args[next], verb)
	return next + 1
}

// flags reads the flags at format[i:].
func (p *printer) flags(format string, i int) int {
	for ; i < len(format); i++ {
		switch format[i] {
		case '#':
			p.sharp = true
		case '0':
			p.zero = true
		case '+':
			p.plus = true
		case '-':
			p.minus = true
		case ' ':
			p.space = true
		default:
			return i
		}
	}
	return i
}

// readNumber reads a decimal number at s[i:]; ok is false if there is none or
// it is too large.
func readNumber(s string, i int) (num int, ok bool, end int) {
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		if num > maxNumber {
			return 0, false, len(s)
		}
		num = num*10 + int(s[i]-'0')
		ok = true
	}
	return num, ok, i
}

// index reads an argument index, [n], at format[i:], if there is one.
func (p *printer) index(next int, format string, i, numArgs int) (newNext, newI int, found bool) {
	if i >= len(format) || format[i] != '[' {
		return next, i, false
	}
	p.reordered = true
	for end := i + 1; end < len(format); end++ {
		if format[end] != ']' {
			continue
		}
		n, ok, at := readNumber(format[:end], i+1)
		if !ok || at != end {
			break
		}
		if n < 1 || n > numArgs {
			p.goodIndex = false
			return next, end + 1, true
		}
		return n - 1, end + 1, true
	}
	p.goodIndex = false
	for end := i + 1; end < len(format) && len(format)-i >= 3; end++ {
		if format[end] == ']' {
			return next, end + 1, false
		}
	}
	return next, i + 1, false
}

// intArg returns args[next] if it is an integer fit for a width or precision.
func intArg(args []any, next int) (num int, ok bool, newNext int) {
	if next >= len(args) {
		return 0, false, next
	}
	v := reflectlite.ValueOf(args[next])
	switch v.Kind() {
	case reflectlite.Int, reflectlite.Int8, reflectlite.Int16, reflectlite.Int32,
		reflectlite.Int64:
		n := v.Int()
		num, ok = int(n), -maxNumber <= n && n <= maxNumber
	case reflectlite.Uint, reflectlite.Uint8, reflectlite.Uint16, reflectlite.Uint32,
		reflectlite.Uint64, reflectlite.Uintptr:
		n := v.Uint()
		num, ok = int(n), n <= maxNumber
	}
	if !ok {
		num = 0
	}
	return num, ok, next + 1
}
