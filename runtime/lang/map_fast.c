/* map_fast.c - map look-up and assignment for keys of 8 and 4 plain bytes and
 * for strings: the same algorithm (map.h), with hash and comparison inlined.
 *
 * A map's kind is decided by its key type alone (map_info), so fast and general
 * operations may be mixed on one map.
 */
#include "lang/map.h"

#include "gc/barrier.h"

void *tern_mapaccess_64(const tern_type *mt, tern_map *m, uint64_t key) {
  if (m == NULL || m->count == 0) return NULL;
  const struct map_info *info = m->info;
  if (TERN_UNLIKELY(info->kind != KEY_64)) return tern_mapaccess(mt, m, &key);
  return map_get(KEY_64, m, info, &key);
}

void *tern_mapassign_64(const tern_type *mt, tern_map *m, uint64_t key) {
  if (TERN_UNLIKELY(m == NULL)) tern_panic_nil_map();
  const struct map_info *info = m->info;
  if (TERN_UNLIKELY(info->kind != KEY_64)) return tern_mapassign(mt, m, &key);
  bool fresh;
  char *e = map_put(KEY_64, m, info, &key, &fresh);
  if (fresh) {
    if (info->key_pointers)
      tern_store_ptr(e, (void *)key);
    else
      *(uint64_t *)e = key;
  }
  map_end_write(m);
  return e + info->value_offset;
}

void *tern_mapaccess_32(const tern_type *mt, tern_map *m, uint32_t key) {
  if (m == NULL || m->count == 0) return NULL;
  const struct map_info *info = m->info;
  if (TERN_UNLIKELY(info->kind != KEY_32)) return tern_mapaccess(mt, m, &key);
  return map_get(KEY_32, m, info, &key);
}

void *tern_mapassign_32(const tern_type *mt, tern_map *m, uint32_t key) {
  if (TERN_UNLIKELY(m == NULL)) tern_panic_nil_map();
  const struct map_info *info = m->info;
  if (TERN_UNLIKELY(info->kind != KEY_32)) return tern_mapassign(mt, m, &key);
  bool fresh;
  char *e = map_put(KEY_32, m, info, &key, &fresh);
  if (fresh) *(uint32_t *)e = key;
  map_end_write(m);
  return e + info->value_offset;
}

void *tern_mapaccess_str(const tern_type *mt, tern_map *m, tern_string key) {
  if (m == NULL || m->count == 0) return NULL;
  const struct map_info *info = m->info;
  if (TERN_UNLIKELY(info->kind != KEY_STRING))
    return tern_mapaccess(mt, m, &key);
  return map_get(KEY_STRING, m, info, &key);
}

void *tern_mapassign_str(const tern_type *mt, tern_map *m, tern_string key) {
  if (TERN_UNLIKELY(m == NULL)) tern_panic_nil_map();
  const struct map_info *info = m->info;
  if (TERN_UNLIKELY(info->kind != KEY_STRING))
    return tern_mapassign(mt, m, &key);
  bool fresh;
  char *e = map_put(KEY_STRING, m, info, &key, &fresh);
  if (fresh) tern_store_string((tern_string *)e, key);
  map_end_write(m);
  return e + info->value_offset;
}
