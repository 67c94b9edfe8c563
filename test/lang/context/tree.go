// Contexts in a tree: cancel, deadline, values, causes, AfterFunc.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type key int

func main() {
	a, cancelA := context.WithCancel(context.Background())
	v := context.WithValue(a, key(1), "one")
	b, cancelB := context.WithTimeout(v, time.Hour)
	defer cancelB()
	fmt.Println(b.Value(key(1)), b.Value(key(2)), b.Err()) // expect: one <nil> <nil>
	_, has := b.Deadline()
	fmt.Println(has, context.Background()) // expect: true context.Background

	stop := context.AfterFunc(b, func() { panic("stopped") })
	fmt.Println(stop(), stop()) // expect: true false
	called := make(chan bool)
	context.AfterFunc(b, func() { called <- true })
	free := context.WithoutCancel(b)
	cancelA()
	<-b.Done()
	fmt.Println(<-called, b.Err(), free.Err(), free.Value(key(1))) // expect: true context canceled <nil> one

	c, cancelC := context.WithCancelCause(context.Background())
	d, cancelD := context.WithCancel(c)
	defer cancelD()
	cancelC(errors.New("enough"))
	fmt.Println(d.Err(), context.Cause(d)) // expect: context canceled enough

	e, cancelE := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancelE()
	select {
	case <-e.Done():
		fmt.Println(e.Err(), errors.Is(e.Err(), context.DeadlineExceeded)) // expect: context deadline exceeded true
	case <-time.After(10 * time.Second):
		fmt.Println("late")
	}
}
