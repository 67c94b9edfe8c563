// Create, write, read, remove files; errors of missing ones.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
)

func main() {
	err := os.WriteFile("t.txt", []byte("hello\nworld\n"), 0o644)
	fmt.Println(err) // expect: <nil>
	b, err := os.ReadFile("t.txt")
	fmt.Printf("%q %v\n", b, err) // expect: "hello\nworld\n" <nil>
	f, err := os.Open("t.txt")
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	// expect: hello
	// expect: world
	f.Close()
	g, _ := os.Create("u.txt")
	n, err := g.WriteString("abc")
	g.Write([]byte("def"))
	g.Close()
	fmt.Println(n, err) // expect: 3 <nil>
	b, _ = os.ReadFile("u.txt")
	fmt.Println(string(b))                              // expect: abcdef
	fmt.Println(os.Remove("t.txt"), os.Remove("u.txt")) // expect: <nil> <nil>
	_, err = os.Open("t.txt")
	fmt.Println(err, errors.Is(err, os.ErrNotExist), os.IsNotExist(err)) // expect: open t.txt: no such file or directory true true
	_, err = os.ReadFile("no/such/file")
	fmt.Println(err) // expect: open no/such/file: no such file or directory
}
