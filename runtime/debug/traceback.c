/* traceback.c - who called whom, for a goroutine that dies or is asked about.
 *
 * The walk itself is in walk.c.  A goroutine that runs on another thread cannot be
 * walked, and says so.  The runtime's C functions are hidden unless
 * GOTRACEBACK=system.
 *
 * Everything here works in a process whose heap or locks are broken.
 */
#include "debug/traceback.h"

#include <string.h>

#include "debug/lockstack.h"
#include "debug/logical.h"
#include "debug/schedtrace.h"
#include "debug/symtab.h"
#include "debug/tracer.h"
#include "debug/walk.h"
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

/* The functions to be shown at a frame, the innermost first: more than one where gcc
 * has inlined. */
static int shown_levels(const struct walk *w, const struct symbol *s, bool runtime_too,
                        struct logical *l) {
  int shown = 0, n = expand(lookup_pc(w), s, l);
  for (int i = runtime_too ? 0 : waiting_levels(w); i < n; i++) {
    if (l[i].name == NULL) {
      if (!runtime_too || i < n - 1) continue;
      l[i].name = s->name;
      l[i].name_len = plain_length(s->name);
    }
    bool own = l[i].name == l[i].buf;
    l[shown] = l[i];
    if (own) l[shown].name = l[shown].buf;
    shown++;
  }
  return shown;
}

static void put_level(struct sink *out, const struct logical *l, uintptr_t offset) {
  bool is_main = l->name_len == 9 && memcmp(l->name, "main.main", 9) == 0;
  put(out, l->name, l->name_len);
  put_str(out, is_main ? "()\n" : "(...)\n");
  put_position(out, l, offset);
}

static void put_frame(struct sink *out, const struct walk *w,
                      const struct symbol *s, bool runtime_too) {
  struct logical l[MAX_LOGICAL];
  int n = shown_levels(w, s, runtime_too, l);
  for (int i = 0; i < n; i++) put_level(out, &l[i], w->pc - s->addr);
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

/* How many shown_levels a frame has, through a small cache for stacks that overflowed. */
struct level_counts {
  uintptr_t pc[64];
  int n[64];
};

static int count_levels(struct level_counts *known, const struct walk *w, bool runtime_too) {
  struct symbol s;
  struct logical l[MAX_LOGICAL];
  int len;
  uintptr_t pc = lookup_pc(w), slot = pc % 64;
  if (known->pc[slot] != pc || w->exact) {
    bool named = frame_name(w, runtime_too, &len, &s) != NULL;
    known->n[slot] = named ? shown_levels(w, &s, runtime_too, l) : 0;
    known->pc[slot] = w->exact ? 0 : pc;
  }
  return known->n[slot];
}

static void put_frames(struct sink *out, struct walk w, bool runtime_too) {
  struct level_counts known = {0};
  struct walk count = w;
  struct symbol s;
  struct logical l[MAX_LOGICAL];
  int len;
  int64_t total = 0, i = 0;
  do total += count_levels(&known, &count, runtime_too);
  while (walk_next(&count));
  int64_t outer = total - SHOWN_OUTER;
  do {
    int n = count_levels(&known, &w, runtime_too);
    if (n == 0 || (i > SHOWN_INNER && i + n <= outer)) {
      i += n;
      continue;
    }
    frame_name(&w, runtime_too, &len, &s);
    shown_levels(&w, &s, runtime_too, l);
    for (int k = 0; k < n; k++, i++) {
      if (i < SHOWN_INNER || i >= outer)
        put_level(out, &l[k], w.pc - s.addr);
      else if (i == SHOWN_INNER)
        put_format(out, "...%ld frames elided...\n", (long)(outer - SHOWN_INNER));
    }
  } while (walk_next(&w));
}

/* ---- Printing goroutines ----------------------------------------------------------------- */

static const char *status_text(struct g *gp) {
  switch (G_STATE(readgstatus(gp))) {
    case _Grunnable: return "runnable";
    case _Grunning: return "running";
    case _Gsyscall: return "syscall";
    case _Gpreempted: return "preempted";
    case _Gwaiting:
    case _Greleased: {
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
  uint32_t st = G_STATE(readgstatus(gp));
  if (load_rlx(&gp->waitsince) != 0 && (st == _Gwaiting || st == _Gsyscall)) {
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
  uint32_t status = G_STATE(readgstatus(gp));
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
    uint32_t status = G_STATE(readgstatus(gp));
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
    if (r.gp != NULL && !in_c_call() && walk_parked(r.gp, &r.walk))
      r.have_walk = true;
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

/* sysmon's call, on its own thread. */
static void on_tick(int64_t now) {
  tracer_tick(now);
  schedtrace_tick(now);
}

void debug_init(void) {
  if (TERN_DEBUG) lockstack_init();
  debug_set_traceback(os_getenv("GOTRACEBACK"));
  os_traceback_hook = on_death;
  sched_hooks.stack_overflow = on_stack_overflow;
  sched_hooks.sched_trace = on_tick;
}

/* ---- For lockstack.c ------------------------------------------------------- */

void debug_print_pcs(const uintptr_t *pcs, int n) {
  struct sink out = {NULL, 0, 0};
  for (int i = 0; i < n; i++) {
    struct walk w = {.pc = pcs[i]};
    struct symbol s;
    int len;
    if (frame_name(&w, true, &len, &s) != NULL) put_frame(&out, &w, &s, true);
  }
}

/* ---- For runtime.Stack ------------------------------------------------------- */

int64_t debug_write_goroutine(char *buf, int64_t n, const struct walk *w) {
  struct sink out = {buf, n, 0};
  put_header(&out, w->gp, status_text(w->gp));
  put_frames(&out, *w, runtime_shown());
  put_creator(&out, w->gp);
  return out.len;
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
