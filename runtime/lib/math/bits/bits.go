// Package bits counts and moves the bits of unsigned integers.  The C halves
// are compiler builtins, in runtime/lang/link_math.c.
package bits

// UintSize is the width of a uint.
const UintSize = 64

// Implemented in link_math.c.

// LeadingZeros64 returns how many zero bits precede the first one; 64 for 0.
func LeadingZeros64(x uint64) int

// TrailingZeros64 returns how many zero bits follow the last one; 64 for 0.
func TrailingZeros64(x uint64) int

// OnesCount64 returns how many bits are one.
func OnesCount64(x uint64) int

// ReverseBytes64 returns x with its bytes in the opposite order.
func ReverseBytes64(x uint64) uint64

// Mul64 returns the 128-bit product of x and y.
func Mul64(x, y uint64) (hi, lo uint64)

// LeadingZeros returns how many zero bits precede the first one.
func LeadingZeros(x uint) int { return LeadingZeros64(uint64(x)) }

// LeadingZeros8 is LeadingZeros of 8 bits.
func LeadingZeros8(x uint8) int { return LeadingZeros64(uint64(x)) - 56 }

// LeadingZeros16 is LeadingZeros of 16 bits.
func LeadingZeros16(x uint16) int { return LeadingZeros64(uint64(x)) - 48 }

// LeadingZeros32 is LeadingZeros of 32 bits.
func LeadingZeros32(x uint32) int { return LeadingZeros64(uint64(x)) - 32 }

// TrailingZeros returns how many zero bits follow the last one.
func TrailingZeros(x uint) int { return TrailingZeros64(uint64(x)) }

// TrailingZeros8 is TrailingZeros of 8 bits.
func TrailingZeros8(x uint8) int { return TrailingZeros64(uint64(x) | 1<<8) }

// TrailingZeros16 is TrailingZeros of 16 bits.
func TrailingZeros16(x uint16) int { return TrailingZeros64(uint64(x) | 1<<16) }

// TrailingZeros32 is TrailingZeros of 32 bits.
func TrailingZeros32(x uint32) int { return TrailingZeros64(uint64(x) | 1<<32) }

// OnesCount returns how many bits are one.
func OnesCount(x uint) int { return OnesCount64(uint64(x)) }

// OnesCount8 is OnesCount of 8 bits.
func OnesCount8(x uint8) int { return OnesCount64(uint64(x)) }

// OnesCount16 is OnesCount of 16 bits.
func OnesCount16(x uint16) int { return OnesCount64(uint64(x)) }

// OnesCount32 is OnesCount of 32 bits.
func OnesCount32(x uint32) int { return OnesCount64(uint64(x)) }

// Len returns how many bits are needed to write x; 0 for 0.
func Len(x uint) int { return 64 - LeadingZeros64(uint64(x)) }

// Len8 is Len of 8 bits.
func Len8(x uint8) int { return 64 - LeadingZeros64(uint64(x)) }

// Len16 is Len of 16 bits.
func Len16(x uint16) int { return 64 - LeadingZeros64(uint64(x)) }

// Len32 is Len of 32 bits.
func Len32(x uint32) int { return 64 - LeadingZeros64(uint64(x)) }

// Len64 is Len of 64 bits.
func Len64(x uint64) int { return 64 - LeadingZeros64(x) }

// RotateLeft moves the bits of x to the left by k, right if k is negative.
func RotateLeft(x uint, k int) uint { return uint(RotateLeft64(uint64(x), k)) }

// RotateLeft8 is RotateLeft of 8 bits.
func RotateLeft8(x uint8, k int) uint8 {
	n := uint(k) & 7
	return x<<n | x>>(8-n)
}

// RotateLeft16 is RotateLeft of 16 bits.
func RotateLeft16(x uint16, k int) uint16 {
	n := uint(k) & 15
	return x<<n | x>>(16-n)
}

// RotateLeft32 is RotateLeft of 32 bits.
func RotateLeft32(x uint32, k int) uint32 {
	n := uint(k) & 31
	return x<<n | x>>(32-n)
}

// RotateLeft64 is RotateLeft of 64 bits.
func RotateLeft64(x uint64, k int) uint64 {
	n := uint(k) & 63
	return x<<n | x>>(64-n)
}

// Reverse returns the bits of x in the opposite order.
func Reverse(x uint) uint { return uint(Reverse64(uint64(x))) }

