/* panic.c - defer, panic, recover, Goexit.
 *
 * Every active function that contains `defer` has a tern_defer_frame on its
 * stack, linked from g.defer_frames, innermost first.
 *
 *   panic(v)   1. push a struct panic (it lives in tern_gopanic's frame);
 *              2. walk the frames outwards, run each deferred call, newest first,
 *                 on top of the panicking stack;
 *              3. when a call recovered: drop the panics that ended with it, go
 *                 back to the segment of the frame, and return a second time
 *                 from its tern_setjmp; the function leaves normally;
 *              4. when no frame is left: print the panics and a traceback, exit
 *                 with status 2.
 *   Goexit     the same walk with a panic that cannot be recovered; ends the
 *              goroutine instead of step 4.
 *
 * Invariants
 *  PANIC-1  Frames are numbered by depth (reserved[0]): 1 for the outermost.  A
 *           panic notes the depth at which it began.  The recovery at frame f ends
 *           every panic with depth >= f's: their tern_gopanic was called, directly
 *           or not, by f's function.
 *  PANIC-2  The walk does not unlink frames: those it emptied are only passed
 *           again by a nested panic.  So depths grow along g.defer_frames at any
 *           time, and PANIC-1 holds for frames made by deferred calls.
 *  PANIC-4  A callback from C begins with a frame of its own (g.callback_frame)
 *           that defers nothing.  The walk ends there: what lies beyond belongs
 *           to callers of C, whose frames must not be jumped over.
 *  PANIC-3  A deferred call is taken from its list before it runs: it runs once.
 *
 * recover() works only in the very function that the walk called: g.recover_fn is
 * that code's address; the function takes it with its first instructions
 * (tern_recover_enter), so that nobody it calls can.
 *
 * Differs from Go: Go finds deferred calls of other frames with stack maps and
 * open-coded defers; here the frames say where they are, which costs two stores
 * for each call of a function that defers.
 */
#include <signal.h>

#include "lang/lang.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"

struct panic {
  struct panic *link; /* the one that was running when this one began */
  tern_eface value;
  tern_string text;   /* what value's Error or String method says */
  bool has_text;
  bool recovered;
  bool goexit;        /* not a panic but a Goexit */
  uintptr_t depth;    /* PANIC-1 */
};

#define JMP_SP 6 /* tern_setjmp keeps the stack pointer there */
__attribute__((noreturn)) void tern_longjmp(void **jmp);

/* ---- Defer ------------------------------------------------------------------- */

static inline uintptr_t depth_of(const tern_defer_frame *f) {
  return f == NULL ? 0 : f->reserved[0];
}

/* Links the frame of a function that defers; PANIC-1. */
void tern_defer_enter(tern_defer_frame *f) {
  struct g *gp = getg();
  f->list = NULL;
  f->up = gp->defer_frames;
  f->reserved[0] = depth_of(f->up) + 1;
  gp->defer_frames = f;
}

static const uint64_t defer_mask[1] = {3};
static tern_type defer_type = {.size = sizeof(tern_defer), .ptrdata = 16,
                               .ptrmask = defer_mask, .kind = TERN_STRUCT,
                               .align = 8,
                               .name = TERN_STR_INIT("runtime._defer")};

void tern_defer_heap(tern_defer_frame *f, tern_func fn) {
  tern_defer *d = tern_new(&defer_type);
  tern_store_ptr(&d->fn, fn);
  tern_store_ptr(&d->next, f->list);
  f->list = d; /* the frame is on this stack: scanned, no barrier */
}

static void call_deferred(tern_func fn) {
  if (fn == NULL) tern_panic_nil();
  ((void (*)(tern_func))fn->fn)(fn);
}

void tern_defer_leave(tern_defer_frame *f) {
  tern_defer *d;
  while ((d = f->list) != NULL) {
    f->list = d->next;
    call_deferred(d->fn);
  }
  getg()->defer_frames = f->up;
}

/* ---- Recover ------------------------------------------------------------------ */

void *tern_recover_enter(void *self) {
  struct g *gp = getg();
  if (gp->recover_fn != self || self == NULL) return NULL;
  gp->recover_fn = NULL;
  return gp->panics;
}

void tern_recover_forward(void *wrapper, void *target) {
  struct g *gp = getg();
  if (gp->recover_fn == wrapper && wrapper != NULL) gp->recover_fn = target;
}

tern_eface tern_recover(void *token) {
  struct panic *p = token;
  if (p == NULL || p->recovered || p->goexit) return (tern_eface){0, 0};
  p->recovered = true;
  return p->value;
}

