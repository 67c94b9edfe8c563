/* pacer.c - when to start a cycle, and how much whoever allocates must mark.
 *
 * Goal (Go's, mgcpacer.go): live heap + GOGC percent of (live heap + stacks +
 * globals), at least 4 MB * GOGC/100, and under GOMEMLIMIT what that leaves.
 * The cycle starts early enough to end at the goal: the runway is the memory
 * the program is expected to allocate while the marking goes on, from the ratio
 * seen in the last cycles.
 *
 * Units: heap in bytes handed out, work in bytes scanned.
 */
#include "gc/gcp.h"
#include "heap/stats.h"
#include "heap/sweep.h"
#include "os/os.h"

#define HEAP_MINIMUM ((int64_t)4 << 20)

int64_t gc_heap_live, gc_scan_work, gc_bg_credit, gc_bytes_marked;

static struct {
  /* guarded by worldsema: changed at MS-5 and while the world is stopped */
  int32_t percent;       /* -1: off */
  int64_t memory_limit;
  int64_t marked;        /* live after the last cycle */
  int64_t stack_bytes;   /* scanned in the last cycle */
  int64_t last_scan;     /* work of the last cycle */
  double cons_mark;      /* bytes allocated for each byte scanned, smoothed */
  int64_t live_at_start;
  /* atomic, relaxed */
  int64_t goal, trigger;
  double work_per_byte, byte_per_work;
} pacer = {.percent = 100, .memory_limit = INT64_MAX};

static void set_double(double *d, double v) {
  __atomic_store(d, &v, __ATOMIC_RELAXED);
}
static double get_double(double *d) {
  double v;
  __atomic_load(d, &v, __ATOMIC_RELAXED);
  return v;
}

double pacer_assist_work_per_byte(void) { return get_double(&pacer.work_per_byte); }
double pacer_assist_byte_per_work(void) { return get_double(&pacer.byte_per_work); }
int64_t pacer_goal(void) { return load_rlx(&pacer.goal); }

/* Memory of the process that is not the object heap, as far as it is touched: of the
 * tables much is not, of the caches hardly anything. */
static int64_t overhead(void) {
  struct sys_stats *s = &sys_stats;
  return load_rlx(&s->bits) / 6 + load_rlx(&s->layouts) + load_rlx(&s->mcaches) / 64 +
         load_rlx(&s->gc) + load_rlx(&s->other) + pacer.stack_bytes;
}

static int64_t limit_goal(void) {
  if (pacer.memory_limit == INT64_MAX) return INT64_MAX;
  int64_t g = pacer.memory_limit - overhead();
  g -= g / 33; /* 3 % for what the page allocator cannot use, as Go's */
  return g > pacer.marked ? g : pacer.marked;
}

/* Computes goal and trigger from the last cycle's result.  In the middle of a cycle
 * the new goal counts for those who assist from now on; the cycle's end does it all
 * again. */
static void commit(void) {
  int64_t goal = INT64_MAX;
  if (pacer.percent >= 0) {
    int64_t base = pacer.marked + pacer.stack_bytes + roots_global_bytes();
    goal = pacer.marked + (int64_t)((double)base * pacer.percent / 100);
    int64_t min = (int64_t)((double)HEAP_MINIMUM * pacer.percent / 100);
    if (goal < min) goal = min;
  }
  int64_t limit = limit_goal();
  if (limit < goal) goal = limit;
  store_rlx(&pacer.goal, goal);
  if (goal == INT64_MAX) {
    store_rlx(&pacer.trigger, INT64_MAX);
    return;
  }
  int64_t distance = goal - pacer.marked;
  if (distance < 0) distance = 0;
  int64_t runway = (int64_t)(pacer.cons_mark * (double)pacer.last_scan);
  int64_t trigger = goal - runway;
  int64_t lo = pacer.marked + distance * 7 / 10;
  int64_t hi = pacer.marked + distance * 95 / 100;
  if (trigger < lo) trigger = lo;
  if (trigger > hi) trigger = hi;
  store_rlx(&pacer.trigger, trigger);
  if (load_seq(&gc_phase) != GC_MARK) /* else nothing is left to sweep */
    sweep_set_pace(trigger - load_rlx(&gc_heap_live) - (int64_t)(1 << 20));
}

