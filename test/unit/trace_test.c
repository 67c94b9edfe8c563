/* trace_test.c - runtime/trace: buffers and generations, the file's form, and what
 * the checker finds wrong.
 */
#include <stdlib.h>

#include "runtime_test.h"
#include "trace/parse.h"
#include "trace/trace.h"

/* ---- Writers against a reader that changes generations ------------------------ */

enum { WRITERS = 4, EACH = 200000 };
static uint32_t writers_left = WRITERS;
static int32_t id_of[WRITERS];

static void *writer(void *arg) {
  uint64_t me = (uint64_t)(uintptr_t)arg;
  for (uint64_t i = 0; i < EACH; i++) TRACE(TASK_BEGIN, me, i);
  sub_seq(&writers_left, 1);
  return NULL;
}

static uint8_t seen[WRITERS][EACH];
static int64_t nseen;
static uint64_t get(const uint8_t **p) {
  uint64_t v = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t b = *(*p)++;
    v |= (uint64_t)(b & 0x7f) << shift;
    if (b < 0x80) return v;
  }
}

static void take_all(void) {
  struct trace_buffer *b;
  while ((b = trace_take()) != NULL) {
    const uint8_t *p = b->data;
    uint64_t last = 0;
    bool ok = true; /* Check notes each assertion in a file: one for a buffer */
    while (ok && p < b->data + b->len) {
      int event = *p++;
      get(&p);
      uint64_t w = get(&p), i = get(&p);
      ok = event == TRACE_TASK_BEGIN && w < WRITERS && i < EACH &&
           seen[w][i]++ == 0 && /* not twice */
           (last == 0 || i == last + 1);
      last = i;
      nseen++;
      if (ok && id_of[w] == 0) id_of[w] = b->thread;
      ok = ok && id_of[w] == b->thread;
    }
    ck_assert_msg(ok, "thread %d, after event %lu", b->thread, (unsigned long)last);
    trace_recycle(b);
  }
}

START_TEST(generations) {
  TRACE(TASK_BEGIN, 1, 2); /* off: nothing */
  ck_assert(trace_take() == NULL && !trace_readable());
  ck_assert(trace_on());
  pthread_t t[WRITERS];
  for (uintptr_t i = 0; i < WRITERS; i++)
    ck_assert_int_eq(pthread_create(&t[i], NULL, writer, (void *)i), 0);
  while (load_acq(&writers_left) > 0) {
    trace_advance();
    take_all();
  }
  for (int i = 0; i < WRITERS; i++) pthread_join(t[i], NULL);
  trace_off();
  take_all();
  ck_assert_int_eq(nseen, (int64_t)WRITERS * EACH); /* none is lost */
  ck_assert_int_eq(trace_lost(), 0);
  TRACE(TASK_BEGIN, 0, EACH);
  ck_assert(trace_take() == NULL);
  int64_t before = trace_memory();
  trace_free_all();
  ck_assert_int_lt(trace_memory(), before);
}
END_TEST

/* trace_advance waits for a section that is under way. */
static uint32_t inside, advanced;
static void *slow_section(void *arg) {
  (void)arg;
  trace_section_begin();
  store_rel(&inside, 1);
  os_usleep(50000);
  ck_assert(!load_acq(&advanced));
  TRACE(TASK_END, 7);
  trace_section_end();
  return NULL;
}
START_TEST(sections) {
  ck_assert(trace_on());
  pthread_t t;
  pthread_create(&t, NULL, slow_section, NULL);
  while (!load_acq(&inside)) os_yield();
  trace_advance();
  store_rel(&advanced, 1);
  pthread_join(t, NULL);
  trace_off();
  struct trace_buffer *b = trace_take();
  ck_assert(b && b->data[0] == TRACE_TASK_END && trace_take() == NULL);
}
END_TEST

/* ---- Files by hand ------------------------------------------------------------- */

/* A file of events of several threads, one block each, with increasing times. */
struct script_event { int thread, event; uint64_t a, b, c; };
static uint8_t file[4096];
static size_t write_file(const struct script_event *e, int n, bool end) {
  uint8_t *p = file + 8;
  memcpy(file, TRACE_MAGIC, 8);
  for (int i = 0; i < n; i++) {
    uint8_t one[64], *q = one;
    const uint64_t arg[] = {e[i].a, e[i].b, e[i].c};
    *q++ = (uint8_t)e[i].event;
    q = trace_put(q, 1);
    for (int k = 0; k < trace_event_args(e[i].event); k++) q = trace_put(q, arg[k]);
    *p++ = TRACE_BLOCK_EVENTS;
    p = trace_put(p, (uint64_t)e[i].thread);
    p = trace_put(p, 1);
    p = trace_put(p, 1000 + (uint64_t)i * 10);
    p = trace_put(p, (uint64_t)(q - one));
    memcpy(p, one, (size_t)(q - one));
    p += q - one;
  }
  if (end) *p++ = TRACE_BLOCK_END;
  return (size_t)(p - file);
}

