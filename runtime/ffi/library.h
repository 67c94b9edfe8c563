/* library.h - shared libraries and their symbols. */
#ifndef TERN_FFI_LIBRARY_H
#define TERN_FFI_LIBRARY_H

#include "ffi/function.h"

/* All in goroutine context; safepoints.  A failure is described in *message, a
 * string in the heap. */

/* dlopen; NULL on failure.  path is Go's; "": the program itself. */
void *library_open(tern_string path, int mode, tern_string *message);
/* dlsym; NULL on failure (or for a symbol whose value that is). */
void *library_symbol(void *handle, tern_string name, tern_string *message);
/* dlclose; false on failure. */
bool library_close(void *handle, tern_string *message);
/* The open library with this handle, or NULL. */
struct library *library_of(void *handle);
/* What the function at address is called, NUL-terminated, in the heap. */
const char *library_name_of(void *address);
/* A copy with a NUL, in the heap; or a constant. */
const char *ffi_heap_string(tern_string s);

#endif
