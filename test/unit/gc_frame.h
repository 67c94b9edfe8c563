/* gc_frame.h - nodes with canaries, hidden pointers, and other things that the
 * collector's tests have in common.
 */
#ifndef TERN_TEST_GC_FRAME_H
#define TERN_TEST_GC_FRAME_H

#include "runtime_test.h"

#include "debug/memstats.h"
#include "gc/barrier.h"
#include "gc/gc.h"
#include "gc/gcp.h"
#include "gc/malloc.h"
#include "heap/heap.h"
#include "heap/sweep.h"
#include "sched/sema.h"
#include "sched/timer.h"

#define CANARY 0x5ca1ab1e0ddba11u

struct node {
  struct node *l, *r;
  uint64_t id, canary; /* id * CANARY */
};
static TERN_UNUSED const uint64_t node_mask[1] = {3};
static TERN_UNUSED tern_type t_node = {.size = sizeof(struct node), .ptrdata = 16,
                           .ptrmask = node_mask, .kind = TERN_STRUCT,
                           .align = 8, .name = TERN_STR_INIT("node")};
static TERN_UNUSED tern_type t_node_ptr = {.size = 8, .ptrdata = 8,
                               .ptrmask = word0_mask, .kind = TERN_POINTER,
                               .align = 8, .name = TERN_STR_INIT("*node")};

static TERN_UNUSED __attribute__((noinline)) struct node *new_node(uint64_t id) {
  struct node *n = tern_new(&t_node);
  CHECK(!n->l && !n->r && !n->id && !n->canary); /* AB-2: zero */
  n->id = id;
  n->canary = id * CANARY;
  return n;
}
static TERN_UNUSED bool intact(const struct node *n, uint64_t id) {
  return n->id == id && n->canary == id * CANARY;
}
static TERN_UNUSED uintptr_t hide(const void *p) { return ~(uintptr_t)p; }
static TERN_UNUSED bool is_allocated(uintptr_t hidden) {
  struct object o;
  return find_object(~hidden, &o) && object_is_allocated(&o);
}
/* Overwrites what earlier calls left below us on the stack. */
static TERN_UNUSED __attribute__((noinline)) void clean_stack(void) {
  volatile char junk[8192];
  for (unsigned i = 0; i < sizeof junk; i++) junk[i] = 0;
}
static TERN_UNUSED void collect(void) {
  clean_stack();
  gc_run();
}

static TERN_UNUSED struct node *root TERN_GLOBAL;
static TERN_UNUSED void *roots_array[2000] TERN_GLOBAL;

static TERN_UNUSED __attribute__((noinline)) void deep_list(int n) {
  for (int i = 0; i < n; i++) {
    struct node *x = new_node((uint64_t)i);
    tern_store_ptr(&x->l, root);
    tern_store_ptr(&root, x);
  }
}

/* One value of more than 512 bytes, its pointers at both ends. */
struct wide { struct node *first; uint64_t fill[140]; struct node *last; };
static TERN_UNUSED const uint64_t wide_mask[3] = {1, 0, 1ull << 13};
static TERN_UNUSED tern_type t_wide = {.size = sizeof(struct wide),
                           .ptrdata = sizeof(struct wide),
                           .ptrmask = wide_mask, .kind = TERN_STRUCT,
                           .align = 8, .name = TERN_STR_INIT("wide")};

static TERN_UNUSED uint32_t done_sema;

static TERN_UNUSED uint32_t in_call;

static TERN_UNUSED void run_gc(void *arg) {
  (void)arg;
  gc_run();
  semrelease(&done_sema, false);
}
static TERN_UNUSED struct object object_of(uintptr_t hidden_ptr) {
  struct object o;
  CHECK(find_object(~hidden_ptr, &o));
  return o;
}

/* A list so long that marking it takes a while; its last node's r is the only
 * pointer to the victim.  Returns the last node, hidden. */
static TERN_UNUSED __attribute__((noinline)) uintptr_t long_list_with(uintptr_t *victim) {
  tern_store_ptr(&root, NULL);
  struct node *last = new_node(1);
  struct node *v = new_node(13);
  *victim = hide(v);
  tern_store_ptr(&last->r, v);
  tern_store_ptr(&root, last);
  for (int i = 0; i < 200000; i++) {
    struct node *x = new_node(0);
    tern_store_ptr(&x->l, root);
    tern_store_ptr(&root, x);
  }
  return hide(last);
}

#endif
