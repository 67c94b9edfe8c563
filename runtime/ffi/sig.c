/* sig.c - from Go's type descriptors to libffi's types and call interfaces.
 *
 * Everything here runs on the system stack under one lock and happens once for
 * each type; calls only read what it leaves behind.
 */
#include "ffi/poison.h"
#include "ffi/sig.h"

#include <string.h>

#include "heap/heap.h"
#include "heap/stats.h"
#include "os/print.h"
#include "sched/sched.h"

static mutex sig_lock = MUTEX_INIT(SIGNATURES);

/* ---- Memory ------------------------------------------------------------------ */

static void *keep(size_t n) {
  return persistentalloc((int64_t)(n ? n : 1), 16, &sys_stats.other);
}

#define COMPLAIN(why, ...) \
  os_format((why)->text, sizeof(why)->text, __VA_ARGS__)

/* A type's name, cut to what a complaint has room for. */
static const char *type_name(const tern_type *t, char buf[80]) {
  int64_t n = t->name.len < 76 ? t->name.len : 76;
  memcpy(buf, t->name.ptr, (size_t)n);
  strcpy(buf + n, n < t->name.len ? "..." : "");
  return buf;
}

/* ---- Types of C ---------------------------------------------------------------- */

/* Structs that were translated. */
static struct c_struct {
  struct c_struct *next;
  const tern_type *type;
  ffi_type ffi;
} *structs; /* guarded by sig_lock */

static ffi_type *struct_type(const tern_type *t, struct complaint *why);

/* The type of C with the layout of t as a field; NULL if there is none. */
static ffi_type *field_type(const tern_type *t, struct complaint *why) {
  char name[80];
  switch (t->kind) {
    case TERN_BOOL: case TERN_UINT8: return &ffi_type_uint8;
    case TERN_INT8: return &ffi_type_sint8;
    case TERN_INT16: return &ffi_type_sint16;
    case TERN_UINT16: return &ffi_type_uint16;
    case TERN_INT32: return &ffi_type_sint32;
    case TERN_UINT32: return &ffi_type_uint32;
    case TERN_INT: case TERN_INT64: return &ffi_type_sint64;
    case TERN_UINT: case TERN_UINT64: case TERN_UINTPTR: return &ffi_type_uint64;
    case TERN_FLOAT32: return &ffi_type_float;
    case TERN_FLOAT64: return &ffi_type_double;
    case TERN_POINTER: case TERN_UNSAFE_POINTER: return &ffi_type_pointer;
    case TERN_STRUCT: return struct_type(t, why);
    default:
      COMPLAIN(why, "unsupported type %s: C has nothing like it",
               type_name(t, name));
      return NULL;
  }
}

/* Appends the elements that a field of type t adds to out (NULL: only counts);
 * arrays are as many fields.  The new number, or -1. */
static int64_t flatten(const tern_type *t, ffi_type **out, int64_t n,
                       struct complaint *why) {
  if (t->size == 0) return n;
  if (t->kind == TERN_ARRAY) {
    for (int64_t i = 0; i < t->len && n >= 0; i++) n = flatten(t->elem, out, n, why);
    return n;
  }
  if (n >= 1 << 16) {
    COMPLAIN(why, "a struct of more than 65536 elements");
    return -1;
  }
  ffi_type *f = field_type(t, why);
  if (f == NULL) return -1;
  if (out != NULL) out[n] = f;
  return n + 1;
}

static int64_t flatten_struct(const tern_type *t, ffi_type **out,
                              struct complaint *why) {
  int64_t n = 0;
  for (int64_t i = 0; i < t->nfields && n >= 0; i++)
    n = flatten(t->fields[i].type, out, n, why);
  return n;
}

