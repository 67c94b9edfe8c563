/* map.c - maps: creation, growth, deletion, and operations for keys of any type.
 *
 * map.h has the design and its invariants (MAP-1 ...); map_fast.c the operations
 * for plain and string keys; map_iter.c iteration.
 *
 * Allocation happens in the writer's goroutine with the writer's flag set; it may
 * be a safepoint, so nothing here keeps a pointer that is not on the stack or in
 * the map.  Growth of the index is spread over later writes (MAP-4), so that no
 * single assignment pays for a big map.
 */
#include "lang/map.h"

#include "gc/barrier.h"
#include "gc/malloc.h"

/* An index up to this size is moved at once. */
#define MOVE_AT_ONCE 1024
/* Slots moved by each write while a larger one grows. */
#define MOVE_STEP 32
#define DIRECTORY_SMALL 6
#define DIRECTORY_FULL 29

/* Words 4 index, 5 old, 8 chunks, 9 live, 12 and 13 inline_chunks. */
static const uint64_t header_mask[1] = {
    1u << 4 | 1u << 5 | 1u << 8 | 1u << 9 | 1u << 12 | 1u << 13};
static tern_type header_type = {.size = sizeof(struct tern_map),
                                .ptrdata = sizeof(struct tern_map),
                                .ptrmask = header_mask,
                                .kind = TERN_STRUCT,
                                .align = 8,
                                .name = TERN_STR_INIT("runtime.map")};
_Static_assert(sizeof(struct tern_map) == 14 * 8, "header_mask");
_Static_assert(offsetof(struct tern_map, index) == 4 * 8, "header_mask");
_Static_assert(offsetof(struct tern_map, chunks) == 8 * 8, "header_mask");
_Static_assert(offsetof(struct tern_map, inline_chunks) == 12 * 8, "mask");

static const uint64_t pointer_mask[1] = {1};
static tern_type pointer_type = {.size = 8, .ptrdata = 8,
                                 .ptrmask = pointer_mask,
                                 .kind = TERN_UNSAFE_POINTER, .align = 8,
                                 .flags = TERN_DIRECT,
                                 .name = TERN_STR_INIT("unsafe.Pointer")};

/* ---- What a map type means --------------------------------------------------- */

static mutex map_table_lock = MUTEX_INIT(MAP_TABLE);

static enum key_kind kind_of_key(const tern_type *k) {
  if (k->kind == TERN_STRING) return KEY_STRING;
  if (!(k->flags & TERN_PLAIN_EQ)) return KEY_ANY;
  if (k->size == 8) return KEY_64;
  if (k->size == 4) return KEY_32;
  return KEY_ANY;
}

/* True if values of t hold something of kind a or b. */
static bool contains(const tern_type *t, int a, int b) {
  if (t->kind == a || t->kind == b) return true;
  if (t->kind == TERN_ARRAY) return contains(t->elem, a, b);
  for (int64_t i = 0; t->kind == TERN_STRUCT && i < t->nfields; i++)
    if (contains(t->fields[i].type, a, b)) return true;
  return false;
}

static void mask_or(uint64_t *mask, const tern_type *t, int64_t offset) {
  for (int64_t i = 0; i < t->ptrdata / 8; i++) {
    int64_t to = offset / 8 + i;
    if (t->ptrmask[i / 64] >> (i % 64) & 1)
      mask[to / 64] |= (uint64_t)1 << (to % 64);
  }
}

/* Lays out {key, value} as C would; a value of size zero shares the key's
 * address, so that no pointer leads past the end. */
static void lay_out(struct map_info *info) {
  const tern_type *k = info->key, *v = info->value;
  int64_t ka = k->align ? k->align : 1, va = v->align ? v->align : 1;
  int64_t align = ka > va ? ka : va;
  info->value_offset = v->size == 0 ? 0 : (k->size + va - 1) / va * va;
  int64_t end = v->size == 0 ? k->size : info->value_offset + v->size;
  info->entry_size = (end + align - 1) / align * align;
  if (info->entry_size == 0) info->entry_size = 1;
  tern_type *e = &info->entry;
  e->size = info->entry_size;
  e->kind = TERN_STRUCT;
  e->align = (uint8_t)align;
  e->name = TERN_STR("runtime.mapentry");
  if (v->ptrdata > 0)
    e->ptrdata = info->value_offset + v->ptrdata;
  else
    e->ptrdata = k->ptrdata;
  if (e->ptrdata == 0) return;
  uint64_t *mask = lang_persistent((e->ptrdata / 8 + 63) / 64 * 8);
  mask_or(mask, k, 0);
  mask_or(mask, v, info->value_offset);
  e->ptrmask = mask;
}

