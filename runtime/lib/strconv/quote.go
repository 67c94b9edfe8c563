package strconv

import (
	"unicode"
	"unicode/utf8"
)

// Which runes a quoted text may show as they are.
const (
	showPrint   = iota // printable
	showGraphic        // printable or space
	showASCII          // printable ASCII
)

const lowerHex = "0123456789abcdef"

// Quote returns s as a string literal of Go.
func Quote(s string) string { return string(AppendQuote(nil, s)) }

// QuoteToASCII is Quote, with ASCII characters only.
func QuoteToASCII(s string) string { return string(AppendQuoteToASCII(nil, s)) }

// QuoteToGraphic is Quote, with graphic characters as they are.
func QuoteToGraphic(s string) string { return string(AppendQuoteToGraphic(nil, s)) }

// AppendQuote appends s as a string literal to dst.
func AppendQuote(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', showPrint) }

// AppendQuoteToASCII is AppendQuote, with ASCII characters only.
func AppendQuoteToASCII(dst []byte, s string) []byte { return appendQuoted(dst, s, '"', showASCII) }

// AppendQuoteToGraphic is AppendQuote, with graphic characters as they are.
func AppendQuoteToGraphic(dst []byte, s string) []byte {
	return appendQuoted(dst, s, '"', showGraphic)
}

// QuoteRune returns r as a rune literal of Go.
func QuoteRune(r rune) string { return string(AppendQuoteRune(nil, r)) }

// QuoteRuneToASCII is QuoteRune, with ASCII characters only.
func QuoteRuneToASCII(r rune) string { return string(AppendQuoteRuneToASCII(nil, r)) }

// QuoteRuneToGraphic is QuoteRune, with graphic characters as they are.
func QuoteRuneToGraphic(r rune) string { return string(AppendQuoteRuneToGraphic(nil, r)) }

// AppendQuoteRune appends r as a rune literal to dst.
func AppendQuoteRune(dst []byte, r rune) []byte { return appendRune(dst, r, showPrint) }

// AppendQuoteRuneToASCII is AppendQuoteRune, with ASCII characters only.
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte { return appendRune(dst, r, showASCII) }

// AppendQuoteRuneToGraphic is AppendQuoteRune, with graphic characters as they
// are.
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte { return appendRune(dst, r, showGraphic) }

func appendRune(dst []byte, r rune, show int) []byte {
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	dst = append(dst, '\'')
	dst = appendEscaped(dst, r, '\'', show)
	return append(dst, '\'')
}

func appendQuoted(dst []byte, s string, quote byte, show int) []byte {
	dst = append(dst, quote)
	from := 0 // s[from:i] is copied as it is
	for i := 0; i < len(s); {
		c := s[i]
		if 0x20 <= c && c < 0x7F && c != quote && c != '\\' {
			i++
			continue
		}
		dst = append(dst, s[from:i]...)
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, '\\', 'x', lowerHex[c>>4], lowerHex[c&15])
		} else {
			dst = appendEscaped(dst, r, quote, show)
		}
		i += size
		from = i
	}
	dst = append(dst, s[from:]...)
	return append(dst, quote)
}

// appendEscaped appends r as it stands inside quotes.
func appendEscaped(dst []byte, r rune, quote byte, show int) []byte {
	if r == rune(quote) || r == '\\' {
		return append(dst, '\\', byte(r))
	}
	if show == showASCII {
		if 0x20 <= r && r < 0x7F {
			return append(dst, byte(r))
		}
	} else if unicode.IsPrint(r) || show == showGraphic && IsGraphic(r) {
		return utf8.AppendRune(dst, r)
	}
	if 7 <= r && r <= 13 {
		return append(dst, '\\', "abtnvfr"[r-7])
	}
	digits := 8
	switch {
	case r < 0x20 || r == 0x7F:
		dst = append(dst, '\\', 'x')
		digits = 2
	case !utf8.ValidRune(r):
		return append(dst, `\ufffd`...)
	case r < 0x10000:
		dst = append(dst, '\\', 'u')
		digits = 4
	default:
		dst = append(dst, '\\', 'U')
	}
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		dst = append(dst, lowerHex[r>>uint(shift)&15])
	}
	return dst
}

// IsPrint reports whether Quote shows r as it is.
func IsPrint(r rune) bool { return unicode.IsPrint(r) }