/* ---- The walk -------------------------------------------------------------------- */

/* Goes on after frame f's function recovered p.  Not for ASan: before a call that
 * does not return it cleans the stack it runs on, and that is f's already, as
 * far as it knows. */
static TERN_NO_ASAN TERN_NORETURN void resume_at(struct g *gp, struct panic *p,
                                    tern_defer_frame *f) {
  bool goexit = false;
  while (p != NULL && p->depth >= depth_of(f)) {
    goexit |= p->goexit;
    p = p->link;
  }
  gp->panics = p;
  gp->fault = NULL;
  gp->recover_fn = NULL;
  gp->defer_frames = f;
  /* A panic inside a Goexit was recovered: the Goexit still holds. */
  if (goexit) tern_goexit();
  stack_unwind_to((uintptr_t)f->jmp[JMP_SP]);
  tern_longjmp(f->jmp);
}

static void run_deferred(struct g *gp, struct panic *p) {
  for (tern_defer_frame *f = gp->defer_frames; f != gp->callback_frame;
       f = f->up) {
    tern_defer *d;
    while ((d = f->list) != NULL) {
      f->list = d->next;
      gp->recover_fn = p->goexit || d->fn == NULL ? NULL : d->fn->fn;
      call_deferred(d->fn);
      gp->recover_fn = NULL;
      if (p->recovered) resume_at(gp, p, f);
    }
  }
}

/* ---- The end ---------------------------------------------------------------------- */

static void write_string(tern_string s) { os_write(2, s.ptr, (size_t)s.len); }

/* Writes s with each line after the first indented by a tab. */
static void write_indented(tern_string s) {
  int64_t from = 0;
  for (int64_t i = 0; i < s.len; i++) {
    if (s.ptr[i] != '\n') continue;
    write_string((tern_string){s.ptr + from, i + 1 - from});
    write_string(TERN_STR("\t"));
    from = i + 1;
  }
  write_string((tern_string){s.ptr + from, s.len - from});
}

static int64_t signed_value(const tern_type *t, const void *p) {
  switch (t->size) {
    case 1: return *(const int8_t *)p;
    case 2: return *(const int16_t *)p;
    case 4: return *(const int32_t *)p;
    default: return *(const int64_t *)p;
  }
}

static uint64_t unsigned_value(const tern_type *t, const void *p) {
  switch (t->size) {
    case 1: return *(const uint8_t *)p;
    case 2: return *(const uint16_t *)p;
    case 4: return *(const uint32_t *)p;
    default: return *(const uint64_t *)p;
  }
}

static void write_float(double v) {
  char buf[16];
  os_write(2, buf, (size_t)format_float(buf, v));
}

/* Writes a value of a basic kind; false if it is of another kind. */
static bool write_basic(const tern_type *t, const void *p, bool quote) {
  switch (t->kind) {
    case TERN_BOOL: os_print("%s", *(const bool *)p ? "true" : "false"); break;
    case TERN_INT: case TERN_INT8: case TERN_INT16: case TERN_INT32:
    case TERN_INT64: os_print("%ld", signed_value(t, p)); break;
    case TERN_UINT: case TERN_UINT8: case TERN_UINT16: case TERN_UINT32:
    case TERN_UINT64: case TERN_UINTPTR:
      os_print("%lu", unsigned_value(t, p));
      break;
    case TERN_FLOAT32: write_float((double)*(const float *)p); break;
    case TERN_FLOAT64: write_float(*(const double *)p); break;
    case TERN_STRING:
      if (quote) write_string(TERN_STR("\""));
      write_indented(*(const tern_string *)p);
      if (quote) write_string(TERN_STR("\""));
      break;
    default: return false;
  }
  return true;
}

static bool is_basic(const tern_type *t) {
  return (t->kind >= TERN_BOOL && t->kind <= TERN_FLOAT64) ||
         t->kind == TERN_STRING;
}

/* panic(7) as 7, panic(Celsius(7)) as main.Celsius(7), others by address. */
static void write_value(const struct panic *p) {
  const tern_type *t = p->value.type;
  if (p->has_text) {
    write_indented(p->text);
  } else if (t->pkgpath.len == 0 && is_basic(t)) {
    write_basic(t, p->value.data, false);
  } else if (is_basic(t)) {
    write_string(t->name);
    write_string(TERN_STR("("));
    write_basic(t, p->value.data, true);
    write_string(TERN_STR(")"));
  } else {
    write_string(TERN_STR("("));
    write_string(t->name);
    os_print(") 0x%lx", (unsigned long)(uintptr_t)p->value.data);
  }
}

