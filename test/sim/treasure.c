/* treasure.c - one pointer to an object, moved about while collections run.
 *
 * Each owner has a treasure and never more than one pointer to it; every move
 * stores it in the new place and deletes it from the old one.  The places are those
 * between which a collector can lose an object:
 *
 *   HAND     the owner's stack             CHEST    an old object in a long list
 *   FRESH    an object just allocated      COURIER  a new goroutine's stack
 *   TASK     a closure not started yet     SENDER   one that waits on a channel
 *   KEEPER   a goroutine that waited to receive it
 *
 * In between (gc_treasure) the owner knows it only as a number that the collector cannot read.
 * After each move it must be allocated still, and whole.
 */
#include "heap/heap.h"
#include "lang/lang.h"
#include "scenario.h"

#define CANARY 0x5ca1ab1e0ddba11u
struct chest {
  struct chest *next;
  struct gold *in;
};
struct gold {
  struct gold *unused;
  uint64_t canary;
};
static const uint64_t two[1] = {3}, one[1] = {1};
static tern_type t_chest = {.size = 16, .ptrdata = 16, .ptrmask = two, .kind = TERN_STRUCT,
                            .align = 8, .name = TERN_STR_INIT("chest")};
static tern_type t_gold = {.size = 16, .ptrdata = 8, .ptrmask = one, .kind = TERN_STRUCT,
                           .align = 8, .name = TERN_STR_INIT("gold")};
static tern_type t_gold_ptr = {.size = 8, .ptrdata = 8, .ptrmask = one, .kind = TERN_POINTER,
                               .align = 8, .name = TERN_STR_INIT("*gold"), .elem = &t_gold};
static tern_type t_chan = {.size = 8, .ptrdata = 8, .ptrmask = one, .kind = TERN_CHAN,
                           .align = 8, .chandir = 3, .name = TERN_STR_INIT("chan"),
                           .elem = &t_gold_ptr};

enum { OWNERS = 2, CHESTS = 40, MOVES = 10 };
enum place { HAND, CHEST, FRESH, TASK, COURIER, SENDER, KEEPER, PLACES };

/* A seed keeps to some of the places, so that each way is gone often in one. */
static const enum place themes[4][4] = {{HAND, CHEST, HAND, CHEST},
                                        {TASK, COURIER, TASK, HAND},
                                        {FRESH, KEEPER, SENDER, HAND},
                                        {CHEST, FRESH, TASK, KEEPER}};
static uint32_t theme;

struct owner {
  struct gold *volatile hand; /* on the owner's stack */
  struct chest *volatile fresh;
  void *volatile task;
  uintptr_t hidden;
  enum place at;
  int chest; /* CHEST: how far down the list */
  int id;
};

static struct chest *list[OWNERS] TERN_GLOBAL;
static tern_chan *in[OWNERS] TERN_GLOBAL, *out[OWNERS] TERN_GLOBAL;
static uint32_t go_on[OWNERS], given[OWNERS], done_sema, cycles_done;
static struct chest *returned[OWNERS] TERN_GLOBAL;

#define APART __attribute__((noinline)) static

APART struct chest *chest_at(int id, int n) {
  struct chest *c = load_rlx(&list[id]);
  while (n-- > 0) c = load_rlx(&c->next);
  return c;
}

APART void check(const struct owner *o) {
  struct object ob;
  uintptr_t p = ~o->hidden;
  if (!find_object(p, &ob) || !object_is_allocated(&ob) ||
      ((struct gold *)p)->canary != (CANARY ^ o->hidden))
    throw("the treasure %p was freed (place %d)", (void *)p, (int)o->at);
}

/* ---- Couriers and senders: they hold the only pointer for a while ----------- */

APART void put_back(uint64_t id, struct gold *const *g) {
  struct chest *c = tern_new(&t_chest);
  tern_store_ptr(&c->in, *g);
  tern_store_ptr(&returned[id], c);
}

APART void unpack(struct chest *c, struct gold *volatile *to) {
  *to = load_rlx(&c->in);
  tern_store_ptr(&c->in, NULL);
}

static void wait_a_little(uint32_t *flag) {
  while (!load_seq(flag)) {
    tern_poll();
    if (pick(6) == 0) gosched();
    if (pick(20) == 0) call_system(0);
  }
}

