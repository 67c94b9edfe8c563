/* profile.c - the stacks of all goroutines at one moment, or of each in its turn.
 *
 * With a stop (debug_goroutine_profile) all are of the same moment and the program
 * stands still as long as it takes.  Without (debug_inspect, debug_stacks_running)
 * one goroutine at a time is claimed; the asking one parks until it stands, the others
 * run, and so does the collector.  Nothing of the scheduler is called and no trace
 * event written while the claim is held (SUS-2, TR-3).
 */
#include "debug/profile.h"

#include <string.h>

#include "debug/traceback.h"
#include "debug/walk.h"
#include "sched/sched.h"

static bool of_program(struct g *gp) {
  uint32_t s = G_STATE(readgstatus(gp));
  return !gp->system && s != _Gdead && s != _Gidle;
}

/* ---- With a stop ------------------------------------------------------------- */

struct profile {
  struct stack_record *out;
  int64_t max, n;
  struct g *me;
  struct walk mine;
};

static void record(struct walk *w, struct stack_record *r) {
  int n = walk_pcs(w, 0, r->stack0, 32);
  if (n < 32) r->stack0[n] = 0;
}

static void profile_on_g0(void *arg) {
  struct profile *p = arg;
  struct allgs all = allgs_snapshot();
  for (int64_t i = 0; i < all.len; i++) p->n += of_program(all.ptr[i]);
  if (p->n > p->max) return;
  struct stack_record *out = p->out;
  for (int64_t i = 0; i < all.len; i++) {
    struct g *gp = all.ptr[i];
    struct walk w;
    if (!of_program(gp)) continue;
    if (gp == p->me)
      record(&p->mine, out);
    else if (walk_parked(gp, &w))
      record(&w, out);
    else
      out->stack0[0] = 0;
    out++;
  }
}

int64_t debug_goroutine_profile(struct stack_record *out, int64_t max) {
  struct profile p = {.out = out, .max = max, .me = getg()};
  p.mine.gp = p.me;
  p.mine.fp = (uintptr_t)__builtin_frame_address(0);
  walk_next(&p.mine);
  stopTheWorld(STW_GOROUTINE_PROFILE);
  systemstack(profile_on_g0, &p);
  startTheWorld();
  return p.n;
}

/* ---- Without ------------------------------------------------------------------ */

struct inspection {
  struct g *gp;
  int64_t goid; /* 0: any */
  void (*look)(struct walk *w, void *arg);
  void *arg;
  struct walk mine;
  bool done;
};

/* The goroutine is claimed.  It may have died and be another by now. */
static void look_at_other(void *arg) {
  struct inspection *p = arg;
  struct walk w;
  if ((p->goid != 0 && p->gp->goid != p->goid) || !walk_parked(p->gp, &w)) return;
  p->look(&w, p->arg);
  p->done = true;
}

static void look_at_me(void *arg) {
  struct inspection *p = arg;
  p->look(&p->mine, p->arg);
  p->done = true;
}

static void inspect(struct inspection *p) {
  if (p->gp == getg()) {
    systemstack(look_at_me, p);
    return;
  }
  struct suspend_state st = suspend_from_goroutine(p->gp);
  if (st.dead) return;
  systemstack(look_at_other, p);
  resume_from_goroutine(st);
}

bool debug_inspect(int64_t goid, void (*look)(struct walk *w, void *arg), void *arg) {
  struct allgs all = allgs_snapshot();
  for (int64_t i = 0; i < all.len; i++) {
    struct g *gp = all.ptr[i];
    /* Read while it may change hands: checked again under the claim. */
    if (load_rlx(&gp->goid) != goid) continue;
    struct inspection p = {.gp = gp, .goid = goid, .look = look, .arg = arg};
    p.mine.gp = gp;
    p.mine.fp = (uintptr_t)__builtin_frame_address(0);
    if (gp == getg()) walk_next(&p.mine);
    inspect(&p);
    if (p.done) return true;
  }
  return false;
}

struct stacks {
  char *buf;
  int64_t n, len;
};

static void put_stack(struct walk *w, void *arg) {
  struct stacks *s = arg;
  if (s->len > 0 && s->len < s->n) s->buf[s->len++] = '\n';
  s->len += debug_write_goroutine(s->buf + s->len, s->n - s->len, w);
}

int64_t debug_stacks_running(char *buf, int64_t n) {
  struct stacks s = {buf, n, 0};
  struct inspection p = {.gp = getg(), .look = put_stack, .arg = &s};
  p.mine.gp = getg();
  p.mine.fp = (uintptr_t)__builtin_frame_address(0);
  walk_next(&p.mine);
  inspect(&p);
  struct allgs all = allgs_snapshot();
  for (int64_t i = 0; i < all.len && s.len < n; i++) {
    p.gp = all.ptr[i];
    if (p.gp != getg() && of_program(p.gp)) inspect(&p);
    tern_poll();
  }
  return s.len;
}
