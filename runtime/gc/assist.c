/* assist.c - the mutator's share: who allocates while marking, marks.
 *
 * Allocation during MARK is a debt in bytes; it is paid from credit that the
 * workers piled up, else by marking, else the goroutine waits until a worker
 * pays for it (AS-1 to AS-4).
 */
#include "gc/gcp.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sync/hook.h"

/* Marking in larger steps than the debt asks for spares the next ones. */
#define OVER_ASSIST (64 << 10)

static struct {
  mutex lock;
  struct g *head, *tail; /* guarded by lock; linked by assist_next */
} queue = {.lock = MUTEX_INIT(ASSIST_QUEUE)};

/* ---- Paying by marking -------------------------------------------------- */

struct assist {
  struct g *gp;
  int64_t work;  /* to do */
  bool complete; /* out: nothing was left and we were the last */
};

static void assist_on_g0(void *arg) {
  struct assist *a = arg;
  struct p *pp = getp();
  if (!load_acq(&gc_blacken_enabled)) {
    a->gp->assist_bytes = 0; /* the cycle ended: debts are forgiven */
    return;
  }
  int64_t began = os_nanotime();
  add_seq(&gc_active, 1);
  int64_t done = gc_drain_n(pp, a->work);
  a->gp->assist_bytes +=
      1 + (int64_t)(pacer_assist_byte_per_work() * (double)done);
  if (sub_seq(&gc_active, 1) == 0 && mark_is_candidate()) a->complete = true;
  add_rlx(&gc_cycle.assist_ns, os_nanotime() - began);
}

/* ---- Waiting for credit ------------------------------------------------- */

static bool park_unlock(struct g *gp, void *arg) {
  (void)gp;
  (void)arg;
  unlock(&queue.lock);
  return true;
}

/* False: no need to wait any more, look again. */
static void wait_for_credit(struct g *gp) {
  TERN_HOOK(assist_park, gp);
  lock(&queue.lock);
  /* MT-7: tested under the lock, so nobody sleeps past the end. */
  if (!load_acq(&gc_blacken_enabled)) {
    unlock(&queue.lock);
    return;
  }
  struct g *old = queue.tail;
  gp->assist_next = 0;
  store_rlx(old ? &old->assist_next : &queue.head, gp);
  queue.tail = gp;
  if (load_seq(&gc_bg_credit) > 0) { /* AS-3: credit came meanwhile */
    queue.tail = old;
    store_rlx(old ? &old->assist_next : &queue.head, (struct g *)0);
    unlock(&queue.lock);
    return;
  }
  gopark(park_unlock, 0, WAIT_GC_ASSIST);
}

static struct g *dequeue(void) {
  struct g *gp = queue.head;
  if (!gp) return 0;
  store_rlx(&queue.head, gp->assist_next);
  if (!queue.head) queue.tail = 0;
  gp->assist_next = 0;
  return gp;
}

/* A list that came off the queue; the lock is dropped, since to make somebody ready may
 * take sched.lock and make a thread. */
void assists_wake(struct g *gp) {
  while (gp) {
    struct g *next = gp->assist_next;
    gp->assist_next = 0;
    goready_tail(gp); /* RUN-8: never into runnext */
    gp = next;
    tern_poll(); /* there may be thousands; on the system stack, nothing */
  }
}

void assist_credit(int64_t work) {
  if (!load_rlx(&queue.head)) {
    add_rlx(&gc_bg_credit, work);
    return;
  }
  int64_t bytes = (int64_t)(pacer_assist_byte_per_work() * (double)work);
  struct g *paid = 0, **last = &paid;
  lock(&queue.lock);
  while (queue.head && bytes > 0) {
    struct g *gp = queue.head;
    if (bytes + gp->assist_bytes >= 0) {
      bytes += gp->assist_bytes;
      gp->assist_bytes = 0;
      *last = dequeue();
      last = &gp->assist_next;
    } else { /* AS-4: part of it, and to the back of the queue */
      gp->assist_bytes += bytes;
      bytes = 0;
      dequeue();
      store_rlx(queue.tail ? &queue.tail->assist_next : &queue.head, gp);
      queue.tail = gp;
    }
  }
  if (bytes > 0)
    add_rlx(&gc_bg_credit,
            (int64_t)(pacer_assist_work_per_byte() * (double)bytes));
  unlock(&queue.lock);
  assists_wake(paid);
}

struct g *assists_take_all(void) {
  lock(&queue.lock);
  struct g *all = queue.head;
  store_rlx(&queue.head, (struct g *)0);
  queue.tail = 0;
  unlock(&queue.lock);
  return all;
}

void assist_exit(struct g *gp) {
  if (gp->assist_bytes > 0 && load_rlx(&gc_blacken_enabled))
    add_rlx(&gc_bg_credit, (int64_t)(pacer_assist_work_per_byte() *
                                     (double)gp->assist_bytes));
  gp->assist_bytes = 0;
}

/* ---- Entry -------------------------------------------------------------- */

/* The running goroutine is in debt.  Goroutine context. */
void gc_assist(void) {
  struct g *gp = getg();
  if (gp->system || tern_locks != 0) return;
  for (int tries = 0; gp->assist_bytes < 0; tries++) {
    if (!load_acq(&gc_blacken_enabled)) {
      gp->assist_bytes = 0;
      return;
    }
    double wpb = pacer_assist_work_per_byte();
    int64_t work = (int64_t)(wpb * (double)-gp->assist_bytes);
    if (work < OVER_ASSIST) work = OVER_ASSIST;
    int64_t credit = load_rlx(&gc_bg_credit);
    if (credit > 0) { /* steal what the workers earned; races are harmless */
      int64_t take = credit < work ? credit : work;
      add_rlx(&gc_bg_credit, -take);
      gp->assist_bytes +=
          1 + (int64_t)(pacer_assist_byte_per_work() * (double)take);
      if (gp->assist_bytes >= 0) return;
      work -= take;
      if (work <= 0) continue;
    }
    struct assist a = {.gp = gp, .work = work};
    lock_preemption();
    TRACE(ASSIST_BEGIN, (uint64_t)-gp->assist_bytes);
    with_stack_released(WAIT_FOR_GC, assist_on_g0, &a); /* AS-2 */
    TRACE(ASSIST_END);
    unlock_preemption();
    if (a.complete) {
      gcMarkDone();
      continue;
    }
    if (gp->assist_bytes >= 0) return;
    if (load_rlx(&gp->preempt)) {
      gosched();
      continue;
    }
    if (tries > 0) wait_for_credit(gp);
  }
}