// IsGraphic reports whether QuoteToGraphic shows r as it is.
func IsGraphic(r rune) bool { return unicode.IsGraphic(r) }

// CanBackquote reports whether s can stand between back quotes: no control
// character but tab, and no back quote.
func CanBackquote(s string) bool {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if r == utf8.RuneError && size == 1 || r == '\uFEFF' ||
			r < ' ' && r != '\t' || r == '`' || r == 0x7F {
			return false
		}
	}
	return true
}

// UnquoteChar decodes the first character or escape sequence of s, which
// stands between the given quotes.  multibyte says that it is a rune to be
// written as UTF-8, rather than a byte.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	if s == "" {
		return 0, false, "", ErrSyntax
	}
	c := s[0]
	if c == quote && (quote == '\'' || quote == '"') {
		return 0, false, "", ErrSyntax
	}
	if c >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(s)
		return r, true, s[size:], nil
	}
	if c != '\\' {
		return rune(c), false, s[1:], nil
	}
	if len(s) < 2 {
		return 0, false, "", ErrSyntax
	}
	c = s[1]
	s = s[2:]
	digits := 0
	switch c {
	case 'a', 'b', 't', 'n', 'v', 'f', 'r':
		for i := 0; ; i++ {
			if "abtnvfr"[i] == c {
				return rune(7 + i), false, s, nil
			}
		}
	case '\\':
		return '\\', false, s, nil
	case '\'', '"':
		if c != quote {
			return 0, false, "", ErrSyntax
		}
		return rune(c), false, s, nil
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return unquoteOctal(rune(c-'0'), s)
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return 0, false, "", ErrSyntax
	}
	if len(s) < digits {
		return 0, false, "", ErrSyntax
	}
	var v rune
	for i := 0; i < digits; i++ {
		d := digitOf(s[i])
		if d >= 16 {
			return 0, false, "", ErrSyntax
		}
		v = v<<4 | rune(d)
	}
	if c == 'x' {
		return v, false, s[digits:], nil
	}
	if !utf8.ValidRune(v) {
		return 0, false, "", ErrSyntax
	}
	return v, true, s[digits:], nil
}

func unquoteOctal(v rune, s string) (rune, bool, string, error) {
	if len(s) < 2 {
		return 0, false, "", ErrSyntax
	}
	for i := 0; i < 2; i++ {
		if s[i] < '0' || s[i] > '7' {
			return 0, false, "", ErrSyntax
		}
		v = v<<3 | rune(s[i]-'0')
	}
	if v > 255 {
		return 0, false, "", ErrSyntax
	}
	return v, false, s[2:], nil
}

// Unquote returns what the Go string or rune literal s stands for.
func Unquote(s string) (string, error) {
	text, rest, err := unquotePrefix(s)
	if err == nil && rest != "" {
		err = ErrSyntax
	}
	if err != nil {
		return "", err
	}
	return text, nil
}

// QuotedPrefix returns the literal, still quoted, that s begins with.
func QuotedPrefix(s string) (string, error) {
	_, rest, err := unquotePrefix(s)
	if err != nil {
		return "", err
	}
	return s[:len(s)-len(rest)], nil
}

func unquotePrefix(s string) (text, rest string, err error) {
	if len(s) < 2 {
		return "", "", ErrSyntax
	}
	quote := s[0]
	s = s[1:]
	var buf []byte
	switch quote {
	case '`':
		for i := 0; i < len(s); i++ {
			if s[i] == '`' {
				return string(buf), s[i+1:], nil
			}
			if s[i] != '\r' {
				buf = append(buf, s[i])
			}
		}
		return "", "", ErrSyntax
	case '"', '\'':
	default:
		return "", "", ErrSyntax
	}
	for count := 0; s != ""; count++ {
		if s[0] == quote {
			return string(buf), s[1:], nil
		}
		if s[0] == '\n' || quote == '\'' && count == 1 {
			return "", "", ErrSyntax
		}
		r, multibyte, tail, err := UnquoteChar(s, quote)
		if err != nil {
			return "", "", err
		}
		if multibyte || r < utf8.RuneSelf {
			buf = utf8.AppendRune(buf, r)
		} else {
			buf = append(buf, byte(r))
		}
		s = tail
	}
	return "", "", ErrSyntax
}
