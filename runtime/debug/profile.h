/* profile.h - all goroutines, or one of them, while the program goes on. */
#ifndef TERN_DEBUG_PROFILE_H
#define TERN_DEBUG_PROFILE_H

#include <stdbool.h>
#include <stdint.h>

struct g;
struct walk;

/* Go's runtime.StackRecord: return addresses, 0 after the last. */
struct stack_record { uintptr_t stack0[32]; };

/* runtime.GoroutineProfile: the stacks of all goroutines of the program, with the
 * world stopped.  Returns how many there are; none is written if that is more than
 * max.  Goroutine context. */
int64_t debug_goroutine_profile(struct stack_record *out, int64_t max);

/* Stops one goroutine at a safepoint, calls look with the walk at its innermost frame,
 * lets it go on.  The world runs meanwhile.  False if there is no such goroutine (any
 * more).  look runs on the system stack and takes no lock of the scheduler; w->gp is
 * the goroutine (of the caller itself: its frames from this call outwards).
 * Goroutine context. */
bool debug_inspect(int64_t goid, void (*look)(struct walk *w, void *arg), void *arg);

/* The tracebacks of all goroutines, one after the other without a stop, into buf;
 * returns the length.  Each is of another moment.  Goroutine context. */
int64_t debug_stacks_running(char *buf, int64_t n);

#endif
