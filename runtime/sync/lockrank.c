/* lockrank.c - the check of the lock order; see lockrank.h.
 *
 * What a thread holds is a list in its own memory, so the check costs no atomic and
 * no lock.  It is a list and not a mask because locks may be dropped in any order
 * and because of some the address matters.
 *
 * A violation is reported before the lock is taken: the thread dies instead of
 * waiting for ever.  Everything on that way takes no lock (LK-5); a thread that
 * takes one although it is dying ends the process at once.
 */
#include "sync/lockrank.h"

#include <stdlib.h>

#include "os/mapfile.h"
#include "os/os.h"

static const struct {
  const char *name;
  uint64_t before; /* ranks that may be held when it is taken, by bits */
  bool by_address; /* several may be held, taken in the order of addresses */
} ranks[RANK_COUNT] = {
    {"none", 0, false},
#define TERN_RANK_ROW(name, before, by_address) {#name, before, by_address},
    TERN_LOCK_RANKS(TERN_RANK_ROW)
#undef TERN_RANK_ROW
};
_Static_assert(RANK_COUNT <= 64, "the ranks fit into a word");

/* Locks of one thread; of a select with more channels the others are counted. */
#define MAX_HELD 20
struct held {
  const void *what;
  enum lock_rank rank;
  struct rank_site site;
};
static __thread struct {
  struct held held[MAX_HELD];
  int n;
  int more;
} mine;

int (*rank_stack_hook)(uintptr_t frame, uintptr_t *pc, int max);
void (*rank_print_hook)(const struct rank_site *s);

/* ---- Violations ------------------------------------------------------------- */

void rank_site_here(struct rank_site *s, uintptr_t frame) {
  s->n = rank_stack_hook ? rank_stack_hook(frame, s->pc, RANK_DEPTH) : 0;
  if (s->n > 0) return;
  s->pc[0] = ((const uintptr_t *)frame)[1];
  s->n = 1;
}

static void print_site(const struct rank_site *s) {
  if (rank_print_hook)
    rank_print_hook(s);
  else
    for (int i = 0; i < s->n; i++) os_print("\tpc=0x%lx\n", (unsigned long)s->pc[i]);
  if (s->n == RANK_DEPTH) os_print("...\n");
}

void rank_violation(enum lock_rank inner, uintptr_t frame, enum lock_rank held,
                    const struct rank_site *site) {
  struct rank_site now;
  rank_site_here(&now, frame);
  os_print("lock %s is about to be taken at\n", ranks[inner].name);
  print_site(&now);
  os_print("while lock %s is held, which was taken at\n", ranks[held].name);
  print_site(site);
  throw("lock rank: %s taken while %s is held (sync/lockrank.txt has the order)",
        ranks[inner].name, ranks[held].name);
}

const char *rank_name(enum lock_rank r) { return ranks[r].name; }

bool rank_allows(enum lock_rank held, enum lock_rank inner) {
  return ranks[inner].before >> held & 1;
}

void rank_check(enum lock_rank r, const void *what, uintptr_t frame) {
  if (r == RANK_NONE || r >= RANK_COUNT)
    throw("lock %p has no rank (sync/lockrank.txt)", what);
  if (os_thread_is_dying()) {
    os_print("lock %s is taken by a thread that dies (LK-5)\n", ranks[r].name);
    os_exit(2);
  }
  for (int i = mine.n - 1; i >= 0; i--) {
    const struct held *h = &mine.held[i];
    if (rank_allows(h->rank, r)) continue;
    if (h->rank == r && ranks[r].by_address && h->what < what) continue;
    rank_violation(r, frame, h->rank, &h->site);
  }
}

/* ---- The list --------------------------------------------------------------- */

void rank_push(enum lock_rank r, const void *what, uintptr_t frame) {
  for (int i = 0; i < mine.n; i++) rank_saw(mine.held[i].rank, r, true);
  if (mine.n == MAX_HELD && ranks[r].by_address) {
    mine.more++;
    return;
  }
  CHECK(mine.n < MAX_HELD);
  struct held *h = &mine.held[mine.n++];
  h->what = what;
  h->rank = r;
  rank_site_here(&h->site, frame);
}

void rank_pop(enum lock_rank r, const void *what) {
  for (int i = mine.n - 1; i >= 0; i--) {
    if (mine.held[i].what != what || mine.held[i].rank != r) continue;
    mine.n--;
    for (; i < mine.n; i++) mine.held[i] = mine.held[i + 1];
    return;
  }
  if (mine.more > 0 && ranks[r].by_address) {
    mine.more--;
    return;
  }
  throw("unlock of a lock (%s) that this thread does not hold", ranks[r].name);
}

void rank_taken(enum lock_rank r, const void *what) {
  rank_check(r, what, (uintptr_t)__builtin_frame_address(0));
  rank_push(r, what, (uintptr_t)__builtin_frame_address(0));
}

void rank_may_acquire(enum lock_rank r) {
  if (mine.n == 0) return;
  rank_check(r, NULL, (uintptr_t)__builtin_frame_address(0));
  for (int i = 0; i < mine.n; i++) rank_saw(mine.held[i].rank, r, false);
}

void rank_assert_held(enum lock_rank r, const void *what) {
  for (int i = 0; i < mine.n; i++)
    if (mine.held[i].what == what) return;
  throw("lock %s is not held", ranks[r].name);
}

void rank_assert_none(void) {
  if (mine.n > 0) throw("lock %s is held", ranks[mine.held[mine.n - 1].rank].name);
}

/* ---- Edges ------------------------------------------------------------------ */

/* A file that others map, too.  Bytes that only become 1: plain stores do, and no
 * simulation takes them for something that a run depends on. */
static volatile struct {
  uint8_t taken[RANK_COUNT][RANK_COUNT], announced[RANK_COUNT][RANK_COUNT];
} *edges;

void rank_saw(enum lock_rank held, enum lock_rank inner, bool taken) {
  if (!edges) return;
  if (taken)
    edges->taken[held][inner] = 1;
  else
    edges->announced[held][inner] = 1;
}

bool rank_edges_to(const char *path) {
  edges = os_map_shared(path, sizeof *edges);
  return edges != NULL;
}

__attribute__((constructor)) static void edges_from_environment(void) {
  const char *path = TERN_DEBUG ? getenv("TERN_LOCKEDGES") : NULL;
  if (path && !rank_edges_to(path)) os_print("TERN_LOCKEDGES: cannot map %s\n", path);
}
