// Package strconv converts numbers and quoted text to and from strings.
//
// Floating-point conversions are exact, to the last bit those of Go:
//   - shortest output is Schubfach (Raffaello Giulietti, 2021), in shortest.go;
//   - output to a given number of digits multiplies by a 128-bit power of ten,
//     and where that leaves the rounding open, writes the number out in base
//     10**9, in digits.go;
//   - input multiplies likewise (as Lemire, 2021, does), and where that leaves
//     the rounding open, compares integers of any length, in atof.go.
//
// The table of powers is in powers.go.
package strconv

import "errors"

// ErrRange says that a value does not fit the type asked for.
var ErrRange = errors.New("value out of range")

// ErrSyntax says that a text is not what the conversion reads.
var ErrSyntax = errors.New("invalid syntax")

// IntSize is the width of an int.
const IntSize = 64

// A NumError is a conversion that failed.
type NumError struct {
	Func string // the function, such as ParseInt
	Num  string // what it was given
	Err  error  // ErrRange, ErrSyntax, or one of its own
}

// Error returns the message.
func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

// Unwrap returns e.Err.
func (e *NumError) Unwrap() error { return e.Err }

func syntaxError(fn, s string) error { return &NumError{fn, clone(s), ErrSyntax} }

func rangeError(fn, s string) error { return &NumError{fn, clone(s), ErrRange} }

// clone copies s, so that an error does not keep a large text alive.
func clone(s string) string { return string([]byte(s)) }

// ParseBool reads 1, t, T, TRUE, true, True, 0, f, F, FALSE, false or False.
func ParseBool(s string) (bool, error) {
	switch s {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, syntaxError("ParseBool", s)
}

// FormatBool returns "true" or "false".
func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// AppendBool appends "true" or "false" to dst.
func AppendBool(dst []byte, b bool) []byte { return append(dst, FormatBool(b)...) }

// Atoi is ParseInt(s, 10, 0) with an int result.
func Atoi(s string) (int, error) {
	// Short decimal numbers cannot overflow.
	if n := len(s); 0 < n && n < 19 {
		digits := s
		if s[0] == '-' || s[0] == '+' {
			digits = s[1:]
		}
		v := 0
		for i := 0; i < len(digits); i++ {
			d := digits[i] - '0'
			if d > 9 {
				return 0, syntaxError("Atoi", s)
			}
			v = v*10 + int(d)
		}
		if len(digits) == 0 {
			return 0, syntaxError("Atoi", s)
		}
		if s[0] == '-' {
			v = -v
		}
		return v, nil
	}
	v, err := ParseInt(s, 10, 0)
	if err != nil {
		err.(*NumError).Func = "Atoi"
	}
	return int(v), err
}

// ParseInt reads an integer with an optional sign in the given base (2 to 36;
// 0: as the prefix 0b, 0o, 0 or 0x says, underscores allowed) that fits bitSize
// bits (0: int).  If it does not fit, the nearest one that does is returned
// with ErrRange.
func ParseInt(s string, base int, bitSize int) (int64, error) {
	if s == "" {
		return 0, syntaxError("ParseInt", s)
	}
	digits := s
	neg := s[0] == '-'
	if neg || s[0] == '+' {
		digits = s[1:]
	}
	v, err := ParseUint(digits, base, bitSize)
	if err != nil && err.(*NumError).Err != ErrRange {
		e := err.(*NumError)
		e.Func, e.Num = "ParseInt", clone(s)
		return 0, err
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	limit := uint64(1) << uint(bitSize-1)
	if neg {
		if v > limit {
			return -int64(limit), rangeError("ParseInt", s)
		}
		return -int64(v), nil
	}
	if v >= limit {
		return int64(limit - 1), rangeError("ParseInt", s)
	}
	return int64(v), nil
}

// ParseUint is ParseInt for unsigned integers; no sign is allowed.
func ParseUint(s string, base int, bitSize int) (uint64, error) {
	if s == "" {
		return 0, syntaxError("ParseUint", s)
	}
	digits := s
	separated := base == 0
	switch {
	case 2 <= base && base <= 36:
	case base == 0:
		base, digits = splitPrefix(s)
	default:
		return 0, &NumError{"ParseUint", clone(s), errors.New("invalid base " + Itoa(base))}
	}
	if bitSize == 0 {
		bitSize = IntSize
	} else if bitSize < 0 || bitSize > 64 {
		return 0, &NumError{"ParseUint", clone(s), errors.New("invalid bit size " + Itoa(bitSize))}
	}
	limit := ^uint64(0) >> uint(64-bitSize)
	b := uint64(base)
	safe := ^uint64(0)/b + 1 // smaller values can take one more digit
	underscore := false
	v := uint64(0)
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		if c == '_' && separated {
			underscore = true
			continue
		}
		d := uint64(digitOf(c))
		if d >= b {
			return 0, syntaxError("ParseUint", s)
		}
		if v >= safe {
			return limit, rangeError("ParseUint", s)
		}
		v *= b
		if v+d < v || v+d > limit {
			return limit, rangeError("ParseUint", s)
		}
		v += d
	}
	if underscore && !underscoresOK(s) {
		return 0, syntaxError("ParseUint", s)
	}
	return v, nil
}

// splitPrefix returns the base that the prefix of s stands for and the digits
// after it.
func splitPrefix(s string) (base int, digits string) {
	if s[0] != '0' {
		return 10, s
	}
	if len(s) >= 3 {
		switch s[1] | 0x20 {
		case 'b':
			return 2, s[2:]
		case 'o':
			return 8, s[2:]
		case 'x':
			return 16, s[2:]
		}
	}
	return 8, s[1:]
}

// digitOf returns the value of a digit of any base, 255 if c is none.
func digitOf(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c|0x20 && c|0x20 <= 'z':
		return c | 0x20 - 'a' + 10
	}
	return 255
}

