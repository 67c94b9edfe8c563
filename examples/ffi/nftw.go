// Nftw walks a folder with C's nftw, which calls a Go function for each file, and prints what lies where.
//
//	tern run examples/ffi/nftw.go [folder]
package main

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"unsafe"

	"github.com/ebitengine/purego"
)

// The flags of ftw.h.
const (
	file, folder, unreadable, failed, link = 0, 1, 2, 3, 4
	physical                               = 1
)

// Where the walk is: struct FTW.
type place struct {
	base  int32 // where the file's own name begins
	level int32
}

type visitor func(path *byte, stat unsafe.Pointer, flag int32, at *place) int32

var nftw func(path string, f visitor, files, flags int32) int32

func goString(p *byte) string {
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(p), n)) != 0 {
		n++
	}
	return string(unsafe.Slice(p, n))
}

func main() {
	purego.RegisterLibFunc(&nftw, purego.RTLD_DEFAULT, "nftw")
	root := ""
	if len(os.Args) > 1 {
		root = os.Args[1]
	} else { // one of our own
		var err error
		if root, err = os.MkdirTemp("", "nftw"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(root)
		for _, dir := range []string{"fruit/stone", "fruit/pome", "nuts"} {
			os.MkdirAll(root+"/"+dir, 0o755)
		}
		for _, f := range []string{"fruit/fig", "fruit/stone/plum", "fruit/stone/cherry", "fruit/pome/apple", "nuts/hazel"} {
			os.WriteFile(root+"/"+f, []byte(f), 0o644)
		}
	}
	var lines []string
	files := 0
	status := nftw(root, func(path *byte, _ unsafe.Pointer, flag int32, at *place) int32 {
		name := strings.TrimPrefix(goString(path), root)
		switch flag {
		case folder:
			name += "/"
		case link:
			name += " (a link)"
		case unreadable, failed:
			name += " (cannot be read)"
		default:
			files++
		}
		lines = append(lines, name)
		return 0
	}, 20, physical)
	sort.Strings(lines)
	for _, l := range lines {
		depth := strings.Count(strings.TrimSuffix(l, "/"), "/")
		own := l[strings.LastIndex(strings.TrimSuffix(l, "/"), "/")+1:]
		fmt.Println(strings.Repeat("  ", depth) + own)
	}
	fmt.Println("status", status, "-", files, "files")
	fmt.Println(nftw(root+"/nowhere", func(*byte, unsafe.Pointer, int32, *place) int32 { return 0 }, 20, physical))
}
