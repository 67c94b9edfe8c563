/* map.h - the inside of maps, for map.c, map_fast.c and map_iter.c.
 *
 * A map is a list of entries in the order of insertion, and an index from hash
 * to entry number.
 *
 *   index  (open addressing)            entries (never move)
 *   +------------+------------+         chunk 0:   8 entries, numbers   8..15
 *   | hash 32bit | number     |  --->   chunk 1:  16 entries, numbers  16..31
 *   +------------+------------+         chunk 2:  32 entries, numbers  32..63
 *   |     0: empty            |         ...
 *   +-------------------------+         live:  one bit for each number
 *
 * Numbers begin at 8, so that the chunk of a number is its highest bit, and 0
 * means "empty slot".  A map of at most eight entries has no index; its first
 * chunk is searched.
 *
 * Why so: entries do not move when a map grows.  An iteration is therefore a
 * walk over the live bits, from a random start, that cannot be confused by
 * insertions, deletions or growth; growing copies no keys and values; and the
 * collector sees each chunk as an ordinary array of {key, value}.  Go 1.23 keeps
 * eight entries in a bucket and moves them; its iterator has to find entries
 * again in a table that grew.
 *
 * Invariants
 *  MAP-1  number e < used was handed out; live bit e says whether it is an entry
 *         now; count = number of live bits.  A number that is not live has a
 *         zero value, and a zero key if keys hold pointers.
 *  MAP-2  With an index, each live number is in exactly one slot of index or old.
 *         Probing is linear; there are no tombstones: deletion shifts the rest
 *         of the cluster back.
 *  MAP-3  The index is at most three quarters full.
 *  MAP-4  While it grows, old is the smaller index.  The homes
 *         old_start, old_start+1, ... (old_done of them) have moved; their slots
 *         in old are empty unless a cluster of the rest grew into them.  The
 *         slot at the boundary was empty when the mover stopped there, so no
 *         cluster crosses it.
 *  MAP-5  Readers change nothing: any number of goroutines may read at once.
 *  MAP-6  WRITING is set in flags during every change; who finds it set reports
 *         a race of the program and ends it, as Go does.
 */
#ifndef TERN_LANG_MAP_H
#define TERN_LANG_MAP_H

#include <string.h>

#include "lang/lang.h"
#include "os/print.h"

#define FIRST_NUMBER 8u
#define SMALL_ENTRIES 8
#define MAP_WRITING 1u

/* How keys are hashed and compared. */
enum key_kind { KEY_ANY, KEY_64, KEY_32, KEY_STRING };

/* What is derived from a map type.  Made once; constant after init. */
struct map_info {
  const tern_type *key, *value;
  int64_t value_offset, entry_size;
  enum key_kind kind;
  bool key_pointers;  /* keys hold pointers */
  bool update_key;    /* equal keys may differ: +0 and -0 */
  bool hash_panics;   /* a key may be unhashable */
  tern_type entry;    /* {key, value}, for the allocator */
};

struct tern_map {
  /* owned by whoever may write the map; MAP-5, MAP-6 */
  int64_t count;
  const struct map_info *info;
  uint32_t used;      /* the next number never handed out */
  uint32_t flags;     /* atomic, relaxed */
  uint32_t limit;     /* numbers below have memory */
  uint32_t hand;      /* where to look next for a number that was freed */
  uint64_t *index;    /* NULL while small */
  uint64_t *old;      /* NULL unless growing */
  uint32_t shift, old_shift; /* home = hash >> shift */
  uint32_t old_start;
  uint32_t old_done;
  void **chunks;      /* inline_chunks, or an array in the heap */
  uint64_t *live;     /* &live0, or an array in the heap */
  uint64_t live0;
  uint64_t tags;      /* small, KEY_ANY: eight bits of each entry's hash */
  void *inline_chunks[2];
};

const struct map_info *map_info_make(const tern_type *mt);
static inline const struct map_info *map_info_of(const tern_type *mt) {
  const struct map_info *info = load_acq(&mt->map_info); /* map_info_make */
  return info != NULL ? info : map_info_make(mt);
}

/* Gives the map a fresh entry with this hash; returns its memory, key unset.
 * The writer's flag is set. */
char *map_insert(tern_map *m, uint32_t hash);
/* Moves a piece of the old index; m->old is set. */
void map_move_some(tern_map *m);

static inline char *map_entry(const tern_map *m, const struct map_info *info,
                              uint32_t number) {
  uint32_t top = 31 - (uint32_t)__builtin_clz(number);
  return (char *)m->chunks[top - 3] +
         (uint64_t)(number ^ (1u << top)) * (uint64_t)info->entry_size;
}

static inline uint32_t map_hash(enum key_kind kind, const struct map_info *info,
                                const void *key) {
  switch (kind) {
    case KEY_64: return (uint32_t)(hash_u64(*(const uint64_t *)key, 0) >> 32);
    case KEY_32: return (uint32_t)(hash_u64(*(const uint32_t *)key, 0) >> 32);
    case KEY_STRING: {
      const tern_string *s = key;
      return (uint32_t)(hash_bytes(s->ptr, s->len, 0) >> 32);
    }
    default: return (uint32_t)(tern_hash(info->key, key, 0) >> 32);
  }
}

