package os

import (
	"io"
	"io/fs"
	"syscall"
	"time"
	"unsafe"
)

// FileMode is a file's kind and permissions.
type FileMode = fs.FileMode

// FileInfo is what Stat returns.
type FileInfo = fs.FileInfo

// DirEntry is what ReadDir returns for each file.
type DirEntry = fs.DirEntry

// The bits of FileMode, as in package fs.
const (
	ModeDir        = fs.ModeDir
	ModeAppend     = fs.ModeAppend
	ModeExclusive  = fs.ModeExclusive
	ModeTemporary  = fs.ModeTemporary
	ModeSymlink    = fs.ModeSymlink
	ModeDevice     = fs.ModeDevice
	ModeNamedPipe  = fs.ModeNamedPipe
	ModeSocket     = fs.ModeSocket
	ModeSetuid     = fs.ModeSetuid
	ModeSetgid     = fs.ModeSetgid
	ModeCharDevice = fs.ModeCharDevice
	ModeSticky     = fs.ModeSticky
	ModeIrregular  = fs.ModeIrregular
	ModeType       = fs.ModeType
	ModePerm       = fs.ModePerm
)

// What stands between the parts of a path, and between paths.
const (
	PathSeparator     = '/'
	PathListSeparator = ':'
)

// IsPathSeparator tells whether c stands between the parts of a path.
func IsPathSeparator(c uint8) bool { return c == PathSeparator }

// bytesOf returns the bytes of s, which must not be changed.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// baseName returns the last part of a path.
func baseName(path string) string {
	end := len(path)
	for end > 1 && path[end-1] == '/' {
		end--
	}
	start := end
	for start > 0 && path[start-1] != '/' {
		start--
	}
	if start == end && end > 0 {
		return "/"
	}
	return path[start:end]
}

func pathError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &PathError{Op: op, Path: path, Err: err}
}

func linkError(op, old, new string, err error) error {
	if err == nil {
		return nil
	}
	return &LinkError{op, old, new, err}
}

// ReadFile returns what is in a file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := 0
	if info, err := f.Stat(); err == nil && info.Size() < 1<<40 {
		size = int(info.Size())
	}
	// One byte more, so that the end is seen without growing. Files of
	// /proc say they are empty.
	data := make([]byte, 0, max(size+1, 512))
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			return data, nil
		}
		if err != nil {
			return data, err
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}

// WriteFile makes a file, or empties it, and writes data to it.
func WriteFile(name string, data []byte, perm FileMode) error {
	f, err := OpenFile(name, O_WRONLY|O_CREATE|O_TRUNC, perm)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// Stat tells about a file; a symbolic link is followed.
func Stat(name string) (FileInfo, error) {
	s := &fileStat{name: baseName(name)}
	if err := syscall.Stat(name, &s.sys); err != nil {
		return nil, pathError("stat", name, err)
	}
	s.fill()
	return s, nil
}

// Lstat tells about a file, which may be a symbolic link.
func Lstat(name string) (FileInfo, error) {
	s := &fileStat{name: baseName(name)}
	if err := syscall.Lstat(name, &s.sys); err != nil {
		return nil, pathError("lstat", name, err)
	}
	s.fill()
	return s, nil
}

// SameFile tells whether both, from Stat, are the same file.
func SameFile(fi1, fi2 FileInfo) bool {
	a, ok := fi1.(*fileStat)
	b, ok2 := fi2.(*fileStat)
	return ok && ok2 && a.sys.Dev == b.sys.Dev && a.sys.Ino == b.sys.Ino
}

// Remove removes a file or an empty directory.
func Remove(name string) error {
	err := syscall.Unlink(name)
	if err == nil {
		return nil
	}
	derr := syscall.Rmdir(name)
	if derr == nil {
		return nil
	}
	// Which of the two says what is wrong?
	if derr != syscall.ENOTDIR {
		err = derr
	}
	return pathError("remove", name, err)
}

// Rename moves a file; a file of the new name is replaced.
func Rename(oldpath, newpath string) error {
	// Over a directory the kernel's own word would be puzzling.
	if to, err := Lstat(newpath); err == nil && to.IsDir() {
		from, err := Lstat(oldpath)
		if err == nil && (newpath == oldpath || !SameFile(from, to)) {
			return linkError("rename", oldpath, newpath, syscall.EEXIST)
		}
	}
	return linkError("rename", oldpath, newpath, syscall.Rename(oldpath, newpath))
}

// Link gives a file a second name.
func Link(oldname, newname string) error {
	return linkError("link", oldname, newname, syscall.Link(oldname, newname))
}

// Symlink makes newname a symbolic link to oldname.
func Symlink(oldname, newname string) error {
	return linkError("symlink", oldname, newname, syscall.Symlink(oldname, newname))
}

// Readlink returns where a symbolic link leads.
func Readlink(name string) (string, error) {
	for size := 128; ; size *= 2 {
		b := make([]byte, size)
		n, err := syscall.Readlink(name, b)
		if err != nil {
			return "", pathError("readlink", name, err)
		}
		if n < size {
			return string(b[:n]), nil
		}
	}
}

// Truncate changes the size of a file.
func Truncate(name string, size int64) error {
	return pathError("truncate", name, syscall.Truncate(name, size))
}

// Chmod changes the permissions of a file.
func Chmod(name string, mode FileMode) error {
	return pathError("chmod", name, syscall.Chmod(name, permBits(mode)))
}

// Chtimes changes when a file was last read and written.
func Chtimes(name string, atime time.Time, mtime time.Time) error {
	ts := []syscall.Timespec{
		{Sec: atime.Unix(), Nsec: int64(atime.Nanosecond())},
		{Sec: mtime.Unix(), Nsec: int64(mtime.Nanosecond())},
	}
	return pathError("chtimes", name, syscall.UtimesNano(name, ts))
}
