package time

// The calendar is the Gregorian one, extended both ways. Days are numbered from
// January 1, year 1. Inside, years begin in March, so that the leap day is the
// last; 400 of them are 146097 days.

// Month is a month of the year, January being 1.
type Month int

// The months.
const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

var monthNames = [...]string{"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December"}

// String returns the English name.
func (m Month) String() string {
	if January <= m && m <= December {
		return monthNames[m-1]
	}
	return "%!Month(" + string(appendUint(nil, uint64(m), 0)) + ")"
}

// Weekday is a day of the week, Sunday being 0.
type Weekday int

// The days of the week.
const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday",
	"Friday", "Saturday"}

// String returns the English name.
func (d Weekday) String() string {
	if Sunday <= d && d <= Saturday {
		return dayNames[d]
	}
	return "%!Weekday(" + string(appendUint(nil, uint64(d), 0)) + ")"
}

// floorDiv returns a/b rounded down, and what is left over; b > 0.
func floorDiv(a, b int64) (quotient, rest int64) {
	quotient, rest = a/b, a%b
	if rest < 0 {
		quotient--
		rest += b
	}
	return quotient, rest
}

const (
	daysPer400Years = 146097
	daysFromMarch   = 306 // from March 1, year 0 to January 1, year 1
)

// civil returns the date of a day number.
func civil(days int64) (year int64, month Month, day int) {
	era, d := floorDiv(days+daysFromMarch, daysPer400Years)
	y := (d - d/1460 + d/36524 - d/146096) / 365
	d -= 365*y + y/4 - y/100
	m := (5*d + 2) / 153 // months since March
	day = int(d-(153*m+2)/5) + 1
	month = Month(m + 3)
	if month > December {
		month -= 12
		y++
	}
	return era*400 + y, month, day
}

// dayNumber returns the number of a day; month 1 to 12, day may be any.
func dayNumber(year int64, month Month, day int64) int64 {
	m := int64(month) - 3
	if m < 0 {
		m += 12
		year--
	}
	era, y := floorDiv(year, 400)
	return era*daysPer400Years + 365*y + y/4 - y/100 + (153*m+2)/5 + day - 1 - daysFromMarch
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// daysIn returns the length of a month.
func daysIn(m Month, year int) int {
	switch m {
	case April, June, September, November:
		return 30
	case February:
		if isLeap(year) {
			return 29
		}
		return 28
	}
	return 31
}

// shown returns t as seconds since year 1 by the clock on the wall.
func (t Time) shown() int64 {
	if t.loc == nil {
		return t.sec
	}
	return t.sec + int64(t.loc.lookup(t.unixSec()).offset)
}

func (t Time) days() int64 {
	d, _ := floorDiv(t.shown(), secondsPerDay)
	return d
}

func (t Time) secondOfDay() int {
	_, s := floorDiv(t.shown(), secondsPerDay)
	return int(s)
}

// Date returns year, month and day.
func (t Time) Date() (year int, month Month, day int) {
	y, month, day := civil(t.days())
	return int(y), month, day
}

// Clock returns hour, minute and second.
func (t Time) Clock() (hour, min, sec int) {
	s := t.secondOfDay()
	return s / 3600, s / 60 % 60, s % 60
}

// Year returns the year.
func (t Time) Year() int {
	y, _, _ := t.Date()
	return y
}

// Month returns the month.
func (t Time) Month() Month {
	_, m, _ := t.Date()
	return m
}

// Day returns the day of the month.
func (t Time) Day() int {
	_, _, d := t.Date()
	return d
}

// Weekday returns the day of the week.
func (t Time) Weekday() Weekday {
	_, d := floorDiv(t.days()+1, 7)
	return Weekday(d)
}

// Hour returns the hour, 0 to 23.
func (t Time) Hour() int { return t.secondOfDay() / 3600 }

// Minute returns the minute of the hour.
func (t Time) Minute() int { return t.secondOfDay() / 60 % 60 }

// Second returns the second of the minute.
func (t Time) Second() int { return t.secondOfDay() % 60 }

// Nanosecond returns the nanosecond of the second.
func (t Time) Nanosecond() int { return int(t.nsec) }

// YearDay returns the day of the year, from 1.
func (t Time) YearDay() int {
	days := t.days()
	y, _, _ := civil(days)
	return int(days-dayNumber(y, January, 1)) + 1
}

// ISOWeek returns the year and week by ISO 8601: the year's first Thursday is in
// its week 1.
func (t Time) ISOWeek() (year, week int) {
	days := t.days()
	_, weekday := floorDiv(days, 7) // Monday is 0
	thursday := days - weekday + 3
	y, _, _ := civil(thursday)
	return int(y), int(thursday-dayNumber(y, January, 1))/7 + 1
}

// AddDate returns t with so many years, months and days more, made a proper
// date: October 32 is November 1.
func (t Time) AddDate(years int, months int, days int) Time {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	return Date(year+years, month+Month(months), day+days, hour, min, sec, int(t.nsec),
		t.Location())
}

// Date returns the time of that date and clock in loc. All may be out of their
// ranges. Where the clock skips it, or shows it twice, the time is right in one
// of the two zones.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	carry, m := floorDiv(int64(month)-1, 12)
	y := int64(year) + carry
	carry, ns := floorDiv(int64(nsec), 1e9)
	s := dayNumber(y, Month(m)+1, int64(day))*secondsPerDay +
		int64(hour)*3600 + int64(min)*60 + int64(sec) + carry
	// The zone depends on the time and the time on the zone: take the offset
	// at the same number in UTC, and if that leads out of its zone, the one
	// it leads to.
	unix := s - secondsTo1970
	z := loc.lookup(unix)
	if z.offset != 0 {
		utc := unix - int64(z.offset)
		if utc < z.start || utc >= z.end {
			z = loc.lookup(utc)
		}
		s -= int64(z.offset)
	}
	t := Time{s, ns, 0, nil}
	t.setLoc(loc)
	return t
}
