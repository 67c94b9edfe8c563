/* signal.c - faults become calls, SIGQUIT becomes tracebacks.
 *
 * Handlers run on the thread's signal stack: a goroutine's segment has no room
 * for the kernel's frame.  A fault handler does not work on the signal stack
 * but edits the interrupted context so that the faulting instruction appears to
 * have called the function the hook names; it then runs as ordinary code.
 */
#define _GNU_SOURCE
#include "os/os.h"

#include <signal.h>
#include <string.h>
#include <ucontext.h>

static struct os_signal_hooks hooks;

static struct os_fault describe(int sig, siginfo_t *info, ucontext_t *uc) {
  greg_t *r = uc->uc_mcontext.gregs;
  return (struct os_fault){
      .sig = sig,
      .code = info->si_code,
      .addr = (uintptr_t)info->si_addr,
      .pc = (uintptr_t)r[REG_RIP],
      .sp = (uintptr_t)r[REG_RSP],
      .fp = (uintptr_t)r[REG_RBP],
  };
}

static void on_fault(int sig, siginfo_t *info, void *context) {
  ucontext_t *uc = context;
  struct os_fault f = describe(sig, info, uc);
  uintptr_t target = hooks.fault ? hooks.fault(&f) : 0;
  if (!target) {
    signal(sig, SIG_DFL); /* the instruction faults again and kills us */
    return;
  }
  greg_t *r = uc->uc_mcontext.gregs;
  /* Below the red zone, aligned as after a call. */
  uintptr_t sp = ((uintptr_t)r[REG_RSP] - 128) & ~(uintptr_t)15;
  sp -= 8;
  *(uintptr_t *)sp = f.pc;
  r[REG_RSP] = (greg_t)sp;
  r[REG_RIP] = (greg_t)target;
}

static void on_quit(int sig, siginfo_t *info, void *context) {
  struct os_fault f = describe(sig, info, context);
  if (hooks.quit) hooks.quit(&f);
}

static void on_abort(int sig, siginfo_t *info, void *context) {
  struct os_fault f = describe(sig, info, context);
  if (hooks.abort) hooks.abort(&f);
  raise(sig); /* blocked until we return, and then by default */
}

void os_signals_init(const struct os_signal_hooks *h) {
  hooks = *h;
  struct sigaction sa;
  memset(&sa, 0, sizeof sa);
  sa.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&sa.sa_mask);
  sa.sa_sigaction = on_fault;
  sigaction(SIGSEGV, &sa, 0);
  sigaction(SIGBUS, &sa, 0);
  sigaction(SIGFPE, &sa, 0);
  sigaction(SIGILL, &sa, 0);
  sa.sa_sigaction = on_quit;
  sa.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigaction(SIGQUIT, &sa, 0);
  if (&os_c_stack == 0) return; /* nobody calls C */
  sa.sa_sigaction = on_abort;
  sa.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND;
  sigaction(SIGABRT, &sa, 0);
}
