// Package unicode tells the classes of runes, and maps letters to another case.
//
// The tables are runs in ascending order, searched by halving; Latin-1, which is
// most of most text, has a table of its own.  Range tables (Han, Cyrillic, ...) are not provided.
package unicode

// Limits and special runes.
const (
	MaxRune         = '\U0010FFFF' // the last code point
	ReplacementChar = '\uFFFD'     // stands for invalid text
	MaxASCII        = '\u007F'     // the last ASCII rune
	MaxLatin1       = '\u00FF'     // the last Latin-1 rune
)

// Cases to which To maps.
const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// Classes of a rune, as bits; the last two are runs of letters that are upper
// and lower case in turn.
const (
	classUpper = 1 << iota
	classLower
	classTitle
	classLetter
	classMark
	classDigit
	classNumber
	classPunct
	classSymbol
	classSpace
	classControl

	alternatingUpperFirst = classUpper | classLower | classLetter
	alternatingLowerFirst = classUpper | classLower

	classGraphic = classLetter | classMark | classNumber | classPunct | classSymbol | classSpace
)

// A caseRun is the runes lo, lo+step, ... hi, which all lie at the same
// distances from their other cases.
type caseRun struct {
	lo, hi, step int32
	delta        [3]int32
}

// search finds the class of any rune in the table.
func search(r rune) int {
	if r < 0 || r > MaxRune {
		return 0
	}
	lo, hi := 0, len(classRuns)
	for hi-lo > 1 {
		mid := int(uint(lo+hi) >> 1)
		if rune(classRuns[mid]>>11) <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	class := int(classRuns[lo] & 0x7FF)
	first := rune(classRuns[lo] >> 11)
	if class == alternatingUpperFirst {
		r++
	} else if class != alternatingLowerFirst {
		return class
	}
	if (r-first)&1 == 1 {
		return classUpper | classLetter
	}
	return classLower | classLetter
}

func class(r rune) int {
	if uint32(r) <= MaxLatin1 {
		return int(latin1[r])
	}
	return search(r)
}

// IsLetter reports whether r is a letter.
func IsLetter(r rune) bool {
	if uint32(r) < 0x80 {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return class(r)&classLetter != 0
}

// IsUpper reports whether r is an upper case letter.
func IsUpper(r rune) bool {
	if uint32(r) < 0x80 {
		return 'A' <= r && r <= 'Z'
	}
	return class(r)&classUpper != 0
}

// IsLower reports whether r is a lower case letter.
func IsLower(r rune) bool {
	if uint32(r) < 0x80 {
		return 'a' <= r && r <= 'z'
	}
	return class(r)&classLower != 0
}

// IsTitle reports whether r is a title case letter.
func IsTitle(r rune) bool { return class(r)&classTitle != 0 }

// IsDigit reports whether r is a decimal digit.
func IsDigit(r rune) bool {
	if uint32(r) < 0x80 {
		return '0' <= r && r <= '9'
	}
	return class(r)&classDigit != 0
}

// IsNumber reports whether r is a number of any kind.
func IsNumber(r rune) bool { return class(r)&classNumber != 0 }

// IsPunct reports whether r is punctuation.
func IsPunct(r rune) bool { return class(r)&classPunct != 0 }

// IsSymbol reports whether r is a symbol.
func IsSymbol(r rune) bool { return class(r)&classSymbol != 0 }

// IsMark reports whether r is a mark.
func IsMark(r rune) bool { return class(r)&classMark != 0 }

// IsControl reports whether r is a control character.
func IsControl(r rune) bool { return class(r)&classControl != 0 }

// IsGraphic reports whether r leaves something to see on paper, or a space.
func IsGraphic(r rune) bool { return class(r)&classGraphic != 0 }

// IsPrint reports whether r is graphic; of the spaces only ' ' is printable.
func IsPrint(r rune) bool {
	if uint32(r) < 0x80 {
		return 0x20 <= r && r < 0x7F
	}
	return class(r)&(classGraphic&^classSpace) != 0
}

// IsSpace reports whether r is white space.
func IsSpace(r rune) bool {
	if uint32(r) <= MaxLatin1 {
		return r == ' ' || '\t' <= r && r <= '\r' || r == 0x85 || r == 0xA0
	}
	switch {
	case 0x2000 <= r && r <= 0x200A:
		return true
	case r == 0x1680, r == 0x2028, r == 0x2029, r == 0x202F, r == 0x205F, r == 0x3000:
		return true
	}
	return false
}

// To maps r to UpperCase, LowerCase or TitleCase; it gives ReplacementChar for
// any other case.
func To(_case int, r rune) rune {
	if _case < 0 || _case >= MaxCase {
		return ReplacementChar
	}
	lo, hi := 0, len(caseRuns)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if caseRuns[mid].lo <= r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	// Runs of step 2 may enclose another: look back past two.
	for back := 1; back <= 3 && lo-back >= 0; back++ {
		run := &caseRuns[lo-back]
		if r <= run.hi && (r-run.lo)%run.step == 0 {
			return r + run.delta[_case]
		}
	}
	return r
}

// ToUpper maps r to upper case.
func ToUpper(r rune) rune {
	if uint32(r) < 0x80 {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	return To(UpperCase, r)
}

// ToLower maps r to lower case.
func ToLower(r rune) rune {
	if uint32(r) < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return To(LowerCase, r)
}

// ToTitle maps r to title case.
func ToTitle(r rune) rune {
	if uint32(r) < 0x80 {
		return ToUpper(r)
	}
	return To(TitleCase, r)
}

// SimpleFold returns the next rune, in a circle of ascending order, that is the
// same letter but for its case.
func SimpleFold(r rune) rune {
	if r < 0 || r > MaxRune {
		return r
	}
	if r < 0x80 && r|0x20 != 'k' && r|0x20 != 's' {
		if l := ToLower(r); l != r {
			return l
		}
		return ToUpper(r)
	}
	lo, hi := 0, len(orbits)/2
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if orbits[2*mid] < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if 2*lo < len(orbits) && orbits[2*lo] == r {
		return orbits[2*lo+1]
	}
	if l := ToLower(r); l != r {
		return l
	}
	return ToUpper(r)
}
