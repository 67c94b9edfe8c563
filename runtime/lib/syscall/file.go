package syscall

import "unsafe"

// The numbers of the calls on amd64.
const (
	sysRead       = 0
	sysWrite      = 1
	sysClose      = 3
	sysFstat      = 5
	sysPoll       = 7
	sysLseek      = 8
	sysPread      = 17
	sysPwrite     = 18
	sysGetpid     = 39
	sysKill       = 62
	sysUname      = 63
	sysFsync      = 74
	sysTruncate   = 76
	sysFtruncate  = 77
	sysGetcwd     = 79
	sysChdir      = 80
	sysRename     = 82
	sysMkdir      = 83
	sysRmdir      = 84
	sysLink       = 86
	sysUnlink     = 87
	sysSymlink    = 88
	sysReadlink   = 89
	sysChmod      = 90
	sysFchmod     = 91
	sysGetuid     = 102
	sysGetgid     = 104
	sysGeteuid    = 107
	sysGetegid    = 108
	sysGetppid    = 110
	sysGetdents64 = 217
	sysExitGroup  = 231
	sysOpenat     = 257
	sysNewfstatat = 262
	sysUtimensat  = 280
	sysPipe2      = 293
	sysGetrandom  = 318
)

// How to open a file.
const (
	O_RDONLY   = 0x0
	O_WRONLY   = 0x1
	O_RDWR     = 0x2
	O_CREAT    = 0x40
	O_EXCL     = 0x80
	O_TRUNC    = 0x200
	O_APPEND   = 0x400
	O_NONBLOCK = 0x800
	O_SYNC     = 0x101000
	O_CLOEXEC  = 0x80000
)

// The kind of a file and its special bits, in Stat_t.Mode.
const (
	S_IFMT   = 0xf000
	S_IFSOCK = 0xc000
	S_IFLNK  = 0xa000
	S_IFREG  = 0x8000
	S_IFBLK  = 0x6000
	S_IFDIR  = 0x4000
	S_IFCHR  = 0x2000
	S_IFIFO  = 0x1000
	S_ISUID  = 0x800
	S_ISGID  = 0x400
	S_ISVTX  = 0x200
)

// The kind of a directory entry, in a record of Getdents.
const (
	DT_UNKNOWN = 0
	DT_FIFO    = 1
	DT_CHR     = 2
	DT_DIR     = 4
	DT_BLK     = 6
	DT_REG     = 8
	DT_LNK     = 10
	DT_SOCK    = 12
)

// The standard files.
const (
	Stdin  = 0
	Stdout = 1
	Stderr = 2
)

const (
	atFdcwd           = ^uintptr(99) // -100
	atSymlinkNofollow = 0x100
	pollIn            = 1
	pollOut           = 4
)

// Timespec is a time as the kernel has it.
type Timespec struct {
	Sec, Nsec int64
}

// Stat_t is what the kernel knows of a file.
type Stat_t struct {
	Dev, Ino, Nlink  uint64
	Mode, Uid, Gid   uint32
	pad              int32
	Rdev             uint64
	Size             int64
	Blksize, Blocks  int64
	Atim, Mtim, Ctim Timespec
	unused           [3]int64
}

// Open opens a file and returns its descriptor.
func Open(path string, mode int, perm uint32) (fd int, err error) {
	p, err := BytePtrFromString(path)
	if err != nil {
		return -1, err
	}
	for {
		fd, err = result(blockingCall(sysOpenat, atFdcwd, uintptr(unsafe.Pointer(p)),
			uintptr(mode), uintptr(perm), 0, 0))
		if err != EINTR {
			return fd, err
		}
	}
}

// Close closes a descriptor.
func Close(fd int) error {
	return failure(blockingCall(sysClose, uintptr(fd), 0, 0, 0, 0, 0))
}

// await waits until fd, which is not in blocking mode, can go on.
func await(fd int, event int16) {
	p := struct {
		fd              int32
		events, revents int16
	}{int32(fd), event, 0}
	// Any result will do: the caller tries again.
	blockingCall(sysPoll, uintptr(unsafe.Pointer(&p)), 1, ^uintptr(0), 0, 0, 0)
}

// transfer makes one read or write, and again when it was interrupted or would
// have blocked.
func transfer(num uintptr, fd int, b []byte, off int64, event int16) (int, error) {
	for {
		n, err := result(blockingCall(num, uintptr(fd), address(b), uintptr(len(b)),
			uintptr(off), 0, 0))
		switch err {
		case EAGAIN:
			await(fd, event)
		case EINTR:
		default:
			return n, err
		}
	}
}

// Read reads into p; 0 is the end.
func Read(fd int, p []byte) (n int, err error) { return transfer(sysRead, fd, p, 0, pollIn) }

// Write writes as much of p as goes at once.
func Write(fd int, p []byte) (n int, err error) { return transfer(sysWrite, fd, p, 0, pollOut) }

// Pread reads at offset, and leaves the position alone.
func Pread(fd int, p []byte, offset int64) (n int, err error) {
	return transfer(sysPread, fd, p, offset, pollIn)
}

