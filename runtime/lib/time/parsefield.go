package time

// How the fields of a value are read.

func digitAt(s string, i int) bool { return i < len(s) && isDigit(s[i]) }

// number reads two digits, or one unless fixed.
func (r *reading) number(fixed bool) (int, error) {
	if !digitAt(r.rest, 0) {
		return 0, errBad
	}
	n := int(r.rest[0] - '0')
	if !digitAt(r.rest, 1) {
		if fixed {
			return 0, errBad
		}
		r.rest = r.rest[1:]
		return n, nil
	}
	n = n*10 + int(r.rest[1]-'0')
	r.rest = r.rest[2:]
	return n, nil
}

// threeDigits reads the day of the year; spaces stand for leading zeros if
// spaced.
func (r *reading) threeDigits(spaced bool) (int, error) {
	for i := 0; i < 2 && spaced && hasPrefix(r.rest, " "); i++ {
		r.rest = r.rest[1:]
	}
	n, i := 0, 0
	for ; i < 3 && digitAt(r.rest, i); i++ {
		n = n*10 + int(r.rest[i]-'0')
	}
	if i == 0 || !spaced && i != 3 {
		return 0, errBad
	}
	r.rest = r.rest[i:]
	return n, nil
}

// digits reads a number of exactly n characters; if strict the first must be a
// digit, so that a sign is refused.
func (r *reading) digits(n int, strict bool) (int, error) {
	if len(r.rest) < n || strict && !digitAt(r.rest, 0) {
		return 0, errBad
	}
	v, ok := signedNumber(r.rest[:n])
	r.rest = r.rest[n:]
	if !ok {
		return 0, errBad
	}
	return v, nil
}

// signedNumber reads all of s.
func signedNumber(s string) (n int, ok bool) {
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) || i == 18 {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	if negative {
		n = -n
	}
	return n, s != ""
}

// name reads one of the names, or of their first letters, whatever the case.
func (r *reading) name(names []string, letters int) (int, error) {
	for i, name := range names {
		if letters > 0 {
			name = name[:letters]
		}
		if len(r.rest) < len(name) {
			continue
		}
		same := true
		for j := 0; j < len(name) && same; j++ {
			same = r.rest[j] == name[j] || r.rest[j]^name[j] == 0x20
		}
		if same {
			r.rest = r.rest[len(name):]
			return i, nil
		}
	}
	return -1, errBad
}

// fraction reads a mark and digits, n bytes in all.
func (r *reading) fraction(n int) error {
	if len(r.rest) < n || r.rest[0] != '.' && r.rest[0] != ',' {
		return errBad
	}
	s := r.rest[1:n]
	if len(s) > 9 {
		s = s[:9]
	}
	ns, ok := signedNumber(s)
	if !ok {
		return errBad
	}
	r.rest = r.rest[n:]
	if ns < 0 {
		r.outside = "fractional second"
		return nil
	}
	for i := len(s); i < 9; i++ {
		ns *= 10
	}
	r.nsec = ns
	return nil
}

// optionalFraction reads a mark and all digits behind it, if there are any.
func (r *reading) optionalFraction() error {
	if len(r.rest) < 2 || r.rest[0] != '.' && r.rest[0] != ',' || !isDigit(r.rest[1]) {
		return nil
	}
	n := 2
	for digitAt(r.rest, n) {
		n++
	}
	return r.fraction(n)
}

// zoneOffset reads an offset as in "-07:00".
func (r *reading) zoneOffset(e element) error {
	if e.z && hasPrefix(r.rest, "Z") {
		r.rest = r.rest[1:]
		r.utc = true
		return nil
	}
	n := 1 + 2*e.parts
	if e.colons {
		n += e.parts - 1
	}
	if len(r.rest) < n {
		return errBad
	}
	s := r.rest[:n]
	r.rest = r.rest[n:]
	names := [3]string{"hour", "minute", "second"}
	limits := [3]int{24, 60, 60}
	seconds := 0
	at := 1
	outside := ""
	for i := 0; i < 3; i++ {
		seconds *= 60
		if i >= e.parts {
			continue
		}
		if i > 0 && e.colons {
			if s[at] != ':' {
				return errBad
			}
			at++
		}
		if !isDigit(s[at]) || !isDigit(s[at+1]) {
			r.outside = outside
			return errBad
		}
		v := int(s[at]-'0')*10 + int(s[at+1]-'0')
		if v > limits[i] {
			outside = "time zone offset " + names[i]
		}
		seconds += v
		at += 2
	}
	r.outside = outside
	r.hasOffset = true
	r.offset = seconds
	if s[0] == '-' {
		r.offset = -seconds
	} else if s[0] != '+' {
		return errBad
	}
	return nil
}

// zoneName reads an abbreviation: three or four capitals, "GMT-3", "+03".
func (r *reading) zoneName() error {
	if hasPrefix(r.rest, "UTC") {
		r.utc = true
		r.rest = r.rest[3:]
		return nil
	}
	n := zoneNameLength(r.rest)
	if n == 0 {
		return errBad
	}
	r.zone = r.rest[:n]
	r.rest = r.rest[n:]
	return nil
}

func zoneNameLength(s string) int {
	switch {
	case len(s) < 3:
		return 0
	case hasPrefix(s, "ChST") || hasPrefix(s, "MeST"):
		return 4
	case hasPrefix(s, "GMT"):
		return 3 + signedHourLength(s[3:])
	case s[0] == '+' || s[0] == '-':
		return signedHourLength(s)
	}
	n := 0
	for n < 6 && n < len(s) && 'A' <= s[n] && s[n] <= 'Z' {
		n++
	}
	switch {
	case n == 3,
		n == 4 && (s[3] == 'T' || s[:4] == "WITA"),
		n == 5 && s[4] == 'T':
		return n
	}
	return 0
}

// signedHourLength returns the length of a sign and an hour below 24 at the
// start of s, or 0.
func signedHourLength(s string) int {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0
	}
	n, i := 0, 1
	for ; digitAt(s, i); i++ {
		n = min(n*10+int(s[i]-'0'), 1000)
	}
	if i == 1 || n > 23 {
		return 0
	}
	return i
}
