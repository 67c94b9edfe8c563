// Package time tells and counts time, and waits.
//
// Files: time.go (instants), date.go (the calendar), duration.go, format.go and
// parse.go (text), zone.go and tzfile.go (local time), sleep.go (waiting). The
// C half is runtime/lang/link_time.c.
package time

import "errors"

// Time is an instant, to the nanosecond, with the location in which it is to
// be shown. Now adds a reading of the monotonic clock, by which two such times
// are compared and subtracted.
//
// Use Equal and not ==, which compares the location and the clock reading too.
// The zero Time is January 1, year 1, 00:00 UTC.
//
// 0 <= nsec < 1e9; mono is 0 if there is no reading; loc is nil for UTC.
type Time struct {
	sec  int64 // since year 1, UTC
	nsec int64
	mono int64
	loc  *Location
}

const (
	secondsPerDay = 86400
	daysTo1970    = 719162
	secondsTo1970 = daysTo1970 * secondsPerDay
)

func now() (sec int64, nsec int64, mono int64)
func runtimeNano() int64

// The reading that counts as 1, so that none is 0.
var startNano = runtimeNano() - 1

// Now returns the present time, in local time.
func Now() Time {
	sec, nsec, mono := now()
	return Time{sec + secondsTo1970, nsec, mono - startNano, Local}
}

// Unix returns the local time that lies so many seconds and nanoseconds after
// 1970-01-01 UTC. nsec may be out of [0, 1e9).
func Unix(sec int64, nsec int64) Time {
	sec += nsec / 1e9
	nsec %= 1e9
	if nsec < 0 {
		nsec += 1e9
		sec--
	}
	return Time{sec + secondsTo1970, nsec, 0, Local}
}

// UnixMilli returns the local time msec milliseconds after 1970-01-01 UTC.
func UnixMilli(msec int64) Time { return Unix(msec/1e3, msec%1e3*1e6) }

// UnixMicro returns the local time usec microseconds after 1970-01-01 UTC.
func UnixMicro(usec int64) Time { return Unix(usec/1e6, usec%1e6*1e3) }

func (t Time) unixSec() int64 { return t.sec - secondsTo1970 }

// Unix returns the seconds since 1970-01-01 UTC.
func (t Time) Unix() int64 { return t.unixSec() }

// UnixMilli returns the milliseconds since 1970-01-01 UTC.
func (t Time) UnixMilli() int64 { return t.unixSec()*1e3 + t.nsec/1e6 }

// UnixMicro returns the microseconds since 1970-01-01 UTC.
func (t Time) UnixMicro() int64 { return t.unixSec()*1e6 + t.nsec/1e3 }

// UnixNano returns the nanoseconds since 1970-01-01 UTC; meaningful from 1678 to
// 2262.
func (t Time) UnixNano() int64 { return t.unixSec()*1e9 + t.nsec }

// IsZero tells whether t is the zero instant.
func (t Time) IsZero() bool { return t.sec == 0 && t.nsec == 0 }

// After tells whether t is later than u.
func (t Time) After(u Time) bool { return t.Compare(u) > 0 }

// Before tells whether t is earlier than u.
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }

// Equal tells whether t and u are the same instant, wherever they are shown.
func (t Time) Equal(u Time) bool { return t.Compare(u) == 0 }

