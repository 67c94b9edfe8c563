/* driver.c - runs scenarios under many seeds, one process a run.
 *
 *     driver [-s SCENARIO] [-f FIRST] [-n RUNS] [-j JOBS]     explores
 *     driver -r SEED -s SCENARIO [-t FROM]                    replays one run
 *     driver -l                                               lists the scenarios
 *
 * Run number i is seed FIRST + i / (number of scenarios) of each scenario in
 * turn.  The parent never boots the runtime; each child does, on its own
 * simulated threads, and reports through shared memory.  Every sixteenth run is
 * done twice and must give the same hash.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "debug/symtab.h"
#include "scenario.h"
#include "sched/test.h"

enum { MAX_SCENARIOS = 48, CHECK_EVERY = 16, SHOWN = 5, REAL_SECONDS = 60 };

static struct scenario *scenarios[MAX_SCENARIOS];
static int nscenarios;

void add_scenario(struct scenario *s) {
  if (nscenarios < MAX_SCENARIOS) scenarios[nscenarios++] = s;
}

static int by_name(const void *a, const void *b) {
  return strcmp((*(struct scenario *const *)a)->name, (*(struct scenario *const *)b)->name);
}

/* ---- What scenarios share ----------------------------------------------- */

struct task {
  tern_closure closure;
  void (*fn)(void *);
  void *arg;
};
static const uint64_t task_mask[1] = {4};
static tern_type t_task = {.size = sizeof(struct task), .ptrdata = sizeof(struct task),
                           .ptrmask = task_mask, .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("task")};

static void task_code(tern_func self) {
  struct task *t = (struct task *)self;
  with_stack(8192, t->fn, t->arg);
}

void *make_task(void (*fn)(void *), void *arg) {
  struct task *t = tern_new(&t_task);
  t->closure.fn = (void *)task_code;
  t->fn = fn;
  tern_store_ptr(&t->arg, arg);
  return t;
}

void spawn(void (*fn)(void *), void *arg) { tern_go(make_task(fn, arg)); }

void call_system(uint32_t usec) {
  entersyscall();
  if (usec > 0) os_usleep(usec);
  exitsyscall();
}

void await_sema(uint32_t *sema, int n) {
  for (int i = 0; i < n; i++) semacquire(sema);
}

void handshake_all(void (*fn)(struct p *)) { forEachP(fn); }

struct claim {
  struct g *gp;
  void (*look)(struct g *);
};

static void claim(void *arg) {
  struct claim *c = arg;
  struct suspend_state st;
  if (pick(4) == 0) {
    if (!try_suspendG(c->gp, &st)) return;
  } else {
    st = suspendG(c->gp);
  }
  if (st.dead) return;
  if (c->look) c->look(c->gp);
  resumeG(st);
}

void suspend_and(struct g *gp, void (*look)(struct g *)) {
  if (pick(2)) {
    struct claim c = {gp, look};
    with_stack_released(WAIT_FOR_GC, claim, &c);
    return;
  }
  struct suspend_state st = suspend_from_goroutine(gp);
  if (!st.dead && look) look(gp);
  resume_from_goroutine(st);
}

/* ---- What must hold at every switch -------------------------------------- */

/* No P has two Ms, no goroutine runs on two.  Plain reads: nobody else runs. */
static void check(void) {
  struct p *owned[64];
  struct g *running[64];
  int n = 0;
  for (struct m *mp = allm; mp && n < 64; mp = mp->alllink, n++) {
    owned[n] = mp->p;
    running[n] = mp->curg;
    for (int i = 0; i < n; i++) {
      if (mp->p && owned[i] == mp->p) throw("simulation: P %d has two Ms", mp->p->id);
      if (mp->curg && running[i] == mp->curg)
        throw("simulation: goroutine %ld is on two Ms", (long)mp->curg->goid);
    }
  }
}

static int describe(char *buf, int n) {
  struct g *gp = tern_g;
  if (!gp || !gp->m) return 0;
  struct m *mp = gp->m;
  int k = os_format(buf, n, "M%ld", (long)mp->id);
  if (mp->p) k += os_format(buf + k, n - k, " P%d", mp->p->id);
  if (gp != &mp->g0) return k + os_format(buf + k, n - k, " G%ld", (long)gp->goid);
  if (mp->curg) k += os_format(buf + k, n - k, " (G%ld)", (long)mp->curg->goid);
  return k;
}

static void backtrace(uintptr_t pc, uintptr_t fp) {
  for (int i = 0; i < 16; i++) {
    struct symbol s;
    struct source_line l = {0};
    bool known = symtab_find(pc - 1, &s);
    if (!known && i > 0) return;
    bool line = dwarf_find_line(pc - 1, &l);
    os_print("    %s %s:%d\n", known ? s.name : "?", line ? l.file : "?", l.line);
    if (fp < 4096 || fp % 8 != 0) return;
    pc = ((uintptr_t *)fp)[1];
    uintptr_t up = ((uintptr_t *)fp)[0];
    if (up == fp) return;
    fp = up;
  }
}

/* ---- One run ------------------------------------------------------------ */

