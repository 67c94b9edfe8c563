// Floats round correctly, at the hard places too.
package main

import (
	"fmt"
	"strconv"
)

func main() {
	for _, s := range []string{"3.14", "-0", "1e10", "1e400", "-1e400", "1e-400", ".5", "5.", "inf", "-Infinity", "NaN", "0x1p-2", "1e", "", "abc", "1.2.3", "1_0.5",
		"9007199254740993", "2.2250738585072011e-308", "4.9e-324", "2.4703282292062327e-324", "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
		"0.000000000000000000000000000000000000000000000000000000000000000000001", "123456789012345678901234567890", "1.00000000000000011102230246251565404236316680908203125", "8.41e21", "6.02214076e23"} {
		f, err := strconv.ParseFloat(s, 64)
		if len(s) > 40 {
			s = s[:40] + "..."
		}
		fmt.Println(s, f, err)
	}
	// expect: 3.14 3.14 <nil>
	// expect: -0 -0 <nil>
	// expect: 1e10 1e+10 <nil>
	// expect: 1e400 +Inf strconv.ParseFloat: parsing "1e400": value out of range
	// expect: -1e400 -Inf strconv.ParseFloat: parsing "-1e400": value out of range
	// expect: 1e-400 0 <nil>
	// expect: .5 0.5 <nil>
	// expect: 5. 5 <nil>
	// expect: inf +Inf <nil>
	// expect: -Infinity -Inf <nil>
	// expect: NaN NaN <nil>
	// expect: 0x1p-2 0.25 <nil>
	// expect: 1e 0 strconv.ParseFloat: parsing "1e": invalid syntax
	// expect:  0 strconv.ParseFloat: parsing "": invalid syntax
	// expect: abc 0 strconv.ParseFloat: parsing "abc": invalid syntax
	// expect: 1.2.3 0 strconv.ParseFloat: parsing "1.2.3": invalid syntax
	// expect: 1_0.5 10.5 <nil>
	// expect: 9007199254740993 9.007199254740992e+15 <nil>
	// expect: 2.2250738585072011e-308 2.225073858507201e-308 <nil>
	// expect: 4.9e-324 5e-324 <nil>
	// expect: 2.4703282292062327e-324 0 <nil>
	// expect: 1797693134862315807937289714053034150799... 1.7976931348623157e+293 <nil>
	// expect: 0.00000000000000000000000000000000000000... 1e-69 <nil>
	// expect: 123456789012345678901234567890 1.2345678901234568e+29 <nil>
	// expect: 1.00000000000000011102230246251565404236... 1 <nil>
	// expect: 8.41e21 8.41e+21 <nil>
	// expect: 6.02214076e23 6.02214076e+23 <nil>
	f, err := strconv.ParseFloat("3.4e39", 32)
	fmt.Println(f, err)
	// expect: +Inf strconv.ParseFloat: parsing "3.4e39": value out of range
	f, _ = strconv.ParseFloat("0.1", 32)
	fmt.Println(f, float32(f)) // expect: 0.10000000149011612 0.1
	bad := 0
	x := 1.0
	for i := range 2000 {
		x = x*1.37 + float64(i)*1e-9
		if x > 1e300 {
			x *= 1e-600 * 1e300
		}
		y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', -1, 64), 64)
		if y != x {
			bad++
		}
	}
	fmt.Println(bad) // expect: 0
}
