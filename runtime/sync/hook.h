/* hook.h - named points in the runtime's protocols where a test may step in.
 *
 * TERN_HOOK(name, what) stands between two steps whose order against another
 * thread matters.  In the debug build a test can install a function there, which
 * waits until the other thread came to its own point (test/unit/script.h), or
 * have every passage delayed by chance:
 *
 *     GODEBUG=delay=execute:50,park_unlock:200 ./prog    up to so many µs each
 *     GODEBUG=delay=all:20,delayseed=7 ./prog            at every point
 *
 * The release build has neither the points nor the table.
 *
 * A hook runs in the middle of its protocol: on the system stack or in the two
 * kilobytes below a goroutine's guard, perhaps with locks or a scan bit held.
 * It may look, count, spin, sleep; it may not park, allocate, or take a lock.
 */
#ifndef TERN_SYNC_HOOK_H
#define TERN_SYNC_HOOK_H

#include "os/print.h"
#include "sync/atomic.h"

/* Name, and where it stands; `what` is given in brackets. */
#define TERN_HOOKS(X)                                                           \
  X(execute, "execute, before the CAS to RUNNING [G]")                          \
  X(execute_curg, "execute, RUNNING but not yet in m.curg [G]")                 \
  X(ready, "ready, RUNNABLE but not yet queued [G]")                            \
  X(park_unlock, "park_m, WAITING, before the unlock function [G]")             \
  X(spin_end, "findRunnable, between nmspinning-- and the last look [M]")       \
  X(idle, "findRunnable, before the P goes on the idle list [P]")               \
  X(handoff, "handoffp, its P in transit [P]")                                  \
  X(handoff_idle, "handoffp, before the P goes on the idle list [P]")           \
  X(newm, "startm, before a thread is made, sched.lock dropped [P]")            \
  X(syscall_publish, "entersyscall, before SYSCALL is published [P]")           \
  X(entersyscall, "entersyscall, between SYSCALL and the second look [P]")      \
  X(syscall_late, "entersyscall, asked for by a stop or handshake, before sched.lock [P]") \
  X(exitsyscall, "exitsyscall, before the CAS on the old P [P]")                \
  X(exitsyscall_status, "exitsyscall, with a P, before RUNNING [G]")            \
  X(exitsyscall_wait, "exitsyscall without a P, before RUNNABLE [G]")            \
  X(retake, "sysmon, between the CAS to IDLE and handoffp [P]")                 \
  X(stop_asked, "stopTheWorld, gcwaiting set, before looking at the Ps [M]")    \
  X(stop_posted, "stopTheWorld, all running goroutines asked once [M]")         \
  X(preemptone, "preemptone, between the look at curg and the poison [G]")      \
  X(guard_reset, "stack_reset_guard, between the store and the look [G]")       \
  X(guard_cross, "at a crossing, between the look at the guard and the store [G]") \
  X(sema_handoff, "semrelease, a waiter chosen for hand-off, not yet ready [count]") \
  X(preempt_park, "preemptPark, between SCAN+PREEMPTED and dropg [G]")          \
  X(preempt_parked, "preemptPark, PREEMPTED, before it wakes its watchers [G]")  \
  X(suspend_request, "suspendG, request to be posted under the scan bit [G]")   \
  X(resume, "resumeG, before the claim is dropped [G]")                      \
  X(h1_ack, "mark start, a P acknowledges the barrier [P]")                     \
  X(h2_begin, "mark start, H1 is complete, before allocate black begins [M]")   \
  X(h2_ack, "mark start, a P acknowledges allocate black [P]")                  \
  X(worker_done, "mark worker, between active-- and the candidate test [P]")    \
  X(drain, "drain loop, an object taken, not yet scanned [object]")             \
  X(mark_done, "mark done, a candidate, before the wave [M]")                   \
  X(wave_ack, "mark done, a P is about to flush for the wave [P]")              \
  X(mark_done_wave, "mark done, between a clean wave and the stop [M]")         \
  X(flip, "termination, between blackening off and taking the assists [M]")         \
  X(assist_park, "assist, before it queues for credit [G]")                     \
  X(sweep_begin, "a sweeper has registered [0]")                                \
  X(sweep_end, "a sweeper is about to deregister [0]")                          \
  X(span_publish, "a span is filled, not yet INUSE [span]")                     \
  X(run_publish, "a run is zero, freeindex not yet moved [span]")               \
  X(stats_write, "stats_acquire, between seq++ and the look at gen [mcache]")   \
  X(stats_read, "stats_read, between the new gen and waiting [0]")

enum tern_hook {
#define TERN_HOOK_ENUM(name, where) HOOK_##name,
  TERN_HOOKS(TERN_HOOK_ENUM)
#undef TERN_HOOK_ENUM
  HOOK_COUNT
};

/* In a simulation a hook is a point with a name. */
#ifdef TERN_SIM
#define TERN_HOOK(name, what) \
  sim_hook((const void *)(uintptr_t)(what), #name, __func__, __LINE__)
#else
#define TERN_HOOK(name, what)                                \
  do {                                                       \
    if (TERN_DEBUG && __builtin_expect(load_rlx(&hooks_on), 0)) \
      hook_reached(HOOK_##name, (what));                     \
  } while (0)
#endif

typedef void (*hook_fn)(enum tern_hook at, void *what);

extern bool hooks_on; /* atomic, relaxed: some hook is set */
/* Somebody came by: calls what is installed, then delays.  Not called directly. */
void hook_reached(enum tern_hook at, void *what);

/* Installs fn at a hook; NULL takes it away.  At any time, from any thread. */
void hook_set(enum tern_hook at, hook_fn fn);
/* Passages are delayed by 0 to max_us microseconds, one in two; 0: no more. */
void hook_delay(enum tern_hook at, uint32_t max_us);
/* Delays are drawn from this seed, a sequence for each thread. */
void hook_seed(uint64_t seed);
/* A list "name:usec,..." as after GODEBUG=delay=; "all" names every hook.  Ends at
 * the list's end or before an item "other=...".  Dies on a name it does not
 * know. */
void hooks_from_list(const char *list);
const char *hook_name(enum tern_hook at);

#endif
