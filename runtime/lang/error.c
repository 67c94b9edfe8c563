/* error.c - the runtime's own panics as values.
 *
 * A run-time panic carries a value that implements `error` and runtime.Error,
 * so that a program can recover and print it.  The types are laid out here by
 * hand, as the compiler would emit them:
 *
 *   runtime.boundsError    index or slice bounds; text is made when asked for
 *   runtime.errorString    "runtime error: " + text
 *   runtime.plainError     text alone ("send on closed channel")
 *   *runtime.TypeAssertionError, *runtime.PanicNilError
 *
 * Their method types func() string and func() are made here too; interfaces
 * emitted by the compiler match them by name and hash (same_type).
 */
#include "lang/lang.h"
#include "gc/malloc.h"
#include "os/print.h"

/* ---- Types of the methods ----------------------------------------------------- */

static const uint64_t first_word_mask[1] = {1};

static tern_type string_type = {
    .size = 16, .ptrdata = 8, .ptrmask = first_word_mask, .kind = TERN_STRING,
    .align = 8, .flags = TERN_NAMED | TERN_COMPARABLE,
    .name = TERN_STR_INIT("string")};
static const tern_type *const text_results[1] = {&string_type};

static tern_type text_func_type = {
    .size = 8, .ptrdata = 8, .ptrmask = first_word_mask, .kind = TERN_FUNC,
    .align = 8, .flags = TERN_DIRECT, .name = TERN_STR_INIT("func() string"),
    .nout = 1, .inout = text_results};
static tern_type marker_func_type = {
    .size = 8, .ptrdata = 8, .ptrmask = first_word_mask, .kind = TERN_FUNC,
    .align = 8, .flags = TERN_DIRECT, .name = TERN_STR_INIT("func()")};

static void runtime_error_marker(void *data) { (void)data; }

/* The method table {Error, RuntimeError} of a type, Error being `fn`. */
#define ERROR_METHODS(fn)                                              \
  {                                                                    \
    {TERN_STR_INIT("Error"), TERN_STR_INIT(""), &text_func_type,       \
     (void *)fn},                                                      \
    {TERN_STR_INIT("RuntimeError"), TERN_STR_INIT(""),                 \
     &marker_func_type, (void *)runtime_error_marker},                 \
  }

/* ---- errorString, plainError --------------------------------------------------- */

static tern_string plain_error(void *data) { return *(tern_string *)data; }

static tern_string prefixed_error(void *data) {
  tern_string parts[2] = {TERN_STR("runtime error: "), *(tern_string *)data};
  return tern_concat(parts, 2);
}

static const tern_method plain_methods[2] = ERROR_METHODS(plain_error);
static const tern_method prefixed_methods[2] = ERROR_METHODS(prefixed_error);

static tern_type plain_error_type = {
    .size = 16, .ptrdata = 8, .ptrmask = first_word_mask, .kind = TERN_STRING,
    .align = 8, .flags = TERN_NAMED | TERN_COMPARABLE,
    .name = TERN_STR_INIT("runtime.plainError"),
    .pkgpath = TERN_STR_INIT("runtime"), .nmethods = 2,
    .methods = plain_methods};
static tern_type error_string_type = {
    .size = 16, .ptrdata = 8, .ptrmask = first_word_mask, .kind = TERN_STRING,
    .align = 8, .flags = TERN_NAMED | TERN_COMPARABLE,
    .name = TERN_STR_INIT("runtime.errorString"),
    .pkgpath = TERN_STR_INIT("runtime"), .nmethods = 2,
    .methods = prefixed_methods};

static TERN_NORETURN void panic_text(const tern_type *t, tern_string text) {
  tern_gopanic((tern_eface){t, tern_box(t, &text)});
}

void panic_runtime(tern_string text) { panic_text(&error_string_type, text); }
void panic_plain(tern_string text) { panic_text(&plain_error_type, text); }

void panic_type(tern_string text, const tern_type *t) {
  tern_string parts[2] = {text, t->name};
  panic_runtime(tern_concat(parts, 2));
}

void tern_panic_divide(void) {
  panic_runtime(TERN_STR("integer divide by zero"));
}
void tern_panic_shift(void) { panic_runtime(TERN_STR("negative shift amount")); }
void tern_panic_nil(void) {
  panic_runtime(TERN_STR("invalid memory address or nil pointer dereference"));
}
void tern_panic_nil_map(void) {
  panic_plain(TERN_STR("assignment to entry in nil map"));
}
void tern_unreachable(void) {
  throw("unreachable code was reached: a function with results fell off its "
        "end");
}

/* ---- boundsError ----------------------------------------------------------------- */