// Compare returns -1, 0 or 1 as t is earlier than, at or later than u.
func (t Time) Compare(u Time) int {
	a, b := t.sec, u.sec
	if t.mono != 0 && u.mono != 0 {
		a, b = t.mono, u.mono
	} else if a == b {
		a, b = t.nsec, u.nsec
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Add returns t+d.
func (t Time) Add(d Duration) Time {
	t.sec += int64(d / 1e9)
	t.nsec += int64(d % 1e9)
	if t.nsec >= 1e9 {
		t.sec++
		t.nsec -= 1e9
	} else if t.nsec < 0 {
		t.sec--
		t.nsec += 1e9
	}
	if t.mono != 0 {
		m := t.mono + int64(d)
		if d < 0 && m > t.mono || d > 0 && m < t.mono {
			m = 0 // out of the clock's range
		}
		t.mono = m
	}
	return t
}

// Sub returns t-u, or the extreme Duration if it does not fit.
func (t Time) Sub(u Time) Duration {
	if t.mono != 0 && u.mono != 0 {
		d := Duration(t.mono - u.mono)
		if d < 0 && t.mono > u.mono {
			return maxDuration
		}
		if d > 0 && t.mono < u.mono {
			return minDuration
		}
		return d
	}
	d := Duration(t.sec-u.sec)*Second + Duration(t.nsec-u.nsec)
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

// Since returns the time that went by since t.
func Since(t Time) Duration {
	if t.mono != 0 {
		return Time{mono: runtimeNano() - startNano}.Sub(Time{mono: t.mono})
	}
	return Now().Sub(t)
}

// Until returns the time that will go by until t.
func Until(t Time) Duration {
	if t.mono != 0 {
		return Time{mono: t.mono}.Sub(Time{mono: runtimeNano() - startNano})
	}
	return t.Sub(Now())
}

// Round returns the multiple of d since the zero time that is nearest to t,
// upwards if two are. Like Truncate it drops the clock reading.
func (t Time) Round(d Duration) Time {
	t.mono = 0
	if d <= 0 {
		return t
	}
	r := t.over(d)
	if uint64(r)+uint64(r) < uint64(d) {
		return t.Add(-r)
	}
	return t.Add(d - r)
}

// Truncate returns the last multiple of d since the zero time that is not after
// t.
func (t Time) Truncate(d Duration) Time {
	t.mono = 0
	if d <= 0 {
		return t
	}
	return t.Add(-t.over(d))
}

// over returns t modulo d, not negative.
func (t Time) over(d Duration) Duration {
	m := uint64(d)
	sec := t.sec % int64(d)
	if sec < 0 {
		sec += int64(d)
	}
	// (sec * 1e9 + nsec) mod m, by doubling, as the product may not fit.
	var r uint64
	for bit := uint64(1) << 29; bit > 0; bit >>= 1 {
		r = addMod(r, r, m)
		if 1000000000&bit != 0 {
			r = addMod(r, uint64(sec), m)
		}
	}
	return Duration(addMod(r, uint64(t.nsec)%m, m))
}

// addMod returns (a + b) mod m for a, b < m < 1<<63.
func addMod(a, b, m uint64) uint64 {
	a += b
	if a >= m {
		a -= m
	}
	return a
}

// setLoc sets where t is shown.
func (t *Time) setLoc(loc *Location) {
	if loc == &utcLoc {
		loc = nil
	}
	t.loc = loc
}

// UTC returns t shown in UTC.
func (t Time) UTC() Time {
	t.setLoc(nil)
	return t
}

// Local returns t shown in local time.
func (t Time) Local() Time {
	t.loc = Local
	return t
}

// In returns t shown in loc, which must not be nil.
func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	t.setLoc(loc)
	return t
}

// Location returns where t is shown.
func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

// Zone returns the name of the time zone in force at t and its offset in
// seconds east of UTC.
func (t Time) Zone() (name string, offset int) {
	z := t.loc.lookup(t.unixSec())
	return z.name, z.offset
}

// ZoneBounds returns when the zone in force at t began, and when it ends; the
// zero Time where it did not or will not.
func (t Time) ZoneBounds() (start, end Time) {
	z := t.loc.lookup(t.unixSec())
	if z.start != minUnix {
		start = Unix(z.start, 0)
		start.setLoc(t.loc)
	}
	if z.end != maxUnix {
		end = Unix(z.end, 0)
		end.setLoc(t.loc)
	}
	return start, end
}

// IsDST tells whether t is in summer time.
func (t Time) IsDST() bool { return t.loc.lookup(t.unixSec()).dst }

var errLocation = errors.New("time: invalid location name")
