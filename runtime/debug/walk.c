/* walk.c - walking the frames of a goroutine's stack.
 *
 * All code is compiled with frame pointers, so a stack is a chain: *fp is the
 * caller's fp, fp[1] the return address.  The chain leads over segment
 * boundaries by itself, since the switch to a segment is an ordinary frame.  It
 * ends with fp == 0 at the goroutine's first frame.
 *
 * Where a walk starts:
 *   the running goroutine   its own frame pointer
 *   one that was switched   the registers that switch.S left at sched_sp
 *   one that never ran      the first instruction of its function
 *   one in a system call    syscall_regs and syscall_sp
 *   a fault                 the registers that the kernel reported
 * A goroutine that runs on another thread cannot be walked.
 *
 * Shown are the functions of Go packages; hidden are the runtime's C functions (no
 * dot in the symbol) and two kinds of frames that the compiler makes: a function
 * that found too little stack and waits for its second call, and the checking
 * wrapper of one with a large frame.  Both are known by what they call.
 *
 * Works in a process whose heap or locks are broken: no lock, no allocation, and
 * every frame pointer is checked against the stack's bounds.
 */
#include "debug/walk.h"

#include <string.h>

#include "debug/logical.h"
#include "os/os.h"

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
         (has_suffix(s.name, "__grow") || has_suffix(s.name, "..body"));
}

/* ---- Walking ---------------------------------------------------------------------- */

static bool within(const struct segment *s, uintptr_t p) {
  return p - s->lo < s->hi - s->lo;
}

static const struct segment *segment_of(const struct segment *s, uintptr_t p) {
  while (s != NULL && !within(s, p)) s = s->prev;
  return s;
}

/* Moves w->seg on to the segment of fp: frames lead from newer segments to older ones,
 * so the search goes on from where the last one ended. */
static bool readable(struct walk *w, uintptr_t fp) {
  if (fp == 0 || fp % 8 != 0) return false;
  if (w->gp == NULL) return fp < w->limit;
  const struct segment *s = segment_of(w->seg != NULL ? w->seg : w->gp->seg, fp);
  if (s == NULL) return false;
  w->seg = s;
  return s->hi - fp >= 16;
}

static bool after_fault(uintptr_t pc);

bool walk_next(struct walk *w) {
  if (!readable(w, w->fp)) return false;
  const uintptr_t *frame = (const uintptr_t *)w->fp;
  uintptr_t fp = frame[0], pc = frame[1];
  if (pc == 0) return false;
  /* Outwards: up in the same segment, or into an older one. */
  if (w->gp == NULL && fp != 0 && fp <= w->fp) return false;
  if (w->gp != NULL && fp != 0 && fp <= w->fp && within(w->seg, fp)) return false;
  w->exact = after_fault(w->pc);
  w->pc = pc;
  w->fp = fp;
  return true;
}

bool walk_parked(struct g *gp, struct walk *w) {
  uint32_t status = G_STATE(readgstatus(gp));
  *w = (struct walk){.gp = gp};
  if (gp->seg == NULL) return false;
  if (status == _Gsyscall && gp->syscall_sp != 0) {
    w->pc = ((const uintptr_t *)gp->syscall_sp)[-1];
    w->fp = gp->syscall_regs[1];
    return true;
  }
  uintptr_t sp = gp->sched_sp;
  if (segment_of(gp->seg, sp) == NULL) return false;
  w->fp = *(const uintptr_t *)(sp + OS_SAVED_FP_OFFSET);
  w->pc = *(const uintptr_t *)(sp + OS_SAVED_FP_OFFSET + 8);
  if (w->fp == 0 && gp->start_pc != 0) { /* only until it first runs */
    w->pc = gp->start_pc;
    w->exact = true;
  }
  return true;
}

uintptr_t lookup_pc(const struct walk *w) {
  return w->exact ? w->pc : w->pc - 1;
}

int waiting_levels(const struct walk *w) {
  return !w->exact && is_wrapper(w->pc);
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
  if (name != NULL && !runtime_too && waiting_levels(w) > 0) {
    struct logical l[MAX_LOGICAL];
    if (expand(lookup_pc(w), s, l) == 1) return NULL;
  }
  if (name == NULL && in_go_file(lookup_pc(w))) {
    *n = 0; /* the compiler's glue; a Go function may be inlined in it */
    return "";
  }
  return name;
}

/* Through a small cache: a stack that overflowed has millions of frames of a few
 * functions. */
const char *frame_name(const struct walk *w, bool runtime_too, int *n,
                              struct symbol *s) {
  static __thread struct {
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
  static __thread uintptr_t last_pc;
  static __thread bool last;
  if (pc == last_pc) return last;
  struct symbol s;
  last = pc != 0 && symtab_find(pc - 1, &s) && is_part_of(&s, "sigpanic");
  last_pc = pc;
  return last;
}
