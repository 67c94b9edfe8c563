/* layout.c - the table of layouts, and which one a type has.
 *
 * The numbers of a type's layouts are cached in its descriptor, so the look-up
 * here happens once for each type (and each size class of its arrays).
 */
#include "heap/heap.h"
#include "heap/stats.h"

struct layout layouts[MAX_LAYOUTS];
uint32_t nlayouts;

static struct {
  mutex lock;
  uint16_t index[MAX_LAYOUTS * 2]; /* open addressing by (class, mask) */
} patterns = {.lock = MUTEX_INIT(LAYOUTS)};

static void fill(uint32_t id, enum layout_kind kind, int cls, uint64_t mask) {
  struct layout *L = &layouts[id];
  L->kind = (uint8_t)kind;
  L->cls = (uint8_t)cls;
  L->mask = mask;
  lock_init(&L->central.lock, RANK_CENTRAL);
  if (cls == 0) return;
  L->size = class_size[cls];
  L->npages = class_pages[cls];
  L->nelems = (uint32_t)((uintptr_t)L->npages * PAGE_SIZE / L->size);
  /* 2^32/size rounded up: exact for offsets below 2^17 (Go's divmagic). */
  L->magic = (uint32_t)(0xffffffffu / L->size + 1);
  if (kind == KIND_TYPED && L->nelems > 14u * L->npages)
    L->nelems = 14u * L->npages;
}

__attribute__((constructor)) static void layouts_init(void) {
  sizeclass_init();
  fill(LAYOUT_MANUAL, KIND_NONE, 0, 0);
  fill(LAYOUT_LARGE_NOSCAN, KIND_LARGE, 0, 0);
  fill(LAYOUT_LARGE, KIND_LARGE, 0, 0);
  for (int c = 1; c < NUM_CLASSES; c++) {
    fill(LAYOUT_NOSCAN + (uint32_t)c, KIND_NOSCAN, c, 0);
    if (class_size[c] > MAX_PATTERN)
      fill(LAYOUT_TYPED + (uint32_t)c, KIND_TYPED, c, 0);
  }
  nlayouts = LAYOUT_PATTERN;
}

static uint32_t pattern_layout(int cls, uint64_t mask) {
  uint64_t h = (mask * 0x9e3779b97f4a7c15u + (uint64_t)cls) * 0xd6e8feb86659fd93u;
  lock(&patterns.lock);
  uint32_t n = sizeof patterns.index / sizeof patterns.index[0];
  for (uint32_t i = (uint32_t)(h >> 40);; i++) {
    uint16_t *slot = &patterns.index[i % n];
    if (*slot == 0) {
      uint32_t id = load_rlx(&nlayouts);
      if (id >= MAX_LAYOUTS)
        fatal("more than %d object layouts in one program", MAX_LAYOUTS);
      fill(id, KIND_PATTERN, cls, mask);
      *slot = (uint16_t)id;
      store_rel(&nlayouts, id + 1); /* pairs with loops over all layouts */
    } else if (layouts[*slot].cls != cls || layouts[*slot].mask != mask) {
      continue;
    }
    uint32_t id = *slot;
    unlock(&patterns.lock);
    return id;
  }
}

/* The pointer words of `bytes` bytes of consecutive t's; bytes <= 512. */
static uint64_t repeat_mask(const tern_type *t, int64_t bytes) {
  uint64_t one = t->ptrdata > 0 ? t->ptrmask[0] : 0;
  if (t->ptrdata / 8 < 64) one &= ((uint64_t)1 << (t->ptrdata / 8)) - 1;
  uint64_t mask = 0;
  for (int64_t off = 0; off + t->size <= bytes; off += t->size)
    mask |= one << (off / 8);
  return mask;
}

static uint32_t small_layout(const tern_type *t, int64_t bytes, bool array) {
  int cls = size_to_class(bytes);
  if (t->ptrdata == 0) return LAYOUT_NOSCAN + (uint32_t)cls;
  if (class_size[cls] > MAX_PATTERN) return LAYOUT_TYPED + (uint32_t)cls;
  /* An array's mask covers the whole slot, whatever its length: the rest is
   * zero and append may grow into it. */
  return pattern_layout(cls, repeat_mask(t, array ? class_size[cls] : t->size));
}

uint32_t layout_of_type(const tern_type *t) {
  if (t->size > MAX_SMALL)
    return t->ptrdata ? LAYOUT_LARGE : LAYOUT_LARGE_NOSCAN;
  uint32_t id = small_layout(t, t->size, false);
  /* Any thread computes the same.  A KIND_TYPED layout is never cached: emitted
   * code would take slots from its cursor without setting their type. */
  if (layouts[id].kind != KIND_TYPED)
    store_rel(&((tern_type *)t)->layout, id); /* pairs with tern_new_slow */
  return id;
}

uint32_t layout_of_array(const tern_type *t, int64_t bytes) {
  if (bytes > MAX_SMALL) return t->ptrdata ? LAYOUT_LARGE : LAYOUT_LARGE_NOSCAN;
  int cls = size_to_class(bytes);
  if (t->ptrdata == 0) return LAYOUT_NOSCAN + (uint32_t)cls;
  if (class_size[cls] > MAX_PATTERN) return LAYOUT_TYPED + (uint32_t)cls;
  uint32_t *table = load_acq(&t->array_layouts);
  if (!table) {
    uint32_t *fresh =
        persistentalloc(NUM_CLASSES * sizeof *fresh, 8, &sys_stats.layouts);
    table = cas_seq(&((tern_type *)t)->array_layouts, (uint32_t *)0, fresh)
                ? fresh
                : load_acq(&t->array_layouts);
  }
  uint32_t id = load_acq(&table[cls]); /* the layout was filled before */
  if (id == 0) {
    id = small_layout(t, bytes, true);
    store_rel(&table[cls], id);
  }
  return id;
}

bool object_is_allocated(const struct object *o) {
  struct span *s = entry_span(pagemap[o->page]);
  /* The acquire pairs with the release of whoever made the slot ready. */
  if (o->index < load_acq(&s->freeindex)) return true;
  uint64_t *w = (uint64_t *)(allocbits + o->page * BITS_PER_PAGE_BYTES);
  if (o->layout <= LAYOUT_LARGE) return false;
  return (load_rlx(&w[o->index / 64]) >> (o->index % 64)) & 1;
}

uintptr_t object_size(const struct object *o) {
  if (o->layout > LAYOUT_LARGE) return layouts[o->layout].size;
  return entry_span(pagemap[o->page])->elemsize;
}
