/* g.h - goroutines (G), threads (M), processors (P), and the scheduler's state.
 *
 * The names and states are Go's (runtime2.go); section A1 to A3 of the protocols
 * in sched/README.md lists who may move what where.
 *   G  a goroutine: its stack segments, its status, what it waits for.
 *   M  a thread: its system stack (g0), the P it holds, the G it runs.
 *   P  the right to run Go code: a run queue, an allocation cache, mark work.
 */
#ifndef TERN_SCHED_G_H
#define TERN_SCHED_G_H

#include "heap/mcache.h"
#include "sched/ghead.h"
#include "os/print.h"
#include "sync/atomic.h"
#include "sync/lock.h"

struct m;
struct p;
struct sudog;
struct panic;

/* G status: a state, and beside it in the same word
 *   _Gscan   a lock of a few instructions on the word: who posts a request to a
 *            running G holds it, and preemptPark while it lets go of its M
 *   claims   how many have claimed the stack (suspendG): the G may change between
 *            states at rest but does not run (C-2, C-3)
 *   _Gowed   it is on no queue: whoever drops the last claim makes it runnable
 */
enum {
  _Gidle,      /* just made, not initialised; scanners never see it */
  _Grunnable,  /* on a run queue */
  _Grunning,   /* owns its stack; has an M and a P */
  _Gsyscall,   /* in a system call; has an M, no P */
  _Gwaiting,   /* parked (see waitreason) */
  _Gdead,      /* free, or exiting */
  _Gpreempted, /* stopped itself for suspendG; nobody has taken it yet */
  _Greleased,  /* on its M's system stack, its own stack given up: C-7 */
  _Gscan = 0x1000,
  _Gowed = 0x2000,
  _Gclaim = 0x10000, /* one claim */
};
#define G_STATE(s) ((s)&0xfffu)
#define G_CLAIMS(s) ((s) >> 16)

/* Why a goroutine waits, as tracebacks print it. */
enum wait_reason {
  WAIT_NONE, WAIT_CHAN_RECEIVE, WAIT_CHAN_SEND, WAIT_CHAN_RECEIVE_NIL,
  WAIT_CHAN_SEND_NIL, WAIT_SELECT, WAIT_SELECT_NO_CASES, WAIT_SLEEP,
  WAIT_SEMACQUIRE, WAIT_SYNC_MUTEX, WAIT_SYNC_RWMUTEX_R, WAIT_SYNC_RWMUTEX,
  WAIT_SYNC_COND, WAIT_SYNC_WAITGROUP, WAIT_IO, WAIT_GC_ASSIST, WAIT_GC_WORKER,
  WAIT_GC_SWEEP, WAIT_GC_SCAVENGE, WAIT_GC_CYCLE, WAIT_FORCE_GC,
  WAIT_FOR_GC,      /* why it is RELEASED: it marks */
  WAIT_STOP_WORLD,  /* the same: it stops the world */
  WAIT_HANDSHAKE, WAIT_SUSPEND, WAIT_PREEMPTED, WAIT_PANIC, WAIT_FINALIZER,
  WAIT_COUNT
};
extern const char *const wait_reason_text[WAIT_COUNT];

/* Who sleeps until a G is at rest; lies on the sleeper's own stack. */
struct g_watcher {
  struct g_watcher *next;
  struct g *waiter; /* to be readied; NULL: a thread sleeps on the note */
  note woken;
  bool dead;        /* out: the G exited */
};

/* One stretch of a goroutine's stack; the header lies at its low end.
 * Segments of a goroutine form a list from the first (smallest) upwards;
 * those above g.seg are spares kept for the next call across the boundary.
 * Made and freed in stack.c; owned by G. */
struct segment {
  uintptr_t lo, hi;        /* [lo, hi), lo is the header's address */
  struct segment *prev;    /* the older, NULL for the first */
  struct segment *next;    /* the newer or a spare, or NULL */
  uintptr_t crossing_sp;   /* where prev was left: its live part begins here */
  uintptr_t guard;         /* below it only functions that do not check */
  uint32_t used;           /* entered since the last stack scan */
};

struct g {
  uintptr_t syscall_regs[6]; /* callee-saved registers at entersyscall; first,
                                switch.S knows the offset (SUS-11) */

  /* owned by G, or by whoever has claimed it */
  struct segment *seg;       /* the segment it runs on */
  struct segment *first_seg;
  uintptr_t sched_sp;        /* saved stack pointer while not RUNNING */
  uintptr_t syscall_sp;      /* the same in a system call, else 0 */
  int64_t stack_bytes;       /* all segments */

