// Each iteration has its own loop variable (Go 1.22).
package main

import "fmt"

func main() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Println(f(), f())
	}
	// expect: 10 20
	// expect: 11 21
	// expect: 12 22
	fs = nil
	for i, s := range []string{"a", "b"} {
		fs = append(fs, func() int { return i*100 + len(s) })
	}
	for _, f := range fs {
		fmt.Println(f())
	}
	// expect: 1
	// expect: 101
	fs = nil
	for i := range 3 {
		fs = append(fs, func() int { return i })
	}
	fmt.Println(fs[0](), fs[1](), fs[2]()) // expect: 0 1 2
	var ps []*int
	for i := 0; i < 6; i++ {
		ps = append(ps, &i)
		i++
	}
	for _, p := range ps {
		fmt.Println(*p)
	}
	// expect: 1
	// expect: 3
	// expect: 5
	for i := 0; i < 6; i++ {
		defer func() { fmt.Println("deferred", i) }()
		f := func() { i += 2 }
		f()
	}
	var g func()
	for i := 0; i < 2; i, g = i+1, func() { fmt.Println("post", i) } {
		if g != nil {
			g()
		}
	}
	// expect: post 1
	g()
	// expect: post 2
	// expect: deferred 5
	// expect: deferred 2
}