const struct map_info *map_info_make(const tern_type *mt) {
  lock(&map_table_lock);
  if (mt->map_info == NULL) {
    struct map_info *info = lang_persistent(sizeof *info);
    info->key = mt->key;
    info->value = mt->elem;
    info->kind = kind_of_key(mt->key);
    info->key_pointers = mt->key->ptrdata != 0;
    info->hash_panics = contains(mt->key, TERN_INTERFACE, TERN_INTERFACE);
    info->update_key = info->hash_panics ||
                       contains(mt->key, TERN_FLOAT32, TERN_FLOAT64);
    lay_out(info);
    /* pairs with map_info_of */
    store_rel(&((tern_type *)mt)->map_info, (const void *)info);
  }
  unlock(&map_table_lock);
  return mt->map_info;
}

/* ---- The index ---------------------------------------------------------------- */

static void index_put(uint64_t *table, uint32_t shift, uint64_t slot) {
  uint32_t mask = ~0u >> shift, i = (uint32_t)(slot >> 32) >> shift;
  while (table[i] != 0) i = (i + 1) & mask;
  table[i] = slot;
}

/* Takes out the slot, moving back what the probing of others led past it. */
static void index_remove(uint64_t *table, uint32_t shift, uint64_t *at) {
  uint32_t mask = ~0u >> shift, hole = (uint32_t)(at - table);
  for (uint32_t i = (hole + 1) & mask; table[i] != 0; i = (i + 1) & mask) {
    uint32_t home = (uint32_t)(table[i] >> 32) >> shift;
    /* May it lie at the hole?  Only if its home is not between the two. */
    if (((i - home) & mask) < ((i - hole) & mask)) continue;
    table[hole] = table[i];
    hole = i;
  }
  table[hole] = 0;
}

static uint64_t *index_make(uint32_t shift) {
  return mallocgc((int64_t)8 << (32 - shift), NULL, true);
}

/* Moves slots until `want` are done and the next is empty (MAP-4). */
static void move_slots(tern_map *m, uint32_t want) {
  uint32_t mask = ~0u >> m->old_shift, done = m->old_done;
  for (uint32_t n = 0;; n++, done++) {
    uint64_t *slot = &m->old[(m->old_start + done) & mask];
    if (*slot == 0) {
      if (done > mask) {
        tern_store_ptr(&m->old, NULL);
        return;
      }
      if (n >= want) break;
      continue;
    }
    index_put(m->index, m->shift, *slot);
    *slot = 0;
  }
  m->old_done = done;
}

void map_move_some(tern_map *m) { move_slots(m, MOVE_STEP); }

/* Puts a twice larger index in place; moves now or bit by bit. */
static __attribute__((noinline)) void index_grow(tern_map *m) {
  if (m->old != NULL) move_slots(m, ~0u);
  if (m->shift <= 1) fatal("map is too large");
  uint64_t *bigger = index_make(m->shift - 1);
  uint32_t start = 0;
  while (m->index[start] != 0) start++;
  m->old_shift = m->shift--;
  m->old_start = start;
  m->old_done = 0;
  tern_store_ptr(&m->old, m->index);
  tern_store_ptr(&m->index, bigger);
  if ((1u << (32 - m->old_shift)) <= MOVE_AT_ONCE) move_slots(m, ~0u);
}