// Reverse8 is Reverse of 8 bits.
func Reverse8(x uint8) uint8 { return uint8(Reverse64(uint64(x)) >> 56) }

// Reverse16 is Reverse of 16 bits.
func Reverse16(x uint16) uint16 { return uint16(Reverse64(uint64(x)) >> 48) }

// Reverse32 is Reverse of 32 bits.
func Reverse32(x uint32) uint32 { return uint32(Reverse64(uint64(x)) >> 32) }

// Reverse64 is Reverse of 64 bits.
func Reverse64(x uint64) uint64 {
	x = ReverseBytes64(x)
	x = x>>4&0x0F0F0F0F0F0F0F0F | x&0x0F0F0F0F0F0F0F0F<<4
	x = x>>2&0x3333333333333333 | x&0x3333333333333333<<2
	return x>>1&0x5555555555555555 | x&0x5555555555555555<<1
}

// ReverseBytes returns x with its bytes in the opposite order.
func ReverseBytes(x uint) uint { return uint(ReverseBytes64(uint64(x))) }

// ReverseBytes16 is ReverseBytes of 16 bits.
func ReverseBytes16(x uint16) uint16 { return x<<8 | x>>8 }

// ReverseBytes32 is ReverseBytes of 32 bits.
func ReverseBytes32(x uint32) uint32 { return uint32(ReverseBytes64(uint64(x)) >> 32) }

// Add returns x + y + carry and the carry out; carry must be 0 or 1.
func Add(x, y, carry uint) (sum, carryOut uint) {
	s, c := Add64(uint64(x), uint64(y), uint64(carry))
	return uint(s), uint(c)
}

// Add32 is Add of 32 bits.
func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	s := uint64(x) + uint64(y) + uint64(carry)
	return uint32(s), uint32(s >> 32)
}

// Add64 is Add of 64 bits.
func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	if sum < x || sum == x && carry != 0 && y != 0 {
		carryOut = 1
	}
	return sum, carryOut
}

// Sub returns x - y - borrow and the borrow out; borrow must be 0 or 1.
func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	d, b := Sub64(uint64(x), uint64(y), uint64(borrow))
	return uint(d), uint(b)
}

// Sub32 is Sub of 32 bits.
func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	d := uint64(x) - uint64(y) - uint64(borrow)
	return uint32(d), uint32(d>>32) & 1
}

// Sub64 is Sub of 64 bits.
func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	if x < y || x == y && borrow != 0 {
		borrowOut = 1
	}
	return x - y - borrow, borrowOut
}

// Mul returns the product of x and y in two words.
func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

// Mul32 is Mul of 32 bits.
func Mul32(x, y uint32) (hi, lo uint32) {
	p := uint64(x) * uint64(y)
	return uint32(p >> 32), uint32(p)
}

// Div returns the quotient and remainder of (hi, lo) by y.  It panics if y is 0
// or the quotient does not fit (y <= hi).
func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

// Div32 is Div of 32 bits.
func Div32(hi, lo, y uint32) (quo, rem uint32) {
	if y != 0 && y <= hi {
		panic(overflowError("integer overflow"))
	}
	z := uint64(hi)<<32 | uint64(lo)
	return uint32(z / uint64(y)), uint32(z % uint64(y))
}

// Div64 is Div of 64 bits.
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	if y == 0 {
		return lo / y, 0 // panics
	}
	if y <= hi {
		panic(overflowError("integer overflow"))
	}
	return div128(hi, lo, y)
}

// div128 divides (hi, lo) by y > hi: one instruction.
func div128(hi, lo, y uint64) (quo, rem uint64)

// Rem returns the remainder of (hi, lo) by y; the quotient may be of any size.
func Rem(hi, lo, y uint) uint { return uint(Rem64(uint64(hi), uint64(lo), uint64(y))) }

// Rem32 is Rem of 32 bits.
func Rem32(hi, lo, y uint32) uint32 {
	return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y))
}

// Rem64 is Rem of 64 bits.
func Rem64(hi, lo, y uint64) uint64 {
	_, rem := Div64(hi%y, lo, y)
	return rem
}

// overflowError is a runtime error: the panic of Div when the quotient is too
// large.
type overflowError string

// Error returns the message, headed as all runtime errors are.
func (e overflowError) Error() string { return "runtime error: " + string(e) }

// RuntimeError marks the error as one of the runtime.
func (e overflowError) RuntimeError() {}
