/* function.h - calling C, and being called by it: what package purego stands on.
 *
 * The top room: it may use all others, none uses it.  A program that does not
 * import github.com/ebitengine/purego contains nothing of it and does not need
 * libffi.
 */
#ifndef TERN_FFI_FUNCTION_H
#define TERN_FFI_FUNCTION_H

#include "ffi/sig.h"

/* A shared library as Dlopen returned it; never freed, so that what was
 * registered from it knows when it is closed. */
struct library {
  struct library *next;
  void *handle;      /* constant */
  int64_t opened;    /* atomic: Dlopens less Dlcloses; 0: closed for ever */
};

/* What a function variable points to after RegisterFunc: a closure whose code is
 * ffi_entry.  In the heap, never written again. */
struct c_function {
  tern_closure closure;
  struct signature *sig;
  void *address;
  const char *name;      /* for messages; in the heap, or a constant */
  struct library *from;  /* NULL if unknown */
};

/* Makes the closure that calls C's function at `address` by the signature.
 * name: NUL-terminated, heap or constant.  Goroutine context; allocates. */
tern_func ffi_new_function(struct signature *s, void *address, const char *name,
                           struct library *from);

/* Calls fn(arg) in C as `name`, with the goroutine's errno.  Goroutine context; a
 * safepoint. */
void ffi_run_c(const char *name, void (*fn)(void *), void *arg);

/* panic: purego: NAME: TEXT */
TERN_NORETURN void ffi_complain(const char *name, const char *text);

/* The C function for a Go function that is an argument of type t of `name`; kept
 * until it is released, the same one for the same fn.  Panics if there can be
 * none. */
void *ffi_argument_callback(const tern_type *t, tern_func fn, const char *name);
/* The Go function of type t that calls C's function at address; nil for NULL. */
tern_func ffi_foreign_function(const tern_type *t, void *address, const char *name);

/* ---- Callbacks (callback.c) ---------------------------------------------------- */

struct callback;

/* The C function that calls fn, which has the signature s; it keeps fn alive until
 * callback_release.  shared: of the same fn the same one.  NULL: no memory.
 * Goroutine context. */
struct callback *callback_make(struct signature *s, tern_func fn, bool shared);
void *callback_code(const struct callback *cb);
/* The callback with this code, or the shared one of this function; NULL. */
struct callback *callback_by_code(const void *code);
struct callback *callback_by_function(tern_func fn);
/* A later call of it by C is a fatal error; its memory is used again once
 * CALLBACK_QUARANTINE others were released after it.  False if it was released
 * already. */
bool callback_release(struct callback *cb);
enum { CALLBACK_QUARANTINE = 1024 };
/* How many are alive, and how many ever needed memory. */
void callback_counts(int64_t *alive, int64_t *made);

#endif
