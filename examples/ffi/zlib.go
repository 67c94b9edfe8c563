// Zlib compresses a text to a gzip file with C's zlib, restores it, and compares. Another gzip can read the file:
//
//	tern run examples/ffi/zlib.go text.gz && gzip -t text.gz
//
// Needs libz.so.1 (Debian: zlib1g).
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"unsafe"

	"github.com/ebitengine/purego"
)

// z_stream of zlib.h. zlib keeps pointers into it and compares them, so it is pinned.
type stream struct {
	nextIn                *byte
	availIn               uint32
	totalIn               uint
	nextOut               *byte
	availOut              uint32
	totalOut              uint
	msg                   *byte
	state                 unsafe.Pointer
	zalloc, zfree, opaque uintptr
	dataType              int32
	adler, reserved       uint
}

const (
	noFlush, finish = 0, 4
	ok, streamEnd   = 0, 1
	deflated        = 8
	gzipFormat      = 15 + 16 // windowBits of zlib.h
	defaultMemory   = 8
	bestCompression = 9
	defaultStrategy = 0
	sizeOfStream    = int32(unsafe.Sizeof(stream{}))
)

var (
	zlibVersion  func() string
	deflateInit2 func(s *stream, level, method, windowBits, memLevel, strategy int32, version string, size int32) int32
	deflate      func(s *stream, flush int32) int32
	deflateEnd   func(s *stream) int32
	inflateInit2 func(s *stream, windowBits int32, version string, size int32) int32
	inflate      func(s *stream, flush int32) int32
	inflateEnd   func(s *stream) int32
)

// run feeds in to step, a few bytes at a time, and returns all that comes out.
func run(s *stream, pin *runtime.Pinner, in []byte, step func(*stream, int32) int32) []byte {
	var out []byte
	buf := make([]byte, 4096)
	pin.Pin(&in[0])
	pin.Pin(&buf[0])
	for {
		n := min(len(in), 10000)
		flush := int32(noFlush)
		if n == len(in) {
			flush = finish
		}
		if s.availIn == 0 && n > 0 {
			s.nextIn, s.availIn = &in[0], uint32(n)
			in = in[n:]
		}
		s.nextOut, s.availOut = &buf[0], uint32(len(buf))
		status := step(s, flush)
		out = append(out, buf[:len(buf)-int(s.availOut)]...)
		switch {
		case status == streamEnd:
			return out
		case status != ok:
			panic(fmt.Sprint("zlib: status ", status))
		}
	}
}

func compress(in []byte) []byte {
	var pin runtime.Pinner
	defer pin.Unpin()
	s := new(stream)
	pin.Pin(s)
	if status := deflateInit2(s, bestCompression, deflated, gzipFormat, defaultMemory, defaultStrategy,
		zlibVersion(), sizeOfStream); status != ok {
		panic(fmt.Sprint("deflateInit2: status ", status))
	}
	defer deflateEnd(s)
	return run(s, &pin, in, deflate)
}

func restore(in []byte) []byte {
	var pin runtime.Pinner
	defer pin.Unpin()
	s := new(stream)
	pin.Pin(s)
	if status := inflateInit2(s, gzipFormat, zlibVersion(), sizeOfStream); status != ok {
		panic(fmt.Sprint("inflateInit2: status ", status))
	}
	defer inflateEnd(s)
	return run(s, &pin, in, func(s *stream, _ int32) int32 { return inflate(s, noFlush) })
}

func main() {
	lib, err := purego.Dlopen("libz.so.1", purego.RTLD_NOW)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	purego.RegisterLibFunc(&zlibVersion, lib, "zlibVersion")
	purego.RegisterLibFunc(&deflateInit2, lib, "deflateInit2_")
	purego.RegisterLibFunc(&deflate, lib, "deflate")
	purego.RegisterLibFunc(&deflateEnd, lib, "deflateEnd")
	purego.RegisterLibFunc(&inflateInit2, lib, "inflateInit2_")
	purego.RegisterLibFunc(&inflate, lib, "inflate")
	purego.RegisterLibFunc(&inflateEnd, lib, "inflateEnd")

	var text strings.Builder
	for i := 0; i < 20000; i++ {
		fmt.Fprintf(&text, "%d bottles of beer on the wall, %d bottles of beer.\n", i%100, i*i%1000)
	}
	packed := compress([]byte(text.String()))
	fmt.Println("a tenth or less:", len(packed)*10 <= text.Len())
	if len(os.Args) > 1 {
		if err := os.WriteFile(os.Args[1], packed, 0o644); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if packed, err = os.ReadFile(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	fmt.Println("restored:", string(restore(packed)) == text.String())
	fmt.Fprintln(os.Stderr, text.Len(), "bytes,", len(packed), "compressed, by zlib", zlibVersion())
}
