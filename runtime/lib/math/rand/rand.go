// Package rand makes pseudo-random numbers.
//
// Only the top-level functions are here; like Go's they are seeded by chance and
// may be called by any number of goroutines.  The generator is a counter,
// advanced atomically, whose bits are mixed (Steele, Lea and Flood's SplitMix,
// 2014).  Not provided: New and NewSource, whose sequences for a given seed
// Go's users rely on.
package rand

import (
	"math"
	"math/bits"
	"sync/atomic"
)

// entropy returns 64 bits from the kernel.  Implemented in link_math.c.
func entropy() uint64

var counter = entropy()

// Uint64 returns 64 random bits.
func Uint64() uint64 {
	z := atomic.AddUint64(&counter, 0x9E3779B97F4A7C15)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below returns a number in [0, n), each as likely.
func below(n uint64) uint64 {
	hi, lo := bits.Mul64(Uint64(), n)
	if lo < n {
		// The first -n mod n of the products would come once too often.
		for first := -n % n; lo < first; {
			hi, lo = bits.Mul64(Uint64(), n)
		}
	}
	return hi
}

// Seed does nothing: the sequence is random in any case.
func Seed(seed int64) {}

// Uint32 returns 32 random bits.
func Uint32() uint32 { return uint32(Uint64() >> 32) }

// Int63 returns a random number in [0, 1<<63).
func Int63() int64 { return int64(Uint64() >> 1) }

// Int31 returns a random number in [0, 1<<31).
func Int31() int32 { return int32(Uint64() >> 33) }

// Int returns a random number that is not negative.
func Int() int { return int(Uint64() >> 1) }

// Int63n returns a random number in [0, n); it panics if n <= 0.
func Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	return int64(below(uint64(n)))
}

// Int31n returns a random number in [0, n); it panics if n <= 0.
func Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	return int32(below(uint64(n)))
}

// Intn returns a random number in [0, n); it panics if n <= 0.
func Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	return int(below(uint64(n)))
}

// Float64 returns a random number in [0, 1).
func Float64() float64 { return float64(Uint64()>>11) * (1.0 / (1 << 53)) }

// Float32 returns a random number in [0, 1).
func Float32() float32 { return float32(Uint64()>>40) * (1.0 / (1 << 24)) }

// ExpFloat64 returns an exponentially distributed number of mean 1.
func ExpFloat64() float64 { return -math.Log(1 - Float64()) }

// NormFloat64 returns a normally distributed number of mean 0 and standard
// deviation 1, by Marsaglia's polar method.
func NormFloat64() float64 {
	for {
		x, y := 2*Float64()-1, 2*Float64()-1
		if s := x*x + y*y; 0 < s && s < 1 {
			return x * math.Sqrt(-2*math.Log(s)/s)
		}
	}
}

// Shuffle puts n elements in random order by exchanging them.
func Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := n - 1; i > 0; i-- {
		swap(i, Intn(i+1))
	}
}

// Perm returns the numbers from 0 to n-1 in random order.
func Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := Intn(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}
