/* call.c - from Go to C.
 *
 *   fn(args)                   the program calls a function variable; its code is
 *   ffi_entry                  enter.S: stores the argument registers
 *   ffi_call_registered        checks, makes callbacks of function arguments
 *   go_calls_c                 sched/ccall.c: thread's stack, P let go
 *   call_on_g0                 argument pointers, strings with a NUL
 *   ffi_call                   libffi: C's registers, the call
 *   ... and back: the result into the registers of Go's side.
 *
 * If all arguments and the result are in registers on both sides, these are the same
 * ones, but for the closure in front of Go's: ffi_call_direct (enter.S) then stands
 * for the last two steps.  Measured: 52 ns a call with libffi, 42 without.
 *
 * The registers that enter.S stored stay on the goroutine's stack for the whole
 * call.  They are roots, so what they point to is pinned: objects never move.
 *
 * errno belongs to the goroutine: it is put back before each call and kept after
 * it, whatever thread that happens on and whatever the runtime does in between.
 * The modes of the floating-point units are Go's again after each call.
 */
#include <alloca.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ffi/library.h"
#include "ffi/fpmode.h"
#include "ffi/poison.h"
#include "gc/store.h"
#include "lang/lang.h"
#include "os/os.h"
#include "os/print.h"
#include "sched/sched.h"

/* What C code expects of a thread's stack. */
const size_t os_c_stack = 8 << 20;

/* Strings up to here are copied to the thread's stack, longer ones by malloc. */
enum { STACK_STRINGS = 4096 };

void ffi_call_registered(struct c_function *f, struct go_regs *r);

/* ---- On the thread's stack -------------------------------------------------------- */

struct call {
  struct c_function *f;
  struct go_regs *r;
  const tern_eface *rest;       /* the values for `...` */
  struct variant *variant;      /* or NULL */
  struct loan *loan;            /* of GODEBUG=ffipoison=1, or NULL */
  void *codes[MAX_FUNC_ARGS];   /* of function arguments, in order */
  uint64_t result[2];
  char *kept;                   /* what the result points to, by malloc; or NULL */
};

struct long_string {
  struct long_string *next;
  int64_t size; /* with the NUL */
  char text[];
};

/* Room for C's strings during a call. */
struct strings {
  char *room, *at, *end; /* on the stack */
  struct long_string *long_ones;
  struct loan *loan; /* as in struct call */
};

static const char *c_string(struct strings *m, tern_string s) {
  bool ended = s.len > 0 && s.ptr[s.len - 1] == 0;
  if (ended && m->loan) return (const char *)poison_lend(m->loan, (uintptr_t)s.ptr);
  if (ended) return (const char *)s.ptr;
  const char *lent = m->loan ? poison_lend_string(m->loan, s.ptr, (uintptr_t)s.len) : NULL;
  if (lent != NULL) return lent;
  char *p;
  if (s.len < m->end - m->at) {
    p = m->at;
    m->at += s.len + 1;
  } else {
    struct long_string *block = malloc(sizeof *block + (size_t)s.len + 1);
    if (block == NULL) fatal("out of memory: a string of %ld bytes for C", (long)s.len);
    block->next = m->long_ones;
    block->size = s.len + 1;
    m->long_ones = block;
    p = block->text;
  }
  if (s.len > 0) memcpy(p, s.ptr, (size_t)s.len);
  p[s.len] = 0;
  return p;
}

static void free_strings(struct strings *m) {
  while (m->long_ones != NULL) {
    struct long_string *next = m->long_ones->next;
    free(m->long_ones);
    m->long_ones = next;
  }
}

/* The value in an interface, as memory. */
static void *eface_memory(const tern_eface *e) {
  return e->type != NULL && !(e->type->flags & TERN_DIRECT) ? e->data
                                                            : (void *)&e->data;
}

/* Argument i of `...` as C wants it; cell is its own for the call. */
static void *rest_argument(const tern_eface *e, uint8_t conversion,
                           uint64_t *cell, struct strings *m) {
  void *value = eface_memory(e);
  switch (conversion) {
    case CONVERT_STRING:
      *cell = (uintptr_t)c_string(m, *(tern_string *)value);
      return cell;
    case CONVERT_PROMOTE:
      if (e->type == NULL) {
        *cell = 0;
      } else if (e->type->kind == TERN_FLOAT32) {
        double d = *(float *)value;
        memcpy(cell, &d, 8);
      } else {
        *cell = go_extended(e->type, value);
      }
      return cell;
    default: return value;
  }
}

/* In the debugging mode: a pointer to a copy instead of one to the heap. */
static void *lend(struct call *c, const tern_type *t, void *value, uint64_t *cell) {
  if (c->loan == NULL || t == NULL ||
      (t->kind != TERN_POINTER && t->kind != TERN_UNSAFE_POINTER &&
       t->kind != TERN_SLICE && t->kind != TERN_UINTPTR))
    return value;
  *cell = poison_lend(c->loan, *(uintptr_t *)value);
  return cell;
}

