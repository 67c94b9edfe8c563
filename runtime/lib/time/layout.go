package time

// A layout shows how the reference time, Mon Jan 2 15:04:05 MST 2006 in a zone
// seven hours west, would be written. Its elements are the words and numbers of
// that time in the forms below; anything else stands for itself.

// Layouts in use.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

type elementKind int

const (
	noElement elementKind = iota
	longMonth
	shortMonth
	numMonth
	zeroMonth
	longWeekday
	shortWeekday
	numDay
	spaceDay
	zeroDay
	spaceYearDay
	zeroYearDay
	hour24
	hour12
	zeroHour12
	numMinute
	zeroMinute
	numSecond
	zeroSecond
	longYear
	shortYear
	upperPM
	lowerPM
	zoneName
	zoneOffset
	fractionZeros // .000
	fractionNines // .999
)

// element is one element of a layout. For an offset: z, "Z" stands for zero;
// colons; parts (1 hours, 2 minutes, 3 seconds). For a fraction: digits.
type element struct {
	kind   elementKind
	z      bool
	colons bool
	parts  int
	digits int
	mark   byte // before a fraction: '.' or ','
}

// fixedElements are tried in order at each place of a layout.
var fixedElements = []struct {
	text string
	e    element
}{
	{"January", element{kind: longMonth}},
	{"Jan", element{kind: shortMonth}},
	{"Monday", element{kind: longWeekday}},
	{"Mon", element{kind: shortWeekday}},
	{"MST", element{kind: zoneName}},
	{"01", element{kind: zeroMonth}},
	{"02", element{kind: zeroDay}},
	{"03", element{kind: zeroHour12}},
	{"04", element{kind: zeroMinute}},
	{"05", element{kind: zeroSecond}},
	{"06", element{kind: shortYear}},
	{"002", element{kind: zeroYearDay}},
	{"15", element{kind: hour24}},
	{"1", element{kind: numMonth}},
	{"2006", element{kind: longYear}},
	{"2", element{kind: numDay}},
	{"__2", element{kind: spaceYearDay}},
	{"_2", element{kind: spaceDay}},
	{"3", element{kind: hour12}},
	{"4", element{kind: numMinute}},
	{"5", element{kind: numSecond}},
	{"PM", element{kind: upperPM}},
	{"pm", element{kind: lowerPM}},
	{"-070000", element{kind: zoneOffset, parts: 3}},
	{"-07:00:00", element{kind: zoneOffset, parts: 3, colons: true}},
	{"-0700", element{kind: zoneOffset, parts: 2}},
	{"-07:00", element{kind: zoneOffset, parts: 2, colons: true}},
	{"-07", element{kind: zoneOffset, parts: 1}},
	{"Z070000", element{kind: zoneOffset, z: true, parts: 3}},
	{"Z07:00:00", element{kind: zoneOffset, z: true, parts: 3, colons: true}},
	{"Z0700", element{kind: zoneOffset, z: true, parts: 2}},
	{"Z07:00", element{kind: zoneOffset, z: true, parts: 2, colons: true}},
	{"Z07", element{kind: zoneOffset, z: true, parts: 1}},
}

func hasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// canBegin tells whether an element may begin with c.
func canBegin(c byte) bool {
	switch c {
	case 'J', 'M', '0', '1', '2', '_', '3', '4', '5', 'P', 'p', '-', 'Z', '.', ',':
		return true
	}
	return false
}

// nextElement finds the first element of a layout: what is before it, the
// element, and what is behind it.
func nextElement(layout string) (before string, e element, after string) {
	for i := 0; i < len(layout); i++ {
		if !canBegin(layout[i]) {
			continue
		}
		rest := layout[i:]
		if hasPrefix(rest, "_2006") {
			// Not a day, but an underscore before a year.
			return layout[:i+1], element{kind: longYear}, rest[5:]
		}
		if c := rest[0]; c == '.' || c == ',' {
			if n := fractionLength(rest); n > 0 {
				e = element{kind: fractionZeros, digits: n, mark: c}
				if rest[1] == '9' {
					e.kind = fractionNines
				}
				return layout[:i], e, rest[1+n:]
			}
			continue
		}
		for j := range fixedElements {
			f := &fixedElements[j]
			if !hasPrefix(rest, f.text) {
				continue
			}
			after = rest[len(f.text):]
			if f.e.kind == shortMonth || f.e.kind == shortWeekday {
				// Not in "Janet".
				if after != "" && 'a' <= after[0] && after[0] <= 'z' {
					continue
				}
			}
			return layout[:i], f.e, after
		}
	}
	return layout, element{}, ""
}

// fractionLength returns how many equal digits 0 or 9 follow the mark, 0 if
// another digit follows them.
func fractionLength(s string) int {
	if len(s) < 2 || s[1] != '0' && s[1] != '9' {
		return 0
	}
	i := 1
	for i < len(s) && s[i] == s[1] {
		i++
	}
	if i < len(s) && isDigit(s[i]) {
		return 0
	}
	return i - 1
}
