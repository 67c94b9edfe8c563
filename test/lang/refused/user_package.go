// tern-only
// Only the standard packages that come with Tern can be imported.
package main

import "example.com/user/pkg" // refused: example.com/user/pkg

func main() { pkg.F() }
