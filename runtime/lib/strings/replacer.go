package strings

import (
	"internal/bytealg"
	"io"
)

// Replacer replaces a list of strings in one pass. Goroutines may share it.
//
// At each position of the input the pairs are tried in the order they were
// given, and the first that fits is taken; table leads from the next byte to
// the pairs that can fit. Where all are single bytes, a map of bytes does it.
type Replacer struct {
	pairs []string  // old, new, old, new...
	table [][]int32 // by byte: where in pairs; [256] is for the end of input
	bytes []byte    // by byte: its replacement; nil unless all are single bytes
}

// NewReplacer returns a Replacer of the pairs old, new, old, new...
func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 == 1 {
		panic("strings.NewReplacer: odd argument count")
	}
	r := &Replacer{pairs: append([]string(nil), oldnew...)}
	single := true
	for _, s := range oldnew {
		single = single && len(s) == 1
	}
	if single {
		r.bytes = make([]byte, 256)
		for i := range r.bytes {
			r.bytes[i] = byte(i)
		}
		for i := len(oldnew) - 2; i >= 0; i -= 2 {
			r.bytes[oldnew[i][0]] = oldnew[i+1][0]
		}
		return r
	}
	r.table = make([][]int32, 257)
	for i := 0; i < len(oldnew); i += 2 {
		if old := oldnew[i]; old != "" {
			r.table[old[0]] = append(r.table[old[0]], int32(i))
			continue
		}
		for c := range r.table {
			r.table[c] = append(r.table[c], int32(i))
		}
	}
	return r
}

// match returns which pair fits at the start of s, or -1. An empty old string
// does not count right after it did.
func (r *Replacer) match(s string, afterEmpty bool) int {
	c := 256
	if len(s) > 0 {
		c = int(s[0])
	}
	for _, i := range r.table[c] {
		old := r.pairs[i]
		if HasPrefix(s, old) && !(afterEmpty && old == "") {
			return int(i)
		}
	}
	return -1
}

// Replace returns s with all replacements made.
func (r *Replacer) Replace(s string) string {
	if r.bytes != nil {
		return r.replaceBytes(s)
	}
	var b []byte
	done := 0
	afterEmpty := false
	for i := 0; i <= len(s); {
		if i < len(s) && len(r.table[s[i]]) == 0 {
			i++
			afterEmpty = false
			continue
		}
		m := r.match(s[i:], afterEmpty)
		if m < 0 {
			i++
			afterEmpty = false
			continue
		}
		if b == nil {
			b = make([]byte, 0, len(s)+16)
		}
		b = append(b, s[done:i]...)
		b = append(b, r.pairs[m+1]...)
		afterEmpty = r.pairs[m] == ""
		i += len(r.pairs[m])
		done = i
	}
	if b == nil {
		return s
	}
	b = append(b, s[done:]...)
	return bytealg.View(b)
}

func (r *Replacer) replaceBytes(s string) string {
	for i := 0; i < len(s); i++ {
		if r.bytes[s[i]] == s[i] {
			continue
		}
		b := []byte(s)
		for ; i < len(b); i++ {
			b[i] = r.bytes[b[i]]
		}
		return bytealg.View(b)
	}
	return s
}

// WriteString writes s to w with all replacements made.
func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	return io.WriteString(w, r.Replace(s))
}
