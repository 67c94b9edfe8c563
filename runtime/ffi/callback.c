/* callback.c - from C to Go.
 *
 * A callback is an ffi_closure: a few bytes of code that C can call, which lead
 * to called_by_c with the arguments in memory.  From there:
 *
 *   called_by_c      on the thread's stack: errno and floating-point modes kept
 *   c_calls_go       sched/ccall.c: the goroutine's stack, a P (or a whole M)
 *   run_callback     the arguments into registers of Go's side
 *   ffi_invoke_go    enter.S: the call
 *
 * Life of a callback
 *   free -> alive (callback_make) -> released (callback_release) -> free
 *   CB-1  The code of a callback is never unmapped, so that C finds an error
 *         message behind a stale pointer, not a crash.
 *   CB-2  Released ones wait in a queue, oldest first; the oldest is used again
 *         only when more than CALLBACK_QUARANTINE wait.
 *   CB-3  The Go function is kept alive by a node in the heap, on a list that is a
 *         root; the pointer in struct callback is none that the collector sees.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "debug/symtab.h"
#include "ffi/function.h"
#include "ffi/fpmode.h"
#include "gc/barrier.h"
#include "heap/heap.h"
#include "heap/stats.h"
#include "lang/lang.h"
#include "os/os.h"
#include "os/print.h"
#include "sched/sched.h"
#include "sched/stack.h"

struct callback {
  /* guarded by cb.lock, but read by C's calls while alive */
  struct signature *sig;
  tern_func fn;           /* NULL once released */
  void *fn_code;          /* of fn: names it even then */
  struct keeper *keeper;  /* CB-3 */
  bool alive;             /* atomic */
  bool shared;            /* in the table by function */
  struct callback *next;  /* in the queue of released ones */
  struct callback *by_code, *by_function; /* in the tables */
  /* constant */
  ffi_closure *closure;
  void *code;
};

enum { BUCKETS = 1024 };
static struct {
  mutex lock;
  /* guarded by lock */
  struct callback *first, *last; /* released, oldest first */
  int64_t nreleased, nmade;
  struct callback *by_code[BUCKETS], *by_function[BUCKETS];
} cb = {.lock = MUTEX_INIT(CALLBACKS)};

/* CB-3.  All links are heap pointers; guarded by cb.lock. */
struct keeper {
  struct keeper *next, *prev;
  tern_func fn;
};
static struct keeper *keepers TERN_GLOBAL;
static const uint64_t keeper_mask[1] = {7};
static tern_type keeper_type = {
    .size = sizeof(struct keeper), .ptrdata = 24, .ptrmask = keeper_mask,
    .kind = TERN_STRUCT, .align = 8, .name = TERN_STR_INIT("purego.keeper")};

static void keeper_link(struct keeper *k) {
  barrier_may_lock();
  tern_store_ptr(&k->next, keepers);
  if (keepers != NULL) tern_store_ptr(&keepers->prev, k);
  tern_store_ptr(&keepers, k);
}

static void keeper_unlink(struct keeper *k) {
  barrier_may_lock();
  if (k->prev != NULL)
    tern_store_ptr(&k->prev->next, k->next);
  else
    tern_store_ptr(&keepers, k->next);
  if (k->next != NULL) tern_store_ptr(&k->next->prev, k->prev);
}

static struct callback **code_bucket(const void *code) {
  return &cb.by_code[(uintptr_t)code / 16 % BUCKETS];
}
static struct callback **function_bucket(tern_func fn) {
  return &cb.by_function[(uintptr_t)fn / 8 % BUCKETS];
}

/* ---- A call from C ---------------------------------------------------------------- */

struct from_c {
  struct callback *cb;
  void *result;
  void **args;
};

/* The name of Go code.  A function that is used as a value has a thunk whose name
 * is C's: main_less__value stands for main.less. */
static void name_of_code(uintptr_t code, char *out, size_t room) {
  struct symbol s;
  if (!symtab_find(code, &s)) s.name = "an unknown function";
  int n = os_format(out, room, "%s", s.name);
  static const char suffix[] = "__value";
  int at = n - (int)sizeof suffix + 1;
  if (at <= 0 || strcmp(out + at, suffix) != 0) return;
  out[at] = 0;
  char *dot = strchr(out, '_');
  if (dot != NULL) *dot = '.';
}

static void stale_call(const struct callback *c) {
  char name[200], type[200];
  const tern_type *t = c->sig->type;
  int64_t n = t->name.len < 199 ? t->name.len : 199;
  memcpy(type, t->name.ptr, (size_t)n);
  type[n] = 0;
  name_of_code((uintptr_t)c->fn_code, name, sizeof name);
  fatal("C called a callback that was released: %s, %s", name, type);
}