static void **arguments(struct call *c, void **out, uint64_t *cells,
                        struct strings *m) {
  struct signature *s = c->f->sig;
  int funcs = 0, used = 0;
  int32_t n = 0; /* arguments of C */
  for (int32_t i = 0; i < s->nfixed; i++) {
    if (s->conversions[i] == CONVERT_EMPTY) continue;
    const struct go_place *at = &s->go.args[i];
    void *value = go_arg(c->r, at, cells + used);
    if (value == cells + used) used += 2;
    if (s->conversions[i] != CONVERT_NONE) {
      cells[used] = s->conversions[i] == CONVERT_STRING
                        ? (uintptr_t)c_string(m, *(tern_string *)value)
                        : (uintptr_t)c->codes[funcs++];
      value = cells + used++;
    } else {
      void *copy = lend(c, s->type->inout[i], value, cells + used);
      if (copy != value) used++;
      value = copy;
    }
    out[n++] = value;
  }
  struct variant *v = c->variant;
  for (int32_t i = 0; v != NULL && i < v->nrest; i++) {
    if (v->conversions[i] == CONVERT_FUNC) {
      cells[used] = (uintptr_t)c->codes[funcs++];
      out[n++] = cells + used++;
      continue;
    }
    void *value = rest_argument(&c->rest[i], v->conversions[i], cells + used, m);
    const tern_type *as = v->conversions[i] == CONVERT_NONE ? v->types[i] : NULL;
    out[n++] = lend(c, as, value, cells + used++);
  }
  int32_t split = v != NULL ? v->split : s->split;
  if (split >= 0) { /* the halves of one argument */
    int32_t after = n - split - 1;
    memmove(out + split + 2, out + split + 1, (size_t)after * sizeof *out);
    out[split + 1] = (char *)out[split] + 8;
  }
  return out;
}

/* What C finds, and leaves, in errno and the modes of the floating-point units. */
static inline struct fp_mode begin_c(struct g *gp) {
  struct fp_mode mode = fp_mode_now();
  errno = gp->c_errno;
  return mode;
}
static inline void end_c(struct g *gp, struct fp_mode mode) {
  gp->c_errno = errno;
  fp_mode_restore(mode);
}

static void call_libffi(struct call *c, void **args) {
  struct signature *s = c->f->sig;
  struct g *gp = getm()->curg;
  void *result = s->go.result_in_memory ? (void *)c->r->gpr[0] : c->result;
  struct fp_mode mode = begin_c(gp);
  ffi_call(c->variant ? &c->variant->cif : &s->call, FFI_FN(c->f->address), result,
           args);
  end_c(gp, mode);
}

/* The result goes where Go's side takes it from. */
static void call_direct(void *p) {
  struct call *c = p;
  struct g *gp = getm()->curg;
  struct fp_mode mode = begin_c(gp);
  ffi_call_direct(c->f->address, c->r);
  end_c(gp, mode);
}

/* Without conversions: pointers into the stored registers are all it takes. */
static void call_quick(void *p) {
  struct call *c = p;
  struct signature *s = c->f->sig;
  void **args = alloca((size_t)s->nfixed * (sizeof(void *) + 16) + 1);
  uint64_t *cells = (uint64_t *)(args + s->nfixed);
  for (int32_t i = 0; i < s->nfixed; i++, cells += 2)
    args[i] = go_arg(c->r, &s->go.args[i], cells);
  call_libffi(c, args);
}

/* Whether p points into the copy of a string argument. */
static bool in_strings(const struct strings *m, uintptr_t p) {
  if (p - (uintptr_t)m->room < (uintptr_t)(m->at - m->room)) return true;
  for (const struct long_string *l = m->long_ones; l != NULL; l = l->next)
    if (p - (uintptr_t)l->text < (uintptr_t)l->size) return true;
  for (int32_t i = 0; m->loan != NULL && i < m->loan->n; i++) {
    const struct lent *l = &m->loan->lent[i];
    if (l->object == 0 && p - (uintptr_t)l->copy < l->size) return true;
  }
  return false;
}

/* A string that C returned may lie in what it was given for the call: it is copied
 * before that is gone.  So is what follows a pointer into a string that it was given,
 * as strchr's. */
static void keep_result(struct call *c, const struct strings *m) {
  struct signature *s = c->f->sig;
  if (s->result_type == NULL || c->result[0] == 0) return;
  bool pointer = s->result_type->kind == TERN_POINTER ||
                 s->result_type->kind == TERN_UNSAFE_POINTER;
  if (s->result != CONVERT_STRING && !(pointer && in_strings(m, c->result[0]))) return;
  c->kept = strdup((const char *)c->result[0]);
  if (c->kept == NULL) fatal("out of memory: a string that C returned");
  c->result[0] = (uintptr_t)c->kept;
}

