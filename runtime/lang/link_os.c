/* link_os.c - the C half of package os: what becomes of SIGPIPE.
 *
 * As in Go, a write to a broken pipe returns EPIPE, but one on standard output or
 * standard error ends the process as if the signal had not been caught.  A
 * handler rather than SIG_IGN, because that would be inherited by children.
 */
#include <signal.h>

#include "lang/link.h"
#include "os/os.h"

void os_ignorePipe(void) TERN_SYMBOL("os.ignorePipe");
void os_dieOfPipe(void) TERN_SYMBOL("os.dieOfPipe");

static void do_nothing(int sig) { (void)sig; }

void os_ignorePipe(void) {
  struct sigaction sa = {.sa_handler = do_nothing,
                         .sa_flags = SA_RESTART | SA_ONSTACK};
  sigaction(SIGPIPE, &sa, NULL);
}

void os_dieOfPipe(void) {
  struct sigaction sa = {.sa_handler = SIG_DFL};
  sigaction(SIGPIPE, &sa, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(SIGPIPE);
  os_exit(2);
}
