/* process.c - what the process was given, its output, its ends.  Nothing here is
 * chance: both implementations of threads and time use it. */
#include "os/os.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int os_argc;
char **os_argv, **os_envp;

/* Keeps what main was given. */
void os_init(int argc, char **argv, char **envp) {
  os_argc = argc;
  os_argv = argv;
  os_envp = envp;
}

const char *os_getenv(const char *name) {
  size_t n = strlen(name);
  for (char **e = os_envp; e && *e; e++)
    if (strncmp(*e, name, n) == 0 && (*e)[n] == '=') return *e + n + 1;
  return 0;
}

void os_write(int fd, const void *p, size_t n) {
  const char *s = p;
  while (n > 0) {
    ssize_t k = write(fd, s, n);
    if (k < 0 && errno == EINTR) continue;
    if (k <= 0) return;
    s += k;
    n -= (size_t)k;
  }
}

void os_exit(int status) { _exit(status); }

void os_abort(void) {
  signal(SIGABRT, SIG_DFL);
  abort();
}
