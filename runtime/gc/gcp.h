/* gcp.h - the collector's part of a P, and its work queues.
 *
 * Grey is "in a queue".  An entry is the address of an object, in two forms:
 *   plain   not yet known to be marked: whoever takes it out marks it, and scans
 *           it if it was the first
 *   tagged  (bit 0) to be scanned from here, marked or not: it is marked already
 *           (WB flush, and the pieces of large objects), or only what it leads
 *           to is to be (FIN-1)
 * Marking at the time of taking out, not of putting in, lets the drain loop
 * prefetch the mark word and the object together (see mark.c).
 */
#ifndef TERN_GC_GCP_H
#define TERN_GC_GCP_H

#include "gc/gc.h"
#include "trace/trace.h"

#define WORKBUF_ENTRIES 254
struct workbuf {
  struct workbuf *next; /* of a global list; guarded by its lock */
  int64_t n;
  uintptr_t obj[WORKBUF_ENTRIES];
};

/* Two buffers, so that work that swings around a boundary does not go to the
 * global list each time (Go's gcWork).  Owned by the P. */
struct gcwork {
  struct workbuf *w1, *w2;
  int64_t scan_work;     /* bytes scanned, not yet reported */
  int64_t bytes_marked;  /* not yet reported */
  bool communicated;     /* gave work away or took it since the last wave; MT-2 */
};

#define WB_ENTRIES 256
struct gc_p {
  struct gcwork work;
  /* write barrier buffer: old and new values, filtered to heap addresses */
  int32_t wb_n, wb_max;
  uintptr_t wb[WB_ENTRIES];
  /* mark worker bookkeeping; owned by the P */
  int64_t fractional_ns;
  int64_t worker_start;
};

static inline struct gcwork *gcw_of(struct p *pp) { return &pp->gc->work; }

/* workbuf.c */
void gcw_put(struct gcwork *w, uintptr_t entry);
uintptr_t gcw_get(struct gcwork *w);       /* 0: nothing here or globally */
bool gcw_empty(struct gcwork *w);
void gcw_balance(struct gcwork *w);        /* gives work away if others starve */
void gcw_dispose(struct gcwork *w);        /* everything to the global lists */
bool gc_global_work(void);                 /* something on the global list */
void gcw_report(struct gcwork *w);         /* adds the counters to the pacer */

/* barrier.c */
void wb_flush(struct p *pp);               /* shades what is buffered */
void wb_discard(struct p *pp);             /* MT-5: all entries are marked */
extern bool gc_tiny_buffers;

/* mark.c */
enum drain_flags { DRAIN_UNTIL_PREEMPT = 1, DRAIN_IDLE = 2, DRAIN_FRACTIONAL = 4,
                   DRAIN_FLUSH_CREDIT = 8 };
void gc_drain(struct p *pp, int flags);
/* At most about `work` bytes; returns what was done. */
int64_t gc_drain_n(struct p *pp, int64_t work);
/* Every word of [lo, hi) may be a pointer. */
void scan_conservative(uintptr_t lo, uintptr_t hi, struct gcwork *w);
void grey_root(uintptr_t p, struct gcwork *w);
/* What the object around p points to; the object itself stays as it is. */
void grey_contents(uintptr_t p, struct gcwork *w);
bool should_yield(struct p *pp);

/* roots.c */
void roots_prepare(void);                  /* after H2: MS-5 */
bool roots_left(void);
bool root_next(struct p *pp);              /* does one job; false: none left */
bool root_collect(struct p *pp);           /* a stack that was running; the same */
void roots_scan_self(struct g *gp);        /* hook: gp's own stack, at a poll */
int64_t roots_stack_bytes(void);
int64_t roots_global_bytes(void);

/* worker.c */
void workers_ensure(void);
void workers_begin_cycle(void);
struct g *find_gc_worker(struct p *pp, bool idle);
bool gc_work_available(struct p *pp);
extern bool gc_no_workers;                 /* atomic; a test marks by hand */
extern int32_t gc_active;                  /* atomic: drainers at work; MT-1 */
bool mark_is_candidate(void);

/* assist.c */
void gc_assist(void);
/* Those who wait for credit, in two steps: taken in the stop, made ready after it. */
struct g *assists_take_all(void);
void assists_wake(struct g *all);
void assist_credit(int64_t work);          /* background work done */
void assist_exit(struct g *gp);

/* pacer.c */
void pacer_init(void);
void pacer_start_cycle(void);
void pacer_end_cycle(void);
void pacer_revise(void);
bool pacer_should_start(void);
bool pacer_has_percent(void);              /* GOGC is not off */
int64_t pacer_goal(void);
double pacer_assist_work_per_byte(void);
double pacer_assist_byte_per_work(void);
extern int64_t gc_scan_work, gc_bg_credit, gc_bytes_marked; /* atomic */
/* Live bytes after the last cycle. */
int64_t pacer_marked(void);
/* World stopped, phase OFF or MARK; they return the old value. */
int32_t pacer_set_percent(int32_t percent);
int64_t pacer_set_memory_limit(int64_t bytes);
extern double gc_fractional_goal;
extern int32_t gc_dedicated_wanted;        /* atomic */

/* scavenge.c */
void scavenger_start(void);
void scavenger_wake(void);

/* cycle.c */
void gcMarkDone(void);

/* checkmark.c: world stopped; throws if the concurrent mark missed anything */
void checkmark_run(void);

#endif
