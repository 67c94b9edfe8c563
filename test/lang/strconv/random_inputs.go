// strconv, unicode, math, math/bits and sort on pseudo-random inputs: results are
// hashed and must be those of Go, bit for bit.
// except gcstress millions of allocations: a collection at every seventh takes minutes
package main

import (
	"fmt"
	"math"
	"math/bits"
	"sort"
	"strconv"
	"unicode"
	"unicode/utf8"
)

var seed uint64 = 1

func rnd() uint64 {
	seed += 0x9E3779B97F4A7C15
	z := seed
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}
func hash(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
func rf() float64 {
	switch rnd() % 4 {
	case 0:
		return math.Float64frombits(rnd())
	case 1:
		return float64(int64(rnd())) / (1 << 60)
	case 2:
		return float64(int64(rnd()) >> (rnd() % 60))
	}
	return float64(rnd()%100000) / 100
}

func main() {
	for chunk := 0; chunk < 20; chunk++ {
		h := uint64(1)
		for i := 0; i < 5000; i++ {
			f := rf()
			fm := "beEfgGxX"[rnd()%8]
			prec := int(rnd()%20) - 1
			bs := 64
			if rnd()%3 == 0 {
				bs = 32
			}
			s := strconv.FormatFloat(f, fm, prec, bs)
			h = hash(h, s)
			g, err := strconv.ParseFloat(s, bs)
			h = hash(h, strconv.FormatFloat(g, 'g', -1, 64)+fmt.Sprint(err))
			h = hash(h, strconv.Quote(string(rune(rnd()%0x110000))+s))
			n := int64(rnd()) >> (rnd() % 64)
			t := strconv.FormatInt(n, int(rnd()%35)+2)
			h = hash(h, t)
			v, err := strconv.ParseInt(t, 10, 32)
			h = hash(h, fmt.Sprintln(v, err, n))
			r := rune(rnd() % 0x110000)
			h = hash(h, fmt.Sprint(unicode.IsLetter(r), unicode.IsPrint(r), unicode.ToUpper(r), unicode.ToLower(r), utf8.RuneLen(r)))
		}
		fmt.Printf("strconv %d %x\n", chunk, h)
	}
	fs := []func(float64) float64{math.Sqrt, math.Floor, math.Ceil, math.Trunc, math.Exp, math.Log, math.Log2, math.Log10, math.Log1p, math.Exp2, math.Expm1, math.Sin, math.Cos, math.Tan, math.Asin, math.Acos, math.Atan, math.Sinh, math.Cosh, math.Tanh, math.Asinh, math.Acosh, math.Atanh, math.Cbrt, math.Round, math.RoundToEven, math.Abs, math.Erf, math.Erfc, math.Gamma}
	for k, f := range fs {
		h := uint64(0)
		for i := 0; i < 20000; i++ {
			r := f(rf())
			if r == r {
				h = h*31 + math.Float64bits(r)
			} else {
				h = h*31 + 7
			}
		}
		fmt.Printf("math %d %x\n", k, h)
	}
	h := uint64(0)
	for i := 0; i < 50000; i++ {
		x, y := rf(), rf()
		for _, r := range []float64{math.Pow(x, y), math.Atan2(x, y), math.Hypot(x, y), math.Remainder(x, y), math.FMA(x, y, x)} {
			if r == r {
				h = h*31 + math.Float64bits(r)
			}
		}
		a, b := rnd(), rnd()
		hi, lo := bits.Mul64(a, b)
		q, m := bits.Div64(hi%b, lo, b)
		h = h*31 + hi ^ lo ^ q ^ m + uint64(bits.LeadingZeros64(a>>(b%64))+bits.OnesCount64(a)) + bits.Reverse64(b)
	}
	fmt.Printf("two %x\n", h)
	x := make([]int, 20000)
	ss := make([]string, len(x))
	type pr struct {
		k int
		s string
	}
	ps := make([]pr, len(x))
	for i := range x {
		x[i] = int(rnd() % 5000)
		ss[i] = strconv.Itoa(x[i] * 7919)
		ps[i] = pr{x[i] % 100, ss[i]}
	}
	sort.Ints(x)
	sort.Strings(ss)
	sort.SliceStable(ps, func(i, j int) bool { return ps[i].k < ps[j].k })
	fmt.Println(x[:10], ss[:10], ps[:10], sort.SearchInts(x, 2500))
	sort.Slice(ps, func(i, j int) bool { return ps[i].s < ps[j].s })
	h = 0
	for i := range x {
		h = hash(h, fmt.Sprint(x[i], ss[i], ps[i]))
	}
	fmt.Printf("sort %x\n", h)
}

// expect: strconv 0 bb79b32b80c90cac
// expect: strconv 1 e7e6e5d828cb5b1d
// expect: strconv 2 9bd5cd52a2c2598d
// expect: strconv 3 3a246d0653da47e
// expect: strconv 4 7d52bf66d3e1bb77
// expect: strconv 5 f2813e9fb8afc83a
// expect: strconv 6 61e1f62b8b198e17
// expect: strconv 7 c857229678463ff
// expect: strconv 8 cb0bc23509f970c3
// expect: strconv 9 cf6755af9e81ea2a
// expect: strconv 10 320c337b778ce083
// expect: strconv 11 e3fcda3f5009b766
// expect: strconv 12 7267411580032451
// expect: strconv 13 93318e3ac9fef4c7
// expect: strconv 14 9cfc4f37a2999864
// expect: strconv 15 62da856d4de58737
// expect: strconv 16 cb63a8e39092a0bc
// expect: strconv 17 e26e27d69ba660c9
// expect: strconv 18 8dafbf65e97da7fc
// expect: strconv 19 e42f99a6c7ae3b1c
// expect: math 0 f224737fb08a5567
// expect: math 1 ee7c66f66447ec7c
// expect: math 2 f31e88782f3f703d
// expect: math 3 1b77984e79cf49f1
// expect: math 4 130b09e8b755b155
// expect: math 5 4b600ce19226838c
// expect: math 6 af033067d1011c77
// expect: math 7 1579cdaa9c18e750
// expect: math 8 2cf86ccce9e623d3
// expect: math 9 d8099a35d0953642
// expect: math 10 70a7c6c4799ab8a6
// expect: math 11 8479e95f4d6aeb36
// expect: math 12 8b811e11d416b30d
// expect: math 13 44678313b0755683
// expect: math 14 be431282cafd939b
// expect: math 15 f7153846368abaca
// expect: math 16 bb945d743143a130
// expect: math 17 eb75fc98296dfdcb
// expect: math 18 43a430a101c29fd5
// expect: math 19 f704499f8c48859a
// expect: math 20 c2d56f775e8a7908
// expect: math 21 65ce2f360b3a6aa3
// expect: math 22 f459c85c35fbf8f8
// expect: math 23 1fe9762d8b837a3f
// expect: math 24 c3df16e6bb696a62
// expect: math 25 5e01b03c85bfe67
// expect: math 26 49ec420a24de3e98
// expect: math 27 55d3f0f1919148f5
// expect: math 28 f6a55034b947f3b3
// expect: math 29 5528a3e3ca772059
// expect: two 9a52d68e5558e9e5
// expect: [0 0 0 0 1 1 1 1 1 1] [0 0 0 0 10001697 10001697 10001697 10001697 10001697 10001697] [{0 25340800} {0 3167600} {0 8710900} {0 11878500} {0 14254200} {0 8710900} {0 9502800} {0 11878500} {0 27716500} {0 9502800}] 10069
// expect: sort bd76ddc6df6cbb9
