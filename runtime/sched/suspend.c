/* suspend.c - claiming one goroutine at a safepoint, to read its stack.
 *
 *      RUNNING --request--> polls --preemptPark--> SCAN|PREEMPTED -> PREEMPTED
 *                                                                       |
 *      RUNNABLE, WAITING, SYSCALL, RELEASED                          suspendG
 *          |  suspendG                                                  |
 *      the same + 1 claim                                WAITING + owed + 1 claim
 *          |  resumeG                                                   |  resumeG
 *      the same - 1 claim                     RUNNABLE, queued by the last claimer
 *
 * Nobody waits in a loop (C-1).  Who finds the goroutine RUNNING locks its word
 * with the scan bit, leaves a request and a watcher, and sleeps; whoever brings
 * the goroutine to rest (preemptPark, park, yield, a system call, exit) does so
 * by a CAS, which succeeds only while the word is not locked, and then wakes all
 * watchers.  So a watcher either is seen by that CAS or sees its result.  A
 * watcher that is woken in vain, because the goroutine runs again, asks again;
 * the request stays posted until the goroutine is claimed, so it stops at its
 * first poll (SUS-7).
 *
 * Any number may claim at once (C-2); the stack is then read only.  A claimed
 * goroutine has its registers in its own stack (SUS-11).  While it holds a claim,
 * a thread takes no scheduler lock (SUS-2), and a goroutine is not preempted:
 * were it stopped for one that it has itself claimed, both would wait for ever.
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

enum { NUDGE_NS = 10 * 1000 * 1000, SPINS = 40 };

/* ---- Coming to rest ----------------------------------------------------- */

/* The CAS that took gp out of RUNNING pairs with the release of the scan bit under
 * which a watcher was pushed. */
struct g_watcher *g_take_watchers(struct g *gp) {
  return load_rlx(&gp->watchers) ? xchg_seq(&gp->watchers, (struct g_watcher *)0) : 0;
}

void g_wake_watchers(struct g_watcher *w, bool dead) {
  lock_may_acquire(RANK_SCHED);
  while (w) {
    struct g_watcher *next = w->next; /* w is gone once its owner is woken */
    w->dead = dead;
    if (w->waiter)
      goready(w->waiter);
    else
      note_wake(&w->woken);
    w = next;
  }
}

static void wake_on_g0(void *gp) { g_wake_watchers(g_take_watchers(gp), false); }

void g_rested(struct g *gp) {
  lock_may_acquire(RANK_SCHED);
  if (load_rlx(&gp->watchers)) systemstack(wake_on_g0, gp);
}

void g_exited(struct g *gp) { g_wake_watchers(g_take_watchers(gp), true); }

/* The goroutine stops itself.  PP-1: the state and the scan bit change in one
 * step, so that no suspender sees PREEMPTED while this thread still holds on. */
void preemptPark(struct g *gp) {
  struct m *mp = getm();
  CHECK(tern_locks == 0 && mp->p);
  lock_may_acquire(RANK_GSCAN);
  gp->waitreason = WAIT_PREEMPTED;
  TRACE(GO_BLOCK, (uint64_t)gp->goid, WAIT_PREEMPTED); /* before others can run it: PP-2 */
  while (!cas_seq(&gp->status, _Grunning, _Gscan | _Gpreempted)) {
    uint32_t s = readgstatus(gp); /* a suspender is posting its request */
    if (s != _Grunning && s != (_Gscan | _Grunning))
      throw("preemptPark: status is %x", s);
    procyield(1);
  }
  pseudo_lock(RANK_GSCAN, gp);
  /* Now, since once gp is PREEMPTED others can run it and it can be watched again. */
  struct g_watcher *watchers = g_take_watchers(gp);
  TERN_HOOK(preempt_park, gp);
  dropg();
  cas_status_from_scan(gp, _Gpreempted);
  TERN_HOOK(preempt_parked, gp);
  g_wake_watchers(watchers, false);
  schedule();
}

/* ---- Asking and claiming ------------------------------------------------ */

/* SUS-3: under the scan bit, so that the request meets this activation and gp->m
 * is the thread it runs on.  False: gp is not RUNNING, or its word is locked. */
