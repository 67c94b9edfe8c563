/* ccall.c - goroutines that call C, and C that calls goroutines.
 *
 *      goroutine's stack             thread's own stack (g0)
 *      | caller          |
 *      | go_calls_c      | --------> call_c: SYSCALL is published
 *      |  saved registers| sched_sp  | C ...
 *      |                 |           | C calls back: c_calls_go
 *      | call_go         | <-------- |  (g0_sp is now below here)
 *      |  exitsyscall    |           |
 *      |  Go ...         |           |
 *      |  SYSCALL again  | --------> | C goes on, returns
 *      | exitsyscall     | <--------
 *
 * CC-1  While C runs, the goroutine is SYSCALL and the thread owns no P: see
 *       syscall.c for who may take it.  What is scanned is the goroutine's stack
 *       from where go_calls_c left it; C's frames are not.
 * CC-2  During a callback the goroutine is bound to the thread: C's frames lie on
 *       that thread's stack and go on only there.
 * CC-3  g0_sp is lowered below the frames of C for the time of the callback, so
 *       that mcall and systemstack on this thread spare them.
 * CC-4  Before the callback returns to C, the goroutine is exactly what it was at
 *       the call: sched_sp, syscall_sp, registers, name of the C function.
 */
#include "os/os.h"
#include "sched/proc.h"

void (*c_fault_explain)(uintptr_t addr);

/* ---- From Go to C ---------------------------------------------------------- */

struct c_request {
  void (*fn)(void *);
  void *arg;
  struct g *gp;
};

/* Words above the pointer that switch.S saved: five registers, the frame
 * pointer, the return address. */
enum { SAVED_RBX = 4, SAVED_RBP = 5, SAVED_WORDS = 7 };

static void call_c(void *p) {
  struct c_request *r = p;
  struct g *gp = r->gp;
  const uintptr_t *saved = (const uintptr_t *)gp->sched_sp;
  for (int i = 0; i < 4; i++) gp->syscall_regs[2 + i] = saved[i];
  gp->syscall_regs[0] = saved[SAVED_RBX];
  gp->syscall_regs[1] = saved[SAVED_RBP]; /* where tracebacks look for it */
  entersyscall_saved(gp, (uintptr_t)(saved + SAVED_WORDS));
  r->fn(r->arg);
}

void go_calls_c(void (*fn)(void *), void *arg) {
  struct g *gp = getg();
  struct m *mp = gp->m;
  CHECK(gp != &mp->g0 && tern_locks == 0);
  struct c_request r = {fn, arg, gp};
  san_to_thread();
  os_call_on(call_c, &r, mp->g0_sp, &gp->sched_sp, &mp->g0, gp);
  san_to_stack(gp->seg->lo, gp->seg->hi, gp->fiber);
  exitsyscall();
}

bool in_c_call(void) {
  struct g *gp = getg();
  if (!gp || gp != &gp->m->g0 || tern_locks != 0) return false;
  struct g *user = gp->m->curg;
  return user && G_STATE(readgstatus(user)) == _Gsyscall;
}

/* ---- From C to Go ---------------------------------------------------------- */

struct go_request {
  void (*fn)(void *);
  void *arg;
  bool foreign;            /* the goroutine was made for this callback */
  /* CC-4 */
  uintptr_t regs[6];
  uintptr_t syscall_sp, sched_sp;
  const char *c_name;
};

static void save(struct go_request *r, struct g *gp) {
  for (int i = 0; i < 6; i++) r->regs[i] = gp->syscall_regs[i];
  r->syscall_sp = gp->syscall_sp;
  r->sched_sp = gp->sched_sp;
  r->c_name = gp->c_name;
}

/* On the goroutine's stack. */
static void call_go(void *p) {
  struct go_request *r = p;
  struct g *gp = getg();
  lockOSThread(); /* before the P is asked for: CC-2 */
  exitsyscall();
  with_stack(8192, r->fn, r->arg);
  /* No poll from here on: the frames of C are on this thread. */
  unlockOSThread();
  if (r->foreign) return;
  for (int i = 0; i < 6; i++) gp->syscall_regs[i] = r->regs[i];
  gp->c_name = r->c_name;
  entersyscall_saved(gp, r->syscall_sp);
}

void c_calls_go(void (*fn)(void *), void *arg) {
  struct g *g0 = tern_g;
  struct go_request r = {.fn = fn, .arg = arg, .foreign = !g0};
  struct m *mp = g0 ? g0->m : foreign_enter();
  g0 = &mp->g0;
  if (!r.foreign && !in_c_call())
    fatal("C called back into Go in the middle of the runtime "
          "(from a signal handler?)");
  struct g *gp = mp->curg;
  uintptr_t below = mp->g0_sp;
  save(&r, gp);
  /* The frames of this function and of os_call_back stay: CC-3. */
  mp->g0_sp = (tern_sp & ~(uintptr_t)15) - 256;
  uintptr_t fp = r.foreign ? 0 : gp->sched_sp + OS_SAVED_FP_OFFSET;
  san_to_stack(gp->seg->lo, gp->seg->hi, gp->fiber);
  os_call_back(call_go, &r, gp->sched_sp & ~(uintptr_t)15, fp, gp, g0);
  san_to_thread();
  gp->sched_sp = r.sched_sp;
  mp->g0_sp = below;
  if (r.foreign) foreign_leave(mp); /* from here on mp may be another thread's */
}
