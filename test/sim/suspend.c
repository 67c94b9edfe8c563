/* suspend.c - suspendG from several sides on goroutines in every state.
 *
 * While a goroutine is claimed it does nothing (its own count stands still); none
 * is lost, readied twice, or stopped in a later life.
 */
#include "scenario.h"

enum { TARGETS = 3, SUSPENDERS = 2 };
static uint32_t enough, done_sema, turnstile;
static int64_t progress[TARGETS];
static struct g *now_is[TARGETS]; /* who target i is in this life */

static void live(uint64_t i) {
  switch (pick(6)) {
    case 0: gosched(); break;
    case 1: call_system(pick(2) * 20); break;
    case 2:
      semrelease(&turnstile, pick(2));
      semacquire(&turnstile);
      break;
    case 3: goroutine_sleep(1000); break;
    default:
      for (int n = 0; n < 20; n++) {
        add_rlx(&progress[i], 1);
        tern_poll();
      }
  }
}

/* Starts its successor before it dies. */
static void target(void *arg) {
  uint64_t i = (uint64_t)(uintptr_t)arg;
  store_seq(&now_is[i], getg());
  uint32_t life = 1 + pick(6);
  for (uint32_t k = 0; k < life && !load_acq(&enough); k++) {
    add_rlx(&progress[i], 1);
    live(i);
  }
  store_seq(&now_is[i], (struct g *)0);
  if (load_acq(&enough))
    semrelease(&done_sema, false);
  else
    spawn(target, arg);
}

static void look(struct g *gp) {
  int64_t before[TARGETS];
  int which = -1;
  for (int i = 0; i < TARGETS; i++)
    if (load_seq(&now_is[i]) == gp) which = i;
  if (which < 0) return;
  before[which] = load_seq(&progress[which]);
  for (int n = pick(30); n > 0; n--) load_seq(&progress[which]);
  CHECK(load_seq(&now_is[which]) == gp);
  CHECK(load_seq(&progress[which]) == before[which]); /* claimed: it stands still */
}

static void suspender(void *arg) {
  (void)arg;
  for (int i = 0; i < 6; i++) {
    struct allgs gs = allgs_snapshot();
    struct g *gp = load_seq(&now_is[pick(TARGETS)]);
    if (!gp || pick(4) == 0) gp = gs.ptr[pick((uint32_t)gs.len)];
    if (gp != getg()) suspend_and(gp, look);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

/* T-suspend-storm (E14, E15), T-suspend-reuse (E17). */
SCENARIO(suspend_storm, 0, "suspenders on goroutines that run, park, call, die, are reborn") {
  for (int64_t i = 0; i < TARGETS; i++) spawn(target, (void *)(uintptr_t)i);
  for (int i = 0; i < SUSPENDERS; i++) spawn(suspender, NULL);
  await_sema(&done_sema, SUSPENDERS);
  store_rel(&enough, 1);
  for (int i = 0; i < TARGETS; i++) semrelease(&turnstile, false);
  await_sema(&done_sema, TARGETS);
}

/* Two that never leave their P but at a poll, and claims as fast as they come. */
static void busy(void *arg) {
  uint64_t i = (uint64_t)(uintptr_t)arg;
  store_seq(&now_is[i], getg());
  while (!load_acq(&enough)) {
    add_rlx(&progress[i], 1);
    for (int n = (int)pick(4); n > 0; n--) tern_poll();
  }
  store_seq(&now_is[i], (struct g *)0);
  semrelease(&done_sema, false);
}

static void claimer(void *arg) {
  (void)arg;
  for (int i = 0; i < 6; i++) {
    struct g *gp;
    while ((gp = load_seq(&now_is[pick(2)])) == 0) gosched();
    int64_t began = nanotime();
    suspend_and(gp, look);
    /* A lost request is made good by sysmon, ten milliseconds later. */
    int64_t took = nanotime() - began;
    if (sim_fair() && took > 5000000) throw("a claim took %ld us", (long)(took / 1000));
  }
  semrelease(&done_sema, false);
}

SCENARIO(suspend_busy, 4, "claims of goroutines that do nothing but run") {
  for (int64_t i = 0; i < 2; i++) spawn(busy, (void *)(uintptr_t)i);
  for (int i = 0; i < 2; i++) spawn(claimer, NULL);
  await_sema(&done_sema, 2);
  store_rel(&enough, 1);
  await_sema(&done_sema, 2);
}

/* Each suspends the others: none of them may wait RUNNING for another (SUS-1). */
static struct g *peer[3];

static void mutual(void *arg) {
  uint64_t i = (uint64_t)(uintptr_t)arg;
  store_seq(&peer[i], getg());
  for (int k = 0; k < 4; k++) {
    struct g *other = load_seq(&peer[(i + 1 + pick(2)) % 3]);
    if (other) suspend_and(other, NULL);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

SCENARIO(suspend_ring, 0, "goroutines that suspend each other") {
  for (int64_t i = 0; i < 3; i++) spawn(mutual, (void *)(uintptr_t)i);
  for (int i = 0; i < 2; i++) {
    stopTheWorld(STW_TEST);
    startTheWorld();
  }
  await_sema(&done_sema, 3);
}

/* T-scan-mutual (E2, STW-3; E3, FEP-8): who stops the world or asks for a handshake,
 * and who waits, on a P, for a claim of his stack. */
static struct g *stopper_g;
static uint32_t stops_over;

static void no_op(struct p *pp) { (void)pp; }

static void stopper(void *arg) {
  (void)arg;
  store_seq(&stopper_g, getg());
  for (int i = 0; i < 6; i++) {
    if (pick(2)) {
      stopTheWorld(STW_TEST);
      startTheWorld();
    } else {
      semacquire(&worldsema);
      handshake_all(no_op);
      semrelease(&worldsema, true);
    }
    tern_poll();
  }
  store_seq(&stops_over, 1);
  semacquire(&turnstile); /* its structure is not used again meanwhile */
  semrelease(&done_sema, false);
}

static void claim_on_p(void *gp) { resumeG(suspendG(gp)); }

SCENARIO(scan_mutual, 2, "who stops or asks all Ps, and a thread that claims him, each waiting for the other") {
  spawn(stopper, NULL);
  while (!load_seq(&stops_over)) {
    struct g *gp = load_seq(&stopper_g);
    if (gp) {
      lock_preemption(); /* as a marker */
      with_stack_released(WAIT_FOR_GC, claim_on_p, gp);
      unlock_preemption();
    }
    tern_poll();
    if (pick(4) == 0) gosched();
  }
  semrelease(&turnstile, false);
  await_sema(&done_sema, 1);
}