static inline bool map_key_equal(enum key_kind kind,
                                 const struct map_info *info, const void *have,
                                 const void *key) {
  switch (kind) {
    case KEY_64: return *(const uint64_t *)have == *(const uint64_t *)key;
    case KEY_32: return *(const uint32_t *)have == *(const uint32_t *)key;
    case KEY_STRING: {
      const tern_string *a = have, *b = key;
      return a->len == b->len &&
             (a->ptr == b->ptr || tern_streq_slow(*a, *b));
    }
    default: return tern_equal(info->key, have, key);
  }
}

/* The slot's index table for a hash: m->index, or m->old for homes that have not
 * moved (MAP-4). */
static inline uint64_t *map_table(const tern_map *m, uint32_t hash,
                                  uint32_t *shift) {
  if (TERN_UNLIKELY(m->old != NULL)) {
    uint32_t mask = ~0u >> m->old_shift, home = hash >> m->old_shift;
    if (((home - m->old_start) & mask) >= m->old_done) {
      *shift = m->old_shift;
      return m->old;
    }
  }
  *shift = m->shift;
  return m->index;
}

/* The entry with this key in a map without index, or NULL. */
static inline char *map_find_small(enum key_kind kind, const tern_map *m,
                                   const struct map_info *info, uint32_t hash,
                                   const void *key) {
  char *chunk = m->inline_chunks[0];
  for (uint64_t live = m->live0 >> FIRST_NUMBER; live != 0; live &= live - 1) {
    int i = __builtin_ctzll(live);
    if (kind == KEY_ANY && (uint8_t)(m->tags >> (8 * i)) != hash >> 24) continue;
    char *e = chunk + i * info->entry_size;
    if (map_key_equal(kind, info, e, key)) return e;
  }
  return NULL;
}

/* The entry with this key in a map with index, or NULL; its slot in *at. */
static inline __attribute__((always_inline)) char *map_find_indexed(
    enum key_kind kind, const tern_map *m, const struct map_info *info,
    uint32_t hash, const void *key, uint64_t **at) {
  uint32_t shift;
  uint64_t *table = map_table(m, hash, &shift);
  uint32_t mask = ~0u >> shift;
  for (uint32_t i = hash >> shift;; i = (i + 1) & mask) {
    uint64_t slot = table[i];
    if (slot == 0) return NULL;
    if ((uint32_t)(slot >> 32) != hash) continue;
    char *e = map_entry(m, info, (uint32_t)slot);
    if (TERN_LIKELY(map_key_equal(kind, info, e, key))) {
      *at = &table[i];
      return e;
    }
  }
}

static inline void map_check_read(const tern_map *m) {
  if (TERN_UNLIKELY(load_rlx(&m->flags) & MAP_WRITING))
    fatal("concurrent map read and map write");
}
static inline void map_begin_write(tern_map *m) {
  if (TERN_UNLIKELY(load_rlx(&m->flags) & MAP_WRITING))
    fatal("concurrent map writes");
  store_rlx(&m->flags, m->flags | MAP_WRITING);
}
static inline void map_end_write(tern_map *m) {
  if (TERN_UNLIKELY(!(load_rlx(&m->flags) & MAP_WRITING)))
    fatal("concurrent map writes");
  store_rlx(&m->flags, m->flags & ~MAP_WRITING);
}

/* The whole of a look-up and of an assignment, to be specialised by kind. */
static inline __attribute__((always_inline)) void *map_get(
    enum key_kind kind, const tern_map *m, const struct map_info *info,
    const void *key) {
  char *e;
  map_check_read(m);
  if (m->index == NULL) {
    uint32_t hash = kind == KEY_ANY ? map_hash(kind, info, key) : 0;
    e = map_find_small(kind, m, info, hash, key);
  } else {
    uint64_t *at;
    e = map_find_indexed(kind, m, info, map_hash(kind, info, key), key, &at);
  }
  return e == NULL ? NULL : e + info->value_offset;
}

/* Finds the key's entry or makes one; *fresh says which.  Sets the writer's
 * flag, which the caller clears after it stored the key. */
static inline __attribute__((always_inline)) char *map_put(
    enum key_kind kind, tern_map *m, const struct map_info *info,
    const void *key, bool *fresh) {
  uint32_t hash = 0;
  bool small = m->index == NULL && kind != KEY_ANY;
  if (!small) hash = map_hash(kind, info, key); /* may panic: before the flag */
  map_begin_write(m);
  if (TERN_UNLIKELY(m->old != NULL)) map_move_some(m);
  char *e;
  uint64_t *at;
  if (m->index == NULL)
    e = map_find_small(kind, m, info, hash, key);
  else
    e = map_find_indexed(kind, m, info, hash, key, &at);
  *fresh = e == NULL;
  if (e == NULL) {
    if (small) hash = map_hash(kind, info, key);
    e = map_insert(m, hash);
  }
  return e;
}

#endif
