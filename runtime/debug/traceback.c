/* traceback.c - who called whom, for a goroutine that dies or is asked about.
 *
 * All code is compiled with frame pointers, so a stack is a chain: *fp is the
 * caller's fp, fp[1] the return address.  The chain leads over segment
 * boundaries by itself, since the switch to a segment is an ordinary frame.  It
 * ends with fp == 0 at the goroutine's first frame.
 *
 * Where a walk starts:
 *   the running goroutine   its own frame pointer
 *   one that was switched   the registers that switch.S left at sched_sp
 *   one in a system call    syscall_regs and syscall_sp
 *   a fault                 the registers that the kernel reported
 * A goroutine that runs on another thread cannot be walked, and says so.
 *
 * Shown are the functions of Go packages; the runtime's C functions (no dot in
 * the symbol) are hidden unless GOTRACEBACK=system, and so are two kinds of
 * frames that the compiler makes: a function that found too little stack and
 * waits for its second call, and the checking wrapper of one with a large frame.
 * Both are known by what they call (call_target).
 *
 * Everything here works in a process whose heap or locks are broken: no lock, no
 * allocation, and every frame pointer is checked against the stack's bounds.
 */
#include "debug/traceback.h"

#include <string.h>

#include "debug/logical.h"
#include "debug/symtab.h"
#include "debug/tracer.h"
#include "lang/lang.h"
#include "os/os.h"
#include "sched/sched.h"

enum level { LEVEL_NONE, LEVEL_SINGLE, LEVEL_ALL, LEVEL_SYSTEM, LEVEL_CRASH };
static enum level level = LEVEL_SINGLE;

/* As in Go: of a long stack the innermost and the outermost frames. */
#define SHOWN_INNER 50
#define SHOWN_OUTER 50

/* ---- Output ------------------------------------------------------------------ */

/* Standard error, or a buffer that silently fills up. */
struct sink {
  char *buf; /* NULL: standard error */
  int64_t cap, len;
};

static void put(struct sink *s, const char *p, int64_t n) {
  if (s->buf == NULL) {
    os_write(2, p, (size_t)n);
    return;
  }
  if (n > s->cap - s->len) n = s->cap - s->len;
  memcpy(s->buf + s->len, p, (size_t)n);
  s->len += n;
}
static void put_str(struct sink *s, const char *p) {
  put(s, p, (int64_t)strlen(p));
}
#define put_format(s, ...)                                            \
  do {                                                                \
    char line_[96];                                                   \
    put((s), line_, os_format(line_, sizeof line_, __VA_ARGS__));     \
  } while (0)

/* ---- Frames the compiler made ------------------------------------------------- */

/* The address that the call instruction before pc calls, or 0 if it is not a
 * direct call. */
static uintptr_t call_target(uintptr_t pc) {
  const uint8_t *p = (const uint8_t *)pc;
  if (p[-5] != 0xE8) return 0;
  int32_t rel;
  memcpy(&rel, p - 4, 4);
  return pc + (uintptr_t)(intptr_t)rel;
}

/* True for a frame that only waits for the real one of the same function. */
static bool is_wrapper(uintptr_t pc) {
  struct symbol s;
  uintptr_t target = call_target(pc);
  return target != 0 && symtab_find(target, &s) &&
         (has_suffix(s.name, "__grow") || has_suffix(s.name, ".body"));
}

/* ---- Walking ---------------------------------------------------------------------- */

struct walk {
  struct g *gp;    /* whose segments bound the walk; NULL: a thread's stack */
  uintptr_t pc, fp;
  bool exact;      /* pc is the instruction itself, not a return address */
  uintptr_t limit; /* thread's stack: fp must stay below */
};

static const struct segment *segment_of(const struct g *gp, uintptr_t p) {
  for (const struct segment *s = gp->seg; s != NULL; s = s->prev)
    if (p - s->lo < s->hi - s->lo) return s;
  return NULL;
}

static bool readable(const struct walk *w, uintptr_t fp) {
  if (fp == 0 || fp % 8 != 0) return false;
  if (w->gp == NULL) return fp < w->limit;
  const struct segment *s = segment_of(w->gp, fp);
  return s != NULL && s->hi - fp >= 16;
}

static bool after_fault(uintptr_t pc);