struct shared {
  struct sim_result result;
  bool finished; /* the body returned */
};

static struct {
  struct scenario *scenario;
  struct shared *shared;
} run;

/* A request that had to be repeated was lost: STW-6, SUS-7. */
static void body(void) {
  run.scenario->body();
  if (sim_fair() && (load_rlx(&sched.suspend_nudges) || load_rlx(&sched.safe_point_nudges)))
    throw("%ld requests of suspenders and %ld of handshakes were lost",
          (long)sched.suspend_nudges, (long)sched.safe_point_nudges);
  run.shared->finished = true;
}

static void boot(void *arg) {
  (void)arg;
  runtime_test_main(0, NULL, body);
}

static void set_env(struct scenario *s, uint64_t seed) {
  char text[128];
  uint64_t r = seed * 0x9e3779b97f4a7c15u >> 20;
  snprintf(text, sizeof text, "%d", s->procs ? s->procs : 1 + (int)(r % 4));
  setenv("GOMAXPROCS", text, 1);
  snprintf(text, sizeof text, "gctinybuffers=%d,gccheckmark=%d,gczombies=1",
           (int)(r >> 2) % 2, (int)(r >> 3) % 2);
  setenv("GODEBUG", text, 1);
  setenv("GOTRACEBACK", "all", 0);
}

static void run_here(struct scenario *s, uint64_t seed, struct shared *out, bool trace,
                     uint64_t from) {
  struct rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  alarm(REAL_SECONDS);
  set_env(s, seed);
  struct sim_config c = sim_config_of(seed);
  c.trace = trace;
  c.trace_from = from;
  run.scenario = s;
  run.shared = out;
  sim_hooks = (struct sim_hooks){check, describe, backtrace};
  sim_start(&c, &out->result, boot, NULL);
}

/* Runs it in a child whose messages go to fd; returns its wait status. */
static int run_child(struct scenario *s, uint64_t seed, struct shared *out, int fd) {
  memset(out, 0, sizeof *out);
  if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0) exit(3);
  pid_t pid = fork();
  if (pid < 0) {
    perror("fork");
    exit(3);
  }
  if (pid == 0) {
    dup2(fd, 2);
    run_here(s, seed, out, false, 0);
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/* The first line that says why, in buf; "" if it passed. */
static void judge(int status, const struct shared *out, int fd, char *buf, size_t n) {
  char text[4096];
  ssize_t k = pread(fd, text, sizeof text - 1, 0);
  text[k > 0 ? k : 0] = 0;
  char *line = strstr(text, "fatal error:");
  if (!line) line = strstr(text, "panic:");
  buf[0] = 0;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && out->finished) return;
  if (WIFSIGNALED(status))
    snprintf(buf, n, "signal %d%s", WTERMSIG(status),
             WTERMSIG(status) == SIGALRM ? " (no point for a minute)" : "");
  else if (line && out->result.refused && strstr(line, "out of memory"))
    return; /* that is how a refusal may end */
  else if (line)
    snprintf(buf, n, "%.*s", (int)strcspn(line, "\n"), line);
  else
    snprintf(buf, n, "exit status %d before the end", WEXITSTATUS(status));
}

/* ---- Many runs ---------------------------------------------------------- */

struct tally {
  uint64_t runs, steps, switches, failures, ends_refused, first_seed;
  int64_t first_after; /* runs of this scenario up to its first failure */
};

struct board { /* shared by all jobs */
  struct tally tally[MAX_SCENARIOS];
  uint64_t next, done, failures, repeated;
};

static void report(struct scenario *s, uint64_t seed, const char *why, struct board *b) {
  if (__atomic_fetch_add(&b->failures, 1, __ATOMIC_SEQ_CST) < SHOWN)
    printf("FAIL sim/%s seed %lu: %s\n     make sim SEED=%lu SCENARIO=%s\n", s->name, seed, why,
           seed, s->name);
  fflush(stdout);
}

static void one_run(int which, uint64_t seed, struct shared *out, int fd, struct board *b) {
  struct scenario *s = scenarios[which];
  struct tally *t = &b->tally[which];
  char why[300];
  int status = run_child(s, seed, out, fd);
  judge(status, out, fd, why, sizeof why);
  struct sim_result first = out->result;
  uint64_t nth = __atomic_add_fetch(&t->runs, 1, __ATOMIC_SEQ_CST);
  if (why[0] == 0 && seed % CHECK_EVERY == 0) {
    run_child(s, seed, out, fd);
    __atomic_fetch_add(&b->repeated, 1, __ATOMIC_SEQ_CST);
    if (memcmp(&first, &out->result, sizeof first) != 0)
      snprintf(why, sizeof why, "two runs differ: %lu points, hash %lx; %lu points, hash %lx",
               first.steps, first.hash, out->result.steps, out->result.hash);
  }
  __atomic_fetch_add(&t->steps, first.steps, __ATOMIC_SEQ_CST);
  __atomic_fetch_add(&t->switches, first.switches, __ATOMIC_SEQ_CST);
  if (why[0] == 0) return;
  if (__atomic_fetch_add(&t->failures, 1, __ATOMIC_SEQ_CST) == 0) {
    t->first_seed = seed;
    t->first_after = (int64_t)nth;
  }
  report(s, seed, why, b);
}