enum bounds_code {
  B_INDEX, B_SLICE_LEN, B_SLICE_CAP, B_SLICE_LOW, B_SLICE3_LEN, B_SLICE3_CAP,
  B_SLICE3_MID, B_SLICE3_LOW, B_CONVERT, B_COUNT
};

struct bounds_error {
  int64_t x, y;
  bool is_signed; /* x is a signed value: may be shown negative */
  uint8_t code;
};

/* The texts, and those for a negative x, which needs no y. */
static const struct {
  const char *text, *negative;
} bounds_text[B_COUNT] = {
    [B_INDEX] = {"index out of range [%X] with length %Y",
                 "index out of range [%X]"},
    [B_SLICE_LEN] = {"slice bounds out of range [:%X] with length %Y",
                     "slice bounds out of range [:%X]"},
    [B_SLICE_CAP] = {"slice bounds out of range [:%X] with capacity %Y",
                     "slice bounds out of range [:%X]"},
    [B_SLICE_LOW] = {"slice bounds out of range [%X:%Y]",
                     "slice bounds out of range [%X:]"},
    [B_SLICE3_LEN] = {"slice bounds out of range [::%X] with length %Y",
                      "slice bounds out of range [::%X]"},
    [B_SLICE3_CAP] = {"slice bounds out of range [::%X] with capacity %Y",
                      "slice bounds out of range [::%X]"},
    [B_SLICE3_MID] = {"slice bounds out of range [:%X:%Y]",
                      "slice bounds out of range [:%X:]"},
    [B_SLICE3_LOW] = {"slice bounds out of range [%X:%Y:]",
                      "slice bounds out of range [%X::]"},
    [B_CONVERT] = {"cannot convert slice with length %X to array or pointer to "
                   "array with length %Y",
                   ""},
};

/* Writes the text for e to buf, with the numbers in place of %X and %Y. */
static int64_t format_bounds(const struct bounds_error *e, char *buf) {
  bool negative = e->is_signed && e->x < 0;
  const char *f = negative ? bounds_text[e->code].negative
                           : bounds_text[e->code].text;
  int n = os_format(buf, 32, "runtime error: ");
  for (; *f != 0; f++) {
    if (*f != '%') {
      buf[n++] = *f;
      continue;
    }
    int64_t v = *++f == 'X' ? e->x : e->y;
    if (*f == 'X' && !e->is_signed)
      n += os_format(buf + n, 24, "%llu", (unsigned long long)v);
    else
      n += os_format(buf + n, 24, "%lld", (long long)v);
  }
  return n;
}

static tern_string bounds_error(void *data) {
  char buf[160];
  int64_t n = format_bounds(data, buf);
  return tern_string_from_bytes((tern_slice){buf, n, n});
}

static const tern_method bounds_methods[2] = ERROR_METHODS(bounds_error);
static tern_type bounds_error_type = {
    .size = sizeof(struct bounds_error), .kind = TERN_STRUCT, .align = 8,
    .flags = TERN_NAMED | TERN_COMPARABLE,
    .name = TERN_STR_INIT("runtime.boundsError"),
    .pkgpath = TERN_STR_INIT("runtime"), .nmethods = 2,
    .methods = bounds_methods};

static TERN_NORETURN void panic_bounds(int64_t x, int64_t y, bool is_signed,
                                       enum bounds_code code) {
  struct bounds_error e = {x, y, is_signed, (uint8_t)code};
  tern_gopanic(
      (tern_eface){&bounds_error_type, tern_box(&bounds_error_type, &e)});
}

/* a[i] with i < 0 or i >= len. */
void tern_panic_index(int64_t i, int64_t len) {
  panic_bounds(i, len, true, B_INDEX);
}
/* The same for an unsigned index. */
void tern_panic_index_u(uint64_t i, int64_t len) {
  panic_bounds((int64_t)i, len, false, B_INDEX);
}
void tern_panic_slice_to_array(int64_t have, int64_t want) {
  panic_bounds(have, want, true, B_CONVERT);
}

void tern_panic_slice(int64_t lo, int64_t hi, int64_t max, int64_t len,
                      int64_t cap, bool is_string, bool three) {
  (void)len;
  if (three) {
    if ((uint64_t)max > (uint64_t)cap)
      panic_bounds(max, cap, true, is_string ? B_SLICE3_LEN : B_SLICE3_CAP);
    if ((uint64_t)hi > (uint64_t)max)
      panic_bounds(hi, max, true, B_SLICE3_MID);
    panic_bounds(lo, hi, true, B_SLICE3_LOW);
  }
  if ((uint64_t)hi > (uint64_t)cap)
    panic_bounds(hi, cap, true, is_string ? B_SLICE_LEN : B_SLICE_CAP);
  panic_bounds(lo, hi, true, B_SLICE_LOW);
}

