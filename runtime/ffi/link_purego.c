/* link_purego.c - the C half of package github.com/ebitengine/purego.
 *
 * Errors go to the Go half as texts, which panics or returns an error.
 */
#include <errno.h>
#include <string.h>

#include "ffi/library.h"
#include "gc/store.h"
#include "lang/lang.h"
#include "lang/link.h"
#include "sched/sched.h"

#define PUREGO(name) TERN_SYMBOL("github.com/ebitengine/purego." name)

struct address_or_message {
  uintptr_t address;
  tern_string message;
};
struct three {
  uint64_t r1, r2, err;
};

struct address_or_message purego_dlopen(tern_string path, int64_t mode) PUREGO("dlopen");
struct address_or_message purego_dlsym(uintptr_t handle, tern_string name) PUREGO("dlsym");
tern_string purego_dlclose(uintptr_t handle) PUREGO("dlclose");
tern_string purego_register(tern_eface fptr, uintptr_t address, uintptr_t handle,
                            tern_string name) PUREGO("register");
struct three purego_call(uintptr_t fn, uintptr_t args, int64_t n) PUREGO("call");
struct address_or_message purego_callback(tern_eface fn) PUREGO("callback");
bool purego_release(uintptr_t code) PUREGO("release");
bool purego_releaseFunc(tern_eface fn) PUREGO("releaseFunc");
int64_t purego_errno(void) PUREGO("errno");
void purego_setErrno(int64_t e) PUREGO("setErrno");

static tern_string text(const char *s) {
  int64_t n = (int64_t)strlen(s);
  return tern_string_from_bytes((tern_slice){(void *)s, n, n});
}

/* ---- Libraries ------------------------------------------------------------------ */

struct address_or_message purego_dlopen(tern_string path, int64_t mode) {
  struct address_or_message r;
  r.address = (uintptr_t)library_open(path, (int)mode, &r.message);
  return r;
}
struct address_or_message purego_dlsym(uintptr_t handle, tern_string name) {
  struct address_or_message r;
  r.address = (uintptr_t)library_symbol((void *)handle, name, &r.message);
  return r;
}
tern_string purego_dlclose(uintptr_t handle) {
  tern_string message;
  library_close((void *)handle, &message);
  return message;
}

/* ---- Functions ------------------------------------------------------------------- */

/* Why a function argument of this signature could not be passed, or "". */
static bool arguments_do(struct signature *s, struct complaint *why) {
  for (int32_t i = 0; i < s->nfixed; i++) {
    if (s->conversions[i] != CONVERT_FUNC) continue;
    struct signature *arg = signature_of(s->type->inout[i], why);
    if (arg == NULL) return false;
    if (arg->not_a_callback != NULL) {
      strcpy(why->text, arg->not_a_callback);
      return false;
    }
  }
  return true;
}

tern_string purego_register(tern_eface fptr, uintptr_t address, uintptr_t handle,
                            tern_string name) {
  const tern_type *t = fptr.type;
  if (t == NULL || t->kind != TERN_POINTER || fptr.data == NULL)
    return TERN_STR("fptr must be a non-nil function pointer");
  if (t->elem->kind != TERN_FUNC) return TERN_STR("fptr must be a function pointer");
  if (address == 0) return TERN_STR("cfn is nil");
  struct complaint why;
  struct signature *s = signature_of(t->elem, &why);
  if (s == NULL || !arguments_do(s, &why)) return text(why.text);
  const char *c_name = name.len > 0 ? ffi_heap_string(name)
                                    : library_name_of((void *)address);
  struct library *from = handle != 0 ? library_of((void *)handle) : NULL;
  tern_func f = ffi_new_function(s, (void *)address, c_name, from);
  tern_store_ptr((tern_func *)fptr.data, f);
  return TERN_STR("");
}

enum { MAX_WORDS = 32 }; /* maxArgs of the Go half */

struct words_call {
  void *fn;
  const uint64_t *args;
  int64_t n;
  uint64_t result[2];
};

/* SyscallN: all words.  A struct of two makes libffi keep both registers.  The first
 * eight are in the float registers, too: so C functions that take nothing but floats
 * get them (glClearColor by math.Float32bits). */
static void call_words(void *p) {
  struct words_call *c = p;
  static ffi_type *pair[3] = {&ffi_type_uint64, &ffi_type_uint64, NULL};
  static ffi_type result = {.size = 16, .alignment = 8, .type = FFI_TYPE_STRUCT,
                            .elements = pair};
  enum { FPRS = 8 };
  ffi_type *types[MAX_WORDS + FPRS];
  void *args[MAX_WORDS + FPRS];
  ffi_cif cif;
  unsigned n = 0;
  for (int64_t i = 0; i < c->n && i < FPRS; i++) {
    types[n] = &ffi_type_double;
    args[n++] = (void *)&c->args[i];
  }
  for (int64_t i = 0; i < c->n; i++) {
    types[n] = &ffi_type_uint64;
    args[n++] = (void *)&c->args[i];
  }
  errno = 0;
  if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, n, &result, types) == FFI_OK)
    ffi_call(&cif, FFI_FN(c->fn), c->result, args);
}

struct three purego_call(uintptr_t fn, uintptr_t args, int64_t n) {
  struct words_call c = {(void *)fn, (const uint64_t *)args, n, {0, 0}};
  ffi_run_c("a function called by SyscallN", call_words, &c);
  return (struct three){c.result[0], c.result[1], (uint64_t)getg()->c_errno};
}

int64_t purego_errno(void) { return getg()->c_errno; }
void purego_setErrno(int64_t e) { getg()->c_errno = (int32_t)e; }

/* ---- Callbacks ------------------------------------------------------------------- */

struct address_or_message purego_callback(tern_eface fn) {
  struct complaint why;
  if (fn.type == NULL || fn.type->kind != TERN_FUNC)
    return (struct address_or_message){0, TERN_STR("the type must be a function but was not")};
  if (fn.data == NULL)
    return (struct address_or_message){0, TERN_STR("function must not be nil")};
  if (fn.type->nout > 1)
    return (struct address_or_message){0, TERN_STR("callbacks can only have one return")};
  struct signature *s = signature_of(fn.type, &why);
  if (s == NULL) return (struct address_or_message){0, text(why.text)};
  if (s->not_a_callback != NULL)
    return (struct address_or_message){0, text(s->not_a_callback)};
  struct callback *cb = callback_make(s, fn.data, false);
  if (cb == NULL)
    return (struct address_or_message){0, TERN_STR("no memory for a callback")};
  return (struct address_or_message){(uintptr_t)callback_code(cb), TERN_STR("")};
}

bool purego_release(uintptr_t code) {
  struct callback *cb = callback_by_code((void *)code);
  return cb != NULL && callback_release(cb);
}

bool purego_releaseFunc(tern_eface fn) {
  if (fn.type == NULL || fn.type->kind != TERN_FUNC || fn.data == NULL) return false;
  struct callback *cb = callback_by_function(fn.data);
  return cb != NULL && callback_release(cb);
}
