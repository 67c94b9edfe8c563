// tern-only
// A program needs a main function.
package main // refused: function main is undeclared in the main package

func notmain() {}
