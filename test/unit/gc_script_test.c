/* gc_script_test.c - the barriers of every kind of store, by script.
 *
 * Each test hides the only pointer to a white object where no scan will find it,
 * in the moment that is worst; the rule that it names must save the object.
 */
#include "gc_script.h"

/* The only pointer is in *mine, on the stack of the running goroutine. */
static __attribute__((noinline)) uintptr_t make_on_stack(
    struct node *volatile *mine) {
  *mine = new_node(17);
  return hide(*mine);
}

/* T-hide-heap (E20, WB-3): a black stack takes the only pointer out of the
 * heap. */
static __attribute__((noinline)) void take_from_heap(struct node *volatile *to) {
  *to = root->l;
  tern_store_ptr(&root->l, NULL);
}
static __attribute__((noinline)) uintptr_t make_in_heap(void) {
  tern_store_ptr(&root, new_node(18));
  tern_store_ptr(&root->l, new_node(17));
  return hide(root->l);
}
START_RUNTIME_TEST_ENV(hide_heap, "GOMAXPROCS=2", "GOGC=off") {
  uintptr_t victim = make_in_heap();
  struct node *volatile mine = NULL;
  script_begin();
  CHECK(!marked(victim));
  store_rlx(&getg()->scanned, true); /* nothing is on it yet */
  take_from_heap(&mine);
  script_mark(NULL);
  script_end();
  CHECK(is_allocated(victim) && intact(mine, 17));
}

/* T-hide-stack (E21, WB-4): a white stack puts the only pointer into a black
 * object and forgets it. */
static __attribute__((noinline)) void put_into_black(
    struct node *volatile *from) {
  tern_store_ptr(&root->l, *from);
  *from = NULL;
}
START_RUNTIME_TEST_ENV(hide_stack, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t victim = make_on_stack(&mine);
  tern_store_ptr(&root, new_node(18));
  uintptr_t black = hide(root);
  script_begin();
  script_mark(getg());
  CHECK(marked(black) && !marked(victim));
  put_into_black(&mine);
  script_end();
  CHECK(is_allocated(victim) && intact(root->l, 17));
}

/* T-newproc-hide (E27, WB-12): the only pointer goes into the closure of a
 * goroutine that is born black. */
static uint32_t may_look;
static void look_at(void *arg) {
  semacquire(&may_look);
  CHECK(is_allocated(hide(arg)) && intact(arg, 17));
  semrelease(&done_sema, false);
}
static __attribute__((noinline)) uintptr_t make_task(struct node *volatile *mine) {
  struct task *t = tern_new(&t_task);
  t->closure.fn = (void *)task_code;
  t->fn = look_at;
  tern_store_ptr(&t->arg, new_node(17));
  *mine = (struct node *)t;
  return hide(t);
}
static __attribute__((noinline)) void go_and_forget(struct node *volatile *mine) {
  tern_go((tern_func)*mine);
  *mine = NULL;
}
START_RUNTIME_TEST_ENV(hide_newproc, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t task = make_task(&mine);
  script_begin();
  script_mark(getg());
  CHECK(!marked(task));
  go_and_forget(&mine);
  script_end();
  CHECK(is_allocated(task));
  semrelease(&may_look, false);
  semacquire(&done_sema);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(hide_heap),
      TEST(hide_stack),
      TEST(hide_newproc),
  };
  return RUN_TESTS("gc_script", tests);
}
