/* alg.c - equality and hashing of values of any type, by walking the type.
 *
 * Called for comparisons that emitted code does not spell out, and by maps.
 * Equal values have equal hashes: floats are hashed with -0 as +0; a NaN, equal
 * to nothing, gets a random hash, so that many NaN keys do not share a chain.
 *
 * Recursion follows the nesting of types and of the values inside interfaces,
 * which has no bound; so each struct and array checks the stack, as emitted code
 * does.
 */
#include <string.h>

#include "heap/heap.h"
#include "heap/stats.h"
#include "lang/lang.h"
#include "os/os.h"

uint64_t hash_key[2] = {0xA0761D6478BD642Fu, 0xE7037ED1A0B428DBu};

extern uint64_t small_values[256];
extern void error_init(void);

void lang_init(void) {
  hash_key[0] ^= os_random();
  hash_key[1] ^= os_random();
  hash_key[1] |= 1;
  for (uint64_t i = 0; i < 256; i++) small_values[i] = i;
  error_init();
}

void *lang_persistent(int64_t size) {
  return persistentalloc((uintptr_t)size, 16, &sys_stats.other);
}

/* ---- Equality --------------------------------------------------------------- */

static bool equal_plain(const void *a, const void *b, int64_t n) {
  switch (n) {
    case 0: return true;
    case 1: return *(const uint8_t *)a == *(const uint8_t *)b;
    case 2: return memcmp(a, b, 2) == 0;
    case 4: return memcmp(a, b, 4) == 0;
    case 8: return memcmp(a, b, 8) == 0;
    case 16: return memcmp(a, b, 16) == 0;
    default: return equal_bytes(a, b, n);
  }
}

static bool equal_parts(const tern_type *t, const char *a, const char *b) {
  if (t->kind == TERN_ARRAY) {
    for (int64_t i = 0; i < t->len; i++) {
      int64_t at = i * t->elem->size;
      if (!tern_equal(t->elem, a + at, b + at)) return false;
      if ((i & 1023) == 1023) tern_poll();
    }
    return true;
  }
  for (int64_t i = 0; i < t->nfields; i++) {
    const tern_field *f = &t->fields[i];
    if (f->name.len == 1 && f->name.ptr[0] == '_') continue;
    if (!tern_equal(f->type, a + f->offset, b + f->offset)) return false;
  }
  return true;
}

struct equal_args {
  const tern_type *t;
  const void *a, *b;
  bool result;
};

static void equal_on_new_segment(void *arg) {
  struct equal_args *e = arg;
  e->result = equal_parts(e->t, e->a, e->b);
}

/* Arrays and structs. */
static bool equal_composite(const tern_type *t, const void *a, const void *b) {
  if (TERN_LIKELY(!tern_stack_low())) return equal_parts(t, a, b);
  struct equal_args e = {t, a, b, false};
  tern_morestack(equal_on_new_segment, &e, 0);
  return e.result;
}

bool tern_equal(const tern_type *t, const void *a, const void *b) {
  if (t->flags & TERN_PLAIN_EQ) return equal_plain(a, b, t->size);
  switch (t->kind) {
    case TERN_FLOAT32: return *(const float *)a == *(const float *)b;
    case TERN_FLOAT64: return *(const double *)a == *(const double *)b;
    case TERN_STRING:
      return tern_streq(*(const tern_string *)a, *(const tern_string *)b);
    case TERN_INTERFACE:
      if (is_eface(t))
        return tern_efaceeq(*(const tern_eface *)a, *(const tern_eface *)b);
      return tern_ifaceeq(*(const tern_iface *)a, *(const tern_iface *)b);
    case TERN_ARRAY:
    case TERN_STRUCT: return equal_composite(t, a, b);
    case TERN_SLICE:
    case TERN_MAP:
    case TERN_FUNC: panic_type(TERN_STR("comparing uncomparable type "), t);
    default: return equal_plain(a, b, t->size);
  }
}

/* ---- Hashing ---------------------------------------------------------------- */

static inline uint64_t read64(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}
static inline uint64_t read32(const uint8_t *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return v;
}

/* Sixteen bytes a step, folded by a 64 x 64 -> 128 bit multiplication; the last
 * 1 to 16 bytes are read as two words that may overlap. */
