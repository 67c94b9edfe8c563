/* lockrank.h - in which order locks may be taken, and the debug build's check.
 *
 * sync/lockrank.txt is the graph; from it tools/lockrank makes sync/lockorder.h,
 * the names and for each lock those that may be held when it is taken.  In the
 * debug build each thread keeps a list of what it holds and where it took it; a
 * lock that must not come after one of them is a throw that shows both stacks.
 *
 *   LK-1  A thread takes a lock only if all that it holds come before it.
 *   LK-5  A thread that dies of an error takes no lock: it may hold it already.
 *   LK-6  A path that takes a lock rarely says so each time (lock_may_acquire).
 *
 * The release build has nothing of this: every function here is then empty.
 */
#ifndef TERN_SYNC_LOCKRANK_H
#define TERN_SYNC_LOCKRANK_H

#include <stdbool.h>
#include <stdint.h>

#include "os/print.h"
#include "sync/lockorder.h"

/* ---- Places ---------------------------------------------------------------- */

/* Return addresses, the innermost first; n <= RANK_DEPTH. */
#define RANK_DEPTH 32
struct rank_site {
  int n;
  uintptr_t pc[RANK_DEPTH];
};
/* Fills pc with the return addresses from frame pointer `frame` outwards; takes no
 * lock.  Set by the debug room; without it a site is one address. */
extern int (*rank_stack_hook)(uintptr_t frame, uintptr_t *pc, int max);
/* Prints a site: functions and lines.  Set by the debug room. */
extern void (*rank_print_hook)(const struct rank_site *s);
/* The call stack from frame pointer `frame` outwards. */
void rank_site_here(struct rank_site *s, uintptr_t frame);

/* ---- For lock.c, and what is a lock in all but name -------------------------- */

/* As lockrank.txt has it. */
const char *rank_name(enum lock_rank r);
/* True if `inner` may be taken while `held` is held. */
bool rank_allows(enum lock_rank held, enum lock_rank inner);
/* Throws: `inner` is taken while `held`, taken at `site`, is held.  Prints both
 * stacks first, the present one from frame pointer `frame` outwards. */
__attribute__((noreturn)) void rank_violation(enum lock_rank inner, uintptr_t frame,
                                              enum lock_rank held,
                                              const struct rank_site *site);
/* Notes that the order held, inner was met (TERN_LOCKEDGES, rank_edges_to). */
void rank_saw(enum lock_rank held, enum lock_rank inner, bool taken);

/* `what`, of rank r, is about to be taken: throws if that is out of order. */
void rank_check(enum lock_rank r, const void *what, uintptr_t frame);
/* It was taken, with or without rank_check. */
void rank_push(enum lock_rank r, const void *what, uintptr_t frame);
void rank_pop(enum lock_rank r, const void *what);
/* The bodies of the functions below. */
void rank_taken(enum lock_rank r, const void *what);
void rank_may_acquire(enum lock_rank r);
void rank_assert_held(enum lock_rank r, const void *what);
void rank_assert_none(void);

/* ---- For everybody ------------------------------------------------------------ */

/* This path takes a lock of rank r, though perhaps not this time: throws if that
 * would be out of order (LK-6). */
static inline void lock_may_acquire(enum lock_rank r) {
  if (TERN_DEBUG) rank_may_acquire(r);
}
/* The thread holds `what` from here on, of a rank that lockrank.txt calls `pseudo`:
 * no mutex, but others wait for it.  Before or after it was really taken. */
static inline void pseudo_lock(enum lock_rank r, const void *what) {
  if (TERN_DEBUG) rank_taken(r, what);
}
static inline void pseudo_unlock(enum lock_rank r, const void *what) {
  if (TERN_DEBUG) rank_pop(r, what);
}
/* Throws if this thread holds any lock. */
static inline void assert_no_locks(void) {
  if (TERN_DEBUG) rank_assert_none();
}

/* ---- Which orders occur --------------------------------------------------------- */

/* From now on each pair of locks that was met is noted in the file `path`: a byte for
 * each pair, [held][inner], that was taken, then the same for lock_may_acquire.  Any
 * number of processes may add to one file, and what they saw is in it even if
 * they are killed.  The debug build calls this at start with TERN_LOCKEDGES, if
 * that is set; `tools/lockrank edges` reads the file.  False: no such file. */
bool rank_edges_to(const char *path);

#endif
