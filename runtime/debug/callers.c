/* callers.c - return addresses of the Go functions on a stack, and what they mean:
 * runtime.Callers, CallersFrames and the goroutine profile.
 */
#include <string.h>

#include "debug/logical.h"
#include "debug/traceback.h"
#include "debug/walk.h"
#include "sched/sched.h"

/* A pc that debug_callers returns tells which of the functions at the address is
 * meant: its number in expand's list stands in the top byte. */
#define PC_SHIFT 56
#define PC_MASK (((uintptr_t)1 << PC_SHIFT) - 1)

int walk_pcs(struct walk *w, int skip, uintptr_t *pcs, int max) {
  struct symbol s;
  struct logical l[MAX_LOGICAL];
  int len, n = 0;
  do {
    if (frame_name(w, false, &len, &s) == NULL) continue;
    int k = expand(lookup_pc(w), &s, l);
    for (int i = waiting_levels(w); i < k && n < max; i++)
      if (l[i].name != NULL && skip-- <= 0)
        pcs[n++] = (lookup_pc(w) + 1) | (uintptr_t)i << PC_SHIFT;
  } while (n < max && walk_next(w));
  return n;
}

struct callers_request {
  struct walk walk;
  int skip, n, max;
  uintptr_t *pcs;
};

static void collect_callers(void *arg) {
  struct callers_request *r = arg;
  if (walk_next(&r->walk)) r->n = walk_pcs(&r->walk, r->skip, r->pcs, r->max);
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
