/* report.c - a run in words: its events, and where everybody is when it fails. */
#include "os/os.h"
#include "os/print.h"
#include "os/sim/simp.h"

/* The text of an operand; of one with an access inside, it is that of a macro. */
static const char *operand(const struct sim_thread *t) {
  if (!t->what) return "";
  return t->what[0] == '_' && t->what[1] == '_' ? "(what another access gave)" : t->what;
}

/* "   1234    5.678 us T2 M1 P0 G7  cas &gp->status  casgstatus:41" */
void sim_trace(void *unused) {
  (void)unused;
  if (!sim.config.trace || sim.out->steps < sim.config.trace_from) return;
  struct sim_thread *t = sim.cur;
  char who[64] = "";
  if (sim_hooks.describe) sim_hooks.describe(who, sizeof who);
  os_print("%7lu %9lu.%03lu us  T%d %s  %s %s  %s:%d\n",
           (unsigned long)sim.out->steps, (unsigned long)(sim.out->now / 1000),
           (unsigned long)(sim.out->now % 1000), t->id, who, t->op, operand(t),
           t->func, t->line);
}

static void print_thread(struct sim_thread *t) {
  os_print("\nthread T%d: %s %s in %s:%d", t->id, t->op ? t->op : "", operand(t),
           t->func, t->line);
  switch (t->state) {
    case SIM_RUNNABLE: os_print(", runnable\n"); break;
    case SIM_ENDED: os_print(", ended\n"); return;
    default:
      os_print(t->state == SIM_FUTEX ? ", waits on a futex" : ", sleeps");
      if (t->until == SIM_FOREVER)
        os_print("\n");
      else
        os_print(" until %ld us\n", (long)(t->until / 1000));
  }
  if (!sim_hooks.backtrace) return;
  uintptr_t pc = (uintptr_t)__builtin_return_address(0);
  uintptr_t fp = (uintptr_t)__builtin_frame_address(0);
  if (t != sim.cur) {
    fp = *(uintptr_t *)(t->sp + OS_SAVED_FP_OFFSET);
    pc = *(uintptr_t *)(t->sp + OS_SAVED_FP_OFFSET + 8);
  }
  sim_hooks.backtrace(pc, fp);
}

void sim_fail(const char *why) {
  sim.running = false;
  os_print("fatal error: simulation: %s\n", why);
  os_print("after %lu points, at %ld us\n", (unsigned long)sim.out->steps,
           (long)(sim.out->now / 1000));
  for (int i = 0; i < sim.n; i++) print_thread(&sim.thread[i]);
  if (os_traceback_hook) os_traceback_hook(0);
  os_exit(2);
}