/* Gives a small map its first index. */
static __attribute__((noinline)) void index_first(tern_map *m) {
  const struct map_info *info = m->info;
  const uint32_t shift = 32 - 5;
  uint64_t *table = index_make(shift);
  for (uint64_t live = m->live0; live != 0; live &= live - 1) {
    uint32_t e = (uint32_t)__builtin_ctzll(live);
    uint64_t h = map_hash(info->kind, info, map_entry(m, info, e));
    index_put(table, shift, h << 32 | e);
  }
  m->shift = shift;
  tern_store_ptr(&m->index, table);
}

/* ---- Entries ------------------------------------------------------------------ */

/* Makes room for chunk k in the directory. */
static void grow_directory(tern_map *m, uint32_t k) {
  int64_t want = k == 2 ? DIRECTORY_SMALL : DIRECTORY_FULL;
  void **dir = tern_new_array(&pointer_type, want);
  for (uint32_t i = 0; i < k; i++) tern_store_ptr(&dir[i], m->chunks[i]);
  tern_store_ptr(&m->chunks, dir);
}

/* Adds the next chunk, twice the size of the last, and bits for it. */
static __attribute__((noinline)) void add_chunk(tern_map *m) {
  uint32_t first = m->limit;
  uint32_t k = 31 - (uint32_t)__builtin_clz(first) - 3;
  if (k >= DIRECTORY_FULL - 1) fatal("map is too large");
  if (k == 2 || k == DIRECTORY_SMALL) grow_directory(m, k);
  void *chunk = tern_new_array(&m->info->entry, first);
  tern_store_ptr(&m->chunks[k], chunk);
  if (2 * first > 64) {
    uint64_t *live = mallocgc(2 * first / 8, NULL, true);
    memcpy(live, m->live, first <= 64 ? 8 : first / 8);
    tern_store_ptr(&m->live, live);
  }
  m->limit = 2 * first;
}

/* A number that was freed, from the moving hand on.  There is one. */
static uint32_t reuse_number(tern_map *m) {
  uint32_t word = m->hand / 64, words = (m->used + 63) / 64;
  for (;; word++) {
    if (word >= words) word = 0;
    uint64_t dead = ~m->live[word];
    if (word == 0) dead &= ~(uint64_t)0 << FIRST_NUMBER;
    if (dead == 0) continue;
    uint32_t e = word * 64 + (uint32_t)__builtin_ctzll(dead);
    if (e >= m->used) continue;
    m->hand = e;
    return e;
  }
}

/* A number for a new entry.  Freed ones are reused when they are an eighth of
 * all, so that the search for one is short on average. */
static uint32_t take_number(tern_map *m) {
  uint32_t handed = m->used - FIRST_NUMBER;
  uint32_t dead = handed - (uint32_t)m->count;
  if (dead > 0 && (m->index == NULL || m->used == m->limit) &&
      dead >= handed / 8)
    return reuse_number(m);
  if (m->used == m->limit) add_chunk(m);
  return m->used++;
}

char *map_insert(tern_map *m, uint32_t hash) {
  if (m->index == NULL) {
    if (m->count == SMALL_ENTRIES) index_first(m);
  } else if ((uint64_t)m->count >= ((uint64_t)3 << (32 - m->shift)) / 4) {
    index_grow(m);
  }
  uint32_t e = take_number(m);
  if (m->index == NULL) {
    int at = 8 * (int)(e - FIRST_NUMBER);
    m->tags = (m->tags & ~((uint64_t)0xFF << at)) | (uint64_t)(hash >> 24) << at;
  } else {
    uint32_t shift;
    uint64_t *table = map_table(m, hash, &shift);
    index_put(table, shift, (uint64_t)hash << 32 | e);
  }
  m->live[e / 64] |= (uint64_t)1 << (e % 64);
  m->count++;
  return map_entry(m, m->info, e);
}

/* ---- Operations --------------------------------------------------------------- */

tern_map *tern_makemap(const tern_type *mt, int64_t hint) {
  const struct map_info *info = map_info_of(mt);
  tern_map *m = tern_new(&header_type);
  m->info = info;
  m->used = m->limit = m->hand = FIRST_NUMBER;
  /* Atomic: a marker that a stale word led here may be reading them. */
  store_rlx(&m->chunks, &m->inline_chunks[0]);
  store_rlx(&m->live, &m->live0);
  if (hint > SMALL_ENTRIES) {
    uint32_t bits = 5;
    while (bits < 31 && ((int64_t)3 << bits) / 4 < hint) bits++;
    m->shift = 32 - bits;
    uint64_t *index = index_make(m->shift);
    tern_store_ptr(&m->index, index);
  }
  return m;
}