// Pwrite writes at offset, and leaves the position alone.
func Pwrite(fd int, p []byte, offset int64) (n int, err error) {
	return transfer(sysPwrite, fd, p, offset, pollOut)
}

// Seek moves the position and returns it.
func Seek(fd int, offset int64, whence int) (int64, error) {
	n, err := result(blockingCall(sysLseek, uintptr(fd), uintptr(offset), uintptr(whence), 0, 0, 0))
	return int64(n), err
}

// Fstat looks at an open file.
func Fstat(fd int, st *Stat_t) error {
	return failure(blockingCall(sysFstat, uintptr(fd), uintptr(unsafe.Pointer(st)), 0, 0, 0, 0))
}

// Stat looks at a file, through symbolic links.
func Stat(path string, st *Stat_t) error { return statAt(path, st, 0) }

// Lstat looks at a file, which may be a symbolic link.
func Lstat(path string, st *Stat_t) error { return statAt(path, st, atSymlinkNofollow) }

func statAt(path string, st *Stat_t, flags uintptr) error {
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	return failure(blockingCall(sysNewfstatat, atFdcwd, uintptr(unsafe.Pointer(p)),
		uintptr(unsafe.Pointer(st)), flags, 0, 0))
}

// Fsync waits until the file is on the disk.
func Fsync(fd int) error {
	return failure(blockingCall(sysFsync, uintptr(fd), 0, 0, 0, 0, 0))
}

// Truncate changes the size of a file.
func Truncate(path string, length int64) error {
	_, err := pathCall(sysTruncate, path, uintptr(length), 0, 0)
	return err
}

// Ftruncate changes the size of an open file.
func Ftruncate(fd int, length int64) error {
	return failure(blockingCall(sysFtruncate, uintptr(fd), uintptr(length), 0, 0, 0, 0))
}

// Chmod changes the permissions of a file.
func Chmod(path string, mode uint32) error {
	_, err := pathCall(sysChmod, path, uintptr(mode), 0, 0)
	return err
}

// Fchmod changes the permissions of an open file.
func Fchmod(fd int, mode uint32) error {
	return failure(blockingCall(sysFchmod, uintptr(fd), uintptr(mode), 0, 0, 0, 0))
}

// UtimesNano sets the times of access and change.
func UtimesNano(path string, ts []Timespec) error {
	if len(ts) != 2 {
		return EINVAL
	}
	p, err := BytePtrFromString(path)
	if err != nil {
		return err
	}
	return failure(blockingCall(sysUtimensat, atFdcwd, uintptr(unsafe.Pointer(p)),
		uintptr(unsafe.Pointer(&ts[0])), 0, 0, 0))
}

// Mkdir makes a directory.
func Mkdir(path string, mode uint32) error {
	_, err := pathCall(sysMkdir, path, uintptr(mode), 0, 0)
	return err
}

// Rmdir removes an empty directory.
func Rmdir(path string) error {
	_, err := pathCall(sysRmdir, path, 0, 0, 0)
	return err
}

// Unlink removes a name of a file.
func Unlink(path string) error {
	_, err := pathCall(sysUnlink, path, 0, 0, 0)
	return err
}

// Chdir changes the working directory.
func Chdir(path string) error {
	_, err := pathCall(sysChdir, path, 0, 0, 0)
	return err
}

// Rename moves a file, over another if need be.
func Rename(from, to string) error { return twoPathCall(sysRename, from, to) }

// Link gives a file a second name.
func Link(path, link string) error { return twoPathCall(sysLink, path, link) }

// Symlink makes a symbolic link.
func Symlink(path, link string) error { return twoPathCall(sysSymlink, path, link) }

// Readlink reads where a symbolic link leads into buf.
func Readlink(path string, buf []byte) (n int, err error) {
	return pathCall(sysReadlink, path, address(buf), uintptr(len(buf)), 0)
}

// Getwd returns the working directory.
func Getwd() (string, error) {
	b := make([]byte, 4096)
	n, err := result(quickCall(sysGetcwd, address(b), uintptr(len(b)), 0, 0, 0, 0))
	if err != nil {
		return "", err
	}
	if n < 1 || b[0] != '/' {
		return "", ENOENT // "(unreachable)"
	}
	return string(b[:n-1]), nil
}

// Getdents reads directory records into buf; 0 is the end.
func Getdents(fd int, buf []byte) (n int, err error) {
	return result(blockingCall(sysGetdents64, uintptr(fd), address(buf), uintptr(len(buf)), 0, 0, 0))
}

// Pipe2 makes a pipe: p[0] is for reading, p[1] for writing.
func Pipe2(p []int, flags int) error {
	if len(p) != 2 {
		return EINVAL
	}
	var fds [2]int32
	err := failure(quickCall(sysPipe2, uintptr(unsafe.Pointer(&fds)), uintptr(flags), 0, 0, 0, 0))
	p[0], p[1] = int(fds[0]), int(fds[1])
	return err
}
