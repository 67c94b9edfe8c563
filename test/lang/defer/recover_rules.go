// recover works only when a deferred function calls it itself.
package main

import "fmt"

func helper() any { return recover() }

func direct() (s string) {
	defer func() { s = fmt.Sprint("direct ", recover()) }()
	panic(1)
}

func nested() (s string) {
	defer func() {
		if e := recover(); e != nil {
			s = fmt.Sprint("outer got ", e)
		}
	}()
	defer func() {
		func() {
			if e := recover(); e != nil {
				fmt.Println("WRONG: recovered one level too deep")
			}
		}()
	}()
	panic(2)
}

func viaHelper() (s string) {
	defer func() {
		e := recover()
		s = fmt.Sprint("helper missed, got ", e)
	}()
	defer func() {
		if helper() != nil {
			fmt.Println("WRONG: helper recovered")
		}
	}()
	panic(3)
}

func deferredHelper() (s string) {
	s = "never set"
	defer helper()
	panic(4)
}

func noPanic() any {
	return recover()
}

func twice() {
	defer func() {
		fmt.Println("first", recover())
		fmt.Println("second", recover())
	}()
	panic(5)
}

func main() {
	fmt.Println(direct())               // expect: direct 1
	fmt.Println(nested())               // expect: outer got 2
	fmt.Println(viaHelper())            // expect: helper missed, got 3
	fmt.Println(deferredHelper() == "") // expect: false
	fmt.Println(noPanic(), recover())   // expect: <nil> <nil>
	twice()
	// expect: first 5
	// expect: second <nil>
}
