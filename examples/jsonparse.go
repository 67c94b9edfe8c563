// JSON: parse, look around, print again.
//
// Shows: a recursive-descent parser with positions in its errors, values as
// interfaces told apart by type switches, maps, panics used inside and turned
// into errors at the border.
//
// Usage: jsonparse [FILE]     without a file it works on a text of its own
package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// value is nil, bool, float64, string, []value or map[string]value.
type value any

// syntaxError says where and what.
type syntaxError struct {
	line, column int
	message      string
}

func (e *syntaxError) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.line, e.column, e.message)
}

// parser reads text from pos on.
type parser struct {
	text string
	pos  int
}

// parse returns the value of a whole text. Inside, errors travel as panics.
func parse(text string) (v value, err error) {
	p := &parser{text: text}
	defer func() {
		if e := recover(); e != nil {
			se, ok := e.(*syntaxError)
			if !ok {
				panic(e) // a bug, not bad input
			}
			v, err = nil, se
		}
	}()
	v = p.value()
	p.space()
	if p.pos < len(p.text) {
		p.fail("nothing more expected after the value")
	}
	return v, nil
}

// fail gives up, pointing at the current position.
func (p *parser) fail(format string, args ...any) {
	before := p.text[:p.pos]
	line := 1 + strings.Count(before, "\n")
	column := 1 + utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:])
	panic(&syntaxError{line, column, fmt.Sprintf(format, args...)})
}

// space skips white space.
func (p *parser) space() {
	for p.pos < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.pos]) >= 0 {
		p.pos++
	}
}

// peek returns the next byte after white space, 0 at the end.
func (p *parser) peek() byte {
	p.space()
	if p.pos == len(p.text) {
		return 0
	}
	return p.text[p.pos]
}

// expect skips one certain byte.
func (p *parser) expect(c byte) {
	if p.peek() != c {
		p.fail("expected %q", c)
	}
	p.pos++
}

// value = object | array | string | number | "true" | "false" | "null" .
func (p *parser) value() value {
	switch c := p.peek(); {
	case c == '{':
		return p.object()
	case c == '[':
		return p.array()
	case c == '"':
		return p.str()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	words := []struct {
		text string
		v    value
	}{{"true", true}, {"false", false}, {"null", nil}}
	for _, w := range words {
		if strings.HasPrefix(p.text[p.pos:], w.text) {
			p.pos += len(w.text)
			return w.v
		}
	}
	p.fail("expected a value")
	return nil
}

// object = "{" [ string ":" value { "," string ":" value } ] "}" .
func (p *parser) object() value {
	p.expect('{')
	m := map[string]value{}
	for p.peek() != '}' {
		if len(m) > 0 {
			p.expect(',')
		}
		if p.peek() != '"' {
			p.fail("expected a key in quotes")
		}
		key := p.str()
		if _, twice := m[key]; twice {
			p.fail("the key %q occurs twice", key)
		}
		p.expect(':')
		m[key] = p.value()
	}
	p.pos++
	return m
}

// array = "[" [ value { "," value } ] "]" .
func (p *parser) array() value {
	p.expect('[')
	a := []value{}
	for p.peek() != ']' {
		if len(a) > 0 {
			p.expect(',')
		}
		a = append(a, p.value())
	}
	p.pos++
	return a
}

// str reads a string in quotes.
func (p *parser) str() string {
	p.expect('"')
	var b strings.Builder
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		p.pos++
		switch {
		case c == '"':
			return b.String()
		case c == '\\':
			b.WriteRune(p.escape())
		case c < ' ':
			p.pos--
			p.fail("control character in a string")
		default:
			b.WriteByte(c)
		}
	}
	p.fail("the string does not end")
	return ""
}

// escape reads what follows a backslash.
func (p *parser) escape() rune {
	if p.pos == len(p.text) {
		p.fail("the string does not end")
	}
	c := p.text[p.pos]
	p.pos++
	if c == 'u' {
		digits := p.text[p.pos:min(p.pos+4, len(p.text))]
		n, err := strconv.ParseUint(digits, 16, 32)
		if err != nil || len(digits) < 4 {
			p.fail("expected four hexadecimal digits")
		}
		p.pos += 4
		return rune(n)
	}
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		p.pos--
		p.fail("no such escape: \\%c", c)
	}
	return rune("\"\\/\b\f\n\r\t"[i])
}

// number reads a number.
func (p *parser) number() float64 {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("+-.eE0123456789", p.text[p.pos]) >= 0 {
		p.pos++
	}
	f, err := strconv.ParseFloat(p.text[start:p.pos], 64)
	if err != nil {
		p.pos = start
		p.fail("not a number")
	}
	return f
}

// show prints a value with indentation, keys in alphabetical order.
func show(b *strings.Builder, v value, indent string) {
	inner := indent + "  "
	switch v := v.(type) {
	case nil:
		b.WriteString("null")
	case string:
		b.WriteString(strconv.Quote(v))
	case []value:
		b.WriteString("[")
		for i, e := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			show(b, e, inner)
		}
		b.WriteString("]")
	case map[string]value:
		keys := make([]string, 0, len(v))
		for k := range v {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		b.WriteString("{")
		for i, k := range keys {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(b, "\n%s%q: ", inner, k)
			show(b, v[k], inner)
		}
		b.WriteString("\n" + indent + "}")
	default:
		fmt.Fprint(b, v)
	}
}

const sample = `{
  "name": "Sterna paradisaea",
  "common": ["Arctic tern", "K\u00fcstenseeschwalbe", "kría"],
  "weight": {"unit": "g", "range": [86, 127.5]},
  "flies": true, "predators": null, "records": {},
  "distance": 9.6e4, "quote": "\"further\\than any\"\n"
}`

// text returns the file named by the first argument, or the sample.
func text() string {
	if len(os.Args) < 2 {
		return sample
	}
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "jsonparse:", err)
		os.Exit(1)
	}
	return string(data)
}

func main() {
	v, err := parse(text())
	if err != nil {
		fmt.Fprintln(os.Stderr, "jsonparse:", err)
		os.Exit(1)
	}
	var b, c strings.Builder
	show(&b, v, "")
	fmt.Println(b.String())

	// Printing and parsing again gives the same.
	again, err := parse(b.String())
	show(&c, again, "")
	fmt.Println("round trip:", err == nil && b.String() == c.String())

	for _, bad := range []string{``, `{"a": }`, `[1, 2`, `{"a": 1, "a": 2}`, `"\x"`,
		`[1 2]`, "[\n  tru\n]", `1-2`, `"open`} {
		_, err := parse(bad)
		fmt.Printf("%-20q %v\n", bad, err)
	}

	// A deep one and a wide one.
	deep, err := parse(strings.Repeat("[", 5000) + strings.Repeat("]", 5000))
	fmt.Println("deep:", err == nil, len(deep.([]value)))
	wide, _ := parse("[" + strings.Repeat(`{"k": [1, "two", null]}, `, 20000) + "0]")
	fmt.Println("wide:", len(wide.([]value)))
}
