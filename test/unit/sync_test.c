/* sync_test.c - locks, notes, atomics, fastrand.  Their order: lockrank_test.c.
 *
 * The lock is compiled into this test with the checks of the debug build on,
 * whatever VARIANT is.
 */
#undef TERN_DEBUG
#define TERN_DEBUG 1
#include "runtime_test.h"

#include "sync/lock.c" /* takes the place of the archive's */
#include "sync/lockrank.c"

/* ---- The lock ----------------------------------------------------------- */

enum { THREADS = 4, ROUNDS = 20000 };
static mutex guard = MUTEX_INIT(HEAP);
static long counter, tries;

static void *adder(void *arg) {
  (void)arg;
  for (int i = 0; i < ROUNDS; i++) {
    lock(&guard);
    long v = counter;
    if (i % 64 == 0) os_yield();
    counter = v + 1;
    unlock(&guard);
    ck_assert_int_eq(tern_locks, 0);
  }
  return NULL;
}

static void run_threads(void *(*fn)(void *)) {
  pthread_t t[THREADS];
  for (int i = 0; i < THREADS; i++) pthread_create(&t[i], NULL, fn, NULL);
  for (int i = 0; i < THREADS; i++) pthread_join(t[i], NULL);
}

START_TEST(mutual_exclusion) {
  run_threads(adder);
  ck_assert_int_eq(counter, (long)THREADS * ROUNDS);
  ck_assert_uint_eq(guard.key, FREE);
}
END_TEST

static void *try_adder(void *arg) {
  (void)arg;
  for (int i = 0; i < ROUNDS; i++) {
    if (!try_lock(&guard)) continue;
    counter++;
    tries++;
    unlock(&guard);
  }
  return NULL;
}

START_TEST(try_locks) {
  run_threads(try_adder);
  ck_assert_int_eq(counter, tries);
  ck_assert_int_gt(counter, 0);
  lock(&guard);
  ck_assert_int_eq(tern_locks, 1);
  ck_assert(!try_lock(&guard));
  ck_assert_int_eq(tern_locks, 1);
  unlock(&guard);
}
END_TEST

/* A thread that holds a lock may not be preempted; the count nests. */
START_TEST(preemption_count) {
  mutex outer = MUTEX_INIT(SCHED), inner = MUTEX_INIT(HEAP);
  lock(&outer);
  lock(&inner);
  lock_preemption();
  ck_assert_int_eq(tern_locks, 3);
  unlock(&outer); /* in any order */
  unlock_preemption();
  unlock(&inner);
  ck_assert_int_eq(tern_locks, 0);
}
END_TEST

static void unlock_free_lock(void) {
  mutex l = MUTEX_INIT(HEAP);
  unlock(&l);
}
START_TEST(unlock_of_free) {
  assert_dies(unlock_free_lock, "does not hold");
}
END_TEST

/* ---- Notes -------------------------------------------------------------- */

static note ping, pong;
static void *echo(void *arg) {
  (void)arg;
  for (int i = 0; i < 5000; i++) {
    note_sleep(&ping);
    note_clear(&ping);
    counter++;
    note_wake(&pong);
  }
  return NULL;
}

START_TEST(note_ping_pong) {
  pthread_t t;
  pthread_create(&t, NULL, echo, NULL);
  for (int i = 0; i < 5000; i++) {
    note_wake(&ping);
    note_sleep(&pong);
    note_clear(&pong);
    ck_assert_int_eq(counter, i + 1);
  }
  pthread_join(t, NULL);
}
END_TEST

START_TEST(note_timeout) {
  note n = {0};
  int64_t t = os_nanotime();
  ck_assert(!note_sleep_ns(&n, 10 * 1000000));
  ck_assert_int_ge(os_nanotime() - t, 10 * 1000000);
  note_wake(&n); /* before the sleep: not lost */
  ck_assert(note_sleep_ns(&n, 0));
  note_sleep(&n);
  note_clear(&n);
  ck_assert(!note_sleep_ns(&n, 0));
}
END_TEST

/* A wake that comes as the time is over publishes like every other: the thread
 * sanitizer sees `counter` come across. */
START_TEST(note_wake_meets_timeout) {
  pthread_t t;
  pthread_create(&t, NULL, echo, NULL);
  for (int i = 0; i < 5000; i++) {
    note_wake(&ping);
    while (!note_sleep_ns(&pong, 0)) {
    }
    note_clear(&pong);
    ck_assert_int_eq(counter, i + 1);
  }
  pthread_join(t, NULL);
}
END_TEST

static void wake_twice(void) {
  note n = {0};
  note_wake(&n);
  note_wake(&n);
}
START_TEST(note_double_wake) {
  assert_dies(wake_twice, "a note was woken twice");
}
END_TEST

/* ---- Atomics, fastrand -------------------------------------------------- */

START_TEST(atomics) {
  uint64_t v = 5;
  ck_assert_uint_eq(add_seq(&v, 3), 8); /* new value */
  ck_assert_uint_eq(sub_seq(&v, 1), 7);
  ck_assert_uint_eq(fetch_or_seq(&v, 8u), 7); /* old value */
  ck_assert_uint_eq(fetch_and_rlx(&v, 3u), 15);
  ck_assert(!cas_seq(&v, 4u, 9u));
  ck_assert(cas_acq(&v, 3u, 9u));
  ck_assert(cas_rel(&v, 9u, 10u));
  ck_assert_uint_eq(xchg_seq(&v, 1u), 10);
  uint8_t b = 255;
  ck_assert_uint_eq(add_rlx(&b, 1), 0);
}
END_TEST

/* Even enough for scheduling: each of 16 buckets within a tenth. */
START_TEST(fastrand_spread) {
  int bucket[16] = {0};
  for (int i = 0; i < 160000; i++) {
    uint32_t r = fastrandn(16);
    ck_assert_uint_lt(r, 16);
    bucket[r]++;
  }
  for (int i = 0; i < 16; i++)
    ck_assert_msg(bucket[i] > 9000 && bucket[i] < 11000, "bucket %d: %d", i,
                  bucket[i]);
}
END_TEST

int main(void) {
  const runtime_test tests[] = {
      TEST(mutual_exclusion), TEST(try_locks), TEST(preemption_count),
      TEST(unlock_of_free), TEST(note_ping_pong), TEST(note_timeout),
      TEST(note_wake_meets_timeout), TEST(note_double_wake), TEST(atomics),
      TEST(fastrand_spread)};
  return RUN_TESTS("sync", tests);
}