static void job(struct board *b, uint64_t first, uint64_t runs, int only, bool stop) {
  struct shared *out = mmap(0, sizeof *out, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                            -1, 0);
  FILE *messages = tmpfile();
  if (out == MAP_FAILED || !messages) exit(3);
  uint64_t n = only >= 0 ? 1 : (uint64_t)nscenarios;
  while (!(stop && b->failures)) {
    uint64_t i = __atomic_fetch_add(&b->next, 1, __ATOMIC_SEQ_CST);
    if (i >= runs) break;
    one_run(only >= 0 ? only : (int)(i % n), first + i / n, out, fileno(messages), b);
    __atomic_fetch_add(&b->done, 1, __ATOMIC_SEQ_CST);
  }
}

static void table(const struct board *b, int only) {
  uint64_t steps = 0, passed = 0, failed = 0;
  printf("%-16s %9s %13s %11s %9s\n", "scenario", "seeds", "points", "switches", "failures");
  for (int i = 0; i < nscenarios; i++) {
    const struct tally *t = &b->tally[i];
    if (only >= 0 && i != only) continue;
    printf("%-16s %9lu %13lu %11lu %9lu", scenarios[i]->name, t->runs, t->steps, t->switches,
           t->failures);
    if (t->failures) printf("   first: seed %lu, run %ld", t->first_seed, (long)t->first_after);
    printf("\n");
    steps += t->steps;
    *(t->failures ? &failed : &passed) += 1;
  }
  printf("%lu points; %lu runs done twice\n", steps, b->repeated);
  printf("%lu passed, %lu failed\n", passed, failed);
}

static int explore(uint64_t first, uint64_t runs, int jobs, int only, bool stop) {
  struct board *b = mmap(0, sizeof *b, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (b == MAP_FAILED) return 3;
  printf("sim: %lu runs from seed %lu\n", runs, first);
  fflush(stdout);
  for (int j = 0; j < jobs; j++) {
    if (fork() != 0) continue;
    job(b, first, runs, only, stop);
    exit(0);
  }
  int status, bad = 0;
  while (wait(&status) > 0) bad |= status != 0;
  if (bad) printf("FAIL sim: a job of the driver died\n");
  table(b, only);
  return bad || b->failures ? 1 : 0;
}

static int replay(int which, uint64_t seed, bool trace, uint64_t from) {
  struct sim_config c = sim_config_of(seed);
  struct shared *out = mmap(0, sizeof *out, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                            -1, 0);
  if (out == MAP_FAILED) return 3;
  printf("sim/%s seed %lu: %s, %ld ns a point%s%s%s\n", scenarios[which]->name, seed,
         sim_strategy_name[c.strategy], (long)c.step_ns, c.spurious ? ", spurious wakes" : "",
         c.slow ? ", slow threads" : "", c.refuse ? ", memory refused" : "");
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) run_here(scenarios[which], seed, out, trace, from);
  int status = 0;
  waitpid(pid, &status, 0);
  bool ok = WIFEXITED(status) && WEXITSTATUS(status) == 0 && out->finished;
  printf("%s: %lu points, %lu switches, %d threads, %ld us, hash %016lx\n",
         ok ? "ok" : WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "failed",
         out->result.steps, out->result.switches, out->result.threads,
         (long)(out->result.now / 1000 - 1000000), out->result.hash);
  return ok ? 0 : 1;
}

int main(int argc, char **argv) {
  uint64_t first = 1, runs = 1000, seed = 0, from = 0;
  int jobs = 2, only = -1, c;
  bool trace = false, one = false, stop = false;
  const char *name = NULL;
  qsort(scenarios, (size_t)nscenarios, sizeof *scenarios, by_name);
  while ((c = getopt(argc, argv, "s:f:n:j:r:t:lx")) != -1) switch (c) {
      case 's': name = optarg; break;
      case 'f': first = strtoull(optarg, NULL, 10); break;
      case 'n': runs = strtoull(optarg, NULL, 10); break;
      case 'j': jobs = atoi(optarg); break;
      case 'r': seed = strtoull(optarg, NULL, 10); one = true; break;
      case 't': from = strtoull(optarg, NULL, 10); trace = true; break;
      case 'x': stop = true; break; /* at the first failure */
      case 'l':
        for (int i = 0; i < nscenarios; i++)
          printf("%-16s %s\n", scenarios[i]->name, scenarios[i]->about);
        return 0;
      default: return 2;
    }
  for (int i = 0; i < nscenarios; i++)
    if (name && strcmp(name, scenarios[i]->name) == 0) only = i;
  if (name && only < 0) {
    fprintf(stderr, "sim: there is no scenario %s\n", name);
    return 2;
  }
  if (!one) return explore(first, runs, jobs, only, stop);
  int failed = 0;
  for (int i = 0; i < nscenarios; i++)
    if (only < 0 || i == only) failed |= replay(i, seed, trace, from);
  return failed;
}
