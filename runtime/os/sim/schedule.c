/* schedule.c - who runs next: points, strategies, virtual time.
 *
 * One thread runs at a time.  At each point
 *
 *   1  the point is counted: steps, virtual time, the hash of all events
 *   2  sleepers whose time has come become runnable
 *   3  the strategy of the seed stays with the running thread or picks another
 *
 * and if nobody is runnable, time jumps to the next end of a sleep.  If there is
 * none either, the run is a deadlock.
 *
 *   WALK   after a random number of points, a random thread.
 *   PCT    always the runnable thread with the highest priority; at few random
 *          points the running one falls below all others, and so does one that
 *          spins.  Finds a bug that needs d orderings with a probability that has
 *          a bound (Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized
 *          scheduler with probabilistic guarantees of finding bugs", 2010).
 *   PAUSE  stays with a thread, but now and then makes it sleep for a time that
 *          is anything from a microsecond to some milliseconds: what a kernel
 *          does that takes the processor away in the worst place.
 *
 * Memory is sequentially consistent here: a point comes before each atomic
 * access, and accesses are not reordered.  What only a weaker memory model shows
 * is for the models and for ThreadSanitizer.
 */
#include "os/sim/simp.h"

#include <string.h>

#include "os/os.h"
#include "os/print.h"

static struct sim_result before_start; /* constructors ask for the time */
struct sim sim = {.out = &before_start};
struct sim_hooks sim_hooks;

const char *const sim_strategy_name[SIM_STRATEGIES] = {"walk", "pct", "pause"};

/* ---- Chance ------------------------------------------------------------- */

/* splitmix64; Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", 2014. */
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

uint64_t sim_rand(void) { return next_random(&sim.rng); }

bool sim_fair(void) {
  return sim.config.strategy == SIM_WALK && sim.config.slow == 0 && sim.config.step_ns <= 100;
}

static uint32_t below(uint64_t *state, uint32_t n) {
  return (uint32_t)(((next_random(state) >> 32) * n) >> 32);
}

/* 1, 2, ...; `mean` on average. */
static uint32_t around(uint32_t mean) { return 1 + below(&sim.rng, 2 * mean - 1); }

uint32_t sim_choose(uint32_t n) { return below(&sim.os_rng, n); }
uint64_t os_random(void) { return next_random(&sim.os_rng); }

struct sim_config sim_config_of(uint64_t seed) {
  static const int64_t steps_ns[] = {20, 100, 500, 3000};
  uint64_t r = seed * 0x2545f4914f6cdd1du;
  struct sim_config c = {.seed = seed, .max_steps = 3000000};
  c.strategy = (enum sim_strategy)below(&r, SIM_STRATEGIES);
  c.stay = 1u << below(&r, c.strategy == SIM_PAUSE ? 10 : 7);
  c.changes = 1 + below(&r, 12);
  c.length = (uint64_t)512 << below(&r, 8);
  c.step_ns = steps_ns[below(&r, 4)];
  c.spurious = below(&r, 4) == 0 ? 1 + below(&r, 20) : 0;
  c.slow = below(&r, 3) == 0 ? 1 + below(&r, 3) : 0;
  c.refuse = below(&r, 32) == 0 ? 8 + below(&r, 60) : 0;
  return c;
}

/* ---- Choosing ----------------------------------------------------------- */

struct sim_thread *sim_new_thread(void) {
  if (sim.n == SIM_THREADS) return 0;
  struct sim_thread *t = &sim.thread[sim.n];
  memset(t, 0, sizeof *t);
  t->id = sim.n++;
  t->until = SIM_FOREVER;
  t->priority = (int64_t)(sim_rand() >> 34);
  t->last_run = sim.out->steps;
  t->func = "start";
  sim.out->threads = sim.n;
  sim.awake = true;
  return t;
}

static struct sim_thread *any(bool not_cur) {
  struct sim_thread *found[SIM_THREADS];
  uint32_t n = 0;
  for (int i = 0; i < sim.n; i++)
    if (sim.thread[i].state == SIM_RUNNABLE &&
        !(not_cur && &sim.thread[i] == sim.cur))
      found[n++] = &sim.thread[i];
  if (n == 0) return sim.cur->state == SIM_RUNNABLE ? sim.cur : 0;
  return found[below(&sim.rng, n)];
}

