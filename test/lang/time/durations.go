// Durations: arithmetic, printing, parsing.
package main

import (
	"fmt"
	"time"
)

func main() {
	fmt.Println(time.Second, 1500*time.Millisecond, time.Duration(0), 90*time.Minute, 2*time.Microsecond, 999*time.Nanosecond, -time.Second) // expect: 1s 1.5s 0s 1h30m0s 2µs 999ns -1s
	d := 3*time.Hour + 25*time.Minute + 45*time.Second + 500*time.Millisecond
	fmt.Println(d, d.Hours(), d.Minutes(), d.Seconds(), d.Milliseconds(), int64(d))
	// expect: 3h25m45.5s 3.4293055555555556 205.75833333333333 12345.5 12345500 12345500000000
	fmt.Println(d.Round(time.Hour), d.Truncate(time.Minute), d/2, d%time.Hour) // expect: 3h0m0s 3h25m0s 1h42m52.75s 25m45.5s
	p, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(p, err) // expect: 1h15m30.918s <nil>
	_, err = time.ParseDuration("nonsense")
	fmt.Println(err)                                                                               // expect: time: invalid duration "nonsense"
	fmt.Printf("%v %d %s %T\n", time.Millisecond, time.Millisecond, time.Microsecond, time.Second) // expect: 1ms 1000000 1µs time.Duration
}
