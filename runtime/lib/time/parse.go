package time

import "errors"

var errBad = errors.New("bad value for field")

// ParseError tells where a value departs from its layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string // the element that could not be read
	ValueElem  string // what is there instead
	Message    string // says more, if not empty
}

// Error returns the whole story.
func (e *ParseError) Error() string {
	if e.Message != "" {
		return "parsing time " + quote(e.Value) + e.Message
	}
	return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) +
		": cannot parse " + quote(e.ValueElem) + " as " + quote(e.LayoutElem)
}

// quote puts s in quotes, and all but printable ASCII in hexadecimal.
func quote(s string) string {
	const hex = "0123456789abcdef"
	b := []byte{'"'}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c < ' ' || c >= 0x80:
			b = append(b, '\\', 'x', hex[c>>4], hex[c&15])
			continue
		case c == '"' || c == '\\':
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return string(append(b, '"'))
}

// Parse reads a time that is written as the layout shows. What the layout lacks
// is zero, or one; without a zone it is UTC. A zone's abbreviation that is not
// known here gets an offset of zero.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation is Parse with loc in place of UTC and of Local.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

// reading is a time being parsed. rest is the value from here on; outside is the
// field that is out of its range.
type reading struct {
	rest      string
	outside   string
	year      int
	month     int // -1: not given, like the next two
	day       int
	yearDay   int
	hour, min int
	sec, nsec int
	am, pm    bool
	utc       bool
	hasOffset bool
	offset    int
	zone      string
}

func parse(layout, value string, fallback, local *Location) (Time, error) {
	r := &reading{rest: value, month: -1, day: -1, yearDay: -1}
	left := layout
	for {
		before, e, after := nextElement(left)
		text := left[len(before) : len(left)-len(after)]
		if !r.skip(before) {
			return Time{}, &ParseError{layout, value, before, r.rest, ""}
		}
		if e.kind == noElement {
			if r.rest != "" {
				return Time{}, &ParseError{layout, value, "", r.rest,
					": extra text: " + quote(r.rest)}
			}
			break
		}
		left = after
		hold := r.rest
		err := r.element(e, after)
		if r.outside != "" {
			return Time{}, &ParseError{layout, value, text, r.rest,
				": " + r.outside + " out of range"}
		}
		if err != nil {
			return Time{}, &ParseError{layout, value, text, hold, ""}
		}
	}
	if r.pm && r.hour < 12 {
		r.hour += 12
	} else if r.am && r.hour == 12 {
		r.hour = 0
	}
	if message := r.settleDate(); message != "" {
		return Time{}, &ParseError{layout, value, "", r.rest, message}
	}
	return r.time(fallback, local), nil
}

// settleDate finds month and day, or says what is wrong with them.
func (r *reading) settleDate() string {
	if r.yearDay >= 0 {
		length := 365
		if isLeap(r.year) {
			length++
		}
		if r.yearDay < 1 || r.yearDay > length {
			return ": day-of-year out of range"
		}
		_, m, d := civil(dayNumber(int64(r.year), January, int64(r.yearDay)))
		if r.month >= 0 && r.month != int(m) {
			return ": day-of-year does not match month"
		}
		if r.day >= 0 && r.day != d {
			return ": day-of-year does not match day"
		}
		r.month, r.day = int(m), d
	}
	if r.month < 0 {
		r.month = 1
	}
	if r.day < 0 {
		r.day = 1
	}
	if r.day < 1 || r.day > daysIn(Month(r.month), r.year) {
		return ": day out of range"
	}
	return ""
}

// in returns the time read, taken to be in loc.
func (r *reading) in(loc *Location) Time {
	return Date(r.year, Month(r.month), r.day, r.hour, r.min, r.sec, r.nsec, loc)
}