static ffi_type *struct_type(const tern_type *t, struct complaint *why) {
  char name[80];
  for (struct c_struct *s = structs; s != NULL; s = s->next)
    if (s->type == t) return &s->ffi;
  int64_t n = flatten_struct(t, NULL, why);
  if (n < 0) return NULL;
  if (n == 0) {
    COMPLAIN(why, "unsupported type %s: an empty struct", type_name(t, name));
    return NULL;
  }
  struct c_struct *s = keep(sizeof *s);
  s->type = t;
  s->ffi.type = FFI_TYPE_STRUCT;
  s->ffi.elements = keep((size_t)(n + 1) * sizeof(ffi_type *));
  flatten_struct(t, s->ffi.elements, why);
  size_t *offsets = keep((size_t)n * sizeof *offsets);
  if (ffi_get_struct_offsets(FFI_DEFAULT_ABI, &s->ffi, offsets) != FFI_OK ||
      s->ffi.size != (size_t)t->size) {
    COMPLAIN(why, "unsupported type %s: C would lay it out otherwise",
             type_name(t, name));
    return NULL;
  }
  s->next = structs;
  structs = s;
  return &s->ffi;
}

/* The type of an argument and what becomes of it; NULL if there is none. */
static ffi_type *argument_type(const tern_type *t, uint8_t *conversion,
                               struct complaint *why) {
  char name[80];
  *conversion = CONVERT_NONE;
  switch (t->kind) {
    case TERN_STRUCT:
      if (t->size > 0) return struct_type(t, why);
      *conversion = CONVERT_EMPTY;
      return &ffi_type_void;
    case TERN_STRING: *conversion = CONVERT_STRING; return &ffi_type_pointer;
    case TERN_FUNC: *conversion = CONVERT_FUNC; return &ffi_type_pointer;
    case TERN_SLICE: return &ffi_type_pointer;
    case TERN_ARRAY:
      COMPLAIN(why, "unsupported type %s: C passes arrays by pointer",
               type_name(t, name));
      return NULL;
    default: return field_type(t, why);
  }
}

/* ---- Signatures -------------------------------------------------------------------- */

enum { BUCKETS = 256 };
static struct signature *table[BUCKETS]; /* atomic heads; guarded by sig_lock */

static struct signature **bucket(const tern_type *func) {
  return &table[(uintptr_t)func / sizeof(tern_type) % BUCKETS];
}

static struct signature *find(const tern_type *func) {
  struct signature *s = load_acq(bucket(func));
  while (s != NULL && s->type != func) s = s->next;
  return s;
}

static bool is_any(const tern_type *t) {
  return t->kind == TERN_INTERFACE && t->nimethods == 0;
}

/* The result of C's side; false if there is none like it. */
static bool result_type(struct signature *s, ffi_type **out, struct complaint *why) {
  const tern_type *f = s->type;
  *out = &ffi_type_void;
  if (f->nout == 0) return true;
  const tern_type *t = s->result_type = f->inout[f->nin];
  if (t->kind == TERN_SLICE) {
    COMPLAIN(why, "unsupported result type: C does not say how long a slice is");
    return false;
  }
  uint8_t conversion;
  *out = argument_type(t, &conversion, why);
  if (conversion == CONVERT_EMPTY) conversion = CONVERT_NONE; /* C's void */
  s->result = conversion;
  return *out != NULL;
}

/* Whether C's result is Go's, in registers and without a change.  What is shorter
 * than four bytes must be extended, and a bool be 0 or 1. */
static bool comes_in_registers(const struct signature *s) {
  const tern_type *t = s->result_type;
  return t == NULL || (s->result == CONVERT_NONE && !s->go.result_in_memory &&
                       (t->size >= 4 || t->kind == TERN_STRUCT));
}

/* Whether all arguments lie in registers as C wants them. */
static bool go_in_registers(const struct signature *s) {
  for (int32_t i = 0; i < s->go.nargs; i++)
    if (s->go.args[i].by_address) return false;
  return s->go.stack_words == 0;
}

static const char *callback_fault(const struct signature *s) {
  const tern_type *f = s->type;
  if (s->rest) return "a variadic function cannot be a callback";
  if (s->result == CONVERT_STRING)
    return "a callback cannot return a string: who would free it?";
  if (s->result == CONVERT_FUNC) return "a callback cannot return a function";
  for (int64_t i = 0; i < f->nin; i++)
    if (f->inout[i]->kind == TERN_SLICE)
      return "a callback cannot take a slice: C does not say how long it is";
  return NULL;
}

/* The call interface of a call: like that of a callback, but one argument may have
 * to be given as its halves.  nfixed < n: variadic. */
