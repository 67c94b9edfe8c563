/* link_syscall.c - the C half of package syscall: the way into the kernel, and
 * what the process was started with.
 */
#include <string.h>
#include <sys/syscall.h>

#include "lang/link.h"
#include "os/os.h"
#include "sched/sched.h"

struct syscall_result {
  uint64_t r0, errnum;
};

struct syscall_result syscall_blockingCall(uint64_t num, uint64_t a, uint64_t b,
                                           uint64_t c, uint64_t d, uint64_t e,
                                           uint64_t f)
    TERN_SYMBOL("syscall.blockingCall");
struct syscall_result syscall_quickCall(uint64_t num, uint64_t a, uint64_t b,
                                        uint64_t c, uint64_t d, uint64_t e,
                                        uint64_t f)
    TERN_SYMBOL("syscall.quickCall");
int64_t syscall_envCount(void) TERN_SYMBOL("syscall.envCount");
tern_string syscall_envAt(int64_t i) TERN_SYMBOL("syscall.envAt");
int64_t syscall_argCount(void) TERN_SYMBOL("syscall.argCount");
tern_string syscall_argAt(int64_t i) TERN_SYMBOL("syscall.argAt");
void syscall_tellC(tern_string name, tern_string value, bool set) TERN_SYMBOL("syscall.tellC");

static struct syscall_result enter_kernel(uint64_t num, uint64_t a, uint64_t b,
                                          uint64_t c, uint64_t d, uint64_t e,
                                          uint64_t f) {
  register uint64_t r10 __asm__("r10") = d;
  register uint64_t r8 __asm__("r8") = e;
  register uint64_t r9 __asm__("r9") = f;
  uint64_t r;
  __asm__ volatile("syscall"
                   : "=a"(r)
                   : "a"(num), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  if (r > (uint64_t)-4096) return (struct syscall_result){(uint64_t)-1, -r};
  return (struct syscall_result){r, 0};
}

/* A call that may block.  The arguments stay in this frame while the collector
 * may look at the stack: an address among them keeps its object alive. */
struct syscall_result syscall_blockingCall(uint64_t num, uint64_t a, uint64_t b,
                                           uint64_t c, uint64_t d, uint64_t e,
                                           uint64_t f) {
  volatile uint64_t keep[3] = {a, b, c};
  entersyscall();
  struct syscall_result r = enter_kernel(num, keep[0], keep[1], keep[2], d, e, f);
  exitsyscall();
  return r;
}

/* A call that returns at once. */
struct syscall_result syscall_quickCall(uint64_t num, uint64_t a, uint64_t b,
                                        uint64_t c, uint64_t d, uint64_t e,
                                        uint64_t f) {
  if (num == SYS_exit_group) os_exit((int)a);
  return enter_kernel(num, a, b, c, d, e, f);
}

static tern_string c_string(const char *s) {
  return (tern_string){(const uint8_t *)s, (int64_t)strlen(s)};
}

int64_t syscall_envCount(void) {
  int64_t n = 0;
  while (os_envp && os_envp[n]) n++;
  return n;
}
tern_string syscall_envAt(int64_t i) { return c_string(os_envp[i]); }
int64_t syscall_argCount(void) { return os_argc; }
tern_string syscall_argAt(int64_t i) { return c_string(os_argv[i]); }

void syscall_tellC(tern_string name, tern_string value, bool set) {
  if (c_setenv != NULL) c_setenv(name, value, set);
}
