/* test.h - running a test body as a goroutine. */
#ifndef TERN_SCHED_TEST_H
#define TERN_SCHED_TEST_H

/* Boots the whole runtime, runs fn as goroutine 1 and exits 0 when it returns.
 * Does not return.  (runtime/main.c) */
__attribute__((noreturn)) void runtime_test_main(int argc, char **argv,
                                                 void (*fn)(void));

#endif