  /* constant while not DEAD */
  int64_t goid;
  uintptr_t start_pc;        /* the first function, for tracebacks */
  uintptr_t creator_pc;      /* the go statement */
  int64_t parent_goid;
  tern_func start_fn;        /* closure; cleared at exit */

  /* atomic; CAS only, see status.c */
  uint32_t status;

  /* requests to this G: written under _Gscan|_Grunning, read by G; SUS-3.  preempt
   * also by preemptone, which may be late: execute clears it */
  bool preempt;              /* atomic, relaxed: stop at the next poll */
  bool preempt_stop;         /* stop as PREEMPTED for suspendG; until claimed */
  bool scan_self;            /* scan your own stack at the next poll: C-4 */
  bool scanned;              /* stack scanned in this cycle; SC-8 */
  struct g_watcher *watchers; /* atomic list: pushed under _Gscan, taken whole by
                                 whoever brought the G to rest */

  /* owned by G while RUNNING; by the waker between ready and running */
  struct m *m;
  struct m *lockedm;         /* the thread it is bound to, or NULL: LKM-2 */
  enum wait_reason waitreason;
  int64_t waitsince;
  void *param;               /* passed by the waker */
  struct sudog *waiting;     /* sudogs this G is parked on; scanned as roots */
  uint32_t select_done;      /* atomic: a select was decided; PRK-4 */
  bool (*park_unlock)(struct g *, void *);
  void *park_arg;

  /* owned by G: defer and panic (lang/panic.c) */
  struct tern_defer_frame *defer_frames;
  struct panic *panics;
  void *recover_fn;
  struct os_fault *fault;    /* the fault being turned into a panic */
  bool goexiting, panicking;

  /* owned by G: calls of C */
  int32_t c_errno;           /* C's errno, wherever G runs */
  const char *c_name;        /* the innermost C function that was called */
  struct tern_defer_frame *callback_frame; /* PANIC-4 */

  /* owned by G: assist credit in bytes; negative is debt (AS-1) */
  int64_t assist_bytes;
  struct g *assist_next;     /* guarded by the assist queue's lock */

  /* scheduler queue link: owned by the queue */
  struct g *sched_link;
  struct g *scan_next;       /* the marker's list of running Gs */
  int32_t worker_mode;       /* of a mark worker (gc/worker.c) */
  struct timer *sleep_timer; /* for time.Sleep; made on first use */
  bool system;               /* of the runtime: not counted, not shown */
  void *fiber;               /* os/sanitize.h; NULL in most builds */
};

#define STW_PCS 6 /* return addresses kept of who was last to stop */

/* State of a P, packed with its syscalltick in one atomic word (A2). */
enum { _Pidle, _Prunning, _Psyscall, _Pgcstop, _Pdead };
#define P_STATE(w) ((w)&7)
#define P_TICK_ONE 8u

#define RUNQ_SIZE 256

struct gc_p;     /* the collector's part of a P (gc/gcp.h) */

struct p {
  int32_t id;
  uint64_t word;   /* atomic: state | syscalltick << 3; CAS decides the owner */

  /* owned by P's M */
  struct m *m;               /* atomic, relaxed: others ask it to stop */
  struct mcache mcache;      /* allocation cache and statistics */
  struct gc_p *gc;           /* work and barrier buffers; constant after init */
  uint32_t schedtick;        /* atomic, relaxed: +1 for each scheduling */
  uint64_t flush_gen;        /* sweepgen its mcache was last flushed for */
  struct g *free_gs;         /* dead Gs for reuse, with their first segment */
  int32_t n_free_gs;         /* atomic, relaxed: gcount reads it */
  struct sudog *free_sudogs;
  int32_t n_free_sudogs;

  /* local run queue: tail by the owner (release), head by CAS; RUN-6 */
  uint32_t runqhead, runqtail;
  struct g *runq[RUNQ_SIZE];
  struct g *runnext;         /* set by the owner, cleared by CAS */

  /* handshake: its number, set by forEachP, CASed to 0 by whoever runs fn, so
   * that a late one cannot serve the wrong round; FEP-3 */
  uint32_t run_safe_point;

  bool preempt;              /* atomic, relaxed: asked to enter the scheduler */

  /* guarded by sched.lock */
  struct p *link;            /* idle list */
  struct p *start_list;      /* its new thread starts these too: STW-11 */

  /* sysmon's own */
  uint32_t sysmon_schedtick;
  int64_t sysmon_schedwhen;
  uint64_t sysmon_syscalltick;
  int64_t sysmon_syscallwhen;
};

