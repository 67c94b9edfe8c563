/* os.h - everything the runtime asks of the operating system.
 *
 * The lowest room.  Every source of chance and of time is behind this header
 * and behind sync/atomic.h: a second implementation of the two can run the real
 * runtime deterministically.  Nothing here allocates through malloc, and
 * nothing takes a runtime lock.
 *
 * Units: times are nanoseconds, sizes bytes, unless the name says otherwise.
 */
#ifndef TERN_OS_OS_H
#define TERN_OS_OS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "os/sanitize.h"

/* ---- Memory ------------------------------------------------------------- */

#define OS_PAGE 4096

/* Reserves n bytes of address space without access; NULL if refused. */
void *os_reserve(size_t n);
/* Makes reserved [p, p+n) readable and writable, contents zero on first use; once
 * for each page.  Page aligned.  False if the system has no more memory to promise.
 * Adds n to *counter; NULL: the caller counts. */
bool os_commit(void *p, size_t n, int64_t *counter);
/* Tells the system that the contents of [p, p+n), which were in use, are not needed:
 * they read as zero afterwards.  Page aligned. */
void os_release(void *p, size_t n);
/* [p, p+n), fresh or released, comes into use; now: it is backed by memory at once
 * instead of by a fault a page, which is only a wish.  Page aligned. */
void os_use(void *p, size_t n, bool now);
/* Fresh zeroed memory; NULL if refused.  os_unmap gives it back.  Whole pages are
 * added to *counter, and taken from it. */
void *os_map(size_t n, int64_t *counter);
void os_unmap(void *p, size_t n, int64_t *counter);
static inline size_t os_pages(size_t n) { /* in bytes */
  return (n + OS_PAGE - 1) & ~(size_t)(OS_PAGE - 1);
}

/* The ledger (ledger.c).  Atomic, relaxed, bytes. */
extern int64_t os_mapped;        /* accessible: committed, or mapped and not unmapped */
extern int64_t os_backed;        /* in use, by os_use and os_release */
extern int64_t os_thread_memory; /* stacks of threads, also of ended ones; in os_mapped */
/* Around a change of the ledger and of what the rooms above count. */
void os_change_begin(void);
void os_change_end(void);
/* Adds n to the ledger and to *counter (may be NULL). */
void os_count(int64_t n, int64_t *counter);
/* False if a change is under way; else *stamp names this moment. */
bool os_quiet(uint64_t *stamp);
/* True if no change began since: what was read meanwhile belongs together. */
bool os_quiet_since(uint64_t stamp);

/* The soft limit of the address space (ulimit -v), or UINT64_MAX. */
uint64_t os_address_limit(void);
/* Resident set of the process, bytes; 0 if unknown. */
uint64_t os_resident(void);

/* ---- Threads ------------------------------------------------------------ */

#define OS_SIGNAL_STACK (32 * 1024 * TERN_STACK_FACTOR)

/* Bytes of a thread's own stack: OS_THREAD_STACK, but os_c_stack in programs that
 * call C: that is defined in runtime/ffi, and NULL where this is not linked. */
#define OS_THREAD_STACK (256 * 1024 * TERN_STACK_FACTOR)
extern const size_t os_c_stack __attribute__((weak));
size_t os_thread_stack(void);

/* Starts a thread that runs fn(arg), and ends when that returns, on its own system stack of
 * os_thread_stack() bytes with a signal stack.  False if refused. */
bool os_thread_create(void (*fn)(void *), void *arg);
/* Gives the calling thread (the process's first) a signal stack. */
void os_thread_init(void);
/* For a thread that others made: lends it a signal stack of OS_SIGNAL_STACK
 * bytes unless it has one; true if it was lent.  os_signal_stack_back ends that. */
bool os_signal_stack_lend(void *stack);
void os_signal_stack_back(void);
/* How many threads the process has, also those that others made and such as have
 * not quite ended; -1 if unknown. */
int64_t os_thread_count(void);
/* The kernel's id of the calling thread. */
int32_t os_thread_id(void);
void os_yield(void);
void os_usleep(uint32_t usec);
/* Sleeps while *addr == val, at most ns (< 0: no limit).  Returns on a wake, on
 * time, or spuriously. */
