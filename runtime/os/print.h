/* print.h - messages of the runtime itself, and its three ways to die.
 *
 * Formatted by hand: no stdio, no allocation, no lock that a dying thread could
 * hold (LK-5).  A line is written with one system call where it fits.
 */
#ifndef TERN_OS_PRINT_H
#define TERN_OS_PRINT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

/* Formats into buf (size n, always NUL-terminated); returns the length.
 * Knows %s %d %u %x %c %p %% with l, ll and a width with 0; %f prints three
 * decimals or as many as .N says. */
int os_vformat(char *buf, int n, const char *fmt, va_list ap);
int os_format(char *buf, int n, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* To standard error. */
void os_print(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* A bug in Tern: prints "fatal error: MESSAGE", tracebacks, exit status 2. */
__attribute__((noreturn, cold, format(printf, 1, 2))) void throw(
    const char *fmt, ...);
/* The program cannot go on (deadlock, out of memory, stack overflow): the same
 * form, without the runtime's own frames. */
__attribute__((noreturn, cold, format(printf, 1, 2))) void fatal(
    const char *fmt, ...);
/* Called by both with the world as it is; prints tracebacks.  Set once at
 * start by the debug room. */
extern void (*os_traceback_hook)(int is_throw);
/* True on the thread that throw or fatal was called on first. */
bool os_thread_is_dying(void);

/* Checks that are always on, and those of the debug build. */
#define CHECK(cond)                                                         \
  do {                                                                      \
    if (__builtin_expect(!(cond), 0))                                       \
      throw("%s:%d: check failed: %s", __FILE__, __LINE__, #cond);          \
  } while (0)
#ifndef TERN_DEBUG
#define TERN_DEBUG 0
#endif
#define ASSERT(cond)             \
  do {                           \
    if (TERN_DEBUG) CHECK(cond); \
  } while (0)

#endif
