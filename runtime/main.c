/* main.c - the boot order, from the process's first instruction to main.main.
 *
 *   1  os       arguments, environment
 *   2  heap     reserves the address range
 *   3  gc       puts its hooks into the scheduler
 *   4  lang     hash keys, itab table
 *   5  debug    switches of GODEBUG, tracebacks, signals
 *   6  sched    the first M and the Ps; goroutine 1; sysmon; schedule()
 *   7  on goroutine 1: background workers of the collector, the packages'
 *      variables and init functions, main.main, exit
 */
#include <string.h>

#include "debug/gctrace.h"
#include "debug/schedtrace.h"
#include "debug/traceback.h"
#include "gc/gc.h"
#include "gc/gcp.h"
#include "gc/shadow.h"
#include "heap/poison.h"
#include "heap/sweep.h"
#include "lang/lang.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"
#include "sched/test.h"
#include "sync/hook.h"

/* What follows name= in GODEBUG=name=value,..., or NULL. */
static const char *godebug_text(const char *name) {
  const char *s = os_getenv("GODEBUG");
  size_t n = strlen(name);
  while (s && *s) {
    if (strncmp(s, name, n) == 0 && s[n] == '=') return s + n + 1;
    s = strchr(s, ',');
    if (s) s++;
  }
  return 0;
}

/* The value of a switch, or `otherwise`. */
static int32_t godebug(const char *name, int32_t otherwise) {
  const char *s = godebug_text(name);
  if (!s) return otherwise;
  int32_t v = 0;
  for (; *s >= '0' && *s <= '9'; s++) v = v * 10 + (*s - '0');
  return v;
}

/* GODEBUG=delay=...: sync/hook.h.  A seed that nobody chose is printed. */
static void delay_hooks(void) {
  const char *list = godebug_text("delay");
  if (!list) return;
  int32_t seed = godebug("delayseed", -1);
  if (seed < 0) {
    seed = (int32_t)(os_random() % 1000000000);
    os_print("delayseed=%d\n", seed);
  }
  hook_seed((uint64_t)seed);
  hooks_from_list(list);
}

static int32_t procs_wanted(void) {
  const char *s = os_getenv("GOMAXPROCS");
  int32_t v = 0;
  for (; s && *s >= '0' && *s <= '9' && v < 1000; s++) v = v * 10 + (*s - '0');
  return v > 0 ? v : os_ncpu();
}

/* ---- Signals ------------------------------------------------------------ */

static __thread struct os_fault last_fault;

/* C or, between its calls, the runtime came to the end of the thread's stack. */
static void say_if_stack_full(const struct os_fault *f) {
  enum { NEAR = 64 << 10 };
  if (f->addr - (f->sp - NEAR) < 2 * NEAR)
    os_print("the thread's stack is full: C and its callbacks nest too deep\n");
}

/* C code faulted, below a call of a goroutine or in a thread of its own: no panic
 * can be made of that. */
static __attribute__((noreturn)) void fault_in_c(const struct os_fault *f) {
  struct g *gp = getg();
  const char *name = gp ? gp->m->curg->c_name : 0;
  os_print("fatal error: %s in C code, %s%s\n", signal_text(f->sig),
           name ? "called as " : gp ? "below a callback" : "in a thread of its own",
           name ? name : "");
  os_print("[signal code=0x%x addr=0x%lx pc=0x%lx]\n", (unsigned)f->code,
           (unsigned long)f->addr, (unsigned long)f->pc);
  say_if_stack_full(f);
  if (c_fault_explain) c_fault_explain(f->addr);
  if (os_traceback_hook) os_traceback_hook(0);
  os_exit(2);
}

/* abort() in C, or the signal from elsewhere: says where the goroutine is; the
 * signal then kills. */
static void on_abort(const struct os_fault *f) {
  struct g *gp = getg();
  const char *name = gp && in_c_call() ? gp->m->curg->c_name : 0;
  os_print("%s%s%s\nPC=0x%lx\n", signal_text(f->sig), name ? " in C code, called as " : "",
           name ? name : "", (unsigned long)f->pc);
  if (gp && on_g0() && os_traceback_hook) os_traceback_hook(0);
}

/* A fault of the program becomes a panic; one of the runtime ends it.  The scan
 * bit may be set for a moment, while a suspender posts its request (SUS-3): the
 * goroutine still runs. */
static uintptr_t on_fault(const struct os_fault *f) {
  struct g *gp = getg();
  if (!gp || in_c_call()) fault_in_c(f);
  uint32_t status = gp ? G_STATE(readgstatus(gp)) : _Gidle;
  if (!gp || !gp->m || gp == &gp->m->g0 || tern_locks != 0 ||
      status != _Grunning) {
    os_print("fatal error: unexpected signal %d in the runtime: addr %p pc %p\n",
             f->sig, (void *)f->addr, (void *)f->pc);
    if (gp && gp->m && gp == &gp->m->g0 && gp->m->curg && gp->m->curg->c_name)
      say_if_stack_full(f);
    if (os_traceback_hook) os_traceback_hook(1);
    os_exit(2);
  }
  last_fault = *f;
  gp->fault = &last_fault;
  return (uintptr_t)sigpanic;
}

/* ---- Boot --------------------------------------------------------------- */

static void (*program)(void);

static void main_goroutine(void) {
  gc_enable();
  program();
  os_exit(0);
}

static void boot(int argc, char **argv, char **envp, void (*fn)(void)) {
  os_init(argc, argv, envp);
  san_init(godebug("sanfibers", 0) != 0);
  heap_init();
  gc_debug_checkmark = godebug("gccheckmark", 0);
  gc_debug_stress = godebug("gcstress", 0);
  gc_tiny_buffers = godebug("gctinybuffers", 0) != 0;
  if (godebug("gczombies", 0)) sweep_check_zombies = true;
  gc_shadow = godebug("gcshadow", 0) != 0;
  heap_poison = godebug("clobberfree", 0) != 0;
  stack_switch_always = godebug("segments", 0) != 0;
  poll_yields = (uint32_t)godebug("polls", 0);
  if (TERN_DEBUG) delay_hooks();
  gc_hooks_init();
  lang_init();
  gctrace_init(godebug("gctrace", 0));
  schedtrace_init(godebug("schedtrace", 0), godebug("scheddetail", 0) != 0);
  debug_init();
  static const struct os_signal_hooks hooks = {on_fault, debug_quit, on_abort};
  os_signals_init(&hooks);
  program = fn;
  schedinit(procs_wanted());
  sched_start(main_goroutine);
}

void runtime_test_main(int argc, char **argv, void (*fn)(void)) {
  extern char **environ;
  boot(argc, argv, environ, fn);
  __builtin_unreachable();
}

/* A test program without emitted code has neither of these. */
void tern_program_init(void) __attribute__((weak));
void tern_program_main(void) __attribute__((weak));

static void run_program(void) {
  tern_program_init();
  tern_program_main();
}

__attribute__((weak)) int main(int argc, char **argv, char **envp);
int main(int argc, char **argv, char **envp) {
  boot(argc, argv, envp, run_program);
  return 0;
}