/* Steps to the caller; false at the end. */
static bool walk_next(struct walk *w) {
  if (!readable(w, w->fp)) return false;
  const uintptr_t *frame = (const uintptr_t *)w->fp;
  uintptr_t fp = frame[0], pc = frame[1];
  if (pc == 0) return false;
  /* Outwards: up in the same segment, or into an older one. */
  if (w->gp == NULL && fp != 0 && fp <= w->fp) return false;
  if (w->gp != NULL && fp != 0 && fp <= w->fp &&
      segment_of(w->gp, fp) == segment_of(w->gp, w->fp))
    return false;
  w->exact = after_fault(w->pc);
  w->pc = pc;
  w->fp = fp;
  return true;
}

/* A walk of a goroutine that is not running; false if its stack is not to be
 * read. */
static bool walk_parked(struct g *gp, struct walk *w) {
  uint32_t status = readgstatus(gp) & ~(uint32_t)_Gscan;
  *w = (struct walk){.gp = gp};
  if (gp->seg == NULL) return false;
  if (status == _Gsyscall && gp->syscall_sp != 0) {
    w->pc = ((const uintptr_t *)gp->syscall_sp)[-1];
    w->fp = gp->syscall_regs[1];
    return true;
  }
  uintptr_t sp = gp->sched_sp;
  if (segment_of(gp, sp) == NULL) return false;
  w->fp = *(const uintptr_t *)(sp + OS_SAVED_FP_OFFSET);
  w->pc = *(const uintptr_t *)(sp + OS_SAVED_FP_OFFSET + 8);
  return true;
}

static uintptr_t lookup_pc(const struct walk *w) {
  return w->exact ? w->pc : w->pc - 1;
}

static bool in_go_file(uintptr_t pc) {
  struct source_line l;
  return dwarf_find_line(pc, &l) && has_suffix(l.file, ".go");
}

/* The frame's function if it is to be shown; NULL if not. */
static const char *find_frame_name(const struct walk *w, bool runtime_too, int *n,
                              struct symbol *s) {
  if (!symtab_find(lookup_pc(w), s)) return NULL;
  const char *name = shown_name(s, n);
  if (runtime_too && name == NULL) {
    *n = plain_length(s->name);
    return s->name;
  }
  if (name != NULL && !runtime_too && !w->exact && is_wrapper(w->pc))
    return NULL;
  if (name == NULL && in_go_file(lookup_pc(w))) {
    *n = 0; /* the compiler's glue; a Go function may be inlined in it */
    return "";
  }
  return name;
}

/* The same through a small cache: a stack that overflowed has millions of frames
 * of a few functions.  Only one thread prints at a time. */
static const char *frame_name(const struct walk *w, bool runtime_too, int *n,
                              struct symbol *s) {
  static struct {
    uintptr_t pc;
    bool exact, runtime_too;
    const char *name;
    int n;
    struct symbol s;
  } cache[64], *c;
  c = &cache[w->pc / 4 % 64];
  if (c->pc != w->pc || c->exact != w->exact || c->runtime_too != runtime_too) {
    c->pc = w->pc;
    c->exact = w->exact;
    c->runtime_too = runtime_too;
    c->name = find_frame_name(w, runtime_too, &c->n, &c->s);
  }
  *n = c->n;
  *s = c->s;
  return c->name;
}

/* A return address of sigpanic: the frame above faulted there. */
static bool after_fault(uintptr_t pc) {
  static uintptr_t last_pc;
  static bool last;
  if (pc == last_pc) return last;
  struct symbol s;
  last = pc != 0 && symtab_find(pc - 1, &s) && is_part_of(&s, "sigpanic");
  last_pc = pc;
  return last;
}

/* ---- Printing frames ------------------------------------------------------------------ */

static void put_position(struct sink *out, const struct logical *l,
                         uintptr_t offset) {
  put_str(out, "\t");
  if (l->have_line) {
    if (l->line.file[0] != '/' && l->line.dir != NULL && l->line.dir[0] != 0) {
      put_str(out, l->line.dir);
      put_str(out, "/");
    }
    put_str(out, l->line.file);
    put_format(out, ":%d", l->line.line);
  } else {
    put_str(out, "?:0");
  }
  put_format(out, " +0x%lx\n", (unsigned long)offset);
}

