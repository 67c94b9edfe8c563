package runtime

// MemStats is what the allocator and the collector count. Sizes are in bytes.
type MemStats struct {
	Alloc      uint64 // allocated and not yet freed; the same as HeapAlloc
	TotalAlloc uint64 // ever allocated
	Sys        uint64 // taken from the system; the sum of all below
	Lookups    uint64 // always 0
	Mallocs    uint64 // objects ever allocated
	Frees      uint64 // objects ever freed

	HeapAlloc    uint64 // in objects, reachable or not yet swept
	HeapSys      uint64 // address space in use for the heap
	HeapIdle     uint64 // in spans without objects
	HeapInuse    uint64 // in spans with objects
	HeapReleased uint64 // of HeapIdle: given back to the system
	HeapObjects  uint64 // objects allocated and not yet freed

	StackInuse  uint64 // in stacks of goroutines
	StackSys    uint64 // StackInuse, and stacks of threads
	MSpanInuse  uint64 // in descriptions of spans
	MSpanSys    uint64 // taken for them
	MCacheInuse uint64 // in caches of processors
	MCacheSys   uint64 // taken for them
	BuckHashSys uint64 // in profiling tables
	GCSys       uint64 // in the collector's own tables
	OtherSys    uint64 // all the rest

	NextGC        uint64      // HeapAlloc at which the next cycle is to end
	LastGC        uint64      // when the last one ended, in nanoseconds since 1970
	PauseTotalNs  uint64      // sum of all stops
	PauseNs       [256]uint64 // the last stops, a ring: the newest at (NumGC+255)%256
	PauseEnd      [256]uint64 // when they ended, in nanoseconds since 1970
	NumGC         uint32      // cycles done
	NumForcedGC   uint32      // of them, by a call of GC
	GCCPUFraction float64     // part of the processor time that the collector took
	EnableGC      bool        // always true
	DebugGC       bool        // always false

	// BySize counts the objects of each size class but the largest.
	BySize [61]struct {
		Size    uint32 // of a slot; an object takes the least that it fits in
		Mallocs uint64 // objects ever allocated
		Frees   uint64 // objects ever freed
	}
}

// ReadMemStats fills m. It stops the world for a moment.
func ReadMemStats(m *MemStats)
