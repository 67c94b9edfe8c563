// Lists and trees through pointers, slices and maps of the type itself.
package main

import "fmt"

type tree struct {
	left, right *tree
	val         int
}

func (t *tree) insert(v int) *tree {
	if t == nil {
		return &tree{val: v}
	}
	if v < t.val {
		t.left = t.left.insert(v)
	} else {
		t.right = t.right.insert(v)
	}
	return t
}

func (t *tree) walk(f func(int)) {
	if t != nil {
		t.left.walk(f)
		f(t.val)
		t.right.walk(f)
	}
}

type dir struct {
	name string
	subs []dir
	byID map[int]*dir
}

func (d dir) count() int {
	n := 1
	for _, s := range d.subs {
		n += s.count()
	}
	return n
}

func main() {
	var root *tree
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		root = root.insert(v)
	}
	var out []int
	root.walk(func(v int) { out = append(out, v) })
	fmt.Println(out) // expect: [1 2 3 5 8 9]
	d := dir{"a", []dir{{"b", nil, nil}, {"c", []dir{{name: "d"}}, nil}}, map[int]*dir{}}
	d.byID[1] = &d.subs[1]
	fmt.Println(d.count(), d.byID[1].subs[0].name) // expect: 4 d
	type ring struct {
		next *ring
		n    int
	}
	r := &ring{n: 1}
	r.next = &ring{r, 2}
	fmt.Println(r.next.next.n, r.next.next == r) // expect: 1 true
	type rec []rec
	x := rec{nil, {nil}, {}}
	fmt.Println(len(x), len(x[1]), x[0] == nil) // expect: 3 1 true
	type fn func(fn, int) int
	fact := fn(func(self fn, n int) int {
		if n < 2 {
			return 1
		}
		return n * self(self, n-1)
	})
	fmt.Println(fact(fact, 10)) // expect: 3628800
}
