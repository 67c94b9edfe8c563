/* schedtrace.c - a line on the scheduler every so often, from sysmon.
 *
 *   SCHED 1004ms: gomaxprocs=2 idleprocs=1 threads=4 spinningthreads=0
 *     needspinning=0 idlethreads=2 runqueue=0 [0 0]
 *
 * The fields are Go's; the last are the lengths of the global and of each P's queue.
 * With scheddetail=1 a line for each P, M and G follows.  All is read without a lock
 * that the scheduler would notice, so the figures may not fit each other exactly.
 */
#include "debug/schedtrace.h"

#include "os/os.h"
#include "sched/sched.h"

static int64_t period_ns, next_ns, start_ns;
static bool with_detail;

static void put_summary(int64_t now) {
  char b[400];
  long threads = (long)(load_rlx(&sched.mnext) - load_rlx(&sched.nmended)) + 1;
  int n = os_format(b, sizeof b,
                    "SCHED %ldms: gomaxprocs=%d idleprocs=%d threads=%ld "
                    "spinningthreads=%d needspinning=%u idlethreads=%d runqueue=%d [",
                    (long)((now - start_ns) / 1000000), load_rlx(&gomaxprocs),
                    load_rlx(&sched.npidle), threads,
                    load_rlx(&sched.nmspinning), load_rlx(&sched.needspinning),
                    load_rlx(&sched.nmidle), load_rlx(&sched.runq_size));
  for (int32_t i = 0; i < load_acq(&gomaxprocs) && n < 380; i++) {
    struct p *pp = allp[i];
    n += os_format(b + n, (int)sizeof b - n, "%s%u", i ? " " : "",
                   load_rlx(&pp->runqtail) - load_rlx(&pp->runqhead));
  }
  n += os_format(b + n, (int)sizeof b - n, "]\n");
  os_write(2, b, (size_t)n);
}

static const char *p_state_name(uint32_t s) {
  static const char *const names[] = {"idle", "running", "syscall", "gcstop", "dead"};
  return s < 5 ? names[s] : "?";
}

static const char *g_state_name(uint32_t s) {
  static const char *const names[] = {"idle", "runnable", "running", "syscall",
                                      "waiting", "dead", "preempted", "released"};
  return s < 8 ? names[s] : "?";
}

/* An M may go on to other Ps and Gs while it is looked at; ids only are read. */
static void put_detail(void) {
  for (int32_t i = 0; i < load_acq(&gomaxprocs); i++) {
    struct p *pp = allp[i];
    uint64_t w = load_acq(&pp->word);
    struct m *mp = load_rlx(&pp->m);
    os_print("  P%d: status=%s schedtick=%u syscalltick=%lu m=%ld runqsize=%u gfreecnt=%d\n",
             i, p_state_name(P_STATE(w)), load_rlx(&pp->schedtick), (unsigned long)(w >> 3),
             mp ? (long)mp->id : -1l, load_rlx(&pp->runqtail) - load_rlx(&pp->runqhead),
             load_rlx(&pp->n_free_gs));
  }
  for (struct m *mp = load_acq(&allm); mp; mp = mp->alllink) {
    struct p *pp = load_rlx(&mp->p);
    struct g *gp = load_rlx(&mp->curg);
    os_print("  M%ld: p=%d curg=%ld spinning=%d\n", (long)mp->id, pp ? pp->id : -1,
             gp ? (long)gp->goid : -1l, load_rlx(&mp->spinning));
  }
  struct allgs all = allgs_snapshot();
  for (int64_t i = 0; i < all.len; i++) {
    struct g *gp = all.ptr[i];
    uint32_t s = G_STATE(readgstatus(gp));
    if (s == _Gdead) continue;
    const char *why = s == _Gwaiting ? wait_reason_text[load_rlx(&gp->waitreason)] : "";
    os_print("  G%ld: status=%s(%s)\n", (long)gp->goid, g_state_name(s), why);
  }
}

void schedtrace_tick(int64_t now) {
  if (period_ns == 0 || now < next_ns) return;
  next_ns = now + period_ns;
  put_summary(now);
  if (with_detail) put_detail();
}

void schedtrace_init(int32_t ms, bool detail) {
  start_ns = next_ns = os_nanotime();
  period_ns = (int64_t)ms * 1000000;
  with_detail = detail;
  sysmon_longest_sleep = period_ns;
}
