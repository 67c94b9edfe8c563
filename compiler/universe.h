/* universe.h - the predeclared names: int, true, append, error, ... */
#ifndef TERN_COMPILER_UNIVERSE_H
#define TERN_COMPILER_UNIVERSE_H

#include "types.h"

/* The outermost scope and package unsafe; made on first call. */
Scope *universe(void);
Package *unsafe_package(void);
/* The object of iota, whose value depends on the place. */
extern Object *universe_iota, *universe_nil;

#endif
