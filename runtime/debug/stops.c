/* stops.c - why the world was stopped, how long, and who was last to stop, where.
 *
 * A stop takes as long as its slowest goroutine needs to its next poll; the record
 * names it, so that a loop without polls or a long call of C can be found.
 */
#include "debug/stops.h"

#include <string.h>

#include "debug/logical.h"
#include "debug/symtab.h"
#include "os/os.h"
#include "sched/sched.h"

/* The innermost Go function among the addresses, and its line. */
static int put_place(const struct stw_record *r, char *buf, int n) {
  for (int i = 0; i < STW_PCS && r->last_pcs[i]; i++) {
    struct symbol s;
    struct logical l[MAX_LOGICAL];
    uintptr_t pc = r->last_pcs[i] - 1;
    if (!symtab_find(pc, &s)) continue;
    int k = expand(pc, &s, l);
    for (int j = 0; j < k; j++) {
      if (!l[j].name || !l[j].have_line || !has_suffix(l[j].line.file, ".go")) continue;
      const char *slash = strrchr(l[j].line.file, '/');
      char name[96];
      int len = l[j].name_len < 95 ? l[j].name_len : 95;
      memcpy(name, l[j].name, (size_t)len);
      name[len] = 0;
      return os_format(buf, n, " at %s %s:%d", name,
                       slash ? slash + 1 : l[j].line.file, l[j].line.line);
    }
  }
  return 0;
}

int stop_describe(const struct stw_record *r, char *buf, int n) {
  static const char *const how[] = {
      [STOPPED_CALLER] = "the stopper's own", [STOPPED_IDLE] = "idle",
      [STOPPED_IN_SYSCALL] = "in a system call", [STOPPED_AT_POLL] = "at a poll",
      [STOPPED_HANDED_OFF] = "given up"};
  int at = os_format(buf, n, "%s: %ld us to stop, %ld us in all; last P %d, ",
                     stw_reason_text[r->why], (long)(r->stopped_ns / 1000),
                     (long)(r->total_ns / 1000), r->last_p);
  if (!r->last_goid) return at + os_format(buf + at, n - at, "%s", how[r->last_how]);
  at += os_format(buf + at, n - at, "goroutine %ld", (long)r->last_goid);
  return at + put_place(r, buf + at, n - at);
}
