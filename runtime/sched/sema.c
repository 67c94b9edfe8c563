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
  struct sudog *head, *tail; /* guarded by lock */
  uint32_t nwait;            /* atomic */
} __attribute__((aligned(64)));
static struct root table[TABLE];

__attribute__((constructor)) static void init(void) {
  for (int i = 0; i < TABLE; i++) table[i].lock.rank = RANK_SEMA_TABLE;
}

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

static void enqueue(struct root *r, struct sudog *s, bool lifo) {
  if (lifo) {
    s->next = r->head;
    s->prev = 0;
    if (r->head)
      r->head->prev = s;
    else
      r->tail = s;
    r->head = s;
    return;
  }
  s->next = 0;
  s->prev = r->tail;
  if (r->tail)
    r->tail->next = s;
  else
    r->head = s;
  r->tail = s;
}

static struct sudog *dequeue(struct root *r, uint32_t *addr) {
  for (struct sudog *s = r->head; s; s = s->next) {
    if (s->sema_addr != addr) continue;
    *(s->prev ? &s->prev->next : &r->head) = s->next;
    *(s->next ? &s->next->prev : &r->tail) = s->prev;
    s->next = s->prev = 0;
    return s;
  }
  return 0;
}

void semacquire_why(uint32_t *addr, bool lifo, enum wait_reason why) {
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

void semacquire(uint32_t *addr) {
  semacquire_why(addr, false, WAIT_SEMACQUIRE);
}

/* Raises the count, or with handoff gives it to the longest waiter directly: a count
 * that is raised first and taken back for the waiter could be taken by a third one in
 * between, again and again (test/models/semaphores.pml, ADD_FIRST; SEM-7). */
void semrelease(uint32_t *addr, bool handoff) {
  struct root *r = root_of(addr);
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
