/* pin.c - a list of pins in the heap whose head is a root.  Objects never move,
 * so to keep them is all there is to pinning.
 */
#include "gc/pin.h"

#include "gc/barrier.h"
#include "gc/gcp.h"
#include "gc/store.h"
#include "heap/heap.h"
#include "sync/lock.h"

struct pin {
  struct pin *next, *prev; /* guarded by pins_lock */
  void *object;            /* NULL once undone */
};
static const uint64_t pin_mask[1] = {7};
static tern_type pin_type = {.size = sizeof(struct pin), .ptrdata = 24,
                             .ptrmask = pin_mask, .kind = TERN_STRUCT, .align = 8,
                             .name = TERN_STR_INIT("runtime.pin")};

static mutex pins_lock = MUTEX_INIT(PINS);
static struct pin *pins TERN_GLOBAL;

struct pin *pin_object(void *p) {
  struct pin *n = tern_new(&pin_type); /* a safepoint: before the lock */
  tern_store_ptr(&n->object, p);
  lock(&pins_lock);
  barrier_may_lock();
  tern_store_ptr(&n->next, pins);
  if (pins) tern_store_ptr(&pins->prev, n);
  tern_store_ptr(&pins, n);
  unlock(&pins_lock);
  return n;
}

void unpin_object(struct pin *n) {
  lock(&pins_lock);
  barrier_may_lock();
  if (n->object) {
    if (n->prev)
      tern_store_ptr(&n->prev->next, n->next);
    else
      tern_store_ptr(&pins, n->next);
    if (n->next) tern_store_ptr(&n->next->prev, n->prev);
    tern_store_ptr(&n->object, 0);
    tern_store_ptr(&n->next, 0);
    tern_store_ptr(&n->prev, 0);
  }
  unlock(&pins_lock);
}

bool is_pinned(uintptr_t p) {
  struct object o, pinned;
  if (!find_object(p, &o)) return false;
  bool found = false;
  lock(&pins_lock);
  for (struct pin *n = pins; n && !found; n = n->next)
    found = find_object((uintptr_t)n->object, &pinned) && pinned.base == o.base;
  unlock(&pins_lock);
  return found;
}