int64_t tern_maplen(const tern_map *m) { return m == NULL ? 0 : m->count; }

void *tern_mapaccess(const tern_type *mt, tern_map *m, const void *key) {
  if (m == NULL || m->count == 0) {
    const struct map_info *info = map_info_of(mt);
    if (info->hash_panics) (void)tern_hash(info->key, key, 0);
    return NULL;
  }
  const struct map_info *info = m->info;
  switch (info->kind) {
    case KEY_64: return tern_mapaccess_64(mt, m, *(const uint64_t *)key);
    case KEY_32: return tern_mapaccess_32(mt, m, *(const uint32_t *)key);
    case KEY_STRING: return tern_mapaccess_str(mt, m, *(const tern_string *)key);
    default: return map_get(KEY_ANY, m, info, key);
  }
}

void *tern_mapassign(const tern_type *mt, tern_map *m, const void *key) {
  if (m == NULL) tern_panic_nil_map();
  const struct map_info *info = m->info;
  switch (info->kind) {
    case KEY_64: return tern_mapassign_64(mt, m, *(const uint64_t *)key);
    case KEY_32: return tern_mapassign_32(mt, m, *(const uint32_t *)key);
    case KEY_STRING: return tern_mapassign_str(mt, m, *(const tern_string *)key);
    default: break;
  }
  bool fresh;
  char *e = map_put(KEY_ANY, m, info, key, &fresh);
  if (fresh)
    copy_value_init(info->key, e, key);
  else if (info->update_key)
    copy_value(info->key, e, key);
  map_end_write(m);
  return e + info->value_offset;
}

/* The number of a small map's entry at e. */
static uint32_t small_number(const tern_map *m, const char *e) {
  return FIRST_NUMBER + (uint32_t)((e - (char *)m->inline_chunks[0]) /
                                   m->info->entry_size);
}

static void forget(tern_map *m, uint32_t number, char *e) {
  const struct map_info *info = m->info;
  if (info->key_pointers) clear_value(info->key, e);
  tern_clear(info->value, e + info->value_offset, 1);
  m->live[number / 64] &= ~((uint64_t)1 << (number % 64));
  m->count--;
}

void tern_mapdelete(const tern_type *mt, tern_map *m, const void *key) {
  if (m == NULL || m->count == 0) {
    (void)tern_mapaccess(mt, m, key); /* for its panic */
    return;
  }
  const struct map_info *info = m->info;
  uint32_t hash = map_hash(info->kind, info, key);
  map_begin_write(m);
  if (m->index == NULL) {
    char *e = map_find_small(info->kind, m, info, hash, key);
    if (e != NULL) forget(m, small_number(m, e), e);
  } else {
    uint64_t *at;
    char *e = map_find_indexed(info->kind, m, info, hash, key, &at);
    if (e != NULL) {
      uint32_t number = (uint32_t)*at, shift;
      uint64_t *table = map_table(m, hash, &shift);
      index_remove(table, shift, at);
      forget(m, number, e);
    }
  }
  map_end_write(m);
}

void tern_mapclear(const tern_type *mt, tern_map *m) {
  (void)mt;
  if (m == NULL || m->used == FIRST_NUMBER) return;
  const struct map_info *info = m->info;
  map_begin_write(m);
  m->count = 0;
  clear_bytes(m->live, m->limit <= 64 ? 8 : m->limit / 8);
  for (uint32_t first = FIRST_NUMBER; first < m->used; first *= 2) {
    uint32_t n = m->used - first < first ? m->used - first : first;
    tern_clear(&info->entry, map_entry(m, info, first), n);
  }
  tern_store_ptr(&m->old, NULL);
  if (m->index != NULL) clear_bytes(m->index, (int64_t)8 << (32 - m->shift));
  m->used = m->hand = FIRST_NUMBER;
  m->tags = 0;
  map_end_write(m);
}
