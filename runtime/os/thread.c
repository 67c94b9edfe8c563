/* thread.c - threads, futexes, clocks, chance.
 *
 * Threads are pthreads, because C libraries that a program calls expect their
 * thread-locals.  The stack is mapped here, with a guard page, so that its size
 * is known and no allocator is involved.
 */
#define _GNU_SOURCE
#include "os/os.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>


/* ---- Threads ------------------------------------------------------------ */

size_t os_thread_stack(void) { return &os_c_stack ? os_c_stack : OS_THREAD_STACK; }

/* Lies at the low end of a thread's mapping, below its signal stack. */
struct thread_start {
  void (*fn)(void *);
  void *arg;
  void *signal_stack;
  size_t total; /* bytes of the mapping */
  pthread_t thread;
  struct thread_start *next;
};

static struct thread_start *ended; /* atomic: threads that are about to be gone */

static void use_signal_stack(void *p) {
  stack_t ss = {.ss_sp = p, .ss_size = OS_SIGNAL_STACK};
  sigaltstack(&ss, 0);
}

void os_thread_init(void) {
  void *p = os_map(OS_SIGNAL_STACK, &os_thread_memory);
  if (p) use_signal_stack(p);
}

bool os_signal_stack_lend(void *stack) {
  stack_t old;
  if (sigaltstack(0, &old) != 0 || !(old.ss_flags & SS_DISABLE)) return false;
  use_signal_stack(stack);
  return true;
}

void os_signal_stack_back(void) {
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, 0);
}

static void *thread_main(void *p) {
  struct thread_start start = *(struct thread_start *)p;
  use_signal_stack(start.signal_stack);
  start.fn(start.arg);
  struct thread_start *me = p;
  start.thread = pthread_self();
  *me = start; /* a signal may have used the stack meanwhile, so written again */
  me->next = __atomic_load_n(&ended, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(&ended, &me->next, me, false, __ATOMIC_RELEASE,
                                      __ATOMIC_RELAXED)) { /* pairs with take_ended */
  }
  return 0;
}

/* A thread's mapping with its guard page, which counts as nothing. */
static void unmap_thread(void *base, size_t total) {
  os_count(OS_PAGE, &os_thread_memory);
  os_unmap(base, total, &os_thread_memory);
}

/* The mapping of a thread that has ended, or NULL; others are given back. */
static char *take_ended(size_t total) {
  char *found = 0;
  if (!__atomic_load_n(&ended, __ATOMIC_RELAXED)) return 0;
  struct thread_start *next;
  struct thread_start *t = __atomic_exchange_n(&ended, (void *)0, __ATOMIC_ACQUIRE);
  for (; t; t = next) {
    next = t->next;
    pthread_join(t->thread, 0); /* its stack is not in use any more */
    if (!found && t->total == total)
      found = (char *)t;
    else
      unmap_thread(t, t->total);
  }
  return found;
}

/* One mapping for a thread: guard page, signal stack with the start record at
 * its low end (read before the stack is in use), thread stack. */
bool os_thread_create(void (*fn)(void *), void *arg) {
  size_t total = OS_PAGE + OS_SIGNAL_STACK + os_thread_stack();
  char *base = take_ended(total);
  if (!base) {
    base = os_map(total, &os_thread_memory);
    if (!base) return false;
    mprotect(base + OS_SIGNAL_STACK, OS_PAGE, PROT_NONE);
    os_count(-OS_PAGE, &os_thread_memory);
  }
  char *signal_stack = base, *stack = base + OS_SIGNAL_STACK + OS_PAGE;
  struct thread_start *start = (struct thread_start *)signal_stack;
  *start = (struct thread_start){.fn = fn, .arg = arg, .signal_stack = signal_stack,
                                 .total = total};
  pthread_attr_t attr;
  pthread_t t;
  pthread_attr_init(&attr);
  pthread_attr_setstack(&attr, stack, os_thread_stack());
  /* A new thread begins with all signals blocked until its stack is set. */
  int err = pthread_create(&t, &attr, thread_main, start);
  pthread_attr_destroy(&attr);
  if (err != 0) {
    unmap_thread(base, total);
    return false;
  }
  return true;
}

/* The folder has a link from each thread's. */
int64_t os_thread_count(void) {
  struct stat s;
  return stat("/proc/self/task", &s) == 0 && s.st_nlink > 2 ? (int64_t)s.st_nlink - 2 : -1;
}

int32_t os_thread_id(void) { return (int32_t)syscall(SYS_gettid); }
void os_yield(void) { sched_yield(); }

void os_usleep(uint32_t usec) {
  struct timespec t = {usec / 1000000, (long)(usec % 1000000) * 1000};
  nanosleep(&t, 0);
}

void os_futex_wait(uint32_t *addr, uint32_t val, int64_t ns) {
  struct timespec t, *tp = 0;
  if (ns >= 0) {
    t.tv_sec = ns / 1000000000;
    t.tv_nsec = ns % 1000000000;
    tp = &t;
  }
  syscall(SYS_futex, addr, FUTEX_WAIT_PRIVATE, val, tp, 0, 0);
}

void os_futex_wake(uint32_t *addr, int n) {
  syscall(SYS_futex, addr, FUTEX_WAKE_PRIVATE, n, 0, 0, 0);
}

void os_dying(void) {}

int os_ncpu(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int n = CPU_COUNT(&set);
  return n > 0 ? n : 1;
}

/* ---- Time and chance ---------------------------------------------------- */

static int64_t clock_ns(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int64_t os_nanotime(void) { return clock_ns(CLOCK_MONOTONIC); }
int64_t os_cputime(void) { return clock_ns(CLOCK_PROCESS_CPUTIME_ID); }
int64_t os_thread_cputime(void) { return clock_ns(CLOCK_THREAD_CPUTIME_ID); }

void os_walltime(int64_t *sec, int32_t *nsec) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  *sec = t.tv_sec;
  *nsec = (int32_t)t.tv_nsec;
}

uint64_t os_random(void) {
  uint64_t v;
  if (getrandom(&v, sizeof v, 0) != sizeof v)
    v = (uint64_t)os_nanotime() * 0x9e3779b97f4a7c15u;
  return v;
}