/* C's argument at value as Go's side has its argument i, put in its place. */
static void take_argument(struct from_c *c, struct go_regs *r, int32_t i, void *value) {
  struct signature *s = c->cb->sig;
  const tern_type *t = s->type->inout[i];
  const struct go_place *at = &s->go.args[i];
  if (s->conversions[i] == CONVERT_STRING) {
    const char *p = *(const char **)value;
    int64_t n = p != NULL ? (int64_t)strlen(p) : 0;
    tern_string str = tern_string_from_bytes((tern_slice){(void *)p, n, n});
    go_put_arg(r, at, t, &str);
  } else if (s->conversions[i] == CONVERT_FUNC) {
    tern_func fn = ffi_foreign_function(t, *(void **)value, "a function that C passed");
    go_put_arg(r, at, t, &fn);
  } else {
    go_put_arg(r, at, t, value);
  }
}

/* The result where libffi takes it from: small integers fill a register. */
static void give_result(struct from_c *c, struct go_regs *r) {
  struct signature *s = c->cb->sig;
  const tern_type *t = s->result_type;
  if (t == NULL || s->go.result_in_memory) return; /* written in place */
  uint64_t value[2];
  go_get_result(r, &s->go, t, value);
  if (t->size >= 8 || t->kind == TERN_STRUCT || t->kind == TERN_FLOAT32)
    memcpy(c->result, value, (size_t)t->size);
  else
    *(uint64_t *)c->result = go_extended(t, value);
}

static void invoke(void *p) {
  struct from_c *c = p;
  struct signature *s = c->cb->sig;
  struct go_regs r;
  uint64_t words[s->go.stack_words + 1];
  memset(&r, 0, sizeof r);
  memset(words, 0, sizeof words);
  r.stack = words;
  tern_func fn = load_rlx(&c->cb->fn);
  if (fn == NULL) stale_call(c->cb); /* released while the call came in */
  r.gpr[s->go.closure.word[0]] = (uintptr_t)fn;
  if (s->go.result_in_memory) r.gpr[0] = (uintptr_t)c->result;
  void **next = c->args;
  for (int32_t i = 0; i < s->nfixed; i++)
    if (s->conversions[i] != CONVERT_EMPTY) take_argument(c, &r, i, *next++);
  ffi_invoke_go(fn->fn, &r, s->go.stack_words);
  give_result(c, &r);
}

/* As a goroutine, with a P. */
static void run_callback(void *p) {
  struct from_c *c = p;
  struct g *gp = getg();
  tern_defer_frame boundary; /* PANIC-4 */
  tern_defer_frame *outer = gp->callback_frame;
  void *recover_fn = gp->recover_fn;
  tern_defer_enter(&boundary);
  gp->callback_frame = &boundary;
  gp->recover_fn = NULL;
  with_stack(2 * 8 * c->cb->sig->go.stack_words + 2048, invoke, c);
  gp->callback_frame = outer;
  gp->recover_fn = recover_fn;
  tern_defer_leave(&boundary);
}

/* Of each thread: where its stack ends, and how much of it must be left for a
 * callback; left 0: not looked up yet.  depth: callbacks it is in. */
static __thread struct {
  uintptr_t lo, left;
  int64_t depth;
} own_stack;

static void look_up_stack(void) {
  enum { LEFT = 64 << 10 };
  pthread_attr_t attr;
  void *lo;
  size_t size;
  own_stack.left = 1;
  if (pthread_getattr_np(pthread_self(), &attr) != 0) return;
  if (pthread_attr_getstack(&attr, &lo, &size) == 0) {
    own_stack.lo = (uintptr_t)lo;
    own_stack.left = size / 8 < LEFT ? size / 8 : LEFT;
  }
  pthread_attr_destroy(&attr);
}

/* Go calls C calls Go ... : each level takes some of the thread's stack, which does
 * not grow.  Only asked when deep: looking up takes stack itself, more than the
 * smallest threads have.  Stacks that C made itself (coroutines) are not known. */
static void check_stack(void) {
  enum { DEEP = 16 };
  if (TERN_LIKELY(own_stack.depth++ < DEEP)) return;
  uintptr_t sp = (uintptr_t)__builtin_frame_address(0);
  if (TERN_UNLIKELY(own_stack.left == 0)) look_up_stack();
  if (TERN_UNLIKELY(sp - own_stack.lo < own_stack.left))
    fatal("the thread's stack is full: C and its callbacks nest too deep");
}