static struct sim_thread *highest(void) {
  struct sim_thread *best = 0;
  for (int i = 0; i < sim.n; i++) {
    struct sim_thread *t = &sim.thread[i];
    if (t->state == SIM_RUNNABLE && (!best || t->priority > best->priority))
      best = t;
  }
  return best;
}

/* A thread that waits for another without saying so would wait for ever, and one
 * whose priority is low might never run: PCT knows no fairness, kernels do. */
enum { PATIENCE = 4000, STARVED = 20000 };

static void feed_the_starved(void) {
  for (int i = 0; i < sim.n; i++) {
    struct sim_thread *t = &sim.thread[i];
    if (t->state == SIM_RUNNABLE && sim.out->steps - t->last_run > STARVED)
      t->priority = ++sim.highest;
  }
}

static struct sim_thread *choose_pct(bool yield) {
  bool change = sim.changes_left > 0 && sim.out->steps >= sim.change;
  if (change) {
    sim.changes_left--;
    sim.change = sim.out->steps + around((uint32_t)(sim.config.length / sim.config.changes));
  }
  if (change || yield || sim.streak > PATIENCE) sim.cur->priority = --sim.lowest;
  feed_the_starved();
  return highest();
}

static struct sim_thread *choose(bool yield) {
  bool gone = sim.cur->state != SIM_RUNNABLE;
  switch (sim.config.strategy) {
    case SIM_PCT: return choose_pct(yield);
    case SIM_WALK:
      sim.stay = around(sim.config.stay);
      return any(yield);
    default:
      sim.stay = around(sim.config.stay);
      return any(!gone && (yield || sim.streak > PATIENCE));
  }
}

/* True if the running thread may go on without a look at the others. */
static bool stays(void) {
  if (sim.out->now >= sim.next_until || sim.out->steps >= sim.slow_at) return false;
  if (sim.streak > PATIENCE) return false;
  if (sim.config.strategy == SIM_PCT)
    return !sim.awake && (sim.changes_left == 0 || sim.out->steps < sim.change);
  return --sim.stay > 0;
}

/* ---- Time --------------------------------------------------------------- */

void sim_wake(struct sim_thread *t) {
  t->state = SIM_RUNNABLE;
  t->last_run = sim.out->steps;
  sim.awake = true;
}

static void wake_due(void) {
  if (sim.out->now < sim.next_until) return;
  sim.next_until = SIM_FOREVER;
  for (int i = 0; i < sim.n; i++) {
    struct sim_thread *t = &sim.thread[i];
    if (t->state != SIM_FUTEX && t->state != SIM_SLEEP) continue;
    if (t->until <= sim.out->now) {
      sim_wake(t);
    } else if (t->until < sim.next_until) {
      sim.next_until = t->until;
    }
  }
}

void sim_sleep(enum sim_state how, int64_t ns) {
  sim.cur->state = how;
  sim.cur->until = ns < 0 ? SIM_FOREVER : sim.out->now + ns;
  if (sim.cur->until < sim.next_until) sim.next_until = sim.cur->until;
}

/* The running thread sleeps for 2^10 to 2^(10+n) ns.  Others may wait for it in a
 * loop meanwhile, so the sleep has a bound in points, too. */
static void nap(uint32_t n, int64_t most_points) {
  int64_t ns = (int64_t)1 << (10 + below(&sim.rng, n)), most = most_points * sim.config.step_ns;
  sim_sleep(SIM_SLEEP, ns < most ? ns : most);
}

/* Some thread is slow, for anything up to a second of virtual time. */
static void slow_down(void) {
  nap(21, 200000);
  sim.slow_left--;
  sim.slow_at = sim.slow_left ? sim.out->steps + around(4000) : UINT64_MAX;
}

/* ---- Points ------------------------------------------------------------- */

static bool on_signal_stack(void) {
  return (uintptr_t)__builtin_frame_address(0) - sim.signal_stack < OS_SIGNAL_STACK;
}

void sim_aside(void (*fn)(void *), void *arg) {
  static char stack[64 * 1024] __attribute__((aligned(16)));
  sim_call(fn, arg, (uintptr_t)(stack + sizeof stack));
}

struct decision {
  bool yield;
  struct sim_thread *next;
};

