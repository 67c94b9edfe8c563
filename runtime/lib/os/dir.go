package os

import (
	"io"
	"syscall"
)

// Mkdir makes a directory.
func Mkdir(name string, perm FileMode) error {
	return pathError("mkdir", name, syscall.Mkdir(name, permBits(perm)))
}

// MkdirAll makes a directory, and those above it that are missing.
func MkdirAll(path string, perm FileMode) error {
	if info, err := Stat(path); err == nil {
		if info.IsDir() {
			return nil
		}
		return pathError("mkdir", path, syscall.ENOTDIR)
	}
	end := len(path)
	for end > 0 && path[end-1] == '/' {
		end--
	}
	for end > 0 && path[end-1] != '/' {
		end--
	}
	if end > 1 {
		if err := MkdirAll(path[:end-1], perm); err != nil {
			return err
		}
	}
	err := Mkdir(path, perm)
	if err != nil {
		// "x/." is there by now, or somebody was faster.
		if info, lerr := Lstat(path); lerr == nil && info.IsDir() {
			return nil
		}
	}
	return err
}

// RemoveAll removes a file or a directory with all that is in it; nil if there
// was none. It removes what it can and returns the first error.
func RemoveAll(path string) error {
	if path == "" {
		return nil
	}
	if n := len(path); path[n-1] == '.' && (n == 1 || path[n-2] == '/') {
		return pathError("RemoveAll", path, syscall.EINVAL)
	}
	err := Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	info, serr := Lstat(path)
	if serr != nil {
		if IsNotExist(serr) {
			return nil
		}
		return serr
	}
	if !info.IsDir() {
		return err
	}
	entries, first := ReadDir(path)
	if IsNotExist(first) {
		return nil
	}
	for _, e := range entries {
		if err := RemoveAll(path + "/" + e.Name()); first == nil {
			first = err
		}
	}
	err = Remove(path)
	if err == nil || IsNotExist(err) {
		return nil
	}
	if first != nil {
		return first
	}
	return err
}

// dirReader is a directory being read: buf[at:end] holds records of the kernel.
type dirReader struct {
	buf     []byte
	at, end int
}

type dirEntry struct {
	dir  string
	name string
	mode FileMode
}

// Name returns the name without directories.
func (e *dirEntry) Name() string { return e.name }

// IsDir tells whether it is a directory.
func (e *dirEntry) IsDir() bool { return e.mode.IsDir() }

// Type returns the kind.
func (e *dirEntry) Type() FileMode { return e.mode }

// Info returns what Lstat says now.
func (e *dirEntry) Info() (FileInfo, error) { return Lstat(e.dir + "/" + e.name) }

// String returns the name, with "/" behind a directory, behind the mode.
func (e *dirEntry) String() string {
	kind := e.mode.String()
	kind = kind[:len(kind)-9] + " "
	if e.IsDir() {
		return kind + e.name + "/"
	}
	return kind + e.name
}

// next returns the next entry but "." and ".."; nil, nil at the end.
func (f *File) next() (*dirEntry, error) {
	if f.dir == nil {
		f.dir = &dirReader{buf: make([]byte, 8192)}
	}
	d := f.dir
	for {
		if d.at >= d.end {
			n, err := syscall.Getdents(f.fd, d.buf)
			if err != nil {
				return nil, pathError("readdirent", f.name, err)
			}
			if n == 0 {
				return nil, nil
			}
			d.at, d.end = 0, n
		}
		// A record: inode 8 bytes, offset 8, its length 2, kind 1, the name
		// with a NUL.
		rec := d.buf[d.at:d.end]
		length := int(rec[16]) | int(rec[17])<<8
		d.at += length
		name := rec[19:length]
		for i, c := range name {
			if c == 0 {
				name = name[:i]
				break
			}
		}
		if s := string(name); s != "." && s != ".." {
			e := &dirEntry{dir: f.name, name: s}
			return e, e.setKind(rec[18])
		}
	}
}

