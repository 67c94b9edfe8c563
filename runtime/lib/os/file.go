// Package os is the process and its files.
//
// Files: file.go (an open file), path.go (files by name), dir.go, temp.go,
// stat.go, proc.go (the process), error.go. All goes through package syscall; a
// read or write that blocks lets other goroutines run.
package os

import (
	"io"
	"io/fs"
	"sync/atomic"
	"syscall"
	"time"
)

// How OpenFile opens. One of the first three, and any of the others.
const (
	O_RDONLY int = syscall.O_RDONLY // read only
	O_WRONLY int = syscall.O_WRONLY // write only
	O_RDWR   int = syscall.O_RDWR   // both
	O_APPEND int = syscall.O_APPEND // each write goes to the end
	O_CREATE int = syscall.O_CREAT  // make the file if there is none
	O_EXCL   int = syscall.O_EXCL   // with O_CREATE: there must be none
	O_SYNC   int = syscall.O_SYNC   // writes wait for the disk
	O_TRUNC  int = syscall.O_TRUNC  // empty it first
)

// Values of whence for Seek, as in package io.
const (
	SEEK_SET int = 0
	SEEK_CUR int = 1
	SEEK_END int = 2
)

// DevNull swallows all and gives nothing.
const DevNull = "/dev/null"

// File is an open file. Goroutines may share it.
type File struct {
	fd     int
	name   string
	closed atomic.Bool
	append bool
	dir    *dirReader // owned by whoever reads the directory
}

// The standard files.
var (
	Stdin  = NewFile(0, "/dev/stdin")
	Stdout = NewFile(1, "/dev/stdout")
	Stderr = NewFile(2, "/dev/stderr")
)

// NewFile returns a File of a descriptor that is open already.
func NewFile(fd uintptr, name string) *File {
	if int(fd) < 0 {
		return nil
	}
	return &File{fd: int(fd), name: name}
}

// Open opens a file for reading.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create opens a file for reading and writing; it is made, or emptied.
func Create(name string) (*File, error) {
	return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666)
}

// OpenFile opens a file as flag says; a new one gets the permissions perm, less
// the umask. Errors are of type *PathError, here and below.
func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	fd, err := syscall.Open(name, flag|syscall.O_CLOEXEC, permBits(perm))
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	f := NewFile(uintptr(fd), name)
	f.append = flag&O_APPEND != 0
	return f, nil
}

// permBits returns a mode as the kernel has it.
func permBits(m FileMode) uint32 {
	bits := uint32(m.Perm())
	if m&ModeSetuid != 0 {
		bits |= syscall.S_ISUID
	}
	if m&ModeSetgid != 0 {
		bits |= syscall.S_ISGID
	}
	if m&ModeSticky != 0 {
		bits |= syscall.S_ISVTX
	}
	return bits
}

// Pipe returns the ends of a pipe: what is written to w is read from r.
func Pipe() (r *File, w *File, err error) {
	fds := make([]int, 2)
	if err := syscall.Pipe2(fds, syscall.O_CLOEXEC); err != nil {
		return nil, nil, NewSyscallError("pipe2", err)
	}
	return NewFile(uintptr(fds[0]), "|0"), NewFile(uintptr(fds[1]), "|1"), nil
}

// Name returns the name it was opened by.
func (f *File) Name() string { return f.name }

// Fd returns the descriptor.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	return uintptr(f.fd)
}

// check returns why f cannot be used.
func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed.Load() {
		return &PathError{Op: op, Path: f.name, Err: ErrClosed}
	}
	return nil
}

// wrap returns an error of an operation on f; nil and EOF stay as they are.
func (f *File) wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &PathError{Op: op, Path: f.name, Err: err}
}

// Close closes the file; twice is an error.
func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed.Swap(true) {
		return &PathError{Op: "close", Path: f.name, Err: ErrClosed}
	}
	return f.wrap("close", syscall.Close(f.fd))
}

// The most that one system call transfers.
const maxTransfer = 1 << 30

// Read reads up to len(b) bytes; 0, EOF at the end.
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if len(b) == 0 {
		return 0, nil
	}
	n, err = syscall.Read(f.fd, b[:min(len(b), maxTransfer)])
	if err != nil {
		return 0, f.wrap("read", err)
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// ReadAt reads len(b) bytes from offset off, or tells why not.
func (f *File) ReadAt(b []byte, off int64) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if off < 0 {
		return 0, &PathError{Op: "readat", Path: f.name, Err: errNegativeOffset}
	}
	for len(b) > 0 {
		m, err := syscall.Pread(f.fd, b[:min(len(b), maxTransfer)], off)
		if err != nil {
			return n, f.wrap("read", err)
		}
		if m == 0 {
			return n, io.EOF
		}
		n += m
		b = b[m:]
		off += int64(m)
	}
	return n, nil
}

