package time

// String returns t in the layout "2006-01-02 15:04:05.999999999 -0700 MST",
// with the clock reading, if there is one, as "m=±seconds".
func (t Time) String() string {
	b := t.AppendFormat(nil, "2006-01-02 15:04:05.999999999 -0700 MST")
	if t.mono == 0 {
		return string(b)
	}
	b = append(b, " m="...)
	m := uint64(t.mono)
	if t.mono < 0 {
		b = append(b, '-')
		m = -m
	} else {
		b = append(b, '+')
	}
	b = appendUint(b, m/1e9, 0)
	b = append(b, '.')
	b = appendUint(b, m%1e9, 9)
	return string(b)
}

// Format returns t written as the layout shows.
func (t Time) Format(layout string) string {
	return string(t.AppendFormat(make([]byte, 0, len(layout)+10), layout))
}

// parts is a time taken apart for formatting.
type parts struct {
	year           int
	month          Month
	day, yearDay   int
	hour, min, sec int
	nsec           int
	weekday        Weekday
	zone           string
	offset         int
}

func (t Time) parts() parts {
	var p parts
	p.zone, p.offset = t.Zone()
	days, s := floorDiv(t.sec+int64(p.offset), secondsPerDay)
	y, month, day := civil(days)
	p.year, p.month, p.day = int(y), month, day
	p.yearDay = int(days-dayNumber(y, January, 1)) + 1
	p.hour, p.min, p.sec = int(s)/3600, int(s)/60%60, int(s)%60
	p.nsec = int(t.nsec)
	_, weekday := floorDiv(days+1, 7)
	p.weekday = Weekday(weekday)
	return p
}

// AppendFormat appends what Format returns.
func (t Time) AppendFormat(b []byte, layout string) []byte {
	p := t.parts()
	for layout != "" {
		before, e, after := nextElement(layout)
		b = append(b, before...)
		b = p.append(b, e)
		layout = after
	}
	return b
}

// appendNumber appends n with at least width digits, behind its sign.
func appendNumber(b []byte, n, width int) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	return appendUint(b, uint64(n), width)
}

// append writes one element.
func (p *parts) append(b []byte, e element) []byte {
	switch e.kind {
	case shortYear:
		return appendNumber(b, max(p.year, -p.year)%100, 2)
	case longYear:
		return appendNumber(b, p.year, 4)
	case longMonth:
		return append(b, p.month.String()...)
	case shortMonth:
		return append(b, p.month.String()[:3]...)
	case numMonth:
		return appendNumber(b, int(p.month), 0)
	case zeroMonth:
		return appendNumber(b, int(p.month), 2)
	case longWeekday:
		return append(b, p.weekday.String()...)
	case shortWeekday:
		return append(b, p.weekday.String()[:3]...)
	case numDay:
		return appendNumber(b, p.day, 0)
	case spaceDay:
		if p.day < 10 {
			b = append(b, ' ')
		}
		return appendNumber(b, p.day, 0)
	case zeroDay:
		return appendNumber(b, p.day, 2)
	case spaceYearDay:
		for w := 100; w > 1 && p.yearDay < w; w /= 10 {
			b = append(b, ' ')
		}
		return appendNumber(b, p.yearDay, 0)
	case zeroYearDay:
		return appendNumber(b, p.yearDay, 3)
	case zoneName:
		return p.appendZone(b)
	case zoneOffset:
		return p.appendOffset(b, e)
	case fractionZeros, fractionNines:
		return p.appendFraction(b, e)
	}
	return p.appendClock(b, e)
}

func (p *parts) appendClock(b []byte, e element) []byte {
	half := p.hour % 12
	if half == 0 {
		half = 12
	}
	switch e.kind {
	case hour24:
		return appendNumber(b, p.hour, 2)
	case hour12:
		return appendNumber(b, half, 0)
	case zeroHour12:
		return appendNumber(b, half, 2)
	case numMinute:
		return appendNumber(b, p.min, 0)
	case zeroMinute:
		return appendNumber(b, p.min, 2)
	case numSecond:
		return appendNumber(b, p.sec, 0)
	case zeroSecond:
		return appendNumber(b, p.sec, 2)
	case upperPM:
		if p.hour >= 12 {
			return append(b, "PM"...)
		}
		return append(b, "AM"...)
	case lowerPM:
		if p.hour >= 12 {
			return append(b, "pm"...)
		}
		return append(b, "am"...)
	}
	return b
}

// appendZone appends the zone's name, or its offset if it has none.
func (p *parts) appendZone(b []byte) []byte {
	if p.zone != "" {
		return append(b, p.zone...)
	}
	return p.appendOffset(b, element{parts: 2})
}

func (p *parts) appendOffset(b []byte, e element) []byte {
	if e.z && p.offset == 0 {
		return append(b, 'Z')
	}
	offset := p.offset
	if offset/60 < 0 {
		b = append(b, '-')
		offset = -offset
	} else {
		b = append(b, '+')
	}
	fields := [3]int{offset / 3600, offset / 60 % 60, offset % 60}
	for i := 0; i < e.parts; i++ {
		if i > 0 && e.colons {
			b = append(b, ':')
		}
		b = appendNumber(b, fields[i], 2)
	}
	return b
}

func (p *parts) appendFraction(b []byte, e element) []byte {
	digits := appendUint(nil, uint64(p.nsec), 9)
	digits = digits[:min(e.digits, 9)]
	if e.kind == fractionNines {
		for len(digits) > 0 && digits[len(digits)-1] == '0' {
			digits = digits[:len(digits)-1]
		}
		if len(digits) == 0 {
			return b
		}
	}
	b = append(b, e.mark)
	return append(b, digits...)
}

// MarshalText returns t in RFC 3339 form with nanoseconds.
func (t Time) MarshalText() ([]byte, error) { return t.AppendFormat(nil, RFC3339Nano), nil }

// UnmarshalText sets t from RFC 3339 form.
func (t *Time) UnmarshalText(data []byte) error {
	u, err := Parse(RFC3339, string(data))
	*t = u
	return err
}
