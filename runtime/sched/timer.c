/* timer.c - one 4-ary heap of pending timers.
 *
 * One lock for all: timers are armed at most some hundred thousand times a
 * second, and the critical sections are a few compares.  (Go has a heap for each
 * P since 1.14; the interface would stay the same.)
 *
 * The heap is a root (RT-2) that the collector visits in parts, in any order, while
 * timers come, go and change places: whatever is written into the heap is shaded, so
 * what a part does not show any more, or not yet, is grey by itself.
 */
#include "sched/timer.h"

#include <string.h>

#include "os/os.h"
#include "sched/proc.h"

struct entry {
  int64_t when; /* copy of t->when: no cache miss in the sift */
  struct timer *t;
};

enum { RUN_AT_ONCE = 128 };

static struct {
  mutex lock;
  struct entry *heap; /* guarded by lock */
  int64_t n, cap;     /* guarded by lock */
  int64_t next;       /* atomic: heap[0].when or 0 */
} timers = {.lock = MUTEX_INIT(TIMERS)};

/* ---- The heap (timers.lock held) ---------------------------------------- */

static void put(int64_t i, struct entry e) {
  sched_hooks.shade(e.t);
  sched_hooks.shade(e.t->arg);
  timers.heap[i] = e;
  e.t->index = i + 1;
}

static void sift_up(int64_t i) {
  struct entry e = timers.heap[i];
  while (i > 0) {
    int64_t parent = (i - 1) / 4;
    if (timers.heap[parent].when <= e.when) break;
    put(i, timers.heap[parent]);
    i = parent;
  }
  put(i, e);
}

static void sift_down(int64_t i) {
  struct entry e = timers.heap[i];
  for (;;) {
    int64_t first = i * 4 + 1, best = first;
    if (first >= timers.n) break;
    for (int64_t c = first + 1; c < first + 4 && c < timers.n; c++)
      if (timers.heap[c].when < timers.heap[best].when) best = c;
    if (timers.heap[best].when >= e.when) break;
    put(i, timers.heap[best]);
    i = best;
  }
  put(i, e);
}

static void publish(void) {
  store_seq(&timers.next, timers.n ? timers.heap[0].when : 0);
}

static void grow(void) {
  int64_t cap = timers.cap ? timers.cap * 2 : 64;
  struct entry *h = persistentalloc((uintptr_t)cap * sizeof *h, 8, &sys_stats.other);
  if (timers.n) memcpy(h, timers.heap, (size_t)timers.n * sizeof *h);
  timers.heap = h;
  timers.cap = cap;
}

static void insert(struct timer *t) {
  lock_may_acquire(RANK_PERSISTENT);
  if (timers.n == timers.cap) grow();
  int64_t i = timers.n++;
  put(i, (struct entry){t->when, t});
  sift_up(i);
}

static void remove_at(int64_t i) {
  timers.heap[i].t->index = 0;
  struct entry last = timers.heap[--timers.n];
  if (i == timers.n) return;
  put(i, last);
  sift_up(i);
  sift_down(last.t->index - 1);
}

/* ---- Interface ---------------------------------------------------------- */

struct start_request {
  struct timer *t;
  int64_t when, period;
  bool was_armed;
};

static void start_on_g0(void *p) {
  struct start_request *r = p;
  struct timer *t = r->t;
  lock(&timers.lock);
  r->was_armed = t->index != 0;
  if (r->was_armed) remove_at(t->index - 1);
  t->when = r->when > 0 ? r->when : 1;
  t->period = r->period;
  insert(t);
  int64_t before = load_rlx(&timers.next);
  publish();
  bool earlier = before == 0 || t->when < before;
  unlock(&timers.lock);
  if (earlier) sysmon_timer_set(r->when);
}

bool timer_start(struct timer *t, int64_t when, int64_t period) {
  struct start_request r = {t, when, period, false};
  systemstack(start_on_g0, &r);
  return r.was_armed;
}

static void stop_on_g0(void *p) {
  struct start_request *r = p;
  lock(&timers.lock);
  r->was_armed = r->t->index != 0;
  if (r->was_armed) {
    sched_hooks.shade(r->t); /* deletion half */
    remove_at(r->t->index - 1);
    publish();
  }
  unlock(&timers.lock);
}

bool timer_stop(struct timer *t) {
  struct start_request r = {.t = t};
  systemstack(stop_on_g0, &r);
  return r.was_armed;
}

int64_t timers_next(void) { return load_seq(&timers.next); }

static void run_on_g0(void *p) {
  int64_t now = *(int64_t *)p;
  for (int turn = 0; turn < RUN_AT_ONCE; turn++) {
    lock(&timers.lock);
    if (timers.n == 0 || timers.heap[0].when > now) {
      publish();
      unlock(&timers.lock);
      return;
    }
    struct timer *t = timers.heap[0].t;
    sched_hooks.shade(t);
    void (*f)(void *, int64_t) = t->f;
    void *arg = t->arg;
    int64_t seq = t->seq;
    sched_hooks.shade(arg);
    if (t->period > 0) {
      int64_t late = now - t->when;
      t->when += t->period * (1 + late / t->period);
      timers.heap[0].when = t->when;
      sift_down(0);
    } else {
      remove_at(0);
    }
    publish();
    unlock(&timers.lock);
    f(arg, seq);
  }
}

int64_t timers_run(int64_t now) {
  systemstack(run_on_g0, &now);
  return timers_next();
}

int64_t timers_armed(void) {
  lock(&timers.lock);
  int64_t n = timers.n;
  unlock(&timers.lock);
  return n;
}

void timers_visit(int64_t from, int64_t to, void (*visit)(struct timer *, void *),
                  void *arg) {
  lock(&timers.lock);
  if (to > timers.n) to = timers.n;
  for (int64_t i = from; i < to; i++) visit(timers.heap[i].t, arg);
  unlock(&timers.lock);
}

/* ---- time.Sleep --------------------------------------------------------- */

static void wake_sleeper(void *gp, int64_t seq) {
  (void)seq;
  goready(gp);
}

static bool arm_after_park(struct g *gp, void *arg) {
  /* Only now may the timer fire: the goroutine is WAITING (PRK-2). */
  struct timer *t = gp->sleep_timer;
  timer_start(t, (int64_t)(uintptr_t)arg, 0);
  return true;
}

void goroutine_sleep(int64_t ns) {
  if (ns <= 0) return;
  struct g *gp = getg();
  if (!gp->sleep_timer) {
    gp->sleep_timer =
        persistentalloc(sizeof(struct timer), 8, &sys_stats.other);
    gp->sleep_timer->f = wake_sleeper;
    gp->sleep_timer->arg = gp;
  }
  int64_t when = nanotime() + ns;
  if (when < 0) when = INT64_MAX;
  gopark(arm_after_park, (void *)(uintptr_t)when, WAIT_SLEEP);
}
