package os

import "syscall"

// Args is the command line; Args[0] is the program.
var Args []string = syscall.Args()

// ignorePipe keeps SIGPIPE from ending the process, so that a write can return
// EPIPE.
func ignorePipe()

// dieOfPipe ends the process by SIGPIPE.
func dieOfPipe()

func init() { ignorePipe() }

// Exit ends the program at once; deferred functions are not run. By convention
// 0 is success.
func Exit(code int) { syscall.Exit(code) }

// Getenv returns the value of a name in the environment; "" if it has none.
func Getenv(key string) string {
	v, _ := syscall.Getenv(key)
	return v
}

// LookupEnv returns the value of a name, and whether it has one.
func LookupEnv(key string) (string, bool) { return syscall.Getenv(key) }

// Setenv gives a name a value.
func Setenv(key, value string) error {
	return NewSyscallError("setenv", syscall.Setenv(key, value))
}

// Unsetenv takes a name out of the environment.
func Unsetenv(key string) error { return syscall.Unsetenv(key) }

// Clearenv takes all names out.
func Clearenv() { syscall.Clearenv() }

// Environ returns a copy of the environment, as "name=value".
func Environ() []string { return syscall.Environ() }

func isNameByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// ExpandEnv replaces $name and ${name} in s by their values.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

// Expand replaces $name and ${name} in s by what mapping makes of the name.
func Expand(s string, mapping func(string) string) string {
	var b []byte
	done := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '$' || i+1 >= len(s) {
			continue
		}
		if b == nil {
			b = make([]byte, 0, 2*len(s))
		}
		b = append(b, s[done:i]...)
		name, width := shellName(s[i+1:])
		if name != "" {
			b = append(b, mapping(name)...)
		} else if width == 0 {
			b = append(b, '$') // not a name: the dollar stays
		}
		i += width
		done = i + 1
	}
	if b == nil {
		return s
	}
	return string(append(b, s[done:]...))
}

// shellName returns the name at the start of s, and how many bytes it takes; a
// malformed one in braces is "", and is left out.
func shellName(s string) (name string, width int) {
	if s[0] == '{' {
		if len(s) > 2 && isSpecial(s[1]) && s[2] == '}' {
			return s[1:2], 3
		}
		for i := 1; i < len(s); i++ {
			if s[i] == '}' {
				if i == 1 {
					return "", 2
				}
				return s[1:i], i + 1
			}
		}
		return "", 1
	}
	if isSpecial(s[0]) {
		return s[:1], 1
	}
	for width < len(s) && isNameByte(s[width]) {
		width++
	}
	return s[:width], width
}

// isSpecial tells whether c alone is a name to the shell.
func isSpecial(c byte) bool {
	switch c {
	case '*', '#', '$', '@', '!', '?', '-':
		return true
	}
	return '0' <= c && c <= '9'
}

// Getpid returns the number of the process.
func Getpid() int { return syscall.Getpid() }

// Getppid returns the number of the parent.
func Getppid() int { return syscall.Getppid() }

// Getuid returns the user.
func Getuid() int { return syscall.Getuid() }

// Geteuid returns the effective user.
func Geteuid() int { return syscall.Geteuid() }

// Getgid returns the group.
func Getgid() int { return syscall.Getgid() }

// Getegid returns the effective group.
func Getegid() int { return syscall.Getegid() }

// Getpagesize returns the size of a page of memory.
func Getpagesize() int { return syscall.Getpagesize() }

// Getwd returns the working directory; by the name in PWD if that is right.
func Getwd() (dir string, err error) {
	dir = Getenv("PWD")
	if dir != "" && dir[0] == '/' {
		here, err := Stat(".")
		if there, serr := Stat(dir); err == nil && serr == nil && SameFile(here, there) {
			return dir, nil
		}
	}
	dir, err = syscall.Getwd()
	return dir, NewSyscallError("getwd", err)
}

// Chdir changes the working directory.
func Chdir(dir string) error { return pathError("chdir", dir, syscall.Chdir(dir)) }

// Hostname returns the name of the machine.
func Hostname() (name string, err error) {
	var u syscall.Utsname
	if err := syscall.Uname(&u); err != nil {
		return "", NewSyscallError("uname", err)
	}
	n := 0
	for n < len(u.Nodename) && u.Nodename[n] != 0 {
		n++
	}
	return string(u.Nodename[:n]), nil
}

// Executable returns the path of the program.
func Executable() (string, error) { return Readlink("/proc/self/exe") }

// UserHomeDir returns the user's own directory, HOME.
func UserHomeDir() (string, error) {
	if dir := Getenv("HOME"); dir != "" {
		return dir, nil
	}
	return "", errNoHome
}

// Signal is what a process can be sent.
type Signal interface {
	String() string
	Signal() // marks the type
}

// The signals that every system has.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)