static int64_t parse_size(const char *s) {
  int64_t v = 0;
  if (*s < '0' || *s > '9') return -1;
  for (; *s >= '0' && *s <= '9'; s++)
    if (__builtin_mul_overflow(v, 10, &v) ||
        __builtin_add_overflow(v, *s - '0', &v))
      return -1;
  static const struct { const char *unit; int64_t n; } units[] = {
      {"", 1}, {"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20},
      {"GiB", 1 << 30}, {"TiB", (int64_t)1 << 40}};
  for (unsigned i = 0; i < sizeof units / sizeof units[0]; i++)
    if (__builtin_strcmp(s, units[i].unit) == 0)
      return __builtin_mul_overflow(v, units[i].n, &v) ? -1 : v;
  return -1;
}

void pacer_init(void) {
  const char *s = os_getenv("GOGC");
  if (s && (__builtin_strcmp(s, "off") == 0 ||
            (*s == '-' && parse_size(s + 1) > 0))) {
    pacer.percent = -1;
  } else if (s && *s) {
    int64_t v = parse_size(s);
    if (v >= 0 && v < INT32_MAX) pacer.percent = (int32_t)v;
  }
  s = os_getenv("GOMEMLIMIT");
  if (s && *s && __builtin_strcmp(s, "off") != 0) {
    int64_t v = parse_size(s);
    if (v < 0)
      fatal("malformed GOMEMLIMIT; see `tern help environment`");
    pacer.memory_limit = v;
  }
  pacer.cons_mark = 0.3;
  commit();
}

bool pacer_should_start(void) {
  return load_rlx(&gc_heap_live) >= load_rlx(&pacer.trigger);
}

bool pacer_has_percent(void) { return load_rlx(&pacer.percent) >= 0; }

/* At MS-5, before marking begins. */
void pacer_start_cycle(void) {
  pacer.live_at_start = load_rlx(&gc_heap_live);
  store_rlx(&gc_scan_work, 0);
  store_rlx(&gc_bytes_marked, 0);
  store_rlx(&gc_bg_credit, 0);
  pacer_revise();
}

/* Recomputes the assist ratio: what is left to scan over what is left to
 * allocate (AS-1: both at least 1). */
void pacer_revise(void) {
  int64_t live = load_rlx(&gc_heap_live), goal = load_rlx(&pacer.goal);
  int64_t done = load_rlx(&gc_scan_work);
  int64_t expect = pacer.last_scan + pacer.last_scan / 10 + (1 << 18);
  if (done > expect || live > goal) {
    /* Worse than expected: everything may be live; aim a tenth higher. */
    expect = live > expect ? live : expect;
    if (done > expect) expect = done + (1 << 18);
    if (live > goal - goal / 20) goal = goal + goal / 10;
  }
  int64_t work = expect - done, heap = goal - live;
  if (work < 1000) work = 1000;
  if (heap < 1) heap = 1;
  set_double(&pacer.work_per_byte, (double)work / (double)heap);
  set_double(&pacer.byte_per_work, (double)heap / (double)work);
}

/* In mark termination, world stopped. */
void pacer_end_cycle(void) {
  int64_t allocated = load_rlx(&gc_heap_live) - pacer.live_at_start;
  int64_t scanned = load_rlx(&gc_scan_work);
  if (scanned < 1) scanned = 1;
  double ratio = (double)allocated / (double)scanned;
  pacer.cons_mark = (pacer.cons_mark + ratio) / 2;
  pacer.last_scan = scanned;
  pacer.marked = load_rlx(&gc_bytes_marked);
  pacer.stack_bytes = roots_stack_bytes();
  store_rlx(&gc_heap_live, pacer.marked);
  commit();
}

int64_t pacer_marked(void) { return pacer.marked; }

int32_t pacer_set_percent(int32_t percent) {
  int32_t old = pacer.percent;
  store_rlx(&pacer.percent, percent < 0 ? -1 : percent);
  commit();
  pacer_revise();
  return old;
}

int64_t pacer_set_memory_limit(int64_t bytes) {
  int64_t old = pacer.memory_limit;
  if (bytes >= 0) {
    pacer.memory_limit = bytes;
    commit();
    pacer_revise();
  }
  return old;
}