uint64_t hash_bytes(const void *data, int64_t n, uint64_t seed) {
  const uint8_t *p = data;
  uint64_t h = seed ^ hash_key[0], a, b;
  int64_t left = n;
  while (left > 16) {
    h = hash_mix(read64(p) ^ hash_key[1], read64(p + 8) ^ h);
    p += 16, left -= 16;
    if (TERN_UNLIKELY((left & 0xFFFFF) == 0)) tern_poll();
  }
  if (left >= 8) {
    a = read64(p), b = read64(p + left - 8);
  } else if (left >= 4) {
    a = read32(p), b = read32(p + left - 4);
  } else if (left > 0) {
    a = (uint64_t)p[0] << 16 | (uint64_t)p[left >> 1] << 8 | p[left - 1];
    b = 0;
  } else {
    a = b = 0;
  }
  h = hash_mix(a ^ hash_key[1], b ^ h);
  return hash_mix(h ^ hash_key[0], (uint64_t)n ^ hash_key[1]);
}

static uint64_t hash_double(double v, uint64_t seed) {
  if (v == 0) return hash_u64(0, seed);
  if (v != v) return hash_u64((uint64_t)fastrand() << 32 | fastrand(), seed);
  uint64_t bits;
  memcpy(&bits, &v, 8);
  return hash_u64(bits, seed);
}

/* Panics, as Go does, when the dynamic type cannot be hashed. */
static uint64_t hash_eface(tern_eface v, uint64_t seed) {
  if (v.type == NULL) return hash_u64(0, seed);
  if (!(v.type->flags & TERN_COMPARABLE))
    panic_type(TERN_STR("hash of unhashable type "), v.type);
  seed ^= v.type->hash;
  if (v.type->flags & TERN_DIRECT) return hash_u64((uintptr_t)v.data, seed);
  return tern_hash(v.type, v.data, seed);
}

static uint64_t hash_parts(const tern_type *t, const char *p, uint64_t seed) {
  if (t->kind == TERN_ARRAY) {
    for (int64_t i = 0; i < t->len; i++) {
      seed = tern_hash(t->elem, p + i * t->elem->size, seed);
      if ((i & 1023) == 1023) tern_poll();
    }
    return seed;
  }
  for (int64_t i = 0; i < t->nfields; i++) {
    const tern_field *f = &t->fields[i];
    if (f->name.len == 1 && f->name.ptr[0] == '_') continue;
    seed = tern_hash(f->type, p + f->offset, seed);
  }
  return seed;
}

struct hash_args {
  const tern_type *t;
  const void *p;
  uint64_t seed, result;
};

static void hash_on_new_segment(void *arg) {
  struct hash_args *h = arg;
  h->result = hash_parts(h->t, h->p, h->seed);
}

/* Arrays and structs. */
static uint64_t hash_composite(const tern_type *t, const void *p,
                               uint64_t seed) {
  if (TERN_LIKELY(!tern_stack_low())) return hash_parts(t, p, seed);
  struct hash_args h = {t, p, seed, 0};
  tern_morestack(hash_on_new_segment, &h, 0);
  return h.result;
}

static uint64_t hash_plain(const void *p, int64_t n, uint64_t seed) {
  if (n == 8) return hash_u64(read64(p), seed);
  if (n == 4) return hash_u64(read32(p), seed);
  return hash_bytes(p, n, seed);
}

uint64_t tern_hash(const tern_type *t, const void *p, uint64_t seed) {
  if (t->flags & TERN_PLAIN_EQ) return hash_plain(p, t->size, seed);
  switch (t->kind) {
    case TERN_FLOAT32: return hash_double((double)*(const float *)p, seed);
    case TERN_FLOAT64: return hash_double(*(const double *)p, seed);
    case TERN_STRING: {
      const tern_string *s = p;
      return hash_bytes(s->ptr, s->len, seed);
    }
    case TERN_INTERFACE: {
      if (is_eface(t)) return hash_eface(*(const tern_eface *)p, seed);
      return hash_eface(tern_i2e(*(const tern_iface *)p), seed);
    }
    case TERN_ARRAY:
    case TERN_STRUCT: return hash_composite(t, p, seed);
    case TERN_SLICE:
    case TERN_MAP:
    case TERN_FUNC: panic_type(TERN_STR("hash of unhashable type "), t);
    default: return hash_plain(p, t->size, seed);
  }
}
