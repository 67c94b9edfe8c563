/* fair.c - nobody waits for ever, and timers are not late: in virtual time, so that a
 * loaded machine changes nothing.
 *
 * Bounds hold in fair runs (sim_fair); in the others the same code only has to end.
 */
#include "scenario.h"

enum { SLICE = 10000000 }; /* ns: after this sysmon asks a goroutine to yield */
static uint32_t done_sema, enough, victim_ran, hog_runs;
static int64_t began, links;

static void victim(void *arg) {
  (void)arg;
  store_seq(&victim_ran, 1);
  semrelease(&done_sema, false);
}

/* True until the victim ran; throws when that takes longer than six slices. */
static bool wait_on(const char *who) {
  if (load_seq(&victim_ran)) return false;
  int64_t waited = nanotime() - began;
  if (!sim_fair()) return add_rlx(&links, 1) % 30 != 0;
  if (waited > 6 * SLICE)
    throw("a goroutine in the queue waits for %ld us behind %s", (long)(waited / 1000), who);
  return true;
}

/* T-fair-newproc (golang/go#52934, RUN-8): each starts the next, which goes first,
 * and ends.  All of them share one time slice: with one for each, the victim behind
 * them would wait for ever. */
static void chain(void *arg) {
  int left = (int)(uintptr_t)arg;
  if (!wait_on("newborn ones")) {
    if (--left == 0) {
      semrelease(&done_sema, false);
      return;
    }
    store_seq(&victim_ran, 0);
    began = nanotime();
    spawn(victim, NULL);
  }
  spawn(chain, (void *)(uintptr_t)left);
}

SCENARIO(fair_newproc, 1, "a stream of new goroutines beside one in the queue") {
  began = nanotime();
  spawn(victim, NULL);
  spawn(chain, (void *)2);
  await_sema(&done_sema, 3);
}

/* The same of a goroutine whose sleeps end before the scheduler looks for work: it is
 * readied in the slice that it left, and goes first. */
static void dozes(void *arg) {
  (void)arg;
  do goroutine_sleep(1);
  while (wait_on("short sleeps"));
  semrelease(&done_sema, false);
}

SCENARIO(fair_timer, 1, "a stream of timers that are due beside one in the queue") {
  for (int i = 0; i < 2; i++) spawn(dozes, NULL);
  gosched();
  began = nanotime();
  spawn(victim, NULL);
  spawn(dozes, NULL);
  await_sema(&done_sema, 4);
}

/* T-gosched-fair (golang/go#13546): one P has a goroutine that does not let go and the
 * victim in its queue, the other one that yields and finds itself again. */
static void hog(void *arg) {
  (void)arg;
  began = nanotime();
  spawn(victim, NULL);
  store_seq(&hog_runs, 1);
  while (!load_seq(&enough)) tern_poll();
  semrelease(&done_sema, false);
}

SCENARIO(gosched_fair, 2, "a loop of yields beside another P's queue") {
  spawn(hog, NULL);
  while (!load_seq(&hog_runs)) gosched();
  while (wait_on("a loop of yields")) gosched();
  store_seq(&enough, 1);
  await_sema(&done_sema, 2);
}

/* ---- Timers --------------------------------------------------------------- */

static void nap(int64_t ns, int64_t late_at_most) {
  int64_t from = nanotime();
  goroutine_sleep(ns);
  int64_t late = nanotime() - from - ns;
  CHECK(late >= 0);
  if (sim_fair() && late > late_at_most)
    throw("a sleep of %ld us ends %ld us late", (long)(ns / 1000), (long)(late / 1000));
}

/* T-timer-late, T-timer-res (golang/go#42237, #44343): set while the last thread gives
 * up looking for work, a timer of less than a millisecond is not forgotten and not
 * rounded up. */
static void computes(void *arg) {
  (void)arg;
  for (int i = 0; !load_seq(&enough) && (sim_fair() || i < 200); i++) tern_poll();
  semrelease(&done_sema, false);
}

SCENARIO(timer_late, 2, "short sleeps while the other thread computes or sleeps") {
  if (pick(4)) spawn(computes, NULL);
  int64_t until = nanotime() + 4000000; /* sysmon looks less and less often */
  while (sim_fair() && nanotime() < until) tern_poll();
  for (int i = 0; i < 4; i++) nap(1000 + (int64_t)pick(100000), 300000);
  store_seq(&enough, 1);
}

/* T-timer-cpu (golang/go#38860): behind goroutines that only compute, a timer waits
 * for the end of a slice, and for those in the queue before it. */
SCENARIO(timer_cpu, 2, "sleeps beside goroutines that only compute") {
  for (int i = 0; i < 2; i++) spawn(computes, NULL);
  nap(1 + (int64_t)pick(100000), 4 * SLICE);
  store_seq(&enough, 1);
  await_sema(&done_sema, 2);
}