static void called_by_c(ffi_cif *cif, void *result, void **args, void *user) {
  (void)cif;
  struct from_c c = {user, result, args};
  int kept = errno;
  struct fp_mode mode = fp_mode_now();
  static const struct fp_mode go_mode = {FP_GO_SSE, FP_GO_X87};
  check_stack();
  if (!load_acq(&c.cb->alive)) stale_call(c.cb);
  fp_mode_restore(go_mode);
  c_calls_go(run_callback, &c);
  own_stack.depth--;
  fp_mode_restore(mode);
  errno = kept;
}

/* ---- Making and releasing ------------------------------------------------------------- */

/* A free one: the oldest released, or a new one.  NULL: no memory. */
static struct callback *take_free(void) {
  struct callback *c = cb.first;
  if (c != NULL && cb.nreleased > CALLBACK_QUARANTINE) {
    cb.first = c->next;
    cb.nreleased--;
    struct callback **at = code_bucket(c->code);
    while (*at != c) at = &(*at)->by_code;
    *at = c->by_code;
    return c;
  }
  c = persistentalloc(sizeof *c, 16, &sys_stats.other);
  c->closure = ffi_closure_alloc(sizeof(ffi_closure), &c->code);
  if (c->closure == NULL) return NULL;
  cb.nmade++;
  return c;
}

static struct callback *find_shared(tern_func fn) {
  struct callback *c = *function_bucket(fn);
  while (c != NULL && c->fn != fn) c = c->by_function;
  return c;
}

struct make_request {
  struct signature *sig;
  tern_func fn;
  bool shared;
  struct callback *out;
};

/* cb.lock held. */
static void make_on_g0(void *p) {
  struct make_request *r = p;
  struct callback *c = take_free();
  if (c == NULL || ffi_prep_closure_loc(c->closure, &r->sig->cif, called_by_c, c,
                                        c->code) != FFI_OK)
    return;
  c->sig = r->sig;
  c->fn = r->fn;
  c->fn_code = r->fn->fn;
  c->shared = r->shared;
  c->by_code = *code_bucket(c->code);
  *code_bucket(c->code) = c;
  if (r->shared) {
    c->by_function = *function_bucket(r->fn);
    *function_bucket(r->fn) = c;
  }
  add_seq(&sched.ncallbacks, 1);
  r->out = c;
}

struct callback *callback_make(struct signature *s, tern_func fn, bool shared) {
  struct callback *known = shared ? callback_by_function(fn) : NULL;
  if (known != NULL) return known; /* a further call of qsort(less) allocates nothing */
  struct make_request r = {.sig = s, .fn = fn, .shared = shared};
  if (shared && (r.out = callback_by_function(fn)) != NULL) return r.out;
  struct keeper *k = tern_new(&keeper_type); /* a safepoint: before the lock */
  tern_store_ptr(&k->fn, fn);
  lock(&cb.lock);
  r.out = shared ? find_shared(fn) : NULL; /* another goroutine may have made it */
  if (r.out == NULL) {
    systemstack(make_on_g0, &r);
    if (r.out != NULL) {
      keeper_link(k);
      r.out->keeper = k;
      store_rel(&r.out->alive, true);
    }
  }
  unlock(&cb.lock);
  return r.out;
}

void *callback_code(const struct callback *c) { return c->code; }

struct callback *callback_by_code(const void *code) {
  lock(&cb.lock);
  struct callback *c = *code_bucket(code);
  while (c != NULL && c->code != code) c = c->by_code;
  unlock(&cb.lock);
  return c;
}

struct callback *callback_by_function(tern_func fn) {
  lock(&cb.lock);
  struct callback *c = find_shared(fn);
  unlock(&cb.lock);
  return c;
}

bool callback_release(struct callback *c) {
  lock(&cb.lock);
  bool was = c->alive;
  if (was) {
    if (c->shared) {
      struct callback **at = function_bucket(c->fn);
      while (*at != c) at = &(*at)->by_function;
      *at = c->by_function;
    }
    store_rel(&c->alive, false);
    keeper_unlink(c->keeper);
    c->keeper = NULL;
    store_rlx(&c->fn, (tern_func)NULL);
    c->next = NULL;
    if (cb.nreleased++ == 0)
      cb.first = c;
    else
      cb.last->next = c;
    cb.last = c;
    sub_seq(&sched.ncallbacks, 1);
  }
  unlock(&cb.lock);
  return was;
}

void callback_counts(int64_t *alive, int64_t *made) {
  lock(&cb.lock);
  *alive = load_rlx(&sched.ncallbacks);
  *made = cb.nmade;
  unlock(&cb.lock);
}
