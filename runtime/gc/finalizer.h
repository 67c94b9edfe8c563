/* finalizer.h - objects whose end somebody wants to know: runtime.SetFinalizer. */
#ifndef TERN_GC_FINALIZER_H
#define TERN_GC_FINALIZER_H

#include "heap/heap.h"

struct g;
struct gcwork;

/* A function that waits for an object to become unreachable. */
struct finalizer {
  void *object;          /* as it was given; somewhere in an object of the heap */
  tern_func fn;
  const tern_type *type; /* of the pointer */
  const tern_type *func; /* of fn */
};

/* Once f->object, a pointer into a live object, cannot be reached any more, f is due.
 * False if that object has one.  Goroutine context; no safepoint. */
bool finalizer_set(const struct finalizer *f);
/* It is not wanted any more; false if there was none, or it is due. */
bool finalizer_clear(void *object);
/* The one that is due for longest, for whoever will call it; false: none is.
 * Goroutine context, a P. */
bool finalizer_take(struct finalizer *out);
/* Parks the goroutine that calls them until some may be due; one at a time. */
void finalizer_wait(void);

/* ---- For the rest of the room -------------------------------------------------- */

/* At boot: what sweeping asks. */
void finalizer_init(void);
/* After H2: how many root jobs there are; from now on finalizer_set marks itself. */
int64_t finalizer_jobs(void);
void finalizer_scan(int64_t job, struct gcwork *w);
/* World stopped: marking is over. */
void finalizer_mark_done(void);
/* If some are due: the goroutine that waits for them, to be readied.  No lock but
 * GC_WAITERS. */
struct g *finalizer_waiter(void);
/* World stopped: calls look for each object that is due or reachable from one that
 * has a finalizer: contents says which. */
void finalizer_visit(void (*look)(uintptr_t object, bool contents));

#endif