/* ---- TypeAssertionError, PanicNilError --------------------------------------------- */

struct assertion_error {
  const tern_type *inter, *have, *want; /* inter, have: may be NULL */
  tern_string missing;
};

static tern_string assertion_error(void *data) {
  const struct assertion_error *e = data;
  tern_string inter =
      e->inter != NULL ? e->inter->name : TERN_STR("interface");
  if (e->have == NULL) {
    tern_string parts[4] = {TERN_STR("interface conversion: "), inter,
                            TERN_STR(" is nil, not "), e->want->name};
    return tern_concat(parts, 4);
  }
  if (e->missing.len != 0) {
    tern_string parts[6] = {TERN_STR("interface conversion: "), e->have->name,
                            TERN_STR(" is not "), e->want->name,
                            TERN_STR(": missing method "), e->missing};
    return tern_concat(parts, 6);
  }
  tern_string note = TERN_STR("");
  if (tern_streq(e->have->name, e->want->name))
    note = tern_streq(e->have->pkgpath, e->want->pkgpath)
               ? TERN_STR(" (types from different scopes)")
               : TERN_STR(" (types from different packages)");
  tern_string parts[7] = {TERN_STR("interface conversion: "), inter,
                          TERN_STR(" is "), e->have->name,
                          TERN_STR(", not "), e->want->name, note};
  return tern_concat(parts, 7);
}

static tern_string panic_nil_error(void *data) {
  (void)data;
  return TERN_STR("panic called with nil argument");
}

static const tern_method assertion_methods[2] = ERROR_METHODS(assertion_error);
static const tern_method panic_nil_methods[2] = ERROR_METHODS(panic_nil_error);

/* The names of the types all lie in read-only data: nothing to scan. */
static tern_type assertion_struct_type = {
    .size = sizeof(struct assertion_error), .kind = TERN_STRUCT, .align = 8,
    .flags = TERN_NAMED | TERN_COMPARABLE,
    .name = TERN_STR_INIT("runtime.TypeAssertionError"),
    .pkgpath = TERN_STR_INIT("runtime")};
static tern_type assertion_error_type = {
    .size = 8, .ptrdata = 8, .ptrmask = first_word_mask, .kind = TERN_POINTER,
    .align = 8, .flags = TERN_DIRECT | TERN_PLAIN_EQ | TERN_COMPARABLE,
    .name = TERN_STR_INIT("*runtime.TypeAssertionError"),
    .elem = &assertion_struct_type, .nmethods = 2,
    .methods = assertion_methods};
static tern_type panic_nil_struct_type = {
    .size = 8, .kind = TERN_STRUCT, .align = 8, .flags = TERN_NAMED,
    .name = TERN_STR_INIT("runtime.PanicNilError"),
    .pkgpath = TERN_STR_INIT("runtime")};
static tern_type panic_nil_type = {
    .size = 8, .ptrdata = 8, .ptrmask = first_word_mask, .kind = TERN_POINTER,
    .align = 8, .flags = TERN_DIRECT | TERN_PLAIN_EQ | TERN_COMPARABLE,
    .name = TERN_STR_INIT("*runtime.PanicNilError"),
    .elem = &panic_nil_struct_type, .nmethods = 2,
    .methods = panic_nil_methods};

void panic_assertion(const tern_type *inter, const tern_type *have,
                     const tern_type *want, tern_string missing) {
  struct assertion_error *e = tern_new(&assertion_struct_type);
  *e = (struct assertion_error){inter, have, want, missing};
  tern_gopanic((tern_eface){&assertion_error_type, e});
}

tern_eface make_panic_nil_error(void) {
  return (tern_eface){&panic_nil_type, tern_new(&panic_nil_struct_type)};
}

/* ---- Hashes of the types, as the compiler computes them ----------------------------- */

static uint32_t fnv1a(tern_string s) {
  uint32_t h = 2166136261u;
  for (int64_t i = 0; i < s.len; i++) h = (h ^ s.ptr[i]) * 16777619u;
  return h;
}

/* Completes the types above; part of lang_init. */
void error_init(void) {
  tern_type *const all[] = {
      &string_type,        &text_func_type,        &marker_func_type,
      &plain_error_type,   &error_string_type,     &bounds_error_type,
      &assertion_struct_type, &assertion_error_type, &panic_nil_struct_type,
      &panic_nil_type};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
    all[i]->hash = fnv1a(all[i]->name);
}
