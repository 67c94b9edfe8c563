/* map_iter.c - iteration over maps: a walk over the live bits.
 *
 * Entries never move (map.h), so the walk needs no more than a position.  It
 * starts at a random number, goes up to the numbers handed out when it began,
 * then from the lowest up to the start.  Each number is visited once:
 *   - an entry that lives throughout is produced exactly once;
 *   - a deleted one that was not reached yet is not produced;
 *   - one made during the walk may be produced or not, as Go allows.
 * A number freed and taken again during the walk is a new entry.
 */
#include "lang/map.h"

/* What tern_mapiter.state holds. */
enum { IT_MAP, IT_AT, IT_END, IT_START, IT_WRAPPED };

static uint32_t get(const tern_mapiter *it, int what) {
  return (uint32_t)(uintptr_t)it->state[what];
}
static void set(tern_mapiter *it, int what, uint32_t v) {
  it->state[what] = (void *)(uintptr_t)v;
}

void tern_mapiterinit(const tern_type *mt, tern_map *m, tern_mapiter *it) {
  (void)mt;
  it->key = NULL;
  it->value = NULL;
  it->state[IT_MAP] = m;
  if (m == NULL || m->count == 0) return;
  map_check_read(m);
  uint32_t start = FIRST_NUMBER + fastrandn(m->used - FIRST_NUMBER);
  set(it, IT_AT, start);
  set(it, IT_START, start);
  set(it, IT_END, m->used);
  set(it, IT_WRAPPED, 0);
  tern_mapiternext(it);
}

/* The first live number in [at, end), or end. */
static uint32_t next_live(const tern_map *m, uint32_t at, uint32_t end) {
  while (at < end) {
    uint64_t live = m->live[at / 64] >> (at % 64);
    if (live != 0) {
      at += (uint32_t)__builtin_ctzll(live);
      return at < end ? at : end;
    }
    at = (at / 64 + 1) * 64;
  }
  return end;
}

void tern_mapiternext(tern_mapiter *it) {
  const tern_map *m = it->state[IT_MAP];
  if (TERN_UNLIKELY(load_rlx(&m->flags) & MAP_WRITING))
    fatal("concurrent map iteration and map write");
  uint32_t end = get(it, get(it, IT_WRAPPED) ? IT_START : IT_END);
  uint32_t at = next_live(m, get(it, IT_AT), end);
  if (at == end && !get(it, IT_WRAPPED)) {
    set(it, IT_WRAPPED, 1);
    end = get(it, IT_START);
    at = next_live(m, FIRST_NUMBER, end);
  }
  if (at == end) {
    it->key = NULL;
    it->value = NULL;
    set(it, IT_AT, at);
    return;
  }
  set(it, IT_AT, at + 1);
  char *e = map_entry(m, m->info, at);
  it->key = e;
  it->value = e + m->info->value_offset;
}