static bool lock_running(struct g *gp) {
  if (!cas_seq(&gp->status, _Grunning, _Gscan | _Grunning)) return false;
  pseudo_lock(RANK_GSCAN, gp);
  return true;
}

static void unlock_running(struct g *gp) { cas_status_from_scan(gp, _Grunning); }

static void watch(struct g *gp, struct g_watcher *w) {
  struct g_watcher *head; /* an earlier mover may still be taking the list */
  do {
    head = load_rlx(&gp->watchers);
    w->next = head;
  } while (!cas_rel(&gp->watchers, head, w));
}

/* Asks gp to stop and watches it. */
static bool ask(struct g *gp, struct g_watcher *w) {
  if (!lock_running(gp)) return false;
  TERN_HOOK(suspend_request, gp);
  watch(gp, w);
  store_rlx(&gp->preempt_stop, true);
  store_rlx(&gp->preempt, true);
  store_seq(gp->m->stackguard, TERN_STACK_PREEMPT); /* Dekker: SUS-9 */
  unlock_running(gp);
  return true;
}

bool g_ask_scan(struct g *gp) {
  if (!lock_running(gp)) return false;
  store_rlx(&gp->scan_self, true);
  store_seq(gp->m->stackguard, TERN_STACK_PREEMPT); /* Dekker: SUS-9 */
  unlock_running(gp);
  return true;
}

/* Claims gp if it is at rest; false: it runs, or its word is locked. */
static bool claim(struct g *gp, struct suspend_state *out) {
  uint32_t s = readgstatus(gp), claimed;
  switch (G_STATE(s)) {
    case _Gdead:
      *out = (struct suspend_state){.g = gp, .dead = true}; /* SUS-6 */
      return true;
    case _Grunnable:
    case _Gwaiting:
    case _Gsyscall:
    case _Greleased:
      claimed = s + _Gclaim;
      break;
    case _Gpreempted: /* SUS-4: exactly one ready is owed for it */
      claimed = (_Gwaiting | _Gowed) + _Gclaim;
      break;
    case _Grunning:
      return false;
    default:
      throw("suspendG: status is %x", s);
  }
  if ((s & _Gscan) || !cas_seq(&gp->status, s, claimed)) return false;
  store_rlx(&gp->preempt_stop, false);
  store_rlx(&gp->preempt, false);
  store_rlx(&gp->scan_self, false);
  pseudo_lock(RANK_CLAIM, gp);
  *out = (struct suspend_state){.g = gp, .stopped = G_STATE(s) == _Gpreempted};
  return true;
}

bool try_suspendG(struct g *gp, struct suspend_state *out) {
  while (!claim(gp, out)) {
    if (readgstatus(gp) == _Grunning) return false;
    procyield(5);
  }
  return true;
}

/* The watcher was not woken for long: the target has no poll, or its thread no
 * processor.  If the request is lost it is posted again, and counted: a test
 * asserts that this hardly ever happens. */
static void nudge(struct g *gp) {
  if (!lock_running(gp)) return;
  if (load_rlx(&gp->preempt_stop) &&
      load_seq(gp->m->stackguard) != TERN_STACK_PREEMPT) {
    add_rlx(&sched.suspend_nudges, 1);
    store_seq(gp->m->stackguard, TERN_STACK_PREEMPT);
  }
  unlock_running(gp);
}

static void check_caller(void) {
  lock_may_acquire(RANK_CLAIM);
  struct g *me = getm()->curg;
  if (me && G_STATE(readgstatus(me)) == _Grunning)
    throw("suspendG from a running goroutine (SUS-1)");
}

struct suspend_state suspendG(struct g *gp) {
  check_caller();
  struct suspend_state out;
  while (!claim(gp, &out)) {
    struct g_watcher w = {0};
    if (!ask(gp, &w)) {
      procyield(5);
      continue;
    }
    for (int i = 0; i < SPINS && !note_is_woken(&w.woken); i++) procyield(20);
    while (!note_sleep_ns(&w.woken, NUDGE_NS)) nudge(gp);
    if (w.dead) return (struct suspend_state){.g = gp, .dead = true};
  }
  return out;
}