/* Takes no more of the thread's stack than needed: callbacks nest on it. */
static void call_on_g0(void *p) {
  struct call *c = p;
  struct signature *s = c->f->sig;
  size_t n = (size_t)s->nfixed + (c->variant ? (size_t)c->variant->nrest : 0);
  size_t room = s->has_strings || c->variant ? STACK_STRINGS : 0;
  char *text = alloca(room + 1);
  struct strings m = {text, text, text + room, NULL, NULL};
  void **args = alloca((n + 1) * (sizeof(void *) + 24));
  if (ffi_poison_on) {
    m.loan = c->loan = alloca(sizeof *c->loan);
    c->loan->n = 0;
  }
  call_libffi(c, arguments(c, args, (uint64_t *)(args + n + 1), &m));
  keep_result(c, &m);
  if (c->loan != NULL) poison_take_back(c->loan, c->result);
  free_strings(&m);
}

/* ---- On the goroutine's stack --------------------------------------------------------- */

/* Function arguments become C functions, kept for good: C may keep them.  How many
 * there are. */
static int make_callbacks(struct call *c) {
  struct signature *s = c->f->sig;
  int n = 0;
  for (int32_t i = 0; i < s->nfixed; i++) {
    if (s->conversions[i] != CONVERT_FUNC) continue;
    uint64_t scratch[2];
    tern_func fn = *(tern_func *)go_arg(c->r, &s->go.args[i], scratch);
    c->codes[n++] = ffi_argument_callback(s->type->inout[i], fn, c->f->name);
  }
  return n;
}

/* funcs: how many function arguments come before. */
static void prepare_rest(struct call *c, int funcs) {
  struct signature *s = c->f->sig;
  uint64_t scratch[2];
  tern_slice rest = *(tern_slice *)go_arg(c->r, &s->go.args[s->nfixed], scratch);
  struct complaint why;
  c->rest = rest.ptr;
  c->variant = signature_variant(s, c->rest, rest.len, &why);
  if (c->variant == NULL) ffi_complain(c->f->name, why.text);
  for (int32_t i = 0; i < c->variant->nrest; i++)
    if (c->variant->conversions[i] == CONVERT_FUNC)
      c->codes[funcs++] = ffi_argument_callback(
          c->rest[i].type, *(tern_func *)eface_memory(&c->rest[i]), c->f->name);
}

/* What C returned, as Go has it. */
static void take_result(struct call *c) {
  struct signature *s = c->f->sig;
  struct go_regs *r = c->r;
  switch (s->result) {
    case CONVERT_STRING: {
      const char *p = (const char *)c->result[0];
      int64_t n = p != NULL ? (int64_t)strlen(p) : 0;
      tern_string str = tern_string_from_bytes((tern_slice){(void *)p, n, n});
      r->ret_gpr[0] = (uintptr_t)str.ptr;
      r->ret_gpr[1] = (uint64_t)str.len;
      return;
    }
    case CONVERT_FUNC:
      r->ret_gpr[0] = (uintptr_t)ffi_foreign_function(
          s->result_type, (void *)c->result[0], "a function that C returned");
      return;
    default:
      if (s->result_type != NULL) go_put_result(r, &s->go, s->result_type, c->result);
  }
}

/* Called by enter.S on the goroutine's stack. */
void ffi_call_registered(struct c_function *f, struct go_regs *r) {
  struct signature *s = f->sig;
  struct call c;
  c.f = f;
  c.r = r;
  c.rest = NULL;
  c.variant = NULL;
  c.loan = NULL;
  c.kept = NULL;
  if (TERN_UNLIKELY(f->from != NULL && load_rlx(&f->from->opened) == 0))
    ffi_complain(f->name, "called after Dlclose of its library");
  struct g *gp = getg();
  const char *outer = gp->c_name;
  if (TERN_LIKELY(s->direct)) {
    gp->c_name = f->name;
    go_calls_c(call_direct, &c);
    gp->c_name = outer;
    return;
  }
  if (s->quick) {
    gp->c_name = f->name;
    go_calls_c(call_quick, &c);
  } else {
    int funcs = s->has_funcs ? make_callbacks(&c) : 0;
    if (s->rest) prepare_rest(&c, funcs);
    gp->c_name = f->name;
    go_calls_c(call_on_g0, &c);
  }
  gp->c_name = outer;
  if (c.kept != NULL && s->result != CONVERT_STRING)
    c.result[0] = (uintptr_t)ffi_heap_string(
        (tern_string){(const uint8_t *)c.kept, (int64_t)strlen(c.kept)});
  if (TERN_LIKELY(s->result_is_word))
    r->ret_gpr[0] = r->ret_fpr[0] = c.result[0];
  else if (s->go.result_in_memory)
    r->ret_gpr[0] = r->gpr[0];
  else
    take_result(&c);
  if (c.kept != NULL) systemstack(free, c.kept);
}

struct run_request {
  void (*fn)(void *);
  void *arg;
};

static void run_on_g0(void *p) {
  struct run_request *r = p;
  struct g *gp = getm()->curg;
  struct fp_mode mode = begin_c(gp);
  r->fn(r->arg);
  end_c(gp, mode);
}

void ffi_run_c(const char *name, void (*fn)(void *), void *arg) {
  struct g *gp = getg();
  const char *outer = gp->c_name;
  struct run_request r = {fn, arg};
  gp->c_name = name;
  go_calls_c(run_on_g0, &r);
  gp->c_name = outer;
}
