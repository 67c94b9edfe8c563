/* sudog.c - wait-queue entries, cached by each P. */
#include "sched/sudog.h"

#include <string.h>

#include "sched/sched.h"

static struct {
  mutex lock;
  struct sudog *free; /* guarded by lock */
} central = {.lock = MUTEX_INIT(SUDOG)};

enum { LOCAL_MAX = 64 };

/* A zeroed sudog, from the P's list, refilled from the central one. */
struct sudog *acquire_sudog(void) {
  lock_may_acquire(RANK_SUDOG);
  lock_may_acquire(RANK_PERSISTENT);
  lock_preemption();
  struct p *pp = getp();
  if (!pp->free_sudogs) {
    lock(&central.lock);
    while (central.free && pp->n_free_sudogs < LOCAL_MAX / 2) {
      struct sudog *s = central.free;
      central.free = s->next;
      s->next = pp->free_sudogs;
      pp->free_sudogs = s;
      pp->n_free_sudogs++;
    }
    unlock(&central.lock);
  }
  struct sudog *s = pp->free_sudogs;
  if (s) {
    pp->free_sudogs = s->next;
    pp->n_free_sudogs--;
    s->next = 0;
  } else {
    s = persistentalloc(sizeof *s, 8, &sys_stats.other);
  }
  unlock_preemption();
  return s;
}

static void give_back(struct p *pp, int32_t keep) {
  lock(&central.lock);
  while (pp->n_free_sudogs > keep) {
    struct sudog *s = pp->free_sudogs;
    pp->free_sudogs = s->next;
    pp->n_free_sudogs--;
    s->next = central.free;
    central.free = s;
  }
  unlock(&central.lock);
}

void sudogs_give_back(struct p *pp) { give_back(pp, 0); }

/* Gives s back to the P's list; half of a full one goes to the central list. */
void release_sudog(struct sudog *s) {
  lock_may_acquire(RANK_SUDOG);
  lock_preemption();
  struct p *pp = getp();
  memset(s, 0, sizeof *s);
  s->next = pp->free_sudogs;
  pp->free_sudogs = s;
  if (++pp->n_free_sudogs > LOCAL_MAX) {
    give_back(pp, LOCAL_MAX / 2);
  }
  unlock_preemption();
}
