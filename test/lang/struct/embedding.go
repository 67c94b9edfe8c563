// Fields and methods of embedded types are promoted; the outermost wins.
package main

import "fmt"

type animal struct{ name string }

func (a animal) Name() string     { return a.name }
func (a *animal) Rename(s string) { a.name = s }
func (a animal) Sound() string    { return "..." }
func (a animal) Describe() string { return a.name + " says " + a.Sound() }

type tag struct{ id int }

func (t *tag) ID() int { t.id++; return t.id }

type dog struct {
	animal
	*tag
	breed string
}

func (d dog) Sound() string { return "woof" }

type puppy struct {
	dog
	age int
}

type namer interface{ Name() string }
type renamer interface {
	namer
	Rename(string)
}

func main() {
	d := dog{animal{"rex"}, &tag{10}, "mix"}
	fmt.Println(d.Name(), d.Sound(), d.Describe(), d.animal.Sound()) // expect: rex woof rex says ... ...
	d.Rename("max")
	fmt.Println(d.name, d.animal.name, d.ID(), d.id) // expect: max max 11 11
	p := puppy{d, 1}
	p.Rename("bit")
	fmt.Println(p.Name(), d.Name(), p.dog.animal.name, p.Sound(), p.ID(), d.ID()) // expect: bit max bit woof 12 13
	var n namer = p
	fmt.Println(n.Name()) // expect: bit
	var r renamer = &p
	r.Rename("pup")
	fmt.Println(p.Name(), n.Name()) // expect: pup bit
	f := p.Describe
	p.name = "later"
	fmt.Println(f(), p.Describe()) // expect: pup says ... later says ...
	g := (*puppy).Rename
	g(&p, "via expr")
	fmt.Println(puppy.Name(p)) // expect: via expr
}
