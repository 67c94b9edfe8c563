/* heap_frame.h - the heap room on its own: a hand-made P cache, and a collection
 * as the gc room ends it.
 */
#ifndef TERN_TEST_HEAP_FRAME_H
#define TERN_TEST_HEAP_FRAME_H

#include "runtime_test.h"

#include <sys/resource.h>

#include "heap/heap.h"
#include "heap/mcache.h"
#include "heap/stats.h"
#include "heap/sweep.h"

static struct mcache cache;
static struct g fake; /* where a polling function would look */

static void boot(void) {
  heap_init();
  tern_g = &fake;
  mcache_init(&cache);
  mcache_set(&cache);
  sweep_check_zombies = true;
}
#define START_HEAP_TEST(name) \
  static void name##_body(void); \
  START_TEST(name) {          \
    boot();                   \
    name##_body();            \
  }                           \
  END_TEST                    \
  static void name##_body(void)

static void *take(uint32_t layout) {
  struct tern_cursor *c = &cache.head.cursor[layout];
  if (c->free == c->end) ck_assert(mcache_refill(&cache, layout));
  void *p = (void *)c->free;
  c->free += c->size;
  san_unpoison((uintptr_t)p, c->size);
  return p;
}
/* Check notes each assertion in a file, so there is one for many bytes. */
static TERN_UNUSED bool all_bytes(const char *p, int64_t n, char want) {
  return *p == want && memcmp(p, p + 1, (size_t)n - 1) == 0;
}
static uint32_t noscan(int64_t size) {
  return LAYOUT_NOSCAN + (uint32_t)size_to_class(size);
}
static struct object object_at(const void *p) {
  struct object o;
  ck_assert_msg(find_object((uintptr_t)p, &o), "no object at %p", p);
  return o;
}
static void mark(const void *p) {
  struct object o = object_at(p);
  set_marked(&o);
}
/* A collection's end as the gc room does it. */
static void collect(void) {
  sweep_start();
  mcache_flush(&cache);
  sweep_flushed();
  sweep_finish(NULL);
  ck_assert(sweep_is_done());
}
/* CS: what the statistics must say about themselves. */
static struct heap_stats check_stats(void) {
  struct heap_stats h;
  stats_read(&h);
  ck_assert_int_eq(h.committed + h.released, (int64_t)heap_used);
  ck_assert_int_ge(h.committed, h.in_heap + h.in_stacks + h.in_manual);
  ck_assert_int_ge(h.alloc_bytes, h.free_bytes);
  ck_assert_int_ge(h.alloc_count, h.free_count);
  ck_assert_int_le(h.alloc_bytes - h.free_bytes, h.in_heap);
  return h;
}

#endif
