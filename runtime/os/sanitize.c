/* sanitize.c - the sanitizers' side of a stack switch (see the header).
 *
 * ASan wants the bounds of the stack that runs: before a call that does not
 * return it cleans what lies above.  Both halves of its announcement are made
 * before the switch; between them and the switch nothing asks for bounds.
 *
 * TSan does not care about stacks, because the build has it keep no call stacks
 * (Go programs recurse deeper than its 65,536 frames and leave frames by
 * recover); a report names the access, inlined calls included.  What it calls a
 * thread is a vector of clocks.  By default a goroutine uses that of the thread
 * it runs on, which is C's memory model to the letter: a goroutine that goes on
 * on another thread has seen what the scheduler's atomics carried over, no more,
 * so a missing release in the hand-over is a report.  With fibers each goroutine
 * has its own clocks and its name in reports; its own history then follows it by
 * magic, and there are at most 8,128 contexts in all.
 */
#define _GNU_SOURCE
#include "os/sanitize.h"

/* Compiled into every build; empty in most. */
typedef int san_not_empty;

#if TERN_SANITIZED
#include <pthread.h>

#include "os/print.h"

static __thread struct {
  uintptr_t lo, hi; /* of the thread's own stack; 0 until known */
  void *fiber;      /* TSan: the thread itself */
  void *running;    /* TSan: whose clocks are in use */
} own;

static void know_thread(void) {
  pthread_attr_t attr;
  void *lo;
  size_t n;
  if (pthread_getattr_np(pthread_self(), &attr) != 0 ||
      pthread_attr_getstack(&attr, &lo, &n) != 0)
    throw("sanitize: the thread's stack is not known");
  pthread_attr_destroy(&attr);
  own.lo = (uintptr_t)lo;
  own.hi = (uintptr_t)lo + n;
}

/* ---- Address ------------------------------------------------------------ */

#if TERN_ASAN
void __sanitizer_start_switch_fiber(void **fake, const void *bottom, size_t n);
void __sanitizer_finish_switch_fiber(void *fake, const void **bottom, size_t *n);

static void announce(uintptr_t lo, uintptr_t hi, void *fiber) {
  (void)fiber;
  /* No fake stack: -fsanitize-address-use-after-return would hide roots. */
  __sanitizer_start_switch_fiber(0, (void *)lo, hi - lo);
  __sanitizer_finish_switch_fiber(0, 0, 0);
}

void san_init(bool fibers) { (void)fibers; }
void *san_fiber_new(int64_t goid) { return (void)goid, (void *)0; }
void san_fiber_delete(void *fiber) { (void)fiber; }
#endif

/* ---- Thread ------------------------------------------------------------- */

#if TERN_TSAN
void *__tsan_get_current_fiber(void);
void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
void __tsan_set_fiber_name(void *fiber, const char *name);

/* Of 8,128; each costs some ten milliseconds of processor time. */
enum { MAX_FIBERS = 1000 };
static int32_t nfibers; /* atomic */
static bool want_fibers;

void san_init(bool fibers) { want_fibers = fibers; }

/* With synchronisation: a thread that goes on as somebody else still comes
 * after all that it did before. */
static void announce(uintptr_t lo, uintptr_t hi, void *fiber) {
  (void)lo;
  (void)hi;
  if (!own.fiber) own.fiber = own.running = __tsan_get_current_fiber();
  if (!fiber) fiber = own.fiber;
  if (fiber == own.running) return;
  own.running = fiber;
  __tsan_switch_to_fiber(fiber, 0);
}

void *san_fiber_new(int64_t goid) {
  if (!want_fibers) return 0;
  if (__atomic_add_fetch(&nfibers, 1, __ATOMIC_RELAXED) > MAX_FIBERS) {
    __atomic_sub_fetch(&nfibers, 1, __ATOMIC_RELAXED);
    return 0;
  }
  void *fiber = __tsan_create_fiber(0);
  char name[32];
  os_format(name, sizeof name, "goroutine %ld", (long)goid);
  __tsan_set_fiber_name(fiber, name);
  return fiber;
}

void san_fiber_delete(void *fiber) {
  if (!fiber) return;
  __tsan_destroy_fiber(fiber);
  __atomic_sub_fetch(&nfibers, 1, __ATOMIC_RELAXED);
}
#endif

void san_to_thread(void) {
  if (!own.hi) know_thread();
  announce(own.lo, own.hi, 0);
}

void san_to_stack(uintptr_t lo, uintptr_t hi, void *fiber) {
  if (!own.hi) know_thread();
  announce(lo, hi, fiber);
}
#endif
