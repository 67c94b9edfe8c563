/* sanitize.h - what the runtime tells the thread and the address sanitizer.
 *
 * make SAN=thread|address gives builds in which every access goes by the
 * sanitizer.  Three things it cannot see by itself, and here they are said; in
 * every other build each of these is empty.
 *
 *   stacks    a thread leaves its stack for a goroutine's segment and comes
 *             back.  Announced just before the switch, by the same C function
 *             that calls switch.S.
 *   memory    slots and stacks that nobody owns: poisoned, so that a use of a
 *             freed object is reported where it happens (address only).
 *   threads   a goroutine goes on on another thread.  An instrumented access
 *             to a thread-local takes its address first and may keep that in a
 *             register across the switch: the other thread's variable!  So the
 *             four words of a thread are reached through TERN_HERE, which asks
 *             the segment register each time.  (Plain code has it inside the
 *             instruction.)
 *
 * Instrumented frames are larger, and the sanitizers' own functions run on
 * goroutine stacks: TERN_STACK_FACTOR scales everything that holds frames.
 */
#ifndef TERN_OS_SANITIZE_H
#define TERN_OS_SANITIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __has_feature /* clang */
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#elif __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#ifdef __SANITIZE_THREAD__
#define TERN_TSAN 1
#else
#define TERN_TSAN 0
#endif
#ifdef __SANITIZE_ADDRESS__
#define TERN_ASAN 1
#else
#define TERN_ASAN 0
#endif
#define TERN_SANITIZED (TERN_TSAN || TERN_ASAN)
#define TERN_STACK_FACTOR (TERN_SANITIZED ? 32 : 1)

/* Functions that a sanitizer must leave alone; each use says why. */
#define TERN_NO_TSAN __attribute__((no_sanitize_thread))
#define TERN_NO_ASAN __attribute__((no_sanitize_address))

#if TERN_SANITIZED
/* The address of a thread-local of the executable on the thread that runs now. */
#define TERN_HERE(name)                                              \
  __extension__({                                                    \
    __typeof__(&(name)) tern_here_;                                  \
    __asm__ volatile("movq %%fs:0, %0\n\tleaq " #name "@tpoff(%0), %0" \
                     : "=r"(tern_here_));                            \
    tern_here_;                                                      \
  })
/* At start.  fibers: goroutines get contexts of the thread sanitizer. */
void san_init(bool fibers);
/* The thread is about to go on on its own stack. */
void san_to_thread(void);
/* The thread is about to go on on [lo, hi), as `fiber` (NULL: as itself). */
void san_to_stack(uintptr_t lo, uintptr_t hi, void *fiber);
/* A context for a new goroutine, or NULL: none are wanted or there are too many
 * already; it is then a part of whatever thread runs it. */
void *san_fiber_new(int64_t goid);
/* NULL is allowed.  Not the running one. */
void san_fiber_delete(void *fiber);
#else
#define TERN_HERE(name) (&(name))
static inline void san_init(bool fibers) { (void)fibers; }
static inline void san_to_thread(void) {}
static inline void san_to_stack(uintptr_t lo, uintptr_t hi, void *fiber) {
  (void)lo;
  (void)hi;
  (void)fiber;
}
static inline void *san_fiber_new(int64_t goid) { return (void)goid, (void *)0; }
static inline void san_fiber_delete(void *fiber) { (void)fiber; }
#endif

#if TERN_ASAN
void __asan_poison_memory_region(const volatile void *p, size_t n);
void __asan_unpoison_memory_region(const volatile void *p, size_t n);
#endif
/* [p, p+n) is nobody's: an access is reported.  p is a multiple of 8; so is the
 * end for poison, while unpoison may end inside a word. */
static inline void san_poison(uintptr_t p, size_t n) {
#if TERN_ASAN
  __asan_poison_memory_region((void *)p, n);
#endif
  (void)p;
  (void)n;
}
static inline void san_unpoison(uintptr_t p, size_t n) {
#if TERN_ASAN
  __asan_unpoison_memory_region((void *)p, n);
#endif
  (void)p;
  (void)n;
}

#endif