// underscoresOK reports whether underscores stand only between digits, or
// between a base prefix and a digit.
func underscoresOK(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	hex := false
	digit := false // the byte before counts as a digit
	if len(s) >= 2 && s[0] == '0' {
		switch s[1] | 0x20 {
		case 'b', 'o', 'x':
			hex = s[1]|0x20 == 'x'
			s = s[2:]
			digit = true
		}
	}
	open := false // the byte before is an underscore
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '_' {
			if !digit {
				return false
			}
			digit, open = false, true
			continue
		}
		digit = '0' <= c && c <= '9' || hex && digitOf(c) < 16
		if open && !digit {
			return false
		}
		open = false
	}
	return !open
}

const lowerDigits = "0123456789abcdefghijklmnopqrstuvwxyz"

// The two decimal digits of each number below 100.
const digitPairs = "00010203040506070809" + "10111213141516171819" +
	"20212223242526272829" + "30313233343536373839" + "40414243444546474849" +
	"50515253545556575859" + "60616263646566676869" + "70717273747576777879" +
	"80818283848586878889" + "90919293949596979899"

// Itoa is FormatInt(int64(i), 10).
func Itoa(i int) string {
	if 0 <= i && i < 10 {
		return lowerDigits[i : i+1]
	}
	if 0 <= i && i < 100 {
		return digitPairs[2*i : 2*i+2]
	}
	return FormatInt(int64(i), 10)
}

// FormatInt returns i in the given base, 2 to 36.
func FormatInt(i int64, base int) string {
	var buf [65]byte
	return string(buf[writeInt(&buf, i, base):])
}

// FormatUint returns i in the given base, 2 to 36.
func FormatUint(i uint64, base int) string {
	var buf [65]byte
	return string(buf[writeUint(&buf, i, base):])
}

// AppendInt appends i in the given base to dst.
func AppendInt(dst []byte, i int64, base int) []byte {
	var buf [65]byte
	return append(dst, buf[writeInt(&buf, i, base):]...)
}

// AppendUint appends i in the given base to dst.
func AppendUint(dst []byte, i uint64, base int) []byte {
	var buf [65]byte
	return append(dst, buf[writeUint(&buf, i, base):]...)
}

func writeInt(buf *[65]byte, i int64, base int) int {
	if i >= 0 {
		return writeUint(buf, uint64(i), base)
	}
	at := writeUint(buf, -uint64(i), base) - 1
	buf[at] = '-'
	return at
}

// writeUint writes u at the end of buf and returns where it begins.
func writeUint(buf *[65]byte, u uint64, base int) int {
	at := len(buf)
	if base == 10 {
		for u >= 100 {
			pair := u % 100 * 2
			u /= 100
			at -= 2
			buf[at+1] = digitPairs[pair+1]
			buf[at] = digitPairs[pair]
		}
		if u >= 10 {
			at -= 2
			buf[at+1] = digitPairs[2*u+1]
			buf[at] = digitPairs[2*u]
			return at
		}
		at--
		buf[at] = byte('0' + u)
		return at
	}
	if base < 2 || base > 36 {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	b := uint64(base)
	for u >= b {
		at--
		buf[at] = lowerDigits[u%b]
		u /= b
	}
	at--
	buf[at] = lowerDigits[u]
	return at
}
