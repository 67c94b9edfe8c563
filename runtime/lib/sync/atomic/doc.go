// Package atomic holds the sequentially consistent operations on single words.
//
// The functions without a body are in runtime/lang/link_atomic.c; the compiler
// may also emit the ones on plain integers in line. A store of a pointer goes
// through the collector's write barrier (WB-9).
package atomic

import "unsafe"

// AddInt32 adds delta to *addr and returns the sum.
func AddInt32(addr *int32, delta int32) (new int32)

// AddInt64 adds delta to *addr and returns the sum.
func AddInt64(addr *int64, delta int64) (new int64)

// AddUint32 adds delta to *addr and returns the sum.
func AddUint32(addr *uint32, delta uint32) (new uint32)

// AddUint64 adds delta to *addr and returns the sum.
func AddUint64(addr *uint64, delta uint64) (new uint64)

// AddUintptr adds delta to *addr and returns the sum.
func AddUintptr(addr *uintptr, delta uintptr) (new uintptr)

// LoadInt32 returns *addr.
func LoadInt32(addr *int32) (val int32)

// LoadInt64 returns *addr.
func LoadInt64(addr *int64) (val int64)

// LoadUint32 returns *addr.
func LoadUint32(addr *uint32) (val uint32)

// LoadUint64 returns *addr.
func LoadUint64(addr *uint64) (val uint64)

// LoadUintptr returns *addr.
func LoadUintptr(addr *uintptr) (val uintptr)

// LoadPointer returns *addr.
func LoadPointer(addr *unsafe.Pointer) (val unsafe.Pointer)

// StoreInt32 sets *addr to val.
func StoreInt32(addr *int32, val int32)

// StoreInt64 sets *addr to val.
func StoreInt64(addr *int64, val int64)

// StoreUint32 sets *addr to val.
func StoreUint32(addr *uint32, val uint32)

// StoreUint64 sets *addr to val.
func StoreUint64(addr *uint64, val uint64)

// StoreUintptr sets *addr to val.
func StoreUintptr(addr *uintptr, val uintptr)

// StorePointer sets *addr to val.
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer)

// SwapInt32 sets *addr to new and returns what it was.
func SwapInt32(addr *int32, new int32) (old int32)

// SwapInt64 sets *addr to new and returns what it was.
func SwapInt64(addr *int64, new int64) (old int64)

// SwapUint32 sets *addr to new and returns what it was.
func SwapUint32(addr *uint32, new uint32) (old uint32)

// SwapUint64 sets *addr to new and returns what it was.
func SwapUint64(addr *uint64, new uint64) (old uint64)

// SwapUintptr sets *addr to new and returns what it was.
func SwapUintptr(addr *uintptr, new uintptr) (old uintptr)

// SwapPointer sets *addr to new and returns what it was.
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) (old unsafe.Pointer)

// CompareAndSwapInt32 sets *addr to new if it is old, and tells whether it was.
func CompareAndSwapInt32(addr *int32, old, new int32) (swapped bool)

// CompareAndSwapInt64 sets *addr to new if it is old, and tells whether it was.
func CompareAndSwapInt64(addr *int64, old, new int64) (swapped bool)

// CompareAndSwapUint32 sets *addr to new if it is old, and tells whether it was.
func CompareAndSwapUint32(addr *uint32, old, new uint32) (swapped bool)

// CompareAndSwapUint64 sets *addr to new if it is old, and tells whether it was.
func CompareAndSwapUint64(addr *uint64, old, new uint64) (swapped bool)

// CompareAndSwapUintptr sets *addr to new if it is old, and tells whether it was.
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) (swapped bool)

// CompareAndSwapPointer sets *addr to new if it is old, and tells whether it was.
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) (swapped bool)

// AndInt32 clears the bits of *addr that mask lacks and returns what it was.
func AndInt32(addr *int32, mask int32) (old int32)

// AndUint32 clears the bits of *addr that mask lacks and returns what it was.
func AndUint32(addr *uint32, mask uint32) (old uint32)

// AndInt64 clears the bits of *addr that mask lacks and returns what it was.
func AndInt64(addr *int64, mask int64) (old int64)

// AndUint64 clears the bits of *addr that mask lacks and returns what it was.
func AndUint64(addr *uint64, mask uint64) (old uint64)

// AndUintptr clears the bits of *addr that mask lacks and returns what it was.
func AndUintptr(addr *uintptr, mask uintptr) (old uintptr)

// OrInt32 sets the bits of mask in *addr and returns what it was.
func OrInt32(addr *int32, mask int32) (old int32)

// OrUint32 sets the bits of mask in *addr and returns what it was.
func OrUint32(addr *uint32, mask uint32) (old uint32)

// OrInt64 sets the bits of mask in *addr and returns what it was.
func OrInt64(addr *int64, mask int64) (old int64)

// OrUint64 sets the bits of mask in *addr and returns what it was.
func OrUint64(addr *uint64, mask uint64) (old uint64)

// OrUintptr sets the bits of mask in *addr and returns what it was.
func OrUintptr(addr *uintptr, mask uintptr) (old uintptr)
