// Comparing and hashing a type that nests forty deep, from every depth of a small stack.
package main

import "fmt"

type t0 struct {
	s string
	f float64
}

type (
	t1 struct{ in t0 }
	t2 struct{ in t1 }
	t3 struct{ in t2 }
	t4 struct{ in t3 }
	t5 struct{ in t4 }
	t6 struct{ in t5 }
	t7 struct{ in t6 }
	t8 struct{ in t7 }
	t9 struct{ in t8 }
	t10 struct{ in t9 }
	t11 struct{ in t10 }
	t12 struct{ in t11 }
	t13 struct{ in t12 }
	t14 struct{ in t13 }
	t15 struct{ in t14 }
	t16 struct{ in t15 }
	t17 struct{ in t16 }
	t18 struct{ in t17 }
	t19 struct{ in t18 }
	t20 struct{ in t19 }
	t21 struct{ in t20 }
	t22 struct{ in t21 }
	t23 struct{ in t22 }
	t24 struct{ in t23 }
	t25 struct{ in t24 }
	t26 struct{ in t25 }
	t27 struct{ in t26 }
	t28 struct{ in t27 }
	t29 struct{ in t28 }
	t30 struct{ in t29 }
	t31 struct{ in t30 }
	t32 struct{ in t31 }
	t33 struct{ in t32 }
	t34 struct{ in t33 }
	t35 struct{ in t34 }
	t36 struct{ in t35 }
	t37 struct{ in t36 }
	t38 struct{ in t37 }
	t39 struct{ in t38 }
)

var a, b t39

func equal(a, b any) bool { return a == b }

func from(depth int) bool {
	if depth == 0 {
		return equal(a, b) && map[t39]bool{a: true}[b]
	}
	return from(depth - 1)
}

func main() {
	wrong := 0
	for depth := range 200 {
		c := make(chan bool)
		go func() { c <- from(depth) }()
		if !<-c {
			wrong++
		}
	}
	fmt.Println(wrong) // expect: 0
}