static void put_frame(struct sink *out, const struct walk *w,
                      const struct symbol *s, bool runtime_too) {
  struct logical l[MAX_LOGICAL];
  int n = expand(lookup_pc(w), s, l);
  for (int i = 0; i < n; i++) {
    if (l[i].name == NULL) {
      if (!runtime_too || i < n - 1) continue;
      l[i].name = s->name;
      l[i].name_len = plain_length(s->name);
    }
    bool is_main =
        l[i].name_len == 9 && memcmp(l[i].name, "main.main", 9) == 0;
    put(out, l[i].name, l[i].name_len);
    put_str(out, is_main ? "()\n" : "(...)\n");
    put_position(out, &l[i], w->pc - s->addr);
  }
}

/* A panic that is being raised begins with its own machinery: the walk goes on
 * from the frame that called it. */
static void skip_raise(struct walk *w) {
  struct walk at = *w;
  struct symbol s;
  for (int i = 0; i < 16; i++) {
    if (symtab_find(lookup_pc(&at), &s) && memchr(s.name, '.', (size_t)plain_length(s.name)))
      return;
    bool raise = symtab_find(lookup_pc(&at), &s) &&
                 is_part_of(&s, "tern_gopanic");
    if (!walk_next(&at)) return;
    if (raise) {
      *w = at;
      return;
    }
  }
}

static void put_frames(struct sink *out, struct walk w, bool runtime_too) {
  struct walk count = w;
  struct symbol s;
  int n;
  int64_t total = 0, i = 0;
  do total += frame_name(&count, runtime_too, &n, &s) != NULL;
  while (walk_next(&count));
  do {
    const char *name = frame_name(&w, runtime_too, &n, &s);
    if (name == NULL) continue;
    if (i < SHOWN_INNER || i >= total - SHOWN_OUTER)
      put_frame(out, &w, &s, runtime_too);
    else if (i == SHOWN_INNER)
      put_format(out, "...%ld frames elided...\n",
                 (long)(total - SHOWN_INNER - SHOWN_OUTER));
    i++;
  } while (walk_next(&w));
}

/* ---- Printing goroutines ----------------------------------------------------------------- */

static const char *status_text(struct g *gp) {
  switch (readgstatus(gp) & ~(uint32_t)_Gscan) {
    case _Grunnable: return "runnable";
    case _Grunning: return "running";
    case _Gsyscall: return "syscall";
    case _Gpreempted: return "preempted";
    case _Gwaiting: {
      const char *why = gp->waitreason < WAIT_COUNT
                            ? wait_reason_text[gp->waitreason]
                            : NULL;
      return why != NULL && *why != 0 ? why : "waiting";
    }
    default: return "dead";
  }
}

static void put_header(struct sink *out, struct g *gp, const char *status) {
  put_format(out, "goroutine %ld [%s", (long)gp->goid, status);
  uint32_t st = readgstatus(gp) & ~(uint32_t)_Gscan;
  if (gp->waitsince != 0 && (st == _Gwaiting || st == _Gsyscall)) {
    int64_t minutes = (nanotime() - gp->waitsince) / 60000000000;
    if (minutes >= 1) put_format(out, ", %ld minutes", (long)minutes);
  }
  put_str(out, "]:\n");
}

static void put_creator(struct sink *out, struct g *gp) {
  struct symbol s;
  int n;
  if (gp->creator_pc == 0 || !symtab_find(gp->creator_pc - 1, &s)) return;
  const char *name = shown_name(&s, &n);
  if (name == NULL) return;
  put_str(out, "created by ");
  put(out, name, n);
  put_format(out, " in goroutine %ld\n", (long)gp->parent_goid);
  struct logical l[MAX_LOGICAL];
  int k = expand(gp->creator_pc - 1, &s, l);
  put_position(out, &l[k - 1], gp->creator_pc - s.addr);
}

static bool runtime_shown(void) { return level >= LEVEL_SYSTEM; }

static void put_parked(struct sink *out, struct g *gp) {
  struct walk w;
  uint32_t status = readgstatus(gp) & ~(uint32_t)_Gscan;
  put_header(out, gp, status_text(gp));
  if (status == _Grunning || !walk_parked(gp, &w))
    put_str(out, "\tgoroutine running on other thread; stack unavailable\n");
  else
    put_frames(out, w, runtime_shown());
  put_creator(out, gp);
}

