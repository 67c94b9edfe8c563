// Float verbs, precision, special values.
package main

import (
	"fmt"
	"math"
)

func main() {
	fmt.Printf("%f|%.2f|%8.3f|%-8.1f|%08.2f|%+.1f|%e|%.3E|%g|%G\n", 3.14159, 3.14159, 3.14159, 3.14159, 3.14159, 3.14159, 314.159, 314.159, 1e21, 1e-7)
	// expect: 3.141590|3.14|   3.142|3.1     |00003.14|+3.1|3.141590e+02|3.142E+02|1e+21|1E-07
	fmt.Println(1.0, 100.0, 1e20, 1e21, 1e-4, 1e-5, 123456789.0, 0.1, 1.0/3, float32(1.0)/3, float32(0.1))
	// expect: 1 100 1e+20 1e+21 0.0001 1e-05 1.23456789e+08 0.1 0.3333333333333333 0.33333334 0.1
	fmt.Println(math.Inf(1), math.Inf(-1), math.NaN(), math.Copysign(0, -1))                                   // expect: +Inf -Inf NaN -0
	fmt.Printf("%v %6.2f %+v %5v|%-6v|%06.1f\n", math.Inf(1), math.NaN(), math.Inf(1), 1.5, 2.5, math.Inf(-1)) // expect: +Inf    NaN +Inf   1.5|2.5   |  -Inf
	fmt.Printf("%g %g %.3g %.10g %g\n", 100000.0, 1000000.0, 1234567.0, 1234567.0, 1e100)                      // expect: 100000 1e+06 1.23e+06 1234567 1e+100
	fmt.Printf("%.0f %.0f %.0f %.0f %.1f %.1f\n", 0.5, 1.5, 2.5, -0.5, 0.25, 0.35)                             // expect: 0 2 2 -0 0.2 0.3
	fmt.Println(math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32, 5e-324, 1.7976931348623157e308)
	// expect: 1.7976931348623157e+308 5e-324 3.4028234663852886e+38 5e-324 1.7976931348623157e+308
	fmt.Println(0.1+0.2, 1e23, 9007199254740993.0, 4.35, 2.675*100, 1e15+0.3)
	// expect: 0.3 1e+23 9.007199254740992e+15 4.35 267.5 1.0000000000000002e+15
	fmt.Printf("%.20f %.30g\n", 0.1, 0.1)                                                  // expect: 0.10000000000000000555 0.100000000000000005551115123126
	fmt.Printf("%x %X %b\n", 1.5, -0.25, 1.0)                                              // expect: 0x1.8p+00 -0X1P-02 4503599627370496p-52
	fmt.Println(float32(16777216.0), float32(3.4e38), float32(1e-45), []float32{1.5, 0.1}) // expect: 1.6777216e+07 3.4e+38 1e-45 [1.5 0.1]
	fmt.Printf("%6.3v|%#v %#v %#v\n", 3.14159, 1.0, 1e6, 1e21)                             // expect:   3.14|1 1e+06 1e+21
	fmt.Println([]float64{1, 2.5, 1e30}, 1e9, 12345678.9)                                  // expect: [1 2.5 1e+30] 1e+09 1.23456789e+07
}
