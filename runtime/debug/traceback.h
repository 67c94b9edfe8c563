/* traceback.h - goroutine tracebacks, and what runtime.Caller and runtime.Stack
 * need. */
#ifndef TERN_DEBUG_TRACEBACK_H
#define TERN_DEBUG_TRACEBACK_H

#include <stdbool.h>
#include <stdint.h>

struct os_fault;

/* Reads GOTRACEBACK and takes over os_traceback_hook.  Once, at start. */
void debug_init(void);
/* The signal hook for SIGQUIT: all goroutines, then exit status 2.  On the
 * signal stack. */
void debug_quit(const struct os_fault *f);
/* debug.SetTraceback: a name as GOTRACEBACK takes it; unknown ones are "single". */
void debug_set_traceback(const char *level);

/* Return addresses of the Go functions on the calling goroutine's stack,
 * innermost first, the first `skip` left out; returns how many.  Functions of the
 * runtime in C do not count. */
int debug_callers(int skip, uintptr_t *pcs, int max);

struct debug_frame {
  const char *name; /* "main.(*T).m"; not NUL-terminated; may lie in name_buf:
                       do not copy the struct */
  int name_len;
  const char *dir, *file; /* dir may be NULL; a file that begins with / stands
                             alone */
  int32_t line;
  uintptr_t entry;
  char name_buf[96];
};
/* What a return address from debug_callers means; false if nothing is known. */
bool debug_frame(uintptr_t pc, struct debug_frame *out);

/* runtime.Stack: the traceback of this goroutine, or of all with the world
 * stopped, into buf; returns the length.  Goroutine context. */
int64_t debug_stack(char *buf, int64_t n, bool all);

/* The functions that these addresses return to, the runtime's own too, to standard
 * error.  On the system stack; takes no lock. */
void debug_print_pcs(const uintptr_t *pcs, int n);

/* The traceback of the goroutine that w is at the innermost frame of, which lies
 * still; into buf, cut off at n bytes; returns the length. */
struct walk;
int64_t debug_write_goroutine(char *buf, int64_t n, const struct walk *w);

#endif
