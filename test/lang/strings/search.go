// Contains, Index, Prefix, Count, Cut, fields of them.
package main

import (
	"fmt"
	"strings"
	"unicode"
)

func main() {
	s := "the quick brown fox, the lazy dog"
	fmt.Println(strings.Contains(s, "quick"), strings.Contains(s, ""), strings.ContainsRune(s, 'z'), strings.ContainsAny(s, "xyz"))                                                   // expect: true true true true
	fmt.Println(strings.Index(s, "the"), strings.LastIndex(s, "the"), strings.Index(s, "none"), strings.IndexByte(s, 'q'), strings.IndexRune("aé世", '世'), strings.IndexAny(s, "zyx")) // expect: 0 21 -1 4 3 18
	fmt.Println(strings.HasPrefix(s, "the"), strings.HasSuffix(s, "dog"), strings.HasPrefix(s, s+"x"), strings.Count(s, "o"), strings.Count("aaaa", "aa"), strings.Count("abc", ""))  // expect: true true false 3 2 4
	before, after, found := strings.Cut("key=value=x", "=")
	fmt.Println(before, after, found) // expect: key value=x true
	before, after, found = strings.Cut("nothing", "=")
	fmt.Printf("%q %q %v\n", before, after, found) // expect: "nothing" "" false
	rest, ok := strings.CutPrefix("prefix-body", "prefix-")
	fmt.Println(rest, ok) // expect: body true
	rest, ok = strings.CutSuffix("a.go", ".c")
	fmt.Println(rest, ok)                                                                                                     // expect: a.go false
	fmt.Println(strings.EqualFold("Straße", "STRAßE"), strings.Compare("a", "b"), strings.IndexFunc("abc1", unicode.IsDigit)) // expect: true -1 3
}