/* arg: a chest that only this closure knows; who it belongs to in next. */
static void courier(void *arg) {
  struct gold *volatile g;
  uint64_t id = (uint64_t)(uintptr_t)((struct chest *)arg)->next >> 4;
  unpack(arg, &g);
  wait_a_little(&go_on[id]);
  struct gold *h = g;
  put_back(id, &h);
  store_seq(&given[id], 1);
}

static void sender(void *arg) {
  struct gold *volatile g;
  uint64_t id = (uint64_t)(uintptr_t)((struct chest *)arg)->next >> 4;
  unpack(arg, &g);
  tern_chansend(out[id], (void *)(uintptr_t)&g); /* parks until the owner receives */
  g = NULL;
}

/* Waits with its stack perhaps scanned long ago. */
static void keeper(void *arg) {
  struct gold *volatile g;
  uint64_t id = (uint64_t)(uintptr_t)arg;
  while (tern_chanrecv(in[id], (void *)(uintptr_t)&g)) {
    wait_a_little(&go_on[id]);
    struct gold *h = g;
    g = NULL;
    put_back(id, &h);
    store_seq(&given[id], 1);
  }
}

/* ---- Moves ------------------------------------------------------------------ */

/* The owner's id rides in `next` as a small number, which is no pointer. */
APART void pack(struct owner *o, void (*fn)(void *), void *volatile *to) {
  struct chest *c = tern_new(&t_chest);
  c->next = (struct chest *)(uintptr_t)((uint64_t)o->id << 4);
  tern_store_ptr(&c->in, o->hand);
  *to = make_task(fn, c);
  o->hand = NULL;
}

APART void launch(void *volatile *task) {
  void *t = *task;
  *task = NULL;
  tern_go(t);
}

/* By a store, or as a copy of the whole chest. */
APART void into_chest(struct owner *o) {
  o->chest = CHESTS - 1 - (int)pick(6); /* marked late */
  struct chest *c = chest_at(o->id, o->chest);
  if (pick(2)) {
    tern_store_ptr(&c->in, o->hand);
  } else {
    struct chest copy = {c->next, o->hand};
    tern_copy(&t_chest, c, &copy, 1);
    copy.in = NULL;
  }
  o->hand = NULL;
}

APART void into_fresh(struct owner *o) {
  struct chest *c = tern_new(&t_chest);
  if (pick(2)) {
    tern_store_ptr(&c->in, o->hand);
  } else {
    struct chest copy = {NULL, o->hand};
    copy_value_init(&t_chest, c, &copy);
    copy.in = NULL;
  }
  o->fresh = c;
  o->hand = NULL;
}

APART void out_of_chest(struct owner *o) {
  struct chest *c = chest_at(o->id, o->chest);
  if (pick(2)) {
    unpack(c, &o->hand);
  } else {
    o->hand = load_rlx(&c->in);
    tern_clear(&t_gold_ptr, &c->in, 1);
  }
}

APART void out_of_fresh(struct owner *o) {
  unpack(o->fresh, &o->hand);
  o->fresh = NULL;
}

APART void from_courier(struct owner *o) {
  store_seq(&go_on[o->id], 1);
  wait_a_little(&given[o->id]);
  unpack(returned[o->id], &o->hand);
  tern_store_ptr(&returned[o->id], NULL);
}

APART void to_hand(struct owner *o) {
  switch (o->at) {
    case CHEST: out_of_chest(o); break;
    case FRESH: out_of_fresh(o); break;
    case TASK: launch(&o->task); /* fall through */
    case COURIER:
    case KEEPER: from_courier(o); break;
    case SENDER: tern_chanrecv(out[o->id], (void *)(uintptr_t)&o->hand); break;
    default: break;
  }
  o->at = HAND;
}

APART void from_hand(struct owner *o, enum place to) {
  store_seq(&go_on[o->id], 0);
  store_seq(&given[o->id], 0);
  switch (to) {
    case CHEST: into_chest(o); break;
    case FRESH: into_fresh(o); break;
    case TASK: pack(o, courier, &o->task); break;
    case COURIER:
      pack(o, courier, &o->task);
      launch(&o->task);
      break;
    case KEEPER:
      tern_chansend(in[o->id], (void *)(uintptr_t)&o->hand);
      o->hand = NULL;
      break;
    case SENDER:
      pack(o, sender, &o->task);
      launch(&o->task);
      break;
    default: break;
  }
  o->at = to;
}

