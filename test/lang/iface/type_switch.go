// Every form of type switch.
package main

import (
	"errors"
	"fmt"
	"time"
)

type E string

func (e E) Error() string { return string(e) }

func what(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", x)
	case float64:
		return fmt.Sprint("float ", x*2)
	case string:
		return "string " + x
	case []int:
		return fmt.Sprint("slice of ", len(x))
	case map[string]int:
		return fmt.Sprint("map ", x["a"])
	case error:
		return "error " + x.Error()
	case func() int:
		return fmt.Sprint("func ", x())
	case *int:
		return fmt.Sprint("pointer ", *x)
	case [2]bool:
		return fmt.Sprint("array ", x[0])
	case struct{ a int }:
		return fmt.Sprint("struct ", x.a)
	case fmt.Stringer:
		return "stringer " + x.String()
	case chan int:
		return fmt.Sprint("chan ", cap(x))
	default:
		return fmt.Sprintf("other %T", x)
	}
}

func main() {
	n := 8
	vs := []any{nil, 1, int64(2), 2.5, "s", []int{1, 2}, map[string]int{"a": 4}, E("bad"), errors.New("worse"),
		func() int { return 6 }, &n, [2]bool{true, false}, struct{ a int }{9}, time.Second, make(chan int, 3), int8(1), [3]bool{}, 'x'}
	for _, v := range vs {
		fmt.Println(what(v))
	}
	// expect: nil
	// expect: integer 1
	// expect: integer 2
	// expect: float 5
	// expect: string s
	// expect: slice of 2
	// expect: map 4
	// expect: error bad
	// expect: error worse
	// expect: func 6
	// expect: pointer 8
	// expect: array true
	// expect: struct 9
	// expect: stringer 1s
	// expect: chan 3
	// expect: other int8
	// expect: other [3]bool
	// expect: other int32
	switch any(5).(type) {
	case string:
		fmt.Println("string")
	}
	switch y := 3; v := any(y).(type) {
	default:
		fmt.Printf("default %T\n", v)
	case string:
	}
	// expect: default int
	var e error = E("x")
	switch e.(type) {
	case interface{ Timeout() bool }:
		fmt.Println("timeout")
	case E:
		fmt.Println("E")
	}
	// expect: E
}