static void decide(void *arg) {
  struct decision *d = arg;
  wake_due();
  while ((d->next = choose(d->yield)) == 0) {
    if (sim.next_until == SIM_FOREVER) sim_fail("deadlock: no thread can go on");
    sim.out->now = sim.next_until;
    wake_due();
  }
  sim.awake = false;
  sim.streak = 0;
  sim.cur->last_run = sim.out->steps;
  if (d->next == sim.cur) return;
  sim.out->switches++;
  if (sim_hooks.check) sim_hooks.check();
}

void sim_reschedule(bool yield) {
  if (!sim.running || on_signal_stack()) return;
  struct decision d = {.yield = yield};
  sim_aside(decide, &d);
  struct sim_thread *prev = sim.cur;
  if (d.next == prev) return;
  sim.cur = d.next;
  sim_locals_use(d.next->fs);
  sim_switch(&prev->sp, d.next->sp);
}

static void fail(void *why) { sim_fail(why); }

void sim_event(const volatile void *p, const char *op, const char *what,
               const char *func, int line) {
  struct sim_result *r = sim.out;
  struct sim_thread *t = sim.cur;
  t->op = op;
  t->what = what;
  t->func = func;
  t->line = line;
  r->steps++;
  r->now += sim.config.step_ns;
  sim.streak++;
  r->hash = (r->hash ^ (uint64_t)t->id ^ (uint64_t)line << 8 ^ (uintptr_t)p << 24) *
            0x9e3779b97f4a7c15u;
  r->hash ^= r->hash >> 29;
  /* Also without a trace: what a call leaves below the stack pointer may be seen
   * by a conservative scan, and a traced run must be the same run. */
  sim_aside(sim_trace, 0);
  if (r->steps > sim.config.max_steps) sim_aside(fail, "livelock: no end in sight");
}

void sim_point(const volatile void *p, const char *op, const char *what,
               const char *func, int line) {
  if (!sim.running) return;
  sim_event(p, op, what, func, line);
  if (__builtin_expect(stays(), 1)) return;
  if (on_signal_stack()) return;
  if (sim.out->steps >= sim.slow_at)
    slow_down();
  else if (sim.config.strategy == SIM_PAUSE && sim.stay == 0)
    nap(13, 20000);
  sim_reschedule(false);
}

/* Where protocols race, PAUSE likes to make a pause. */
void sim_hook(const volatile void *p, const char *name, const char *func, int line) {
  if (!sim.running) return;
  sim_event(p, "hook", name, func, line);
  if (on_signal_stack()) return;
  if (sim.config.strategy == SIM_PAUSE && below(&sim.rng, 8) == 0) nap(10, 5000);
  sim_reschedule(false);
}

void sim_spin(const char *func, int line) {
  if (!sim.running) return;
  sim_event(0, "spin", "", func, line);
  sim_reschedule(true);
}

/* ---- Start -------------------------------------------------------------- */

static void (*first_fn)(void *);

static void first(void *arg) {
  sim.running = true;
  first_fn(arg);
  os_exit(0);
}

void sim_start(const struct sim_config *c, struct sim_result *out,
               void (*fn)(void *), void *arg) {
  sim.config = *c;
  sim.out = out;
  memset(out, 0, sizeof *out);
  out->now = 1000000000;
  sim.rng = c->seed;
  sim.os_rng = ~c->seed;
  sim.stay = around(c->stay);
  sim.changes_left = c->changes;
  sim.change = below(&sim.rng, (uint32_t)c->length);
  sim.highest = (int64_t)1 << 32;
  sim.spurious_left = c->spurious ? 500 : 0;
  sim.slow_left = c->slow;
  sim.slow_at = c->slow ? below(&sim.rng, 8000) : UINT64_MAX;
  sim.next_until = SIM_FOREVER;
  sim_locals_init();
  struct sim_thread *t = sim_new_thread();
  char *stack = sim_map(OS_THREAD_STACK);
  /* The process's own stack and locals are at random addresses. */
  if (t) t->fs = sim_locals_new();
  if (!t || !t->fs || !stack) fatal("sim: no memory for the first thread");
  first_fn = fn;
  sim.cur = t;
  uintptr_t here;
  sim_locals_use(t->fs);
  sim_switch(&here, os_fresh_stack((uintptr_t)stack + OS_THREAD_STACK, first, arg));
  __builtin_unreachable();
}
