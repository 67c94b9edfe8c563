package time

import "syscall"

// The tables of zones are files in the format of RFC 8536 ("TZif"): a header
// with six counts, the changes, the zones, and the names, once with 32-bit
// times and from version 2 on again with 64-bit ones and a rule for the time
// after them.

// loadFile reads a table; nil if it cannot be read or makes no sense.
func loadFile(path string) *Location {
	fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
	if err != nil {
		return nil
	}
	var data []byte
	buf := make([]byte, 4096)
	for len(data) < 1<<20 {
		n, err := syscall.Read(fd, buf)
		if err != nil || n <= 0 {
			break
		}
		data = append(data, buf[:n]...)
	}
	syscall.Close(fd)
	return parseTable(data)
}

// tableReader takes big-endian numbers off data; bad once there are too few.
type tableReader struct {
	data []byte
	bad  bool
}

func (r *tableReader) take(n int) []byte {
	if n < 0 || n > len(r.data) {
		r.bad = true
		r.data = nil
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}

func (r *tableReader) number(size int) int64 {
	b := r.take(size)
	if len(b) == 0 {
		return 0
	}
	v := int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return v
}

// tableCounts are those of the header, in its order.
type tableCounts struct {
	utc, std, leap, changes, zones, chars int
}

func (r *tableReader) header() (version byte, c tableCounts) {
	head := r.take(20)
	if r.bad || string(head[:4]) != "TZif" {
		r.bad = true
		return 0, c
	}
	c.utc = int(r.number(4))
	c.std = int(r.number(4))
	c.leap = int(r.number(4))
	c.changes = int(r.number(4))
	c.zones = int(r.number(4))
	c.chars = int(r.number(4))
	return head[4], c
}

func (c *tableCounts) size(timeSize int) int {
	return c.changes*(timeSize+1) + c.zones*6 + c.chars + c.leap*(timeSize+4) + c.std + c.utc
}

func parseTable(data []byte) *Location {
	r := &tableReader{data: data}
	version, c := r.header()
	timeSize := 4
	if !r.bad && version >= '2' {
		r.take(c.size(4))
		_, c = r.header()
		timeSize = 8
	}
	if r.bad || c.zones == 0 {
		return nil
	}
	l := &Location{
		zones:   make([]zone, c.zones),
		changes: make([]change, c.changes),
	}
	if c.size(timeSize) > len(r.data) {
		return nil
	}
	for i := range l.changes {
		l.changes[i].when = r.number(timeSize)
	}
	for i, b := range r.take(c.changes) {
		if int(b) >= c.zones {
			return nil
		}
		l.changes[i].zone = int(b)
	}
	records := r.take(c.zones * 6)
	names := r.take(c.chars)
	r.take(c.leap*(timeSize+4) + c.std + c.utc)
	if r.bad {
		return nil
	}
	for i := range l.zones {
		rec := &tableReader{data: records[i*6 : i*6+6]}
		l.zones[i].offset = int(rec.number(4))
		l.zones[i].dst = rec.number(1) != 0
		at := int(uint8(rec.number(1)))
		end := at
		for end < len(names) && names[end] != 0 {
			end++
		}
		if at > len(names) {
			return nil
		}
		l.zones[i].name = string(names[at:end])
	}
	if n := len(r.data); n > 2 && r.data[0] == '\n' && r.data[n-1] == '\n' {
		l.rule = parseRule(string(r.data[1 : n-1]))
	}
	return l
}

// rule is what POSIX writes as "CET-1CEST,M3.5.0,M10.5.0/3": a zone, and for a
// part of each year another.
type rule struct {
	std, dst   zone
	hasDST     bool
	begin, end yearDay // of dst, each by the clock before it
}

// yearDay is a moment in any year.
type yearDay struct {
	// 'M': weekday of a week of a month; 'J': day 1..365 without February 29;
	// '0': day 0..365
	kind             byte
	month, week, day int
	second           int // of the day; may be out of it
}

// ruleReader takes a rule apart; bad once it makes no sense.
type ruleReader struct {
	s   string
	bad bool
}

// parseRule returns nil if s is no rule.
func parseRule(s string) *rule {
	p := &ruleReader{s: s}
	r := &rule{}
	r.std.name = p.name()
	r.std.offset = -p.clock()
	if p.bad {
		return nil
	}
	if p.s == "" {
		return r
	}
	r.hasDST = true
	r.dst.dst = true
	r.dst.name = p.name()
	r.dst.offset = r.std.offset + 3600
	if p.s != "" && p.s[0] != ',' {
		r.dst.offset = -p.clock()
	}
	if p.s == "" {
		p.s = ",M3.2.0,M11.1.0"
	}
	r.begin = p.yearDay()
	r.end = p.yearDay()
	if p.bad || p.s != "" {
		return nil
	}
	return r
}

func (p *ruleReader) skip(c byte) bool {
	if p.s == "" || p.s[0] != c {
		return false
	}
	p.s = p.s[1:]
	return true
}

// name takes letters, or anything in <>.
func (p *ruleReader) name() string {
	i := 0
	if p.skip('<') {
		for i < len(p.s) && p.s[i] != '>' {
			i++
		}
		name := p.s[:i]
		p.s = p.s[i:]
		p.bad = p.bad || !p.skip('>')
		return name
	}
	for i < len(p.s) && (p.s[i]|0x20 >= 'a' && p.s[i]|0x20 <= 'z') {
		i++
	}
	name := p.s[:i]
	p.s = p.s[i:]
	p.bad = p.bad || len(name) < 3
	return name
}

func (p *ruleReader) number() int {
	n, i := 0, 0
	for i < len(p.s) && i < 4 && isDigit(p.s[i]) {
		n = n*10 + int(p.s[i]-'0')
		i++
	}
	p.bad = p.bad || i == 0
	p.s = p.s[i:]
	return n
}

// clock takes [+-]h[:m[:s]] and returns seconds.
func (p *ruleReader) clock() int {
	negative := p.skip('-')
	if !negative {
		p.skip('+')
	}
	s := p.number() * 3600
	if p.skip(':') {
		s += p.number() * 60
		if p.skip(':') {
			s += p.number()
		}
	}
	if negative {
		return -s
	}
	return s
}

func (p *ruleReader) yearDay() (d yearDay) {
	p.bad = p.bad || !p.skip(',')
	switch {
	case p.skip('M'):
		d.kind = 'M'
		d.month = p.number()
		p.bad = p.bad || !p.skip('.') || d.month < 1 || d.month > 12
		d.week = p.number()
		p.bad = p.bad || !p.skip('.') || d.week < 1 || d.week > 5
		d.day = p.number()
		p.bad = p.bad || d.day > 6
	case p.skip('J'):
		d.kind = 'J'
		d.day = p.number()
	default:
		d.kind = '0'
		d.day = p.number()
	}
	d.second = 2 * 3600
	if p.skip('/') {
		d.second = p.clock()
	}
	return d
}

// in returns the moment in a year, in seconds since year 1 by the clock on the
// wall.
func (d yearDay) in(year int64) int64 {
	day := dayNumber(year, January, 1)
	switch d.kind {
	case 'J':
		day += int64(d.day) - 1
		if d.day > 59 && isLeap(int(year)) {
			day++
		}
	case '0':
		day += int64(d.day)
	default:
		day = dayNumber(year, Month(d.month), 1)
		last := day + int64(daysIn(Month(d.month), int(year))) - 1
		_, weekday := floorDiv(day+1, 7)
		_, ahead := floorDiv(int64(d.day)-weekday, 7)
		day += ahead + int64(d.week-1)*7
		if day > last {
			day -= 7
		}
	}
	return day*secondsPerDay + int64(d.second)
}

// lookup returns the zone at a time for which no change is on record; since is
// the last that is.
func (r *rule) lookup(unix, since int64) period {
	if !r.hasDST {
		return period{r.std, since, maxUnix}
	}
	days, _ := floorDiv(unix+int64(r.std.offset)+secondsTo1970, secondsPerDay)
	year, _, _ := civil(days)
	p := period{start: minUnix, end: maxUnix}
	// The last switch before, and the first after, are in these three years.
	for y := year - 1; y <= year+1; y++ {
		on := r.begin.in(y) - int64(r.std.offset) - secondsTo1970
		off := r.end.in(y) - int64(r.dst.offset) - secondsTo1970
		p.meet(unix, on, r.dst)
		p.meet(unix, off, r.std)
	}
	p.start = max(p.start, since)
	return p
}

// meet takes into account that z comes into force at a time.
func (p *period) meet(unix, at int64, z zone) {
	if at <= unix {
		if at >= p.start {
			p.zone = z
			p.start = at
		}
	} else if at < p.end {
		p.end = at
	}
}
