/* locals.c - the words that every thread has for itself.
 *
 * Each belongs to a room above, whose header says what it means; they are defined
 * here, without those headers, because there their names are macros in the builds
 * for the sanitizers (os/sanitize.h).  What those are asked at start is here, too,
 * because every program is linked with this file.
 */
#include "os/sanitize.h"

__thread struct g *tern_g;                /* sched/ghead.h */
__thread uintptr_t tern_stackguard;       /* sched/ghead.h */
__thread uint8_t tern_cross;              /* sched/ghead.h */
__thread int32_t tern_locks;              /* sync/lock.h */
__thread struct tern_mcache *tern_mcache; /* heap/type.h */

#if TERN_ASAN
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  /* Faults are ours (nil dereferences); the leak check knows no goroutines. */
  return "detect_leaks=0:use_sigaltstack=0:handle_segv=0:handle_sigbus=0:"
         "handle_sigfpe=0:detect_stack_use_after_return=0:exitcode=66";
}
#endif

#if TERN_TSAN
const char *__tsan_default_options(void);
const char *__tsan_default_options(void) {
  /* Tracebacks are written from a handler of SIGQUIT; a thread that has ended is
   * joined when the next one is made (thread.c). */
  return "halt_on_error=1:exitcode=66:atexit_sleep_ms=0:report_signal_unsafe=0:"
         "report_thread_leaks=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0";
}
#endif
