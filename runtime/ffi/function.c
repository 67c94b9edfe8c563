/* function.c - function values: C's as Go's, and Go's as C's when they are
 * arguments.
 */
#include <string.h>

#include "ffi/function.h"
#include "gc/store.h"
#include "lang/lang.h"

void ffi_complain(const char *name, const char *text) {
  tern_string parts[4] = {
      TERN_STR("purego: "),
      {(const uint8_t *)name, (int64_t)strlen(name)},
      TERN_STR(": "),
      {(const uint8_t *)text, (int64_t)strlen(text)}};
  panic_plain(tern_concat(parts, 4));
}

static const uint64_t function_mask[1] = {8}; /* name */
static tern_type function_type = {
    .size = sizeof(struct c_function), .ptrdata = 32, .ptrmask = function_mask,
    .kind = TERN_STRUCT, .align = 8, .name = TERN_STR_INIT("purego.function")};

tern_func ffi_new_function(struct signature *s, void *address, const char *name,
                           struct library *from) {
  struct c_function *f = tern_new(&function_type);
  f->closure.fn = s->go.result_in_memory ? ffi_entry_memory : ffi_entry;
  f->sig = s;
  f->address = address;
  tern_store_ptr(&f->name, name);
  f->from = from;
  return &f->closure;
}

void *ffi_argument_callback(const tern_type *t, tern_func fn, const char *name) {
  struct complaint why;
  if (fn == NULL) return NULL;
  struct signature *s = signature_of(t, &why);
  if (s == NULL) ffi_complain(name, why.text);
  if (s->not_a_callback != NULL) ffi_complain(name, s->not_a_callback);
  struct callback *cb = callback_make(s, fn, true);
  if (cb == NULL) ffi_complain(name, "no memory for a callback");
  return callback_code(cb);
}

tern_func ffi_foreign_function(const tern_type *t, void *address, const char *name) {
  struct complaint why;
  if (address == NULL) return NULL;
  struct signature *s = signature_of(t, &why);
  if (s == NULL) ffi_complain(name, why.text);
  return ffi_new_function(s, address, name, NULL);
}