static void put_current(struct sink *out, struct g *gp, struct walk w) {
  put_header(out, gp, "running");
  put_frames(out, w, runtime_shown());
  put_creator(out, gp);
}

static void put_others(struct sink *out, struct g *me) {
  struct allgs all = allgs_snapshot();
  for (int64_t i = 0; i < all.len; i++) {
    struct g *gp = all.ptr[i];
    uint32_t status = readgstatus(gp) & ~(uint32_t)_Gscan;
    if (gp == me || status == _Gdead || status == _Gidle) continue;
    if (gp->system && !runtime_shown()) continue;
    put_str(out, "\n");
    put_parked(out, gp);
  }
}

/* ---- Death ----------------------------------------------------------------------------------- */

enum cause { CAUSE_FATAL = 0, CAUSE_THROW = 1, CAUSE_PANIC = 2 };

struct report {
  enum cause cause;
  struct g *gp;    /* the goroutine at fault, or NULL */
  bool have_walk;
  struct walk walk;
};

static void write_report(void *arg) {
  struct report *r = arg;
  struct sink out = {NULL, 0, 0};
  if (level == LEVEL_NONE) return;
  if (r->gp != NULL) {
    put_str(&out, "\n");
    if (r->cause == CAUSE_PANIC && !runtime_shown()) skip_raise(&r->walk);
    if (r->have_walk)
      put_current(&out, r->gp, r->walk);
    else
      put_parked(&out, r->gp);
  }
  if (r->cause != CAUSE_PANIC || level >= LEVEL_ALL) put_others(&out, r->gp);
}

/* The runtime's own stack, when a thread died on it. */
static void write_system_stack(uintptr_t fp) {
  struct sink out = {NULL, 0, 0};
  struct walk w = {.fp = fp, .limit = fp + os_thread_stack() / 2};
  put_str(&out, "\nruntime stack:\n");
  if (walk_next(&w)) put_frames(&out, w, true);
}

static void on_death(int cause) {
  if (tern_g == NULL || !sched.started) return;
  struct report r = {.cause = (enum cause)cause, .gp = getg()};
  r.walk.fp = (uintptr_t)__builtin_frame_address(0);
  if (on_g0()) {
    if (level != LEVEL_NONE && cause == CAUSE_THROW)
      write_system_stack(r.walk.fp);
    r.gp = getm()->curg;
    r.have_walk = false;
    /* On the system stack for its goroutine: the stack was saved. */
    if (r.gp != NULL && walk_parked(r.gp, &r.walk)) r.have_walk = true;
    write_report(&r);
  } else {
    r.walk.gp = r.gp;
    r.have_walk = walk_next(&r.walk);
    systemstack(write_report, &r);
  }
  if (level == LEVEL_CRASH) os_abort();
}

void debug_quit(const struct os_fault *f) {
  os_print("SIGQUIT: quit\nPC=0x%lx\n", (unsigned long)f->pc);
  if (tern_g == NULL || level == LEVEL_NONE) os_exit(2);
  struct report r = {.cause = CAUSE_FATAL, .gp = getm()->curg};
  if (!on_g0() && r.gp != NULL) {
    r.walk = (struct walk){.gp = r.gp, .pc = f->pc, .fp = f->fp, .exact = true};
    r.have_walk = true;
  }
  write_report(&r);
  if (level == LEVEL_CRASH) os_abort();
  os_exit(2);
}

void debug_set_traceback(const char *name) {
  static const struct { const char *name; enum level level; } names[] = {
      {"none", LEVEL_NONE}, {"0", LEVEL_NONE}, {"single", LEVEL_SINGLE},
      {"", LEVEL_SINGLE}, {"all", LEVEL_ALL}, {"1", LEVEL_ALL},
      {"system", LEVEL_SYSTEM}, {"2", LEVEL_SYSTEM}, {"crash", LEVEL_CRASH}};
  level = LEVEL_SINGLE;
  for (size_t i = 0; name != NULL && i < sizeof names / sizeof names[0]; i++)
    if (strcmp(name, names[i].name) == 0) level = names[i].level;
}

