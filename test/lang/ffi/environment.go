package main

import (
	"fmt"
	"os"

	"github.com/ebitengine/purego"
)

// What Go sets in the environment, C finds there.
func main() {
	var getenv func(string) string
	var setenv func(string, string, int32) int32
	purego.RegisterLibFunc(&getenv, purego.RTLD_DEFAULT, "getenv")
	purego.RegisterLibFunc(&setenv, purego.RTLD_DEFAULT, "setenv")
	os.Setenv("TERN_FFI_TEST", "from Go")
	fmt.Printf("%q\n", getenv("TERN_FFI_TEST")) // expect: "from Go"
	os.Setenv("TERN_FFI_TEST", "")
	os.Setenv("TERN_FFI_TEST", "again")
	fmt.Printf("%q\n", getenv("TERN_FFI_TEST")) // expect: "again"
	os.Unsetenv("TERN_FFI_TEST")
	fmt.Printf("%q\n", getenv("TERN_FFI_TEST")) // expect: ""

	// Not the other way.
	setenv("TERN_FFI_TEST", "from C", 1)
	fmt.Printf("%q %q\n", os.Getenv("TERN_FFI_TEST"), getenv("TERN_FFI_TEST")) // expect: "" "from C"
	os.Unsetenv("TERN_FFI_TEST")
	fmt.Printf("%q\n", getenv("TERN_FFI_TEST")) // expect: ""
	os.Clearenv()
	fmt.Printf("%q\n", getenv("PATH")) // expect: ""
}