struct m {
  struct g g0;               /* its system stack */
  uintptr_t g0_sp;           /* where that stack begins anew */
  uintptr_t exit_sp;         /* where mstart goes on when the thread is to end */
  int64_t id;
  int32_t tid;
  struct g *curg;            /* atomic, relaxed for readers: the running user G */
  uintptr_t *stackguard;     /* this thread's tern_stackguard; atomic, but
                                constant except in foreign.c */
  struct p *p;               /* the P it holds */
  struct p *nextp;           /* the P it was given while asleep */
  struct g *lockedg;         /* the goroutine it is bound to, or NULL: LKM-2 */
  int32_t locked_by_program, locked_by_runtime; /* owned by lockedg */
  struct p *oldp;            /* the P it had before the system call */
  uint64_t syscall_word;     /* oldp's word as this M published it; SYS-4 */
  bool spinning;             /* looking for work; RUN-5 */
  note park;
  int64_t stop_goid;         /* the goroutine it last dropped for a stop ... */
  uintptr_t stop_pcs[STW_PCS]; /* ... and where that was */
  struct m *sched_link;      /* idle list; guarded by sched.lock */
  struct m *alllink;         /* allm; append only */
  void (*startfn)(void);     /* for sysmon */
  struct g *foreign_g;       /* of an M for foreign threads: runs callbacks */
  void *signal_stack;        /* lent to the foreign thread, if it has none */
  bool signal_stack_lent;
};

struct g_queue { struct g *head, *tail; int32_t n; };

/* The scheduler's shared state. */
struct sched {
  mutex lock;

  /* guarded by lock */
  struct m *midle;
  int32_t nmidle;
  int32_t nmidlelocked;      /* bound threads that sleep in stoplockedm */
  struct m *mforeign;        /* Ms that wait for a foreign thread */
  int32_t nforeign;          /* of those, the ones that have one at the moment */
  int64_t mnext;             /* the number of threads made, but for sysmon's */
  int64_t nmended;           /* of them, ended (mexit) */
  struct m *mended;          /* Ms without a thread, for the next one */
  struct p *pidle;
  struct g_queue runq;       /* global run queue */
  struct g *gfree;
  int32_t n_gfree;           /* atomic too, relaxed */
  int32_t stopwait;          /* Ps still to stop; STW-4 */
  void (*safe_point_fn)(struct p *);
  int32_t safe_point_wait;   /* Ps still to run it, and the caller; FEP-2 */
  uint32_t safe_point_gen;   /* number of the handshake; never 0 while one is on */
  struct g *safe_point_caller; /* parked; readied by the last P */
  bool sysmonwait;           /* atomic too */

  /* atomic */
  int32_t npidle, nmspinning;
  int32_t ncallbacks;        /* C functions that call Go, and may: see checkdead */
  uint32_t gcwaiting;        /* the world is asked to stop; Dekker, STW-5 */
  uint32_t needspinning;     /* RUN-4 */
  int32_t runq_size;         /* of the global queue; for a look without lock */
  int64_t goidgen;
  int32_t ngsys;             /* system goroutines */
  int64_t nsyscalls_retaken;
  int64_t safe_point_rescues; /* served after entersyscall's second look: FEP-5 */
  int64_t safe_point_nudges; /* requests that sysmon had to repeat; a thread that
                                lost the processor as it was about to look counts */
  int64_t safe_point_began;  /* nanotime; 0: no handshake is on */
  int64_t suspend_nudges;    /* the same of suspenders */

  note stopnote, sysmonnote;
  uint32_t sysmon_works; /* atomic: it may be about to make somebody runnable */
  uint32_t sysmon_naps;      /* atomic; a futex: 1 during sysmon's short sleeps */
  int64_t sysmon_nap_end;    /* atomic: nanotime */
  bool started;
};
extern struct sched sched;

extern struct p **allp;      /* allp[0..gomaxprocs); changes only in STW */
extern int32_t gomaxprocs;   /* plain with a P; without one atomic, acquire */
extern int32_t ncpu;
extern struct m *allm;       /* atomic head */
extern struct m m0;

/* All Gs ever made, append only: array pointer and length are published with
 * release, so a snapshot needs no lock (MS-5). */
struct allgs { struct g **ptr; int64_t len; };
struct allgs allgs_snapshot(void);
extern mutex allglock;

static inline struct g *getg(void) { return tern_g; }
static inline struct m *getm(void) { return getg()->m; }
static inline struct p *getp(void) { return getg()->m->p; }
static inline bool on_g0(void) {
  struct g *gp = getg();
  return gp == &gp->m->g0;
}
static inline uint32_t readgstatus(struct g *gp) { return load_acq(&gp->status); }
static inline uint32_t p_status(struct p *pp) {
  return P_STATE(load_acq(&pp->word));
}

#endif
