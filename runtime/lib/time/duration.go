package time

import "errors"

// Duration is a length of time in nanoseconds; at most some 290 years.
type Duration int64

// Durations in use. Multiply to get others: 10 * time.Second.
const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

// String returns the duration as "72h3m0.5s"; less than a second as "1.5ms",
// "2µs" or "3ns", and nothing as "0s".
func (d Duration) String() string {
	if d == 0 {
		return "0s"
	}
	u := uint64(d)
	var b []byte
	if d < 0 {
		u = -u
		b = append(b, '-')
	}
	switch {
	case u < uint64(Microsecond):
		b = appendUint(b, u, 0)
		b = append(b, "ns"...)
	case u < uint64(Millisecond):
		b = appendFixed(b, u, 3)
		b = append(b, "µs"...)
	case u < uint64(Second):
		b = appendFixed(b, u, 6)
		b = append(b, "ms"...)
	default:
		minutes := u / uint64(Minute)
		if minutes >= 60 {
			b = appendUint(b, minutes/60, 0)
			b = append(b, 'h')
		}
		if minutes > 0 {
			b = appendUint(b, minutes%60, 0)
			b = append(b, 'm')
		}
		b = appendFixed(b, u%uint64(Minute), 9)
		b = append(b, 's')
	}
	return string(b)
}

// appendUint appends u with at least width digits.
func appendUint(b []byte, u uint64, width int) []byte {
	var digits [20]byte
	i := len(digits)
	for u > 0 || i == len(digits) {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
	}
	for n := len(digits) - i; n < width; n++ {
		b = append(b, '0')
	}
	return append(b, digits[i:]...)
}

// appendFixed appends u with that many decimals, without zeros at the end.
func appendFixed(b []byte, u uint64, decimals int) []byte {
	one := uint64(1)
	for i := 0; i < decimals; i++ {
		one *= 10
	}
	b = appendUint(b, u/one, 0)
	if u%one == 0 {
		return b
	}
	b = append(b, '.')
	b = appendUint(b, u%one, decimals)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	return b
}

// Nanoseconds returns d in nanoseconds.
func (d Duration) Nanoseconds() int64 { return int64(d) }

// Microseconds returns d in whole microseconds.
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }

// Milliseconds returns d in whole milliseconds.
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

// Seconds returns d in seconds.
func (d Duration) Seconds() float64 { return d.in(Second) }

// Minutes returns d in minutes.
func (d Duration) Minutes() float64 { return d.in(Minute) }

// Hours returns d in hours.
func (d Duration) Hours() float64 { return d.in(Hour) }

// in divides in two parts, so that no digit is lost.
func (d Duration) in(unit Duration) float64 {
	return float64(d/unit) + float64(d%unit)/float64(unit)
}

// Truncate returns d without what is over a multiple of m; d if m <= 0.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

// Round returns the multiple of m that is nearest, away from zero if two are,
// and an extreme Duration if it does not fit; d if m <= 0.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		r = -r
		if uint64(r)+uint64(r) < uint64(m) {
			return d + r
		}
		if up := d - m + r; up < d {
			return up
		}
		return minDuration
	}
	if uint64(r)+uint64(r) < uint64(m) {
		return d - r
	}
	if up := d + m - r; up > d {
		return up
	}
	return maxDuration
}

// Abs returns d without its sign; the least Duration becomes the greatest.
func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

// unitOf returns how long a unit of ParseDuration is.
func unitOf(name string) (Duration, bool) {
	switch name {
	case "ns":
		return Nanosecond, true
	case "us", "µs", "μs":
		return Microsecond, true
	case "ms":
		return Millisecond, true
	case "s":
		return Second, true
	case "m":
		return Minute, true
	case "h":
		return Hour, true
	}
	return 0, false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// ParseDuration returns the duration that s says: a sign, then numbers with
// units, as in "-1.5h" or "2h45m". Units are ns, us, µs, ms, s, m, h.
func ParseDuration(s string) (Duration, error) {
	invalid := errors.New("time: invalid duration " + quote(s))
	rest := s
	negative := false
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		negative = rest[0] == '-'
		rest = rest[1:]
	}
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return 0, invalid
	}
	const limit = uint64(1) << 63
	var sum uint64
	for rest != "" {
		var v uint64
		i := 0
		for ; i < len(rest) && isDigit(rest[i]); i++ {
			digit := uint64(rest[i] - '0')
			if v > limit/10 || v*10+digit > limit {
				return 0, invalid
			}
			v = v*10 + digit
		}
		digits := i
		// Decimals beyond what fits do not count.
		var fraction uint64
		scale := 1.0
		if i < len(rest) && rest[i] == '.' {
			full := false
			for i++; i < len(rest) && isDigit(rest[i]); i++ {
				digits++
				if full {
					continue
				}
				next := fraction*10 + uint64(rest[i]-'0')
				if fraction > (limit-1)/10 || next > limit {
					full = true
					continue
				}
				fraction = next
				scale *= 10
			}
		}
		if digits == 0 {
			return 0, invalid
		}
		rest = rest[i:]
		i = 0
		for i < len(rest) && rest[i] != '.' && !isDigit(rest[i]) {
			i++
		}
		if i == 0 {
			return 0, errors.New("time: missing unit in duration " + quote(s))
		}
		unit, ok := unitOf(rest[:i])
		if !ok {
			return 0, errors.New("time: unknown unit " + quote(rest[:i]) + " in duration " + quote(s))
		}
		rest = rest[i:]
		if v > limit/uint64(unit) {
			return 0, invalid
		}
		v = v*uint64(unit) + uint64(float64(fraction)*(float64(unit)/scale))
		sum += v
		if v > limit || sum > limit {
			return 0, invalid
		}
	}
	if negative {
		return -Duration(sum), nil
	}
	if sum > limit-1 {
		return 0, invalid
	}
	return Duration(sum), nil
}