/* The scheduler's hook, on the system stack: the program recursed too deep, and
 * the limit was printed. */
static void on_stack_overflow(struct g *gp) {
  os_print("runtime: sp=0x%lx stack=[0x%lx, 0x%lx]\n",
           (unsigned long)gp->sched_sp, (unsigned long)gp->seg->lo,
           (unsigned long)gp->seg->hi);
  fatal("stack overflow");
}

void debug_init(void) {
  debug_set_traceback(os_getenv("GOTRACEBACK"));
  os_traceback_hook = on_death;
  sched_hooks.stack_overflow = on_stack_overflow;
  sched_hooks.sched_trace = tracer_tick;
}

/* ---- For runtime.Caller and runtime.Stack -------------------------------- */

/* A pc that debug_callers returns tells which of the functions at the address is
 * meant: its number in expand's list stands in the top byte. */
#define PC_SHIFT 56
#define PC_MASK (((uintptr_t)1 << PC_SHIFT) - 1)

struct callers_request {
  struct walk walk;
  int skip, n, max;
  uintptr_t *pcs;
};

static void collect_callers(void *arg) {
  struct callers_request *r = arg;
  struct walk *w = &r->walk;
  struct symbol s;
  struct logical l[MAX_LOGICAL];
  int len;
  while (r->n < r->max && walk_next(w)) {
    if (frame_name(w, false, &len, &s) == NULL) continue;
    int k = expand(lookup_pc(w), &s, l);
    for (int i = 0; i < k && r->n < r->max; i++)
      if (l[i].name != NULL && r->skip-- <= 0)
        r->pcs[r->n++] = (lookup_pc(w) + 1) | (uintptr_t)i << PC_SHIFT;
  }
}

int debug_callers(int skip, uintptr_t *pcs, int max) {
  struct callers_request r = {.skip = skip, .max = max, .pcs = pcs};
  r.walk.gp = getg();
  r.walk.fp = (uintptr_t)__builtin_frame_address(0);
  systemstack(collect_callers, &r);
  return r.n;
}

struct frame_request {
  uintptr_t pc;
  struct debug_frame *out;
  bool found;
};

static void find_frame(void *arg) {
  struct frame_request *r = arg;
  struct debug_frame *out = r->out;
  struct symbol s;
  struct logical l[MAX_LOGICAL];
  uintptr_t pc = r->pc & PC_MASK;
  if (pc == 0 || !symtab_find(pc - 1, &s)) return;
  int k = expand(pc - 1, &s, l), i = (int)(r->pc >> PC_SHIFT);
  while (i < k - 1 && l[i].name == NULL) i++;
  if (i >= k) i = k - 1;
  r->found = true;
  out->entry = s.addr;
  out->name = l[i].name != NULL ? l[i].name : s.name;
  out->name_len = l[i].name != NULL ? l[i].name_len : plain_length(s.name);
  if (l[i].name == l[i].buf) {
    memcpy(out->name_buf, l[i].buf, sizeof out->name_buf);
    out->name = out->name_buf;
  }
  if (!l[i].have_line) return;
  out->dir = l[i].line.dir;
  out->file = l[i].line.file;
  out->line = l[i].line.line;
}

bool debug_frame(uintptr_t pc, struct debug_frame *out) {
  struct frame_request r = {pc, out, false};
  memset(out, 0, sizeof *out);
  systemstack(find_frame, &r);
  return r.found;
}

struct stack_request {
  struct sink out;
  struct g *gp;
  struct walk walk;
  bool all;
};

static void write_stacks(void *arg) {
  struct stack_request *r = arg;
  put_current(&r->out, r->gp, r->walk);
  if (r->all) put_others(&r->out, r->gp);
}

int64_t debug_stack(char *buf, int64_t n, bool all) {
  struct stack_request r = {.out = {buf, n, 0}, .gp = getg(), .all = all};
  r.walk.gp = r.gp;
  r.walk.fp = (uintptr_t)__builtin_frame_address(0);
  if (buf == NULL || n <= 0 || !walk_next(&r.walk)) return 0;
  if (all) stopTheWorld(STW_STACK_ALL);
  systemstack(write_stacks, &r);
  if (all) startTheWorld();
  return r.out.len;
}
