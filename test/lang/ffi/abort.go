// tern-only
// exit: 134
// stderr: SIGABRT: abort in C code, called as abort
// stderr: goroutine 1 [syscall]:
// stderr: main.main()
package main

import "github.com/ebitengine/purego"

func main() {
	var abort func()
	purego.RegisterLibFunc(&abort, purego.RTLD_DEFAULT, "abort")
	abort()
}