#define E(thread, name, ...) {thread, TRACE_##name, __VA_ARGS__}
static const struct script_event life[] = {
    E(1, PROC_START, 0), E(1, GO_STATUS, 1, TRACE_RUNNING, 99),
    E(1, GO_CREATE, 2, 77), E(2, PROC_START, 1), E(2, GO_START, 2),
    E(2, GO_SYSCALL, 2), E(3, PROC_STEAL, 1), E(4, PROC_START, 1),
    E(1, GC_BEGIN, 5), E(1, GC_H2, 5), E(1, GC_MARK, 5), E(1, GO_BLOCK, 1, 3),
    E(2, GO_SYSCALL_WAIT, 2), E(1, GO_START, 2), E(1, GO_UNBLOCK, 1),
    E(1, STOP_BEGIN, 1), E(1, STOP_DONE), E(1, GC_TERM, 5), E(1, STOP_END),
    E(1, GC_END, 5), E(4, GO_START, 1), E(1, GO_END, 2)};
enum { LIFE = sizeof life / sizeof *life };

static const char *verdict(const struct script_event *e, int n, bool end) {
  static struct trace_file f;
  size_t len = write_file(e, n, end);
  bool ok = trace_parse(file, len, &f) && trace_check(&f);
  trace_file_free(&f);
  return ok ? "" : f.error;
}

START_TEST(possible) {
  ck_assert_str_eq(verdict(life, LIFE, true), "");
  struct trace_file f;
  ck_assert(trace_parse(file, write_file(life, LIFE, true), &f));
  ck_assert_uint_eq(f.n, LIFE);
  for (int i = 0; i < LIFE; i++) {
    ck_assert_int_eq(f.items[i].event, life[i].event);
    ck_assert_int_eq(f.items[i].time, 1001 + i * 10);
  }
  ck_assert_uint_eq(f.items[2].arg[1], 77);
  trace_file_free(&f);
}
END_TEST

/* Each event of a possible life left out makes an impossible one, but for those that
 * only tell. */
START_TEST(impossible) {
  static const struct { int without; const char *says; } cases[] = {
      {2, ""}, /* of a goroutine not heard of before, anything may be true */
      {4, "GO_SYSCALL(2) on thread 2"},
      {6, "PROC_START(1) on thread 4"},     /* P 1 is still thread 2's */
      {8, "GC_H2(5)"}, {9, "GC_MARK(5)"}, {10, "GC_TERM(5)"},
      {11, "GO_START(2) on thread 1"},      /* thread 1 runs goroutine 1 */
      {12, "GO_START(2) on thread 1"},      /* 2 is in a system call */
      {13, "GO_END(2) on thread 1"}, {14, "GO_START(1) on thread 4"},
      {15, "STOP_DONE"}, {16, "GC_TERM(5)"}, {17, "GC_END(5)"},
      {18, "GO_START(1) on thread 4"},      /* the world stands */
      {19, "open at the end"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct script_event e[LIFE];
    int n = 0;
    for (int k = 0; k < LIFE; k++)
      if (k != cases[i].without) e[n++] = life[k];
    const char *says = verdict(e, n, true);
    ck_assert_msg(strncmp(says, cases[i].says, strlen(cases[i].says)) == 0 &&
                      (*cases[i].says || !*says),
                  "without event %d: \"%s\", not \"%s\"", cases[i].without, says,
                  cases[i].says);
  }
}
END_TEST

START_TEST(broken_files) {
  ck_assert_str_eq(verdict(life, LIFE, false), "cut off");
  struct trace_file f;
  size_t n = write_file(life, LIFE, true);
  ck_assert(!trace_parse((const uint8_t *)"package main", 12, &f));
  ck_assert_str_eq(f.error, "not an execution trace");
  for (size_t cut = 0; cut < n; cut++) { /* sooner or later, never out of bounds */
    uint8_t *copy = malloc(cut);
    memcpy(copy, file, cut);
    bool ok = trace_parse(copy, cut, &f);
    ck_assert(!ok || !f.whole);
    trace_file_free(&f);
    free(copy);
  }
}
END_TEST

/* Bytes changed by chance: refused or read, never out of bounds or for ever. */
START_TEST(changed_files) {
  struct trace_file f;
  size_t n = write_file(life, LIFE, true);
  srand((unsigned)test_seed);
  for (int i = 0; i < 20000; i++) {
    uint8_t *copy = malloc(n);
    memcpy(copy, file, n);
    for (int k = rand() % 4; k >= 0; k--) copy[8 + (size_t)rand() % (n - 8)] = (uint8_t)rand();
    if (trace_parse(copy, n, &f)) trace_check(&f);
    trace_file_free(&f);
    free(copy);
  }
}
END_TEST

int main(void) {
  const runtime_test tests[] = {TEST(generations), TEST(sections), TEST(possible),
                                TEST(impossible), TEST(broken_files),
                                TEST(changed_files)};
  return RUN_TESTS("trace", tests);
}
