/* locals.c - the words that every thread has for itself.
 *
 * Each belongs to a room above, whose header says what it means; they are defined
 * here, without those headers, because there their names are macros in the builds
 * for the sanitizers (os/sanitize.h).
 */
#include <stdint.h>

__thread struct g *tern_g;                /* sched/ghead.h */
__thread uintptr_t tern_stackguard;       /* sched/ghead.h */
__thread int32_t tern_locks;              /* sync/lock.h */
__thread struct tern_mcache *tern_mcache; /* heap/type.h */
