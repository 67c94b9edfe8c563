// Every verb with many flags, widths and precisions, on values of all kinds: the
// texts are hashed, one line for each value.
// except gcstress millions of allocations: a collection at every seventh takes minutes
package main

import (
	"errors"
	"fmt"
	"math"
)

type S struct {
	A int
	B string
	c float64
	D []byte
	E any
	F *int
	g any
}
type St int

func (s St) String() string { return fmt.Sprintf("St<%d>", int(s)) }

type Er struct{ m string }

func (e *Er) Error() string { return e.m }

type Pn struct{}

func (Pn) String() string { panic("oops") }

type Pp struct{ x int }

func (p *Pp) String() string { return "pp" + string(rune(p.x)) }

type Go struct{ v int }

func (Go) GoString() string { return "GOSTR" }

type Fm struct{}

func (Fm) Format(s fmt.State, v rune) {
	w, wo := s.Width()
	p, po := s.Precision()
	fmt.Fprintf(s, "<%d %v %d %v %c", w, wo, p, po, v)
	for _, c := range "+-# 0" {
		fmt.Fprintf(s, " %v", s.Flag(int(c)))
	}
	fmt.Fprint(s, ">")
}

type Pf struct{}

func (Pf) Format(s fmt.State, v rune) { panic(errors.New("fmt")) }

type By []byte
type Bb uint8
type Emb struct {
	St
	X int
}
type hid struct {
	st  St
	e   error
	b   By
	arr [3]byte
}
type Fl float32
type Str string
type Bo bool
type node struct {
	next *node
	v    int
}
type Key struct {
	a int
	b string
}
type Nest struct {
	M map[string]int
	S []S
	P *S
	I interface{ M() }
	N *node
}
type If interface{ String() string }
type Ifs struct {
	I If
	E error
	A any
}

var values = []any{
	nil, true, false, Bo(true), 0, 1, -1, 42, -1234567, int8(-128), int16(300), int32(65), int32(0x1F600), int64(math.MinInt64), int64(math.MaxInt64), uint(7), uint8(200), uint16(65535), uint32(1 << 31), uint64(math.MaxUint64), uintptr(0xdead),
	0.0, math.Copysign(0, -1), 1.0, -1.5, 3.14159265358979, 1e6, 1e20, 1e21, 1e22, 123456789.0, 1e-5, 1e-4, 1e100, math.Inf(1), math.Inf(-1), math.NaN(), float32(0.1), float32(1e10), Fl(2.5),
	"", "hello", "héllo wörld", "日本語", "a\"b`c\n\t\x00\xff", Str("named"), "`",
	[]byte(nil), []byte{}, []byte("bytes"), []byte{0, 255, 10}, By("by"), [3]byte{1, 2, 3}, []Bb{1, 2}, []int(nil), []int{}, []int{1, 2, 3}, [2]bool{true, false}, []string{"a", "b c", ""}, []any{1, "a", nil, 2.5, St(3)}, []float64{1, 2.5}, [][]int{{1}, {2, 3}},
	map[string]int(nil), map[string]int{}, map[string]int{"b": 2, "a": 1, "c": 3}, map[int]string{3: "c", 1: "a"}, map[float64]bool{math.NaN(): true, 1: false, -1: true}, map[bool]int{true: 1, false: 0}, map[any]int{"a": 1, "b": 2}, map[[2]int]string{{2, 1}: "x", {1, 2}: "y"}, map[Key]int{{1, "b"}: 1, {1, "a"}: 2}, map[St]St{2: 3, 1: 4},
	S{}, S{1, "b", 2.5, []byte("d"), nil, nil, nil}, S{1, "b", 2.5, []byte("d"), "e", nil, []int{1}}, &S{A: 5, E: St(2), g: St(3)}, (*S)(nil), (*int)(nil), struct{}{}, struct{ X, y any }{1, "q"}, &struct{ X int }{3}, &[]int{1, 2}, &map[string]int{"k": 1}, &[2]string{"x", "y"}, (*[]int)(nil),
	St(5), []St{1, 2}, map[string]St{"a": 1}, Pn{}, []any{Pn{}}, &Pp{65}, (*Pp)(nil), Pp{66}, []*Pp{nil}, Go{3}, []Go{{1}}, &Go{2}, Fm{}, []any{Fm{}}, Pf{}, Emb{St(4), 2}, &Emb{St(4), 2}, hid{St(1), nil, By("q"), [3]byte{1}},
	errors.New("err"), &Er{"er"}, (*Er)(nil),
	(func())(nil), (chan int)(nil), Nest{}, Nest{M: map[string]int{"z": 1, "y": 2}, S: []S{{A: 1}}, P: nil}, Ifs{}, Ifs{St(1), nil, Go{1}}, node{}, []*int{nil}, [0]int{}, []struct{}{{}, {}}, []any(nil), []any{}, any(nil), []map[string]int{{"a": 1}}, map[string][]int{"x": {1, 2}}, map[string]any{"n": nil, "m": map[string]any{"k": 1}},
	'x', '\n', '\u00e9', '\U0010FFFF', rune(0x110000), rune(-1), func(int, ...string) (bool, error) { return false, nil } == nil, map[string]func(){"a": nil},
}

