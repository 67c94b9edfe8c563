/* thread.c - the threads, futexes and clocks of os.h as coroutines. */
#include <signal.h>
#include <sys/mman.h>

#include "os/os.h"
#include "os/sim/point.h"
#include "os/sim/simp.h"

/* ---- Threads ------------------------------------------------------------ */

/* All threads are one to the kernel, so they share a signal stack; a handler is
 * never left for another thread (on_signal_stack in schedule.c). */
void os_thread_init(void) {
  char *p = sim_map(OS_SIGNAL_STACK);
  stack_t ss = {.ss_sp = p, .ss_size = OS_SIGNAL_STACK};
  sigaltstack(&ss, 0);
  sim.signal_stack = (uintptr_t)p;
}

size_t os_thread_stack(void) { return OS_THREAD_STACK; }

/* Nobody else makes threads here. */
bool os_signal_stack_lend(void *stack) {
  (void)stack;
  return false;
}
void os_signal_stack_back(void) {}

static void thread_main(void *arg) {
  struct sim_thread *t = arg;
  t->fn(t->arg);
  t->state = SIM_ENDED;
  sim_reschedule(false);
  __builtin_unreachable();
}

bool os_thread_create(void (*fn)(void *), void *arg) {
  SIM_POINT(arg, "new thread");
  char *base = sim_map(OS_PAGE + OS_THREAD_STACK);
  if (!base) return false;
  mprotect(base, OS_PAGE, PROT_NONE);
  struct sim_thread *t = sim_new_thread();
  if (!t) return false;
  t->fs = sim_locals_new();
  t->fn = fn;
  t->arg = arg;
  t->sp = os_fresh_stack((uintptr_t)base + OS_PAGE + OS_THREAD_STACK, thread_main, t);
  return t->fs != 0;
}

int64_t os_thread_count(void) {
  int64_t n = 0;
  for (int i = 0; i < sim.n; i++) n += sim.thread[i].state != SIM_ENDED;
  return n;
}

int32_t os_thread_id(void) { return sim.cur ? sim.cur->id + 1 : 1; }

void os_dying(void) { sim.running = false; }

void os_yield(void) { sim_spin("os_yield", __LINE__); }

void os_usleep(uint32_t usec) {
  if (!sim.running) return;
  sim_event(0, "sleep", "", __func__, __LINE__);
  sim_sleep(SIM_SLEEP, (int64_t)usec * 1000);
  sim_reschedule(true);
}

void os_futex_wait(uint32_t *addr, uint32_t val, int64_t ns) {
  SIM_POINT(addr, "futex wait");
  if (!sim.running || *addr != val) return;
  if (sim.spurious_left > 0 && sim_rand() % sim.config.spurious == 0) {
    sim.spurious_left--;
    sim_event(addr, "wakes spuriously", "addr", __func__, __LINE__);
    sim_reschedule(true);
    return;
  }
  sim.cur->futex = addr;
  sim_sleep(SIM_FUTEX, ns);
  sim_reschedule(false);
}

void os_futex_wake(uint32_t *addr, int n) {
  SIM_POINT(addr, "futex wake");
  /* The kernel promises no order. */
  int from = (int)(sim_rand() % (uint64_t)sim.n);
  for (int i = 0; i < sim.n && n > 0; i++) {
    struct sim_thread *t = &sim.thread[(from + i) % sim.n];
    if (t->state != SIM_FUTEX || t->futex != addr) continue;
    sim_wake(t);
    n--;
  }
}

int os_ncpu(void) { return 4; }

/* ---- Time --------------------------------------------------------------- */

int64_t os_nanotime(void) {
  SIM_POINT(0, "clock");
  return sim.out->now;
}
int64_t os_cputime(void) { return os_nanotime(); }
int64_t os_thread_cputime(void) { return os_nanotime(); }

void os_walltime(int64_t *sec, int32_t *nsec) {
  int64_t t = os_nanotime();
  *sec = 1700000000 + t / 1000000000;
  *nsec = (int32_t)(t % 1000000000);
}
