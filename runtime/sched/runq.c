/* runq.c - run queues: a ring and a "next" slot for each P, one global list.
 *
 * The ring has one producer (the owner: tail, release) and many consumers (head,
 * CAS); RUN-6, RUN-7.  The algorithm is Go's (proc.go, runqput to runqsteal).
 */
#include "os/os.h"
#include "sched/proc.h"

static void queue_push(struct g_queue *q, struct g *gp) {
  gp->sched_link = 0;
  if (q->tail)
    q->tail->sched_link = gp;
  else
    q->head = gp;
  q->tail = gp;
  q->n++;
}

static struct g *queue_pop(struct g_queue *q) {
  struct g *gp = q->head;
  if (!gp) return 0;
  q->head = gp->sched_link;
  if (!q->head) q->tail = 0;
  gp->sched_link = 0;
  q->n--;
  return gp;
}

/* ---- Global queue (sched.lock held) ------------------------------------- */

static void note_size(void) { store_rlx(&sched.runq_size, sched.runq.n); }

void globrunqput(struct g *gp) {
  assert_held(&sched.lock);
  queue_push(&sched.runq, gp);
  note_size();
}

/* One to run, and a fair share of the rest (at most max, 0: no limit) for pp's
 * local queue. */
struct g *globrunqget(struct p *pp, int32_t max) {
  assert_held(&sched.lock);
  if (sched.runq.n == 0) return 0;
  int32_t n = sched.runq.n / gomaxprocs + 1;
  if (n > sched.runq.n) n = sched.runq.n;
  if (max > 0 && n > max) n = max;
  if (n > RUNQ_SIZE / 2) n = RUNQ_SIZE / 2;
  struct g *gp = queue_pop(&sched.runq);
  for (n--; n > 0; n--) runqput(pp, queue_pop(&sched.runq), false);
  note_size();
  return gp;
}

/* ---- Local queue -------------------------------------------------------- */

/* The ring is full: half of it and gp go to the global queue. */
static bool runqputslow(struct p *pp, struct g *gp, uint32_t h, uint32_t t) {
  struct g *batch[RUNQ_SIZE / 2 + 1];
  uint32_t n = (t - h) / 2;
  for (uint32_t i = 0; i < n; i++) batch[i] = load_rlx(&pp->runq[(h + i) % RUNQ_SIZE]);
  if (!cas_rel(&pp->runqhead, h, h + n)) return false; /* thieves were faster */
  batch[n] = gp;
  lock(&sched.lock);
  for (uint32_t i = 0; i <= n; i++) globrunqput(batch[i]);
  unlock(&sched.lock);
  return true;
}

struct put_request {
  struct p *pp;
  struct g *gp;
  uint32_t h, t;
  bool done;
};

static void put_slow_on_g0(void *p) {
  struct put_request *r = p;
  r->done = runqputslow(r->pp, r->gp, r->h, r->t);
}

void runqput(struct p *pp, struct g *gp, bool next) {
  if (next) {
    struct g *old = load_rlx(&pp->runnext);
    while (!cas_rel(&pp->runnext, old, gp)) old = load_rlx(&pp->runnext);
    if (!old) return;
    gp = old; /* kicked out: to the tail */
  }
  for (;;) {
    uint32_t h = load_acq(&pp->runqhead), t = pp->runqtail;
    if (t - h < RUNQ_SIZE) {
      store_rlx(&pp->runq[t % RUNQ_SIZE], gp);
      store_rel(&pp->runqtail, t + 1); /* pairs with the thieves' acquire */
      return;
    }
    struct put_request r = {pp, gp, h, t, false};
    systemstack(put_slow_on_g0, &r); /* the batch is too large for a segment */
    if (r.done) return;
  }
}

struct g *runqget(struct p *pp, bool *inherit) {
  struct g *next = load_rlx(&pp->runnext);
  *inherit = false;
  if (next && cas_acq(&pp->runnext, next, (struct g *)0)) {
    *inherit = true; /* RUN-8: it uses up the time slice of its waker */
    return next;
  }
  for (;;) {
    uint32_t h = load_acq(&pp->runqhead), t = pp->runqtail;
    if (t == h) return 0;
    struct g *gp = load_rlx(&pp->runq[h % RUNQ_SIZE]);
    if (cas_rel(&pp->runqhead, h, h + 1)) return gp;
  }
}

/* RUN-8: what would go next, in the slice of whoever readied it, goes to the end of
 * the queue: that slice is over.  The request to yield reaches the goroutine that
 * runs; one that readies another and ends or parks before its next poll would
 * otherwise leave the slice to it, and so on, and the queue behind would starve. */
void runq_next_last(struct p *pp) {
  struct g *next = load_rlx(&pp->runnext);
  if (next && cas_acq(&pp->runnext, next, (struct g *)0)) runqput(pp, next, false);
}

bool runqempty(struct p *pp) {
  for (;;) {
    uint32_t h = load_acq(&pp->runqhead), t = load_acq(&pp->runqtail);
    struct g *next = load_acq(&pp->runnext);
    if (t == load_acq(&pp->runqtail)) return h == t && !next; /* RUN-6 */
  }
}

/* Copies half of the victim's ring into batch; how many. */
static uint32_t grab(struct p *victim, struct p *pp, uint32_t at,
                     bool steal_next) {
  for (;;) {
    uint32_t h = load_acq(&victim->runqhead), t = load_acq(&victim->runqtail);
    uint32_t n = t - h;
    n -= n / 2;
    if (n == 0) {
      struct g *next = load_acq(&victim->runnext);
      if (!steal_next || !next) return 0;
      /* Its P is running and will most likely take it in a moment. */
      if (p_status(victim) == _Prunning) {
        os_usleep(3);
        next = load_acq(&victim->runnext);
        if (!next) continue;
      }
      if (!cas_acq(&victim->runnext, next, (struct g *)0)) continue;
      store_rlx(&pp->runq[at % RUNQ_SIZE], next);
      return 1;
    }
    if (n > RUNQ_SIZE / 2) continue; /* h and t do not belong together */
    for (uint32_t i = 0; i < n; i++)
      store_rlx(&pp->runq[(at + i) % RUNQ_SIZE],
                load_rlx(&victim->runq[(h + i) % RUNQ_SIZE]));
    if (cas_rel(&victim->runqhead, h, h + n)) return n;
  }
}

struct g *runqsteal(struct p *pp, struct p *victim, bool steal_next) {
  uint32_t t = pp->runqtail, n = grab(victim, pp, t, steal_next);
  if (n == 0) return 0;
  n--;
  struct g *gp = load_rlx(&pp->runq[(t + n) % RUNQ_SIZE]);
  if (n > 0) store_rel(&pp->runqtail, t + n);
  return gp;
}

/* pp's queue goes to the global one: a dedicated worker takes over the P
 * (AS-5), or the P goes.  Owner, or world stopped. */
void runq_drain_to_global(struct p *pp) {
  bool inherit;
  struct g *gp;
  lock(&sched.lock);
  while ((gp = runqget(pp, &inherit)) != 0) globrunqput(gp);
  unlock(&sched.lock);
}