func hash(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
func try(fm string, v any) (s string) {
	defer func() {
		if e := recover(); e != nil {
			s = fmt.Sprint("PANIC ", e)
		}
	}()
	return fmt.Sprintf(fm, v)
}
func main() {
	flags := []string{"", "+", "-", "#", " ", "0", "+#", "# ", "-0", "+0", "#0", "+ ", "#+ 0", "- #"}
	wids := []string{"", "1", "8", "20"}
	precs := []string{"", ".", ".1", ".3", ".10"}
	n := 0
	for i, v := range values {
		h := uint64(14695981039346656037)
		for _, fl := range flags {
			for _, w := range wids {
				for _, pr := range precs {
					for _, vb := range "vTdboOxXcqUeEfFgGstwzé%!" {
						h = hash(h, try("%"+fl+w+pr+string(vb), v))
						n++
					}
				}
			}
		}
		fmt.Printf("%d %T %x\n", i, v, h)
	}
	fmt.Println(n)
}

// expect: 0 <nil> fc6eea1620c31d15
// expect: 1 bool 88f8ed39f57d6ddd
// expect: 2 bool 1bb2b5f0473ffa2d
// expect: 3 main.Bo 20b7ecc0eb6f2cf5
// expect: 4 int 327207dad96ff3d
// expect: 5 int e3eb596c9639b6d
// expect: 6 int 705961d31ab17297
// expect: 7 int a96f443b89c16d9d
// expect: 8 int 43d88b6048123449
// expect: 9 int8 ec9b8080026499d7
// expect: 10 int16 843c32d034ba5ead
// expect: 11 int32 54151f982be57963
// expect: 12 int32 8fe25e38056bb967
// expect: 13 int64 fd682725ae125bad
// expect: 14 int64 1ddc48058f418b87
// expect: 15 uint 3cebf22fcd8e3675
// expect: 16 uint8 87f81eb223eabab7
// expect: 17 uint16 d97d5101d430fa39
// expect: 18 uint32 5adf28c12437cfcb
// expect: 19 uint64 3f7c9fb3e99eee5b
// expect: 20 uintptr 82a65c6aecb737c5
// expect: 21 float64 4069e1631d3625cb
// expect: 22 float64 534a68027a54c3bd
// expect: 23 float64 9ef9e1bfac2e720b
// expect: 24 float64 71493c2d5a822df7
// expect: 25 float64 aea466955376f825
// expect: 26 float64 dac06a1ba1ddddb9
// expect: 27 float64 4cd0f4458a008157
// expect: 28 float64 9b79706753fbfb1
// expect: 29 float64 b976afe9ea1bed03
// expect: 30 float64 c9bf7a81928791e9
// expect: 31 float64 ae73a7bb71cf3085
// expect: 32 float64 7f4002a9d60d4887
// expect: 33 float64 d7df17eb5b2675b3
// expect: 34 float64 eb4eb29bc12f306b
// expect: 35 float64 ed6e3dbd77be4631
// expect: 36 float64 705052f63d78231d
// expect: 37 float32 6d67cb827eb9e5ab
// expect: 38 float32 c250657f464375b1
// expect: 39 main.Fl 97114fde87ae70c9
// expect: 40 string acd537f0d51cc249
// expect: 41 string 35d1bfe4f856157d
// expect: 42 string ba126cd3686e3e0b
// expect: 43 string 3371d8b9759a3385
// expect: 44 string 6eab0223cc9da405
// expect: 45 main.Str eccf361c17787f5
// expect: 46 string 7bbadb3557b486e5
// expect: 47 []uint8 c1270676d68464d5
// expect: 48 []uint8 486ea7a2f9eac94d
// expect: 49 []uint8 395a3cde12e78271
// expect: 50 []uint8 cac4b0fae93c0055
// expect: 51 main.By e304a94509dee7ad
// expect: 52 [3]uint8 efe1998e8fcd7ea5
// expect: 53 []main.Bb 82eb16dfc02311fd
// expect: 54 []int 59085d6e8c5fc1e5
// expect: 55 []int 71eda6d48aedc005
// expect: 56 []int bb332d9888134c87
// expect: 57 [2]bool 8d8337b8e25e2d3d
// expect: 58 []string 20e778deaadf640d
// expect: 59 []interface {} dd9f58afd52ae38d
// expect: 60 []float64 608c60dfc7a23aad
// expect: 61 [][]int 2d4b0a44ffcbd947
// expect: 62 map[string]int e30e383b0d135e69
// expect: 63 map[string]int ed69b4c8619637f9
// expect: 64 map[string]int 93d5995e49942c35
// expect: 65 map[int]string 421dea6f76b9bb53
// expect: 66 map[float64]bool a8643d5d16b78dbd
// expect: 67 map[bool]int d4fd8b08a155d9ed
// expect: 68 map[interface {}]int 117aca0060e38ea9
// expect: 69 map[[2]int]string d4096764e1564f1d
// expect: 70 map[main.Key]int bdb2a6ce6b9845c5
// expect: 71 map[main.St]main.St f0defca760a143e7
// expect: 72 main.S a5fac0c14175f27d
// expect: 73 main.S 2223af4fc7598d7
// expect: 74 main.S 99c02e0aa33be07
// expect: 75 *main.S 7ce69a7a472ce0a3
// expect: 76 *main.S 796e408a7264ed47
// expect: 77 *int c47951ca9b594d47
// expect: 78 struct {} d64b5d15f9601041
// expect: 79 struct { X interface {}; y interface {} } b1408398253987f9
// expect: 80 *struct { X int } ef5c8224237ebf1d
// expect: 81 *[]int 2762118070fe193f
// expect: 82 *map[string]int d3892a0050bb3eb3
// expect: 83 *[2]string e6e8db3a2ef27841
// expect: 84 *[]int 5871809431753b97
// expect: 85 main.St 91c5fff242a2edbf
// expect: 86 []main.St f03f4c549803fb97
// expect: 87 map[string]main.St ecb3c7be6830b7b9
// expect: 88 main.Pn c80b32173b3ffd
// expect: 89 []interface {} ce9e28ce611cd5cd
// expect: 90 *main.Pp e9fcccfe03016ad1
// expect: 91 *main.Pp d287749c12b05f99
// expect: 92 main.Pp 70b25d0691004383
// expect: 93 []*main.Pp 59d5463ad40bf319
// expect: 94 main.Go b343f2dddb32cdc1
// expect: 95 []main.Go a74fa4d724629baf
// expect: 96 *main.Go 6730fbfc142970d7
// expect: 97 main.Fm a3b2fe2c91ac846d
// expect: 98 []interface {} 1e6b4e98e67d6ff5
// expect: 99 main.Pf 1899f9711a39c90d
// expect: 100 main.Emb 9cc3be22ecf700f
// expect: 101 *main.Emb 6c81dbcfaf0324f
// expect: 102 main.hid e94e8140c635a077
// expect: 103 *errors.errorString 8ed88a724ec49ed3
// expect: 104 *main.Er 26e331c7dd460479
// expect: 105 *main.Er 87aae99e4c088dad
// expect: 106 func() b32bd1da5b30c667
// expect: 107 chan int 22babfb1207f291f
// expect: 108 main.Nest e781666ff898643d
// expect: 109 main.Nest fbcaf256467248c1
// expect: 110 main.Ifs 4d472d7a757abc0b
// expect: 111 main.Ifs 577cd7909e10ff6f
// expect: 112 main.node 471d10f2c7c0cf81
// expect: 113 []*int 9fa87469a2dfd247
// expect: 114 [0]int d14e6230288f1931
// expect: 115 []struct {} b5d717dc4962a703
// expect: 116 []interface {} 90305e1bf092d935
// expect: 117 []interface {} c278eda6b003b5ad
// expect: 118 <nil> fc6eea1620c31d15
// expect: 119 []map[string]int 3f4e8ecb0477b4a9
// expect: 120 map[string][]int 1252a152e50bf3f
// expect: 121 map[string]interface {} cbcb1ed4227b8d75
// expect: 122 int32 b6d52942154dfd49
// expect: 123 int32 3644bab2321becb1
// expect: 124 int32 76eca7ed0db34275
// expect: 125 int32 3858a9f03b3d93bf
// expect: 126 int32 ae03c3858ba019d5
// expect: 127 int32 7ad7b5c11062c55d
// expect: 128 bool 1bb2b5f0473ffa2d
// expect: 129 map[string]func() 32ece1c89caa06d1
// expect: 873600