// setKind translates the kernel's kind of an entry.
func (e *dirEntry) setKind(kind byte) error {
	switch kind {
	case syscall.DT_FIFO:
		e.mode = ModeNamedPipe
	case syscall.DT_CHR:
		e.mode = ModeDevice | ModeCharDevice
	case syscall.DT_DIR:
		e.mode = ModeDir
	case syscall.DT_BLK:
		e.mode = ModeDevice
	case syscall.DT_LNK:
		e.mode = ModeSymlink
	case syscall.DT_SOCK:
		e.mode = ModeSocket
	case syscall.DT_UNKNOWN:
		info, err := e.Info()
		if err != nil {
			return err
		}
		e.mode = info.Mode().Type()
	}
	return nil
}

// ReadDir returns the next n entries, in the directory's order, and EOF when
// there are no more; all of them if n <= 0.
func (f *File) ReadDir(n int) ([]DirEntry, error) {
	if err := f.check("readdir"); err != nil {
		return nil, err
	}
	list := []DirEntry{}
	for n <= 0 || len(list) < n {
		e, err := f.next()
		if err != nil {
			if IsNotExist(err) {
				continue // gone meanwhile
			}
			return list, err
		}
		if e == nil {
			if n > 0 && len(list) == 0 {
				return list, io.EOF
			}
			break
		}
		list = append(list, e)
	}
	return list, nil
}

// Readdirnames is ReadDir for the names alone.
func (f *File) Readdirnames(n int) (names []string, err error) {
	list, err := f.ReadDir(n)
	names = make([]string, 0, len(list))
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names, err
}

// ReadDir returns the entries of a directory, sorted by name.
func ReadDir(name string) ([]DirEntry, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := f.ReadDir(-1)
	sortEntries(list)
	return list, err
}

// sortEntries sorts by name, by merging.
func sortEntries(list []DirEntry) {
	if len(list) < 2 {
		return
	}
	left := append([]DirEntry(nil), list[:len(list)/2]...)
	right := append([]DirEntry(nil), list[len(list)/2:]...)
	sortEntries(left)
	sortEntries(right)
	for i := range list {
		if len(right) == 0 || len(left) > 0 && left[0].Name() <= right[0].Name() {
			list[i] = left[0]
			left = left[1:]
		} else {
			list[i] = right[0]
			right = right[1:]
		}
	}
}

// TempDir returns where temporary files go: TMPDIR, or /tmp.
func TempDir() string {
	if dir := Getenv("TMPDIR"); dir != "" {
		return dir
	}
	return "/tmp"
}

// tempName returns the two parts around the random one.
func tempName(dir, pattern, op string) (prefix, suffix string, err error) {
	star := -1
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '/' {
			return "", "", pathError(op, pattern, errPatternHasSeparator)
		}
		if pattern[i] == '*' {
			star = i
		}
	}
	if dir == "" {
		dir = TempDir()
	}
	if dir[len(dir)-1] != '/' {
		dir += "/"
	}
	if star < 0 {
		return dir + pattern, "", nil
	}
	return dir + pattern[:star], pattern[star+1:], nil
}

func randomDigits() string {
	var b [4]byte
	syscall.Random(b[:])
	n := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
	var digits [10]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + n%10)
		n /= 10
		if n == 0 {
			return string(digits[i:])
		}
	}
}

// How often a fresh name is tried.
const tempTries = 10000

// CreateTemp makes and opens a file of a fresh name in dir (TempDir if empty). A
// random number takes the place of the last "*" in pattern, or is put behind it.
func CreateTemp(dir, pattern string) (*File, error) {
	prefix, suffix, err := tempName(dir, pattern, "createtemp")
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		name := prefix + randomDigits() + suffix
		f, err := OpenFile(name, O_RDWR|O_CREATE|O_EXCL, 0600)
		if !IsExist(err) {
			return f, err
		}
		if try >= tempTries {
			return nil, pathError("createtemp", prefix+"*"+suffix, ErrExist)
		}
	}
}

// MkdirTemp makes a directory of a fresh name in dir; pattern as for CreateTemp.
func MkdirTemp(dir, pattern string) (string, error) {
	prefix, suffix, err := tempName(dir, pattern, "mkdirtemp")
	if err != nil {
		return "", err
	}
	for try := 1; ; try++ {
		name := prefix + randomDigits() + suffix
		err := Mkdir(name, 0700)
		if err == nil {
			return name, nil
		}
		if !IsExist(err) {
			return "", err
		}
		if try >= tempTries {
			return "", pathError("mkdirtemp", prefix+"*"+suffix, ErrExist)
		}
	}
}