static bool prepare_call(ffi_cif *cif, int32_t split, ffi_type *result, ffi_type **types,
                         int64_t n, int64_t nfixed) {
  if (split >= 0) {
    ffi_type **halves = keep((size_t)(n + 1) * sizeof *halves);
    memcpy(halves, types, (size_t)split * sizeof *types);
    halves[split] = &ffi_type_uint64;
    halves[split + 1] = &ffi_type_double;
    memcpy(halves + split + 2, types + split + 1, (size_t)(n - split - 1) * sizeof *types);
    types = halves;
    n++;
    nfixed += split < nfixed;
  }
  /* libffi wants a fixed argument; the rules of amd64 do not. */
  ffi_status ok = nfixed > 0 && nfixed < n
      ? ffi_prep_cif_var(cif, FFI_DEFAULT_ABI, (unsigned)nfixed, (unsigned)n, result, types)
      : ffi_prep_cif(cif, FFI_DEFAULT_ABI, (unsigned)n, result, types);
  return ok == FFI_OK;
}

static bool too_many_functions(int n, struct complaint *why) {
  if (n <= MAX_FUNC_ARGS) return false;
  COMPLAIN(why, "more than %d functions as arguments", MAX_FUNC_ARGS);
  return true;
}

static struct signature *make(const tern_type *f, struct complaint *why) {
  if (f->nout > 1) {
    COMPLAIN(why, "function can only return zero or one values");
    return NULL;
  }
  if (f->nin > MAX_ARGS) {
    COMPLAIN(why, "too many arguments: %ld, at most %d", (long)f->nin, MAX_ARGS);
    return NULL;
  }
  struct signature *s =
      keep(sizeof *s + (size_t)f->nin * sizeof(struct go_place));
  s->type = f;
  int64_t n = f->nin;
  if (n > 0 && f->inout[n - 1]->kind == TERN_SLICE && is_any(f->inout[n - 1]->elem)) {
    s->rest = true;
    n--;
  }
  s->nfixed = (int32_t)n;
  s->conversions = keep((size_t)n);
  ffi_type **types = keep((size_t)n * sizeof *types), *result;
  int funcs = 0;
  for (int64_t i = 0; i < n; i++) {
    ffi_type *t = argument_type(f->inout[i], &s->conversions[i], why);
    if (t == NULL) return NULL;
    if (t != &ffi_type_void) types[s->nfixed_c++] = t;
    s->has_strings |= s->conversions[i] == CONVERT_STRING;
    funcs += s->conversions[i] == CONVERT_FUNC;
  }
  if (too_many_functions(funcs, why)) return NULL;
  s->has_funcs = funcs > 0;
  poison_init();
  s->quick = !ffi_poison_on && !s->has_strings && !s->has_funcs && !s->rest &&
             s->nfixed_c == s->nfixed;
  if (!result_type(s, &result, why)) return NULL;
  go_abi_of(f, &s->go);
  s->split = c_split_argument(f->inout, n, s->go.result_in_memory);
  s->quick &= s->split < 0;
  n = s->nfixed_c;
  if (!prepare_call(&s->cif, -1, result, types, n, n) ||
      !prepare_call(&s->call, s->split, result, types, n, n)) {
    COMPLAIN(why, "libffi cannot make such a call");
    return NULL;
  }
  /* libffi extends what is shorter than a register. */
  s->result_is_word = s->result == CONVERT_NONE && !s->go.result_in_memory &&
                      s->go.result[1] == CLASS_NONE &&
                      (s->result_type == NULL || s->result_type->kind != TERN_BOOL);
  s->direct = s->quick && go_in_registers(s) && comes_in_registers(s);
  s->not_a_callback = callback_fault(s);
  return s;
}

struct sig_request {
  const tern_type *func;
  struct complaint *why;
  struct signature *out;
};

static void make_on_g0(void *p) {
  struct sig_request *r = p;
  lock(&sig_lock);
  r->out = find(r->func);
  if (r->out == NULL && (r->out = make(r->func, r->why)) != NULL) {
    r->out->next = *bucket(r->func);
    store_rel(bucket(r->func), r->out);
  }
  unlock(&sig_lock);
}

