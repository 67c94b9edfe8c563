/* sema.c - counting semaphores; see sema.h.
 *
 * PRK-7: acquire announces itself (nwait++) before it tries once more, release
 * adds before it looks at nwait; both with full fences, so one of them sees the
 * other.
 */
#include "sched/sema.h"

#include "os/os.h"
#include "sched/sched.h"
#include "sched/sudog.h"
#include "sync/hook.h"

#define TABLE 251

struct root {
  mutex lock;
  struct sudog *head, *tail; /* one for each address; guarded by lock */
  uint32_t nwait;            /* atomic */
} __attribute__((aligned(64)));
static struct root table[TABLE];

__attribute__((constructor)) static void init(void) {
  for (int i = 0; i < TABLE; i++) lock_init(&table[i].lock, RANK_SEMA_TABLE);
}

/* ---- Order (LK-4; debug build) -------------------------------------------- */

/* The semaphores that are locks: one holder, a goroutine. */
static struct ranked {
  uint32_t *addr;
  enum lock_rank rank;
  struct g *holder;      /* atomic, relaxed: only who is it asks for itself */
  struct rank_site site; /* the holder's: where it was taken */
} ranked[] = {{.addr = &startSema, .rank = RANK_STARTSEMA},
              {.addr = &markDoneSema, .rank = RANK_MARKDONESEMA},
              {.addr = &gcsema, .rank = RANK_GCSEMA},
              {.addr = &worldsema, .rank = RANK_WORLDSEMA}};
enum { RANKED = sizeof ranked / sizeof ranked[0] };

static struct ranked *ranked_of(const uint32_t *addr) {
  for (int i = 0; i < RANKED; i++)
    if (ranked[i].addr == addr) return &ranked[i];
  return 0;
}

/* Who waits for a semaphore holds no lock, and semaphores only in their order. */
static void check_order(uint32_t *addr, uintptr_t frame) {
  struct ranked *r = ranked_of(addr);
  enum lock_rank inner = r ? r->rank : RANK_SEMA;
  rank_check(inner, addr, frame);
  for (int i = 0; i < RANKED; i++) {
    struct ranked *h = &ranked[i];
    if (load_rlx(&h->holder) != getg()) continue;
    if (!rank_allows(h->rank, inner)) rank_violation(inner, frame, h->rank, &h->site);
    rank_saw(h->rank, inner, true);
  }
}

static void note_taken(uint32_t *addr, uintptr_t frame) {
  struct ranked *r = ranked_of(addr);
  if (!r) return;
  rank_site_here(&r->site, frame);
  store_rlx(&r->holder, getg());
}

static void note_given(uint32_t *addr) {
  struct ranked *r = ranked_of(addr);
  if (!r) return;
  if (load_rlx(&r->holder) != getg())
    throw("%s is released by another than its holder", rank_name(r->rank));
  store_rlx(&r->holder, (struct g *)0);
}

#define FRAME ((uintptr_t)__builtin_frame_address(0))

void sema_note_passed(uint32_t *addr) {
  if (TERN_DEBUG) note_given(addr);
}

void sema_note_adopted(uint32_t *addr) {
  if (TERN_DEBUG) note_taken(addr, FRAME);
}

/* ---- Queues ----------------------------------------------------------------- */

static struct root *root_of(uint32_t *addr) {
  return &table[((uintptr_t)addr >> 3) % TABLE];
}

static bool try_take(uint32_t *addr) {
  for (;;) {
    uint32_t v = load_seq(addr);
    if (v == 0) return false;
    if (cas_seq(addr, v, v - 1)) return true;
  }
}

/* The first waiter for addr: it stands in the bucket's list, the others hang on its
 * waitlink. */
static struct sudog *first_of(struct root *r, const uint32_t *addr) {
  struct sudog *s = r->head;
  while (s && s->sema_addr != addr) s = s->next;
  return s;
}

/* Puts s into the bucket's list where old was; old NULL: at the end. */
static void put(struct root *r, struct sudog *s, struct sudog *old) {
  s->next = old ? old->next : 0;
  s->prev = old ? old->prev : r->tail;
  *(s->prev ? &s->prev->next : &r->head) = s;
  *(s->next ? &s->next->prev : &r->tail) = s;
}

static void enqueue(struct root *r, struct sudog *s, bool lifo) {
  struct sudog *first = first_of(r, s->sema_addr);
  s->waitlink = s->waittail = 0;
  if (!first) {
    put(r, s, 0);
  } else if (lifo) {
    put(r, s, first);
    s->waitlink = first;
    s->waittail = first->waittail ? first->waittail : first;
  } else {
    (first->waittail ? first->waittail : first)->waitlink = s;
    first->waittail = s;
  }
}

static struct sudog *dequeue(struct root *r, uint32_t *addr) {
  struct sudog *s = first_of(r, addr);
  if (!s) return 0;
  struct sudog *second = s->waitlink;
  if (second) {
    put(r, second, s);
    second->waittail = second == s->waittail ? 0 : s->waittail;
  } else {
    *(s->prev ? &s->prev->next : &r->head) = s->next;
    *(s->next ? &s->next->prev : &r->tail) = s->prev;
  }
  s->next = s->prev = s->waitlink = s->waittail = 0;
  return s;
}

static void acquire(uint32_t *addr, bool lifo, enum wait_reason why) {
  if (try_take(addr)) return;
  struct g *gp = getg();
  CHECK(gp != &gp->m->g0);
  struct root *r = root_of(addr);
  struct sudog *s = acquire_sudog();
  s->g = gp;
  s->sema_addr = addr;
  for (;;) {
    lock(&r->lock);
    add_seq(&r->nwait, 1);
    if (try_take(addr)) {
      sub_seq(&r->nwait, 1);
      unlock(&r->lock);
      break;
    }
    s->ticket = 0;
    enqueue(r, s, lifo);
    goparkunlock(&r->lock, why);
    if (s->ticket != 0 || try_take(addr)) break;
  }
  release_sudog(s);
}

void semacquire_why(uint32_t *addr, bool lifo, enum wait_reason why) {
  if (TERN_DEBUG) check_order(addr, FRAME);
  acquire(addr, lifo, why);
  if (TERN_DEBUG) note_taken(addr, FRAME);
}

void semacquire(uint32_t *addr) {
  semacquire_why(addr, false, WAIT_SEMACQUIRE);
}

/* Raises the count, or with handoff gives it to the longest waiter directly: a count
 * that is raised first and taken back for the waiter could be taken by a third one in
 * between, again and again (test/models/semaphores.pml, ADD_FIRST; SEM-7). */
void semrelease(uint32_t *addr, bool handoff) {
  struct root *r = root_of(addr);
  lock_may_acquire(RANK_SEMA_TABLE);
  if (TERN_DEBUG) note_given(addr);
  if (!handoff) {
    add_seq(addr, 1);
    if (load_seq(&r->nwait) == 0) return;
  }
  lock(&r->lock);
  struct sudog *s = load_rlx(&r->nwait) ? dequeue(r, addr) : 0;
  if (s)
    sub_seq(&r->nwait, 1);
  else if (handoff) /* who comes now tries once more under the lock */
    add_seq(addr, 1);
  if (s && handoff) s->ticket = 1;
  unlock(&r->lock);
  if (!s) return;
  if (handoff) TERN_HOOK(sema_handoff, addr);
  bool direct = s->ticket == 1;
  goready(s->g);
  /* Hand-off means now: the waiter is next on this P and we step back. */
  struct g *gp = getg();
  if (direct && tern_locks == 0 && gp != &gp->m->g0) goyield();
}
