/* link.h - what the C halves of the standard packages (link_*.c) share.
 *
 * A Go function without a body is a C function of the same signature whose
 * symbol is the Go name, "strings.indexByte" or "sync/atomic.AddInt32".
 */
#ifndef TERN_LANG_LINK_H
#define TERN_LANG_LINK_H

#include "lang/tern.h"

/* Gives a declaration the symbol of a Go name. */
#define TERN_SYMBOL(name) TERN_SYM(name)

/* Sets a name in C's environment, or takes it out.  Goroutine context.  Defined in
 * runtime/ffi; NULL in programs that do not call C. */
void c_setenv(tern_string name, tern_string value, bool set) __attribute__((weak));

#endif