/* The oldest first.  A Goexit prints nothing, and what follows it starts at the
 * left margin. */
static void write_panics(const struct panic *p) {
  if (p->link != NULL) {
    write_panics(p->link);
    if (!p->link->goexit) write_string(TERN_STR("\t"));
  }
  if (p->goexit) return;
  write_string(TERN_STR("panic: "));
  write_value(p);
  if (p->recovered) write_string(TERN_STR(" [recovered]"));
  write_string(TERN_STR("\n"));
}

const char *signal_text(int sig) {
  switch (sig) {
    case SIGSEGV: return "SIGSEGV: segmentation violation";
    case SIGBUS: return "SIGBUS: bus error";
    case SIGFPE: return "SIGFPE: floating-point exception";
    case SIGILL: return "SIGILL: illegal instruction";
    case SIGABRT: return "SIGABRT: abort";
    default: return "unknown signal";
  }
}

void print_panics(struct g *gp) {
  if (gp->panics != NULL) write_panics(gp->panics);
  const struct os_fault *f = gp->fault;
  if (f != NULL)
    os_print("[signal %s code=0x%x addr=0x%lx pc=0x%lx]\n", signal_text(f->sig),
             (unsigned)f->code, (unsigned long)f->addr, (unsigned long)f->pc);
}

static void print_panics_on_g0(void *arg) {
  struct g *gp = arg;
  print_panics(gp);
  if (gp->callback_frame != NULL) /* PANIC-4 */
    os_print("fatal error: a panic in a callback cannot pass the frames of C "
             "below it (%s)\n", gp->c_name != NULL ? gp->c_name : "a C thread");
}

/* Only the first panic to die speaks; other threads wait for the end. */
static uint32_t somebody_dies; /* atomic */

static TERN_NORETURN void die_of_panic(struct g *gp) {
  /* The program's own methods run once more, for the texts. */
  gp->panicking = true;
  for (struct panic *p = gp->panics; p != NULL; p = p->link)
    if (!p->goexit) p->has_text = error_text(p->value, &p->text);
  gp->panicking = false;
  if (xchg_seq(&somebody_dies, 1)) {
    for (int i = 0; i < 500; i++) os_usleep(10000);
    os_exit(2);
  }
  systemstack(print_panics_on_g0, gp);
  if (os_traceback_hook) os_traceback_hook(2);
  os_exit(2);
}

/* ---- Panic, Goexit ------------------------------------------------------------------ */

void tern_gopanic(tern_eface v) {
  struct g *gp = getg();
  if (on_g0()) throw("panic on the system stack");
  if (tern_locks > 0) throw("panic while holding %d locks", tern_locks);
  if (gp->panicking) throw("panic while printing panic value");
  if (v.type == NULL) v = make_panic_nil_error();
  struct panic p = {.link = gp->panics, .value = v,
                    .depth = depth_of(gp->defer_frames)};
  gp->panics = &p;
  run_deferred(gp, &p);
  die_of_panic(gp);
}

void tern_goexit(void) {
  struct g *gp = getg();
  struct panic p = {.link = gp->panics, .goexit = true,
                    .depth = depth_of(gp->defer_frames)};
  gp->panics = &p;
  gp->goexiting = true;
  run_deferred(gp, &p);
  if (gp->callback_frame != NULL)
    fatal("runtime.Goexit in a callback cannot pass the frames of C below it "
          "(%s)", gp->c_name != NULL ? gp->c_name : "a C thread");
  gp->panics = NULL;
  gp->defer_frames = NULL;
  gp->fault = NULL;
  goexit0();
}

/* ---- Faults -------------------------------------------------------------------------- */

void sigpanic(void) {
  struct g *gp = getg();
  struct os_fault f = *gp->fault;
  gp->fault = &f; /* this frame stays below the panic's */
  if (f.sig == SIGFPE) {
    gp->fault = NULL;
    tern_panic_divide();
  }
  if (f.addr < OS_PAGE && f.code != SI_USER) tern_panic_nil();
  os_print("unexpected fault address 0x%lx\n", (unsigned long)f.addr);
  fatal("fault\n[signal %s code=0x%x addr=0x%lx pc=0x%lx]", signal_text(f.sig),
        (unsigned)f.code, (unsigned long)f.addr, (unsigned long)f.pc);
}