struct signature *signature_of(const tern_type *func, struct complaint *why) {
  struct sig_request r = {func, why, find(func)};
  if (r.out == NULL) systemstack(make_on_g0, &r);
  return r.out;
}

/* ---- Variadic calls -------------------------------------------------------------------- */

/* C's default promotions: float to double, what is shorter than int to int. */
static ffi_type *promoted(const tern_type *t, uint8_t *conversion,
                          struct complaint *why) {
  *conversion = CONVERT_PROMOTE;
  if (t == NULL) return &ffi_type_pointer; /* nil */
  switch (t->kind) {
    case TERN_FLOAT32: return &ffi_type_double;
    case TERN_BOOL: case TERN_INT8: case TERN_INT16:
    case TERN_UINT8: case TERN_UINT16: return &ffi_type_sint32;
    default: return argument_type(t, conversion, why);
  }
}

static struct variant *find_variant(struct signature *s, const tern_eface *rest,
                                    int64_t n) {
  for (struct variant *v = load_acq(&s->variants); v != NULL; v = v->next) {
    if (v->nrest != n) continue;
    int64_t i = 0;
    while (i < n && v->types[i] == rest[i].type) i++;
    if (i == n) return v;
  }
  return NULL;
}

struct variant_request {
  struct signature *s;
  const tern_eface *rest;
  int64_t n;
  struct complaint *why;
  struct variant *out;
};

static struct variant *make_variant(struct signature *s, const tern_eface *rest,
                                    int64_t n, struct complaint *why) {
  struct variant *v = keep(sizeof *v);
  v->nrest = (int32_t)n;
  v->types = keep((size_t)n * sizeof *v->types);
  v->conversions = keep((size_t)n);
  int64_t before = s->nfixed_c, total = before + n;
  ffi_type **types = keep((size_t)total * sizeof *types);
  if (before > 0) memcpy(types, s->cif.arg_types, (size_t)before * sizeof *types);
  int funcs = 0;
  for (int32_t i = 0; i < s->nfixed; i++) funcs += s->conversions[i] == CONVERT_FUNC;
  for (int64_t i = 0; i < n; i++) {
    v->types[i] = rest[i].type;
    types[before + i] = promoted(rest[i].type, &v->conversions[i], why);
    if (types[before + i] == NULL) return NULL;
    funcs += v->conversions[i] == CONVERT_FUNC;
    if (v->conversions[i] == CONVERT_EMPTY) {
      COMPLAIN(why, "an empty struct among variadic arguments");
      return NULL;
    }
  }
  if (too_many_functions(funcs, why)) return NULL;
  const tern_type **all = keep((size_t)(s->nfixed + n) * sizeof *all);
  if (s->nfixed > 0) memcpy(all, s->type->inout, (size_t)s->nfixed * sizeof *all);
  if (n > 0) memcpy(all + s->nfixed, v->types, (size_t)n * sizeof *all);
  v->split = c_split_argument(all, s->nfixed + n, s->go.result_in_memory);
  if (prepare_call(&v->cif, v->split, s->cif.rtype, types, total, before)) return v;
  COMPLAIN(why, "libffi cannot make such a variadic call");
  return NULL;
}

static void make_variant_on_g0(void *p) {
  struct variant_request *r = p;
  lock(&sig_lock);
  r->out = find_variant(r->s, r->rest, r->n);
  if (r->out == NULL &&
      (r->out = make_variant(r->s, r->rest, r->n, r->why)) != NULL) {
    r->out->next = r->s->variants;
    store_rel(&r->s->variants, r->out);
  }
  unlock(&sig_lock);
}

struct variant *signature_variant(struct signature *s, const tern_eface *rest,
                                  int64_t n, struct complaint *why) {
  struct variant_request r = {s, rest, n, why, find_variant(s, rest, n)};
  if (r.out == NULL && s->nfixed + n > MAX_ARGS)
    COMPLAIN(why, "too many arguments: %ld, at most %d", (long)(s->nfixed + n), MAX_ARGS);
  else if (r.out == NULL)
    systemstack(make_variant_on_g0, &r);
  return r.out;
}