void resumeG(struct suspend_state st) {
  if (st.dead) return;
  struct g *gp = st.g;
  TERN_HOOK(resume, gp);
  for (;;) {
    uint32_t s = readgstatus(gp);
    if (s & _Gscan) { /* who watches for the end of the claims */
      procyield(5);
      continue;
    }
    if (G_CLAIMS(s) == 0) throw("resumeG: status is %x", s);
    bool last = G_CLAIMS(s) == 1, owed = last && (s & _Gowed);
    if (!cas_seq(&gp->status, s, owed ? (uint32_t)_Grunnable : s - _Gclaim))
      continue;
    pseudo_unlock(RANK_CLAIM, gp);
    if (owed && G_STATE(s) == _Gwaiting) TRACE(GO_UNBLOCK, (uint64_t)gp->goid);
    if (owed) g_enqueue(gp); /* only now can others run it */
    if (last && G_STATE(s) == _Greleased) /* it may wait for that: take_back */
      g_wake_watchers(g_take_watchers(gp), false);
    return;
  }
}

/* ---- Suspending from a goroutine (C-5) ---------------------------------- */

/* A claim is made by the running goroutine, never by a parked one: until it ran
 * again, it could be claimed itself (two that claim each other would both wait),
 * or the world could stop with the claim held (whose target's thread waits for
 * its end, with a P).  So who holds a claim runs and is not preempted; who waits
 * holds none.  The target is found at rest at the latest when it stopped for us,
 * because then it stays until it is claimed. */
struct suspension {
  struct g *target;
  struct g_watcher w;
};

static bool watch_parked(struct g *me, void *arg) {
  struct suspension *r = arg;
  r->w = (struct g_watcher){.waiter = me};
  return ask(r->target, &r->w); /* false: it came to rest meanwhile, look again */
}

struct suspend_state suspend_from_goroutine(struct g *gp) {
  struct suspension r = {.target = gp};
  struct suspend_state out = {.g = gp, .dead = true};
  CHECK(gp != getg() && tern_locks == 0);
  lock_may_acquire(RANK_CLAIM);
  while (!r.w.dead) {
    lock_preemption();
    bool claimed = try_suspendG(gp, &out);
    if (claimed && !out.dead) return out;
    unlock_preemption();
    if (claimed) break;
    gopark(watch_parked, &r, WAIT_SUSPEND);
  }
  return out;
}

static void resume_on_g0(void *st) { resumeG(*(struct suspend_state *)st); }

void resume_from_goroutine(struct suspend_state st) {
  if (st.dead) return;
  systemstack(resume_on_g0, &st);
  unlock_preemption();
  preempt_check();
}

/* ---- Giving up one's own stack ------------------------------------------ */

/* RELEASED back to RUNNING, when the last claim is gone. */
static void take_back(struct g *gp) {
  for (int spins = 0;; spins++) {
    if (cas_seq(&gp->status, _Greleased, _Grunning)) return;
    uint32_t s = readgstatus(gp);
    if (G_STATE(s) != _Greleased)
      throw("goroutine %ld: status is %x, not released", (long)gp->goid, s);
    if (spins < SPINS || (s & _Gscan)) {
      procyield(10);
      continue;
    }
    if (G_CLAIMS(s) == 0 || !cas_seq(&gp->status, s, s | _Gscan)) continue;
    struct g_watcher w = {0};
    pseudo_lock(RANK_GSCAN, gp);
    watch(gp, &w);
    pseudo_unlock(RANK_GSCAN, gp);
    if (!cas_seq(&gp->status, s | _Gscan, s)) throw("take_back: scan bit lost");
    note_sleep(&w.woken);
  }
}

struct release_request {
  void (*fn)(void *);
  void *arg;
  enum wait_reason why;
};

static void released(void *p) {
  struct release_request *r = p;
  struct g *gp = getm()->curg;
  gp->waitreason = r->why;
  casgstatus(gp, _Grunning, _Greleased);
  g_rested(gp);
  r->fn(r->arg);
  take_back(gp);
}

void release_stack(enum wait_reason why, void (*fn)(void *), void *arg) {
  struct release_request r = {fn, arg, why};
  systemstack(released, &r);
}

void with_stack_released(enum wait_reason why, void (*fn)(void *), void *arg) {
  release_stack(why, fn, arg);
  /* A request may have been posted meanwhile in vain. */
  if (tern_locks == 0) preempt_check();
}
