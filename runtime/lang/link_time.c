/* link_time.c - the C half of package time: clocks, sleeping, and what happens
 * when a timer goes off.
 */
#include "gc/barrier.h"
#include "lang/lang.h"
#include "lang/link.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/timer.h"

/* time.Time. */
struct go_time {
  int64_t sec, nsec, mono;
  void *loc;
};

/* time.alarm; its timer's arg is itself.  In the GC heap; the fields behind the
 * timer are constant while it is armed. */
struct alarm {
  struct timer timer;
  tern_chan *ch; /* to send the time on, or NULL */
  tern_func fn;  /* to call in a goroutine, if ch is NULL */
  void *loc;
};
_Static_assert(sizeof(struct timer) == 48, "mirrored by time.runtimeTimer");

/* Seconds from year 1 to 1970. */
#define SECONDS_TO_1970 INT64_C(62135596800)

struct now_result {
  int64_t r0, r1, r2;
};

struct now_result time_now(void) TERN_SYMBOL("time.now");
int64_t time_runtimeNano(void) TERN_SYMBOL("time.runtimeNano");
void time_Sleep(int64_t ns) TERN_SYMBOL("time.Sleep");
bool time_startTimer(struct timer *t, int64_t when, int64_t period)
    TERN_SYMBOL("time.startTimer");
bool time_stopTimer(struct timer *t) TERN_SYMBOL("time.stopTimer");

/* The monotonic clock when the program began, less one; set by the first use,
 * which is the initialisation of package time. */
extern int64_t time_startNano TERN_SYMBOL("time.startNano");

/* Wall clock as seconds since 1970 and nanoseconds, and monotonic clock. */
struct now_result time_now(void) {
  int64_t sec;
  int32_t nsec;
  os_walltime(&sec, &nsec);
  return (struct now_result){sec, nsec, nanotime()};
}

int64_t time_runtimeNano(void) { return nanotime(); }

void time_Sleep(int64_t ns) {
  if (ns > 0) goroutine_sleep(ns);
}

/* The timer's function: on the system stack.  Sends without waiting: a time
 * that nobody fetched yet stays, and this one is dropped. */
static void alarm_goes_off(void *arg, int64_t seq) {
  (void)seq;
  struct alarm *a = arg;
  if (a->ch == NULL) {
    tern_go(a->fn);
    return;
  }
  struct now_result n = time_now();
  struct go_time t = {n.r0 + SECONDS_TO_1970, n.r1, n.r2 - time_startNano, a->loc};
  chan_try_send(a->ch, &t);
}

/* Arms t, or moves it if it is armed, which is what the result tells. */
bool time_startTimer(struct timer *t, int64_t when, int64_t period) {
  t->f = alarm_goes_off;
  return timer_start(t, when, period);
}

bool time_stopTimer(struct timer *t) { return timer_stop(t); }
