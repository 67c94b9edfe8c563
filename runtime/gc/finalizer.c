/* finalizer.c - the table of finalizers: from set over due to taken.
 *
 *      set   --- the object is swept, unmarked: it is kept once more --->   due
 *      due   --- taken: the goroutine that calls fn holds the object --->   gone
 *      set   --- finalizer_clear --->                                       gone
 *
 *   FIN-1  What an object with a finalizer points to is marked as if that object were
 *          a root, the object itself is not.  So when it comes to be due, everything
 *          that it leads to is there, and nothing has to be marked after the end of
 *          marking (golang/go#69803).  It also follows that of two objects, one
 *          pointing to the other, the first is finalized first; and that one that
 *          leads back to itself never is.
 *   FIN-2  A finalizer that is set while marking, after the snapshot of the roots,
 *          does that marking itself, on the setter's P; before it, the root job does.
 *          Which of the two is decided under the lock.
 *   FIN-3  From set to due only a sweeper moves it, who owns the object's span.  A live
 *          object's mark is always set when its span is swept, so that it does not
 *          matter which is first, to set a finalizer or to sweep.
 *   FIN-4  An object that is due is a root, and so is every fn.
 *
 * Entries lie in chunks that are never freed or moved: a root job is a chunk.  Those
 * of a span are on a list in the span, guarded by the one lock here.
 */
#include "gc/finalizer.h"

#include "gc/barrier.h"
#include "gc/gcp.h"
#include "heap/stats.h"
#include "heap/sweep.h"
#include "sched/sched.h"

enum { CHUNK = 128, MAX_CHUNKS = 1 << 15 };

struct finalizer_entry {
  struct finalizer_entry *next; /* of its span, of those due, or free */
  struct finalizer f;           /* object is NULL: free */
  bool due;
};

static struct {
  mutex lock;
  /* guarded by lock */
  struct finalizer_entry *chunk[MAX_CHUNKS];
  int64_t nchunks;
  struct finalizer_entry *free;
  struct finalizer_entry *due, *due_last; /* oldest first */
  struct g *waiter;
  bool marking; /* the roots' snapshot was taken, and marking is not over */
} fin = {.lock = MUTEX_INIT(FINALIZERS)};

/* ---- Entries; lock held -------------------------------------------------------- */

static struct finalizer_entry *take_free(void) {
  if (fin.free == NULL) {
    if (fin.nchunks == MAX_CHUNKS) fatal("runtime: too many finalizers");
    struct finalizer_entry *c = persistentalloc(CHUNK * sizeof *c, 8, &sys_stats.gc);
    for (int i = 0; i < CHUNK; i++) {
      c[i].next = fin.free;
      fin.free = &c[i];
    }
    fin.chunk[fin.nchunks++] = c;
  }
  struct finalizer_entry *e = fin.free;
  fin.free = e->next;
  return e;
}

/* WB-3: what is forgotten here may be held by a stack that was scanned. */
static void free_entry(struct finalizer_entry *e) {
  if (e->due) shade(e->f.object);
  shade(e->f.fn);
  e->f = (struct finalizer){0};
  e->due = false;
  e->next = fin.free;
  fin.free = e;
}

static struct span *span_around(void *p) {
  struct object o;
  if (!find_object((uintptr_t)p, &o)) throw("finalizer: no object at %p", p);
  return entry_span(page_entry(o.base));
}

static struct finalizer_entry **place_of(void *object) {
  struct finalizer_entry **at = &span_around(object)->finalizers;
  while (*at && (*at)->f.object != object) at = &(*at)->next;
  return at;
}

/* ---- Marking ---------------------------------------------------------------------- */

/* FIN-1, FIN-4. */
static void mark_from(const struct finalizer_entry *e, struct gcwork *w) {
  if (e->f.object == NULL) return;
  grey_root((uintptr_t)e->f.fn, w);
  if (e->due)
    grey_root((uintptr_t)e->f.object, w);
  else
    grey_contents((uintptr_t)e->f.object, w);
}