func (r *reading) time(fallback, local *Location) Time {
	switch {
	case r.utc:
		return r.in(UTC)
	case r.hasOffset:
		t := r.in(UTC)
		t.sec -= int64(r.offset)
		here := local.lookup(t.unixSec())
		if here.offset == r.offset && (r.zone == "" || r.zone == here.name) {
			t.setLoc(local)
		} else {
			t.setLoc(FixedZone(r.zone, r.offset))
		}
		return t
	case r.zone != "":
		t := r.in(UTC)
		if offset, ok := local.offsetOf(r.zone, t.unixSec()); ok {
			t.sec -= int64(offset)
			t.setLoc(local)
			return t
		}
		offset := 0
		if hasPrefix(r.zone, "GMT") {
			offset, _ = signedNumber(r.zone[3:])
			offset *= 3600
		}
		t.setLoc(FixedZone(r.zone, offset))
		return t
	}
	return r.in(fallback)
}

func cutSpaces(s string) string {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// skip passes over literal text; any number of spaces matches any other.
func (r *reading) skip(text string) bool {
	for text != "" {
		if text[0] == ' ' {
			if r.rest != "" && r.rest[0] != ' ' {
				return false
			}
			text = cutSpaces(text)
			r.rest = cutSpaces(r.rest)
			continue
		}
		if r.rest == "" || r.rest[0] != text[0] {
			return false
		}
		text = text[1:]
		r.rest = r.rest[1:]
	}
	return true
}

// element reads one element of the layout, of which after comes next.
func (r *reading) element(e element, after string) (err error) {
	switch e.kind {
	case shortYear:
		r.year, err = r.digits(2, false)
		if r.year >= 69 {
			r.year += 1900
		} else {
			r.year += 2000
		}
	case longYear:
		r.year, err = r.digits(4, true)
	case shortMonth:
		r.month, err = r.name(monthNames[:], 3)
		r.month++
	case longMonth:
		r.month, err = r.name(monthNames[:], 0)
		r.month++
	case numMonth, zeroMonth:
		r.month, err = r.number(e.kind == zeroMonth)
		if err == nil && (r.month < 1 || r.month > 12) {
			r.outside = "month"
		}
	case shortWeekday:
		_, err = r.name(dayNames[:], 3)
	case longWeekday:
		_, err = r.name(dayNames[:], 0)
	case numDay, spaceDay, zeroDay:
		if e.kind == spaceDay && hasPrefix(r.rest, " ") {
			r.rest = r.rest[1:]
		}
		r.day, err = r.number(e.kind == zeroDay)
	case spaceYearDay, zeroYearDay:
		r.yearDay, err = r.threeDigits(e.kind == spaceYearDay)
	case zoneName:
		return r.zoneName()
	case zoneOffset:
		return r.zoneOffset(e)
	case fractionZeros:
		return r.fraction(1 + e.digits)
	case fractionNines:
		return r.optionalFraction()
	default:
		return r.clock(e, after)
	}
	return err
}

// clock reads an element of the time of day.
func (r *reading) clock(e element, after string) (err error) {
	switch e.kind {
	case hour24:
		r.hour, err = r.number(false)
		r.within(r.hour, 23, "hour", err)
	case hour12, zeroHour12:
		r.hour, err = r.number(e.kind == zeroHour12)
		r.within(r.hour, 12, "hour", err)
	case numMinute, zeroMinute:
		r.min, err = r.number(e.kind == zeroMinute)
		r.within(r.min, 59, "minute", err)
	case numSecond, zeroSecond:
		r.sec, err = r.number(e.kind == zeroSecond)
		r.within(r.sec, 59, "second", err)
		if err != nil || r.outside != "" {
			return err
		}
		// A fraction is read even where the layout has none.
		if _, next, _ := nextElement(after); next.kind != fractionZeros && next.kind != fractionNines {
			return r.optionalFraction()
		}
	case upperPM, lowerPM:
		if len(r.rest) < 2 {
			return errBad
		}
		p := r.rest[:2]
		r.rest = r.rest[2:]
		switch {
		case e.kind == upperPM && p == "PM" || e.kind == lowerPM && p == "pm":
			r.pm = true
		case e.kind == upperPM && p == "AM" || e.kind == lowerPM && p == "am":
			r.am = true
		default:
			return errBad
		}
	}
	return err
}

func (r *reading) within(n, limit int, what string, err error) {
	if err == nil && n > limit {
		r.outside = what
	}
}
