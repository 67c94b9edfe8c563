package time

import (
	"sync"
	"syscall"
)

// Location is a place with its time zones: the rules by which clocks there are
// set.
//
// changes are sorted by time. After the last one the rule holds, if there is
// one.
type Location struct {
	name    string
	zones   []zone
	changes []change
	rule    *rule
}

// zone is one of the settings of a Location's clocks.
type zone struct {
	name   string // as in "CET"
	offset int    // seconds east of UTC
	dst    bool   // summer time
}

// change is when another zone comes into force.
type change struct {
	when int64 // Unix time
	zone int   // in zones
}

// period is a zone and when it is in force: start <= unix < end.
type period struct {
	zone
	start, end int64
}

const (
	minUnix = -1 << 63
	maxUnix = 1<<63 - 1
)

// UTC is Universal Coordinated Time.
var UTC *Location = &utcLoc
var utcLoc = Location{name: "UTC"}

// Local is the place of this computer: what TZ names in the environment, or
// else /etc/localtime. TZ set but empty is UTC.
var Local *Location = &localLoc
var localLoc Location
var localOnce sync.Once

// String returns the name given to LoadLocation or FixedZone, "UTC" or "Local".
func (l *Location) String() string { return l.get().name }

// get returns l made ready for use.
func (l *Location) get() *Location {
	if l == nil {
		return &utcLoc
	}
	if l == &localLoc {
		localOnce.Do(initLocal)
	}
	return l
}

func initLocal() {
	tz, set := syscall.Getenv("TZ")
	if set && tz != "" && tz[0] == ':' {
		tz = tz[1:]
	}
	var l *Location
	switch {
	case !set:
		l = loadFile("/etc/localtime")
	case tz == "":
	case tz[0] == '/':
		l = loadFile(tz)
		if l != nil {
			l.name = tz
			if tz == "/etc/localtime" {
				l.name = "Local"
			}
		}
	default:
		if found, err := LoadLocation(tz); err == nil {
			copied := *found
			l = &copied
			l.name = "Local"
		}
	}
	if l == nil {
		localLoc.name = "UTC"
		return
	}
	if l.name == "" {
		l.name = "Local"
	}
	localLoc = *l
}

// lookup returns the zone in force at a Unix time.
func (l *Location) lookup(unix int64) period {
	l = l.get()
	if len(l.zones) == 0 {
		return period{zone{"UTC", 0, false}, minUnix, maxUnix}
	}
	if len(l.changes) == 0 || unix < l.changes[0].when {
		p := period{l.zones[l.firstZone()], minUnix, maxUnix}
		if len(l.changes) > 0 {
			p.end = l.changes[0].when
		}
		if l.rule != nil && len(l.changes) == 0 {
			return l.rule.lookup(unix, minUnix)
		}
		return p
	}
	lo, hi := 0, len(l.changes)
	for hi-lo > 1 {
		mid := int(uint(lo+hi) >> 1)
		if unix < l.changes[mid].when {
			hi = mid
		} else {
			lo = mid
		}
	}
	c := l.changes[lo]
	if hi < len(l.changes) {
		return period{l.zones[c.zone], c.when, l.changes[hi].when}
	}
	if l.rule != nil {
		return l.rule.lookup(unix, c.when)
	}
	return period{l.zones[c.zone], c.when, maxUnix}
}

// firstZone is the zone before the first change: the first that is not summer
// time.
func (l *Location) firstZone() int {
	if len(l.changes) > 0 && l.zones[l.changes[0].zone].dst {
		for i := l.changes[0].zone - 1; i >= 0; i-- {
			if !l.zones[i].dst {
				return i
			}
		}
	}
	used := false
	for _, c := range l.changes {
		used = used || c.zone == 0
	}
	if !used {
		return 0
	}
	for i, z := range l.zones {
		if !z.dst {
			return i
		}
	}
	return 0
}

// offsetOf returns the offset that a zone of that name has in l, preferably at
// the given time.
func (l *Location) offsetOf(name string, unix int64) (offset int, ok bool) {
	l = l.get()
	for _, z := range l.zones {
		if z.name == name {
			if p := l.lookup(unix - int64(z.offset)); p.name == name {
				return p.offset, true
			}
		}
	}
	for _, z := range l.zones {
		if z.name == name {
			return z.offset, true
		}
	}
	return 0, false
}

// FixedZone returns a Location that has always been at that offset in seconds
// east of UTC.
func FixedZone(name string, offset int) *Location {
	return &Location{name: name, zones: []zone{{name, offset, false}}}
}

// The places where the system keeps its time zones.
var zoneDirs = [...]string{"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/",
	"/usr/lib/locale/TZ/", "/etc/zoneinfo/"}

type unknownZone string

func (name unknownZone) Error() string { return "unknown time zone " + string(name) }

// LoadLocation returns the Location of a name like "Europe/Berlin" from the
// system's tables (or from the directory that ZONEINFO names). "" and "UTC" are
// UTC, "Local" is Local.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	if name[0] == '/' || name[0] == '\\' {
		return nil, errLocation
	}
	for i := 0; i+1 < len(name); i++ {
		if name[i:i+2] == ".." || name[i] == '\\' {
			return nil, errLocation
		}
	}
	if dir, ok := syscall.Getenv("ZONEINFO"); ok && dir != "" {
		if l := loadFile(dir + "/" + name); l != nil {
			l.name = name
			return l, nil
		}
	}
	for _, dir := range zoneDirs {
		if l := loadFile(dir + name); l != nil {
			l.name = name
			return l, nil
		}
	}
	return nil, unknownZone(name)
}
