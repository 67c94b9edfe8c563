/* finalizer.c - runtime.SetFinalizer: what it takes, and the goroutine that calls
 * what it was given.
 *
 * One goroutine calls all finalizers, one after the other, in the order in which they
 * came to be due.  What the collector does is in gc/finalizer.c.
 */
#include "gc/finalizer.h"

#include "gc/malloc.h"
#include "lang/lang.h"
#include "lang/link.h"
#include "os/print.h"
#include "sched/sched.h"
#include "sched/stack.h"

/* ---- Calling ------------------------------------------------------------------- */

/* Where a function of this type puts results that do not fit registers; else NULL. */
static void *room_for_results(const tern_type *func) {
  int64_t bytes = 0;
  for (int64_t i = 0; i < func->nout; i++) {
    const tern_type *t = func->inout[func->nin + i];
    bytes = ((bytes + t->align - 1) & -(int64_t)t->align) + t->size;
  }
  return bytes > 16 ? mallocgc(bytes, NULL, true) : NULL;
}

/* The pointer as fn's parameter: itself, or in an interface of either kind. */
static void call(struct finalizer *f, const tern_type *func) {
  const tern_type *param = func->inout[0];
  void *room = room_for_results(func), *code = f->fn->fn;
  bool wide = param->kind == TERN_INTERFACE;
  const void *first = NULL;
  if (wide && param->nimethods == 0) first = f->type;
  if (wide && param->nimethods > 0) first = tern_find_itab(param, f->type);
  if (room && wide)
    ((void (*)(void *, tern_func, const void *, void *))code)(room, f->fn, first, f->object);
  else if (room)
    ((void (*)(void *, tern_func, void *))code)(room, f->fn, f->object);
  else if (wide)
    ((void (*)(tern_func, const void *, void *))code)(f->fn, first, f->object);
  else
    ((void (*)(tern_func, void *))code)(f->fn, f->object);
}

static void call_one(void *arg) {
  struct finalizer *f = arg;
  struct g *gp = getg();
  gp->system = false; /* shown in tracebacks; NumGoroutine never counts it, as in Go */
  call(f, f->func);
  gp->system = true;
}

static void call_all(void *arg) {
  (void)arg;
  for (;;) {
    struct finalizer f;
    while (finalizer_take(&f)) {
      with_stack(4096, call_one, &f);
      f = (struct finalizer){0}; /* this frame lives on */
    }
    finalizer_wait();
  }
}

static void begin_calls(void) {
  static uint32_t begun; /* atomic */
  if (load_acq(&begun) || xchg_seq(&begun, 1)) return;
  newproc_system(call_all, NULL, 16384, WAIT_FINALIZER);
}

/* ---- Taking ---------------------------------------------------------------------- */

static TERN_NORETURN void complain(const char *what, const tern_type *t, const char *then) {
  char name[200];
  int64_t n = t->name.len < 199 ? t->name.len : 199;
  for (int64_t i = 0; i < n; i++) name[i] = (char)t->name.ptr[i];
  name[n] = 0;
  fatal("runtime.SetFinalizer: %s%s%s", what, name, then);
}

/* Two types in one message: "cannot pass *T to finalizer func(int)". */
static TERN_NORETURN void cannot_pass(const tern_type *t, const tern_type *f,
                                      const char *why) {
  tern_string parts[4] = {TERN_STR("cannot pass "), t->name, TERN_STR(" to finalizer "),
                          f->name};
  tern_string text = tern_concat(parts, 4);
  tern_type both = {.name = text};
  complain("", &both, why);
}

static bool takes(const tern_type *param, const tern_type *t) {
  if (param == t) return true;
  if (param->kind == TERN_POINTER)
    return param->elem == t->elem && !(param->flags & t->flags & TERN_NAMED);
  return param->kind == TERN_INTERFACE &&
         (param->nimethods == 0 || tern_find_itab(param, t) != NULL);
}

/* Apart, because gas cannot name the cold half of a function with a Go name. */
static __attribute__((noinline)) void set_finalizer(tern_eface object, tern_eface fn) {
  const tern_type *t = object.type, *func = fn.type;
  if (t == NULL) fatal("runtime.SetFinalizer: first argument is nil");
  if (t->kind != TERN_POINTER) complain("first argument is ", t, ", not pointer");
  struct object o;
  if (!find_object((uintptr_t)object.data, &o)) {
    if (!in_heap((uintptr_t)object.data) && object.data != NULL) return; /* a global */
    fatal("runtime.SetFinalizer: pointer not in allocated block");
  }
  if ((uintptr_t)object.data != o.base && (t->elem->ptrdata > 0 || t->elem->size >= 16))
    fatal("runtime.SetFinalizer: pointer not at beginning of allocated block");
  if (func == NULL) {
    finalizer_clear(object.data);
    return;
  }
  if (func->kind != TERN_FUNC) complain("second argument is ", func, ", not a function");
  if (func->flags & TERN_VARIADIC) cannot_pass(t, func, " because dotdotdot");
  if (func->nin != 1 || !takes(func->inout[0], t)) cannot_pass(t, func, "");
  begin_calls();
  struct finalizer f = {object.data, fn.data, t, func};
  if (!finalizer_set(&f)) fatal("runtime.SetFinalizer: finalizer already set");
}

void runtime_SetFinalizer(tern_eface object, tern_eface fn) TERN_SYMBOL("runtime.SetFinalizer");
void runtime_SetFinalizer(tern_eface object, tern_eface fn) { set_finalizer(object, fn); }
