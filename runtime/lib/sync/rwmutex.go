package sync

import "sync/atomic"

// RWMutex is held by any number of readers or by one writer. Its zero value is
// unlocked. A waiting writer keeps new readers out.
//
// readers counts the readers inside. A writer subtracts rwWriter, which makes
// it negative and sends newcomers to wait, and then waits for those that were
// inside; departing counts these down.
type RWMutex struct {
	w          Mutex  // held by the writer
	writerSema uint32 // the writer waits here for the last reader
	readerSema uint32 // readers wait here for the writer
	readers    int32
	departing  int32
}

const rwWriter = 1 << 30

// RLock takes the lock for reading.
func (rw *RWMutex) RLock() {
	if atomic.AddInt32(&rw.readers, 1) < 0 {
		runtime_Semacquire(&rw.readerSema, false, waitReader)
	}
}

// TryRLock takes the lock for reading if that needs no waiting, and tells
// whether it did.
func (rw *RWMutex) TryRLock() bool {
	for {
		n := atomic.LoadInt32(&rw.readers)
		if n < 0 {
			return false
		}
		if atomic.CompareAndSwapInt32(&rw.readers, n, n+1) {
			return true
		}
	}
}

// RUnlock undoes one RLock; without one it is a fatal error.
func (rw *RWMutex) RUnlock() {
	n := atomic.AddInt32(&rw.readers, -1)
	if n >= 0 {
		return
	}
	if n+1 == 0 || n+1 == -rwWriter {
		fatal("sync: RUnlock of unlocked RWMutex")
	}
	if atomic.AddInt32(&rw.departing, -1) == 0 {
		runtime_Semrelease(&rw.writerSema, false)
	}
}

// Lock takes the lock for writing.
func (rw *RWMutex) Lock() {
	rw.w.Lock()
	inside := atomic.AddInt32(&rw.readers, -rwWriter) + rwWriter
	if inside != 0 && atomic.AddInt32(&rw.departing, inside) != 0 {
		runtime_Semacquire(&rw.writerSema, false, waitWriter)
	}
}

// TryLock takes the lock for writing if that needs no waiting, and tells
// whether it did.
func (rw *RWMutex) TryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if atomic.CompareAndSwapInt32(&rw.readers, 0, -rwWriter) {
		return true
	}
	rw.w.Unlock()
	return false
}

// Unlock undoes Lock; without one it is a fatal error. The readers that came
// meanwhile go before the next writer.
func (rw *RWMutex) Unlock() {
	n := atomic.AddInt32(&rw.readers, rwWriter)
	if n >= rwWriter {
		fatal("sync: Unlock of unlocked RWMutex")
	}
	for ; n > 0; n-- {
		runtime_Semrelease(&rw.readerSema, false)
	}
	rw.w.Unlock()
}

// RLocker returns a Locker whose Lock and Unlock are RLock and RUnlock.
func (rw *RWMutex) RLocker() Locker { return (*readLocker)(rw) }

type readLocker RWMutex

func (r *readLocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *readLocker) Unlock() { (*RWMutex)(r).RUnlock() }
