// Parsing integers, with the errors.
package main

import (
	"errors"
	"fmt"
	"strconv"
)

func main() {
	for _, s := range []string{"0", "42", "-7", "+5", "", "abc", "12x", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1_000", " 1"} {
		n, err := strconv.Atoi(s)
		fmt.Println(n, err)
	}
	// expect: 0 <nil>
	// expect: 42 <nil>
	// expect: -7 <nil>
	// expect: 5 <nil>
	// expect: 0 strconv.Atoi: parsing "": invalid syntax
	// expect: 0 strconv.Atoi: parsing "abc": invalid syntax
	// expect: 0 strconv.Atoi: parsing "12x": invalid syntax
	// expect: 9223372036854775807 <nil>
	// expect: 9223372036854775807 strconv.Atoi: parsing "9223372036854775808": value out of range
	// expect: -9223372036854775808 <nil>
	// expect: 0 strconv.Atoi: parsing "1_000": invalid syntax
	// expect: 0 strconv.Atoi: parsing " 1": invalid syntax
	for _, c := range []struct {
		s    string
		base int
		bits int
	}{{"ff", 16, 64}, {"0xff", 0, 64}, {"0b101", 0, 8}, {"0o17", 0, 64}, {"017", 0, 64}, {"128", 10, 8}, {"-128", 10, 8}, {"-129", 10, 8}, {"zz", 36, 64}, {"1_000", 0, 64}, {"8", 8, 64}, {"1", 1, 64}, {"1", 10, 65}} {
		n, err := strconv.ParseInt(c.s, c.base, c.bits)
		fmt.Println(n, err)
	}
	// expect: 255 <nil>
	// expect: 255 <nil>
	// expect: 5 <nil>
	// expect: 15 <nil>
	// expect: 15 <nil>
	// expect: 127 strconv.ParseInt: parsing "128": value out of range
	// expect: -128 <nil>
	// expect: -128 strconv.ParseInt: parsing "-129": value out of range
	// expect: 1295 <nil>
	// expect: 1000 <nil>
	// expect: 0 strconv.ParseInt: parsing "8": invalid syntax
	// expect: 0 strconv.ParseInt: parsing "1": invalid base 1
	// expect: 0 strconv.ParseInt: parsing "1": invalid bit size 65
	u, err := strconv.ParseUint("18446744073709551615", 10, 64)
	fmt.Println(u, err) // expect: 18446744073709551615 <nil>
	u, err = strconv.ParseUint("-1", 10, 64)
	fmt.Println(u, err) // expect: 0 strconv.ParseUint: parsing "-1": invalid syntax
	u, err = strconv.ParseUint("256", 10, 8)
	fmt.Println(u, err, errors.Is(err, strconv.ErrRange))
	// expect: 255 strconv.ParseUint: parsing "256": value out of range true
	var ne *strconv.NumError
	_, err = strconv.Atoi("q")
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Num, ne.Err == strconv.ErrSyntax) // expect: true Atoi q true
}
