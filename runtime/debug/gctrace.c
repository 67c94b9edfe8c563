/* gctrace.c - prints what a cycle did.
 *
 *   gc 7 @0.158s 4%: 0.021+1.9+0.034 ms clock, 0.042+0.3/1.6/0.2+0.068 ms cpu,
 *     17->18->9 MB, 19 MB goal, 0 MB stacks, 0 MB globals, 2 P
 *
 * The three clock times are the two start handshakes (Go: a stop), the
 * concurrent mark, and the one stop.  CPU times: the same, the middle split into
 * assists / dedicated + fractional workers / idle workers.  gctrace=2 adds the counts
 * of handshakes and waves, and every stop since the last cycle, with its reason.
 */
#include "debug/gctrace.h"

#include "debug/stops.h"
#include "os/os.h"
#include "sched/sched.h"

static int32_t trace_level;
static int64_t program_start;

/* Nanoseconds as milliseconds with about three digits. */
static int put_ms(char *b, int n, int64_t ns) {
  if (ns >= 10 * 1000000) return os_format(b, n, "%ld", (long)(ns / 1000000));
  if (ns == 0) return os_format(b, n, "0");
  int digits = ns >= 1000000 ? 1 : ns >= 100000 ? 2 : 3;
  return os_format(b, n, digits == 1 ? "%.1f" : digits == 2 ? "%.2f" : "%.3f",
                   (double)ns / 1e6);
}

/* All stops since the last cycle.  worldsema is held. */
static void print_stops(void) {
  static uint32_t printed;
  if (stw_count - printed > STW_RING) printed = stw_count - STW_RING;
  for (; printed != stw_count; printed++) {
    char b[300];
    int n = os_format(b, sizeof b, "   stop %u: ", printed + 1);
    n += stop_describe(&stw_ring[printed % STW_RING], b + n, (int)sizeof b - n - 1);
    b[n++] = '\n';
    os_write(2, b, (size_t)n);
  }
}

static void print_cycle(const struct gc_cycle *c) {
  char b[400];
  int n = 0, z = sizeof b;
  int64_t now = os_nanotime(), up = now - program_start;
  int64_t start = c->h1_ns + c->h2_ns;
  double pct = up > 0 ? 100.0 * (double)gc_totals.cpu_ns /
                            ((double)up * c->procs) : 0;
  n += os_format(b + n, z - n, "gc %u @%.3fs %d%%: ", c->n,
                 (double)(c->start_ns - program_start) / 1e9, (int)pct);
  n += put_ms(b + n, z - n, start);
  n += os_format(b + n, z - n, "+");
  n += put_ms(b + n, z - n, c->mark_ns);
  n += os_format(b + n, z - n, "+");
  n += put_ms(b + n, z - n, c->stop_ns);
  n += os_format(b + n, z - n, " ms clock, ");
  n += put_ms(b + n, z - n, start);
  n += os_format(b + n, z - n, "+");
  n += put_ms(b + n, z - n, c->assist_ns);
  n += os_format(b + n, z - n, "/");
  n += put_ms(b + n, z - n, c->dedicated_ns + c->fractional_ns);
  n += os_format(b + n, z - n, "/");
  n += put_ms(b + n, z - n, c->idle_ns);
  n += os_format(b + n, z - n, "+");
  n += put_ms(b + n, z - n, c->stop_ns * c->procs);
  n += os_format(b + n, z - n,
                 " ms cpu, %ld->%ld->%ld MB, %ld MB goal, %ld MB stacks, "
                 "%ld MB globals, %d P%s\n",
                 (long)(c->heap_start >> 20), (long)(c->heap_end >> 20),
                 (long)(c->heap_marked >> 20), (long)(c->heap_goal >> 20),
                 (long)(c->stack_bytes >> 20), (long)(c->global_bytes >> 20),
                 c->procs, c->forced ? " (forced)" : "");
  os_write(2, b, (size_t)n);
  if (trace_level < 2) return;
  n = os_format(b, z,
                "   cycle %u: %d stop%s of the world (%ld us), handshakes "
                "%ld + %ld us, %d wave%s\n",
                c->n, c->stops, c->stops == 1 ? "" : "s",
                (long)(c->stop_ns / 1000), (long)(c->h1_ns / 1000),
                (long)(c->h2_ns / 1000), c->waves, c->waves == 1 ? "" : "s");
  os_write(2, b, (size_t)n);
  print_stops();
}

static void trace_on_g0(void *c) { print_cycle(c); }

static void trace(const struct gc_cycle *c) {
  systemstack(trace_on_g0, (void *)c);
}

void gctrace_init(int32_t level) {
  program_start = os_nanotime();
  trace_level = level;
  if (level > 0) gc_trace_hook = trace;
}
