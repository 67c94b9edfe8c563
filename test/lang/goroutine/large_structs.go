// except gcstress takes most of a minute: a whole collection at every seventh refill
// Several goroutines allocate structs of more than 512 bytes; the collector must know the type of each.
package main

import (
	"fmt"
	"sync"
)

type leaf struct{ owner, index int }

type large struct {
	head [74]int
	leaf *leaf
	tail [4]int
}

func fill(owner int) (wrong int) {
	kept := make([]*large, 2000)
	for range 20 {
		for i := range kept {
			kept[i] = new(large)
			kept[i].leaf = &leaf{owner, i}
		}
		for i, l := range kept {
			if *l.leaf != (leaf{owner, i}) {
				wrong++
			}
		}
	}
	return wrong
}

func main() {
	var all sync.WaitGroup
	wrong := make([]int, 8)
	for g := range wrong {
		all.Add(1)
		go func() {
			defer all.Done()
			wrong[g] = fill(g)
		}()
	}
	all.Wait()
	fmt.Println(wrong) // expect: [0 0 0 0 0 0 0 0]
}