void os_futex_wait(uint32_t *addr, uint32_t val, int64_t ns);
void os_futex_wake(uint32_t *addr, int n);
int os_ncpu(void);
/* The calling thread will end the process as soon as it has spoken.  An
 * implementation that chooses who runs lets no other run from here on. */
void os_dying(void);

/* ---- Time and chance ---------------------------------------------------- */

int64_t os_nanotime(void);                         /* monotonic */
void os_walltime(int64_t *sec, int32_t *nsec);     /* since 1970, UTC */
int64_t os_cputime(void);                          /* of the process */
int64_t os_thread_cputime(void);                   /* of this thread */
uint64_t os_random(void);                          /* from the kernel */

/* ---- Process ------------------------------------------------------------ */

void os_init(int argc, char **argv, char **envp);
extern int os_argc;
extern char **os_argv, **os_envp;
/* The value of an environment name, or NULL. */
const char *os_getenv(const char *name);
/* Writes all of it, restarting after EINTR; gives up on an error. */
void os_write(int fd, const void *p, size_t n);
__attribute__((noreturn)) void os_exit(int status);
/* Ends the process by SIGABRT with its default action (a core dump). */
__attribute__((noreturn)) void os_abort(void);

/* ---- Signals ------------------------------------------------------------ */

/* A fault as the kernel reported it, and where the thread was. */
struct os_fault {
  int sig, code;
  uintptr_t addr, pc, sp, fp;
};
/* What the rooms above do about signals; set before os_signals_init. */
struct os_signal_hooks {
  /* SIGSEGV, SIGBUS, SIGFPE, SIGILL, on the signal stack.  Returns the address of a
   * function that the interrupted code shall appear to have called (it finds
   * the fault where the hook stored it), or 0: die with the default action. */
  uintptr_t (*fault)(const struct os_fault *f);
  /* SIGQUIT, on the signal stack of some thread. */
  void (*quit)(const struct os_fault *f);
  /* SIGABRT, in programs that call C; the process dies of it afterwards. */
  void (*abort)(const struct os_fault *f);
};
void os_signals_init(const struct os_signal_hooks *hooks);

/* ---- Stack switching (switch.S) ----------------------------------------- */

/* Saves the callee-saved registers on the stack and its pointer in *save_sp,
 * makes `to` the current goroutine, moves to stack `sp`, calls fn(arg), then
 * comes back and makes `from` current again. */
void os_call_on(void (*fn)(void *), void *arg, uintptr_t sp, uintptr_t *save_sp,
                void *to, void *from);
/* From a thread's own stack onto that of goroutine `to`: calls fn(arg) at `sp`
 * with `fp` as its caller's frame, so that the chain of frames leads to what
 * the goroutine did before; then comes back and makes `from` current again. */
void os_call_back(void (*fn)(void *), void *arg, uintptr_t sp, uintptr_t fp,
                  void *to, void *from);
/* The same without change of goroutine: for a further stack segment. */
void os_call_segment(void (*fn)(void *), void *arg, uintptr_t sp,
                     uintptr_t *save_sp);
/* Saves the registers and the stack pointer in *save_sp, makes `to` current,
 * moves to `sp` and calls fn(arg), which does not return. */
void os_leave(void (*fn)(void *), void *arg, uintptr_t sp, uintptr_t *save_sp,
              void *to);
/* Goes on where os_leave (or os_call_on) saved `sp`, with `to` current. */
__attribute__((noreturn)) void os_resume(uintptr_t sp, void *to);
/* Prepares a fresh stack so that os_resume(result) runs fn with arg in the
 * first argument register.  top is 16-byte aligned. */
uintptr_t os_fresh_stack(uintptr_t top, void (*fn)(void *), void *arg);
/* Bytes from a saved sp up to the frame pointer slot: *(sp + this) is the
 * caller's rbp, the word after it the return address. */
#define OS_SAVED_FP_OFFSET 40

#endif