int64_t finalizer_jobs(void) {
  lock(&fin.lock);
  fin.marking = true;
  int64_t n = fin.nchunks;
  unlock(&fin.lock);
  return n;
}

void finalizer_scan(int64_t job, struct gcwork *w) {
  lock(&fin.lock);
  const struct finalizer_entry *c = fin.chunk[job];
  for (int i = 0; i < CHUNK; i++) mark_from(&c[i], w);
  unlock(&fin.lock);
}

void finalizer_mark_done(void) { fin.marking = false; }

void finalizer_visit(void (*look)(uintptr_t object, bool contents)) {
  for (int64_t c = 0; c < fin.nchunks; c++)
    for (int i = 0; i < CHUNK; i++) {
      const struct finalizer_entry *e = &fin.chunk[c][i];
      if (e->f.object == NULL) continue;
      look((uintptr_t)e->f.fn, false);
      look((uintptr_t)e->f.object, !e->due);
    }
}

/* ---- Sweeping --------------------------------------------------------------------- */

/* Before s, which has finalizers, is swept by its owner: FIN-3. */
static void keep_for_finalizers(struct span *s) {
  lock(&fin.lock);
  struct finalizer_entry **at = &s->finalizers, *e;
  while ((e = *at) != NULL) {
    struct object o;
    if (!find_object((uintptr_t)e->f.object, &o)) throw("finalizer: no object");
    if (!set_marked(&o)) {
      at = &e->next;
      continue;
    }
    store_rlx(at, e->next);
    e->next = NULL;
    e->due = true;
    *(fin.due ? &fin.due_last->next : &fin.due) = e;
    fin.due_last = e;
  }
  unlock(&fin.lock);
}

struct g *finalizer_waiter(void) {
  struct g *gp = NULL;
  lock(&fin.lock);
  if (fin.due) {
    gp = fin.waiter;
    fin.waiter = NULL;
  }
  unlock(&fin.lock);
  return gp;
}

void finalizer_init(void) { sweep_finalizers = keep_for_finalizers; }

/* ---- From outside ----------------------------------------------------------------- */

struct set_request {
  struct finalizer f;
  bool done;
};

static void set_on_g0(void *arg) {
  struct set_request *r = arg;
  lock(&fin.lock);
  if (*place_of(r->f.object) == NULL) {
    struct finalizer_entry *e = take_free();
    struct span *s = span_around(r->f.object);
    e->f = r->f;
    e->next = s->finalizers;
    store_rlx(&s->finalizers, e);
    if (fin.marking) mark_from(e, gcw_of(getp())); /* FIN-2 */
    r->done = true;
  }
  unlock(&fin.lock);
}

bool finalizer_set(const struct finalizer *f) {
  struct set_request r = {*f, false};
  systemstack(set_on_g0, &r);
  return r.done;
}

bool finalizer_clear(void *object) {
  lock(&fin.lock);
  struct finalizer_entry **at = place_of(object), *e = *at;
  if (e) {
    store_rlx(at, e->next);
    free_entry(e);
  }
  unlock(&fin.lock);
  return e != NULL;
}

bool finalizer_take(struct finalizer *out) {
  lock(&fin.lock);
  struct finalizer_entry *e = fin.due;
  if (e) {
    fin.due = e->next;
    *out = e->f;
    free_entry(e);
  }
  unlock(&fin.lock);
  return e != NULL;
}

/* The lock is taken when gp is WAITING already: while its state changes it may have to
 * wait for the scan bit, and a sweeper, who cannot be preempted, for the lock. */
static bool waits(struct g *gp, void *arg) {
  (void)arg;
  lock(&fin.lock);
  bool parked = !fin.due;
  if (parked) fin.waiter = gp;
  unlock(&fin.lock);
  return parked;
}

void finalizer_wait(void) { gopark(waits, NULL, WAIT_FINALIZER); }