// Write writes all of b, or tells why not. A pipe without a reader ends the
// program if it is standard output or standard error.
func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	for n < len(b) {
		m, err := syscall.Write(f.fd, b[n:min(len(b), n+maxTransfer)])
		if err != nil {
			if err == syscall.EPIPE && (f.fd == 1 || f.fd == 2) {
				dieOfPipe()
			}
			return n, f.wrap("write", err)
		}
		n += m
	}
	return n, nil
}

// WriteAt writes all of b at offset off, or tells why not. Not on a file opened
// with O_APPEND.
func (f *File) WriteAt(b []byte, off int64) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.append {
		return 0, errWriteAtInAppendMode
	}
	if off < 0 {
		return 0, &PathError{Op: "writeat", Path: f.name, Err: errNegativeOffset}
	}
	for n < len(b) {
		m, err := syscall.Pwrite(f.fd, b[n:min(len(b), n+maxTransfer)], off+int64(n))
		if err != nil {
			return n, f.wrap("write", err)
		}
		n += m
	}
	return n, nil
}

// WriteString is Write for a string.
func (f *File) WriteString(s string) (n int, err error) { return f.Write(bytesOf(s)) }

// Seek moves the position of the next Read or Write and returns it.
func (f *File) Seek(offset int64, whence int) (ret int64, err error) {
	if err := f.check("seek"); err != nil {
		return 0, err
	}
	ret, err = syscall.Seek(f.fd, offset, whence)
	if err != nil {
		return 0, f.wrap("seek", err)
	}
	f.dir = nil
	return ret, nil
}

// Stat tells about the file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.check("stat"); err != nil {
		return nil, err
	}
	s := &fileStat{name: baseName(f.name)}
	if err := syscall.Fstat(f.fd, &s.sys); err != nil {
		return nil, f.wrap("stat", err)
	}
	s.fill()
	return s, nil
}

// Sync waits until what was written is on the disk.
func (f *File) Sync() error {
	if err := f.check("sync"); err != nil {
		return err
	}
	return f.wrap("sync", syscall.Fsync(f.fd))
}

// Truncate changes the size.
func (f *File) Truncate(size int64) error {
	if err := f.check("truncate"); err != nil {
		return err
	}
	return f.wrap("truncate", syscall.Ftruncate(f.fd, size))
}

// Chmod changes the permissions.
func (f *File) Chmod(mode FileMode) error {
	if err := f.check("chmod"); err != nil {
		return err
	}
	return f.wrap("chmod", syscall.Fchmod(f.fd, permBits(mode)))
}

// fileStat is the FileInfo of this system.
type fileStat struct {
	name string
	mode FileMode
	sys  syscall.Stat_t
}

// Name returns the name without directories.
func (s *fileStat) Name() string { return s.name }

// Size returns the size in bytes.
func (s *fileStat) Size() int64 { return s.sys.Size }

// Mode returns kind and permissions.
func (s *fileStat) Mode() FileMode { return s.mode }

// ModTime returns when the file was last written.
func (s *fileStat) ModTime() time.Time { return time.Unix(s.sys.Mtim.Sec, s.sys.Mtim.Nsec) }

// IsDir tells whether it is a directory.
func (s *fileStat) IsDir() bool { return s.mode.IsDir() }

// Sys returns the *syscall.Stat_t.
func (s *fileStat) Sys() any { return &s.sys }

// fill translates the kernel's mode.
func (s *fileStat) fill() {
	m := s.sys.Mode
	s.mode = FileMode(m & 0777)
	switch m & syscall.S_IFMT {
	case syscall.S_IFBLK:
		s.mode |= fs.ModeDevice
	case syscall.S_IFCHR:
		s.mode |= fs.ModeDevice | fs.ModeCharDevice
	case syscall.S_IFDIR:
		s.mode |= fs.ModeDir
	case syscall.S_IFIFO:
		s.mode |= fs.ModeNamedPipe
	case syscall.S_IFLNK:
		s.mode |= fs.ModeSymlink
	case syscall.S_IFSOCK:
		s.mode |= fs.ModeSocket
	}
	if m&syscall.S_ISUID != 0 {
		s.mode |= fs.ModeSetuid
	}
	if m&syscall.S_ISGID != 0 {
		s.mode |= fs.ModeSetgid
	}
	if m&syscall.S_ISVTX != 0 {
		s.mode |= fs.ModeSticky
	}
}