/* ---- The owners ------------------------------------------------------------- */

APART void prepare(struct owner *o) {
  for (int i = 0; i < CHESTS; i++) {
    struct chest *c = tern_new(&t_chest);
    tern_store_ptr(&c->next, list[o->id]);
    tern_store_ptr(&list[o->id], c);
  }
  tern_chan *c = tern_makechan(&t_chan, 0), *d = tern_makechan(&t_chan, 0);
  tern_store_ptr(&out[o->id], c);
  tern_store_ptr(&in[o->id], d);
  struct gold *g = tern_new(&t_gold);
  o->hand = g;
  o->hidden = ~(uintptr_t)g;
  g->canary = CANARY ^ o->hidden;
}

APART void litter(void) {
  for (int n = (int)pick(3); n > 0; n--) tern_new(&t_gold);
}

/* A while; often until marking ends, because then it shows. */
APART void leave_it(void) {
  bool to_the_end = pick(2);
  for (int n = (int)pick(40), i = 0; i < n || (to_the_end && i < 200 && gc_phase == GC_MARK); i++) {
    tern_poll();
    if (pick(16) == 0) gosched();
  }
}

static void owner(void *arg) {
  struct owner o = {.id = (int)(uintptr_t)arg};
  prepare(&o);
  spawn(keeper, arg);
  for (int i = 0; i < MOVES || (!load_acq(&cycles_done) && i < 10 * MOVES); i++) {
    to_hand(&o);
    check(&o);
    for (int n = (int)pick(12); n > 0; n--) tern_poll();
    from_hand(&o, themes[theme][pick(4)]);
    litter();
    leave_it();
    check(&o);
  }
  to_hand(&o);
  check(&o);
  tern_closechan(in[o.id]);
  semrelease(&done_sema, false);
}

static void collector(void *arg) {
  (void)arg;
  for (int i = 0; i < 3; i++) gc_run();
  store_rel(&cycles_done, 1);
  semrelease(&done_sema, false);
}

SCENARIO(gc_treasure, 0, "the only pointer to an object moves about while collections run") {
  theme = pick(4);
  for (int64_t i = 0; i < OWNERS; i++) spawn(owner, (void *)(uintptr_t)i);
  spawn(collector, NULL);
  await_sema(&done_sema, OWNERS + 1);
}

/* ---- Newborn goroutines ------------------------------------------------------- */

/* L5: a goroutine that is born while a cycle begins, and what it allocates first,
 * which nothing but its stack knows. */
static int64_t alive;

APART void strike_gold(struct gold *volatile *to, uintptr_t *hidden) {
  struct gold *g = tern_new(&t_gold);
  *to = g;
  *hidden = ~(uintptr_t)g;
  g->canary = CANARY ^ *hidden;
}

static void newborn(void *arg) {
  (void)arg;
  struct gold *volatile g;
  struct owner o = {.at = COURIER};
  uint32_t began = load_rlx(&gc_totals.cycles);
  strike_gold(&g, &o.hidden);
  for (int i = 0; i < 40 && load_rlx(&gc_totals.cycles) - began < 2; i++) {
    gosched();
    check(&o);
  }
  g = NULL;
  sub_seq(&alive, 1);
  semrelease(&done_sema, false);
}

/* T-start-newg (E25, MS-5), T-start-white (E24, MS-7): born, or moved to another P, while
 * H1 and H2 go on. */
SCENARIO(gc_newborn, 0, "goroutines that are born while a cycle begins") {
  int born = 0;
  prepare(&(struct owner){.id = 0});
  spawn(collector, NULL);
  while (!load_acq(&cycles_done) && born < 150) {
    if (load_seq(&alive) < 6) {
      add_seq(&alive, 1);
      spawn(newborn, NULL);
      born++;
    }
    tern_poll();
    if (pick(8) == 0) gosched();
  }
  await_sema(&done_sema, born + 1);
}
