// Split, Fields, Join, Repeat, Replace, Trim, Map, case.
package main

import (
	"fmt"
	"strings"
	"unicode"
)

func main() {
	fmt.Printf("%q\n", strings.Split("a,b,,c", ","))                                                                                                           // expect: ["a" "b" "" "c"]
	fmt.Printf("%q\n", strings.Split("héy", ""))                                                                                                               // expect: ["h" "é" "y"]
	fmt.Printf("%q %q\n", strings.Split("", ","), strings.Split("abc", "x"))                                                                                   // expect: [""] ["abc"]
	fmt.Printf("%q %q\n", strings.SplitN("a,b,c,d", ",", 2), strings.SplitAfter("a,b", ","))                                                                   // expect: ["a" "b,c,d"] ["a," "b"]
	fmt.Printf("%q\n", strings.Fields("  a  b\t\nc  "))                                                                                                        // expect: ["a" "b" "c"]
	fmt.Printf("%q\n", strings.FieldsFunc("a1b22c", unicode.IsDigit))                                                                                          // expect: ["a" "b" "c"]
	fmt.Println(strings.Join([]string{"x", "y", "z"}, "-"), strings.Join(nil, "-") == "", strings.Repeat("ab", 3))                                             // expect: x-y-z true ababab
	fmt.Println(strings.Replace("aaaa", "a", "b", 2), strings.ReplaceAll("aaaa", "aa", "b"), strings.ReplaceAll("abc", "", "-"))                               // expect: bbaa bb -a-b-c-
	fmt.Printf("%q %q %q %q\n", strings.TrimSpace("\t x y \n"), strings.Trim("xxaxx", "x"), strings.TrimLeft("001200", "0"), strings.TrimRight("001200", "0")) // expect: "x y" "a" "1200" "0012"
	fmt.Println(strings.TrimPrefix("abc", "a"), strings.TrimSuffix("abc", "x"), strings.TrimFunc("12ab34", unicode.IsDigit))                                   // expect: bc abc ab
	fmt.Println(strings.ToUpper("héllo ß"), strings.ToLower("ÀBC"), strings.Title("one two"))                                                                  // expect: HÉLLO ß àbc One Two
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'a' {
			return -1
		}
		return unicode.ToUpper(r)
	}, "banana é"))
	// expect: BNN É
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;", "a", "1")
	fmt.Println(r.Replace("<a>b</a>")) // expect: &lt;1&gt;b&lt;/1&gt;
}
