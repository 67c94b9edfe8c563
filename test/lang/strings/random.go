// Random strings through strings, bytes, bufio and time: one sum over all results.
// except gcstress millions of allocations: a collection at every seventh takes minutes
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"
)

var seed uint64 = 12345

func rnd(n int) int {
	seed = seed*6364136223846793005 + 1442695040888963407
	return int(seed>>33) % n
}

var alpha = []string{"a", "b", "A", "B", "é", "É", "ß", "世", "\xff", "\xc3", " ", "\t", "\n", "K", "k", "ſ", "", "a", "a", "b", "_", "1"}

func rs(n int) string {
	o := ""
	for k := rnd(n + 1); k > 0; k-- {
		o += alpha[rnd(len(alpha))]
	}
	return o
}

var sum uint64

func add(a ...any) {
	s := fmt.Sprint(a...)
	for i := 0; i < len(s); i++ {
		sum = (sum ^ uint64(s[i])) * 1099511628211
	}
}

func main() {
	up := func(c rune) bool { return unicode.IsUpper(c) || c == 'b' }
	for i := 0; i < 4000; i++ {
		x, y, z := rs(40), rs(3), rs(4)
		n := rnd(6) - 2
		add(strings.Index(x, y), strings.LastIndex(x, y), strings.IndexAny(x, z), strings.LastIndexAny(x, z), strings.IndexFunc(x, up), strings.Count(x, y), strings.Compare(y, z))
		add(strings.SplitN(x, y, n), strings.SplitAfter(x, y), strings.Fields(x), strings.FieldsFunc(x, up), strings.Join(strings.Split(x, y), z))
		add(strings.Replace(x, y, z, n), strings.Trim(x, z), strings.TrimSpace(x), strings.TrimFunc(x, up), strings.ToUpper(x), strings.ToLower(x), strings.Title(x), strings.ToValidUTF8(x, y), strings.EqualFold(y, z))
		add(strings.NewReplacer(y, z, "a", "b", "", "", "世", "ab").Replace(x))
		add(string(bytes.TrimSpace([]byte(x))), bytes.Fields([]byte(x)), bytes.Index([]byte(x), []byte(y)), bytes.Split([]byte(x), []byte(y)))
		sc := bufio.NewScanner(strings.NewReader(x))
		for sc.Scan() {
			add(sc.Text())
		}
		t := time.Unix(int64(rnd(2000000000)), int64(rnd(1000000000))).UTC()
		s := t.Format(time.RFC1123Z)
		p, err := time.Parse(time.RFC1123Z, s)
		add(t.String(), s, p.UTC().String(), err, t.Add(time.Duration(rnd(1<<40))).String(), time.Duration(rnd(1<<40)).String())
	}
	fmt.Println("small", sum) // expect: small 6565507119989572095
	big := strings.Repeat("abcdefgh", 200000)
	add(strings.Index(big, "hgf"), strings.Index(big+"zz", "hzz"), strings.Count(big, "cd"), strings.LastIndex("zz"+big, "zz"), strings.IndexByte(big+"!", '!'), strings.Count(big, "h"))
	aa := strings.Repeat("a", 1000000)
	add(strings.Index(aa, strings.Repeat("a", 999)+"b"), strings.Index(aa+"b", strings.Repeat("a", 99)+"b"), strings.Index(aa, "b"+strings.Repeat("a", 999)), strings.Index(aa, "ab"+strings.Repeat("a", 999)))
	fmt.Println("big", sum) // expect: big 15271858956125822012
}
