// LRU cache: keep what was used last, forget the rest.
//
// Shows: a map and a doubly linked list that work on the same nodes, methods
// with pointer receivers, a function as a field. The cache stands in front of a
// slow function and counts hits and misses; the collector takes what is evicted.
//
// Usage: lru [CAPACITY]
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// entry is a node of the list: the most recently used is next to the head.
type entry struct {
	key        string
	value      int
	prev, next *entry
}

// cache holds at most capacity entries. The list is a ring through head, which
// itself holds nothing; len(index) is the number of entries in the ring.
type cache struct {
	capacity     int
	index        map[string]*entry
	head         entry
	onEvict      func(key string, value int)
	hits, misses int
}

func newCache(capacity int) *cache {
	c := &cache{capacity: capacity, index: make(map[string]*entry)}
	c.head.prev, c.head.next = &c.head, &c.head
	return c
}

// unlink takes e out of the ring.
func (e *entry) unlink() {
	e.prev.next, e.next.prev = e.next, e.prev
	e.prev, e.next = nil, nil
}

// pushFront makes e the most recently used.
func (c *cache) pushFront(e *entry) {
	e.prev, e.next = &c.head, c.head.next
	e.prev.next, e.next.prev = e, e
}

// get returns the value for a key and makes it the most recently used.
func (c *cache) get(key string) (int, bool) {
	e, ok := c.index[key]
	if !ok {
		c.misses++
		return 0, false
	}
	c.hits++
	e.unlink()
	c.pushFront(e)
	return e.value, true
}

// put adds or replaces a value; the least recently used may have to go.
func (c *cache) put(key string, value int) {
	if e, ok := c.index[key]; ok {
		e.value = value
		e.unlink()
		c.pushFront(e)
		return
	}
	if len(c.index) >= c.capacity {
		oldest := c.head.prev
		oldest.unlink()
		delete(c.index, oldest.key)
		if c.onEvict != nil {
			c.onEvict(oldest.key, oldest.value)
		}
	}
	e := &entry{key: key, value: value}
	c.index[key] = e
	c.pushFront(e)
}

// keys lists the keys from the most to the least recently used.
func (c *cache) keys() []string {
	var keys []string
	for e := c.head.next; e != &c.head; e = e.next {
		keys = append(keys, e.key)
	}
	return keys
}

// String shows the cache, newest first.
func (c *cache) String() string {
	return "[" + strings.Join(c.keys(), " ") + "]"
}

// collatz is the slow function: the number of steps from n down to 1.
func collatz(n int) (steps int) {
	for ; n != 1; steps++ {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
	}
	return steps
}

// cached looks a number up before it computes it.
func cached(c *cache, n int) int {
	key := strconv.Itoa(n)
	if v, ok := c.get(key); ok {
		return v
	}
	v := collatz(n)
	c.put(key, v)
	return v
}

func main() {
	capacity := 1000
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			capacity = v
		}
	}

	// A small one, step by step.
	small := newCache(3)
	small.onEvict = func(key string, value int) { fmt.Println("  evicted", key, value) }
	for i, key := range []string{"a", "b", "c", "a", "d", "e", "a", "f"} {
		if v, ok := small.get(key); ok {
			fmt.Println("found", key, v, small)
			continue
		}
		small.put(key, i)
		fmt.Println("added", key, i, small)
	}

	// A larger one under a skewed load.
	c := newCache(capacity)
	evicted := 0
	c.onEvict = func(string, int) { evicted++ }
	sum, x := 0, uint32(1)
	for range 300000 {
		x = x*1664525 + 1013904223
		n := int(x>>8) % 4000
		sum += cached(c, n*n/4000+1)
	}
	fmt.Printf("capacity %d: %d hits, %d misses, %d evicted, %d kept\n",
		capacity, c.hits, c.misses, evicted, len(c.keys()))
	fmt.Println("sum of all steps:", sum)
}
