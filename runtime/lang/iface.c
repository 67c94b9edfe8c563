/* iface.c - interface values: boxing, itabs, assertions, equality.
 *
 * Boxing.  A value that is not pointer-shaped is copied to the heap.  Small
 * integers and zero values need no memory: their data words lead into constant
 * tables.  Nobody may write through a data word, so sharing is invisible.
 *
 * Itabs made at run time (assertions to interface types, conversions between
 * interface types) live in one hash table of (interface, type) pairs, answers
 * "does not implement" included.
 *   - find: lock-free.  Load the table (acquire), probe, compare.
 *   - add: under itab_lock; probe again, publish the entry with release.  When
 *     three quarters are full, a table of twice the size is filled and then
 *     published; the old one stays for readers that still probe it.
 * Entries never change and are never freed.
 *
 * Two itabs may exist for one pair (a static one in emitted code, one from here),
 * so interface equality compares the types behind them.
 */
#include <string.h>

#include "lang/lang.h"

uint64_t tern_zero_value[128] = {0};
uint64_t small_values[256];

/* ---- Boxing ----------------------------------------------------------------- */

static bool all_zero(const void *p, int64_t n) {
  const uint64_t *w = p;
  for (int64_t i = 0; i < n / 8; i++)
    if (w[i] != 0) return false;
  return true;
}

/* The shared copy of a small or zero value, or NULL. */
static void *shared_box(const tern_type *t, const void *src) {
  switch (t->size) {
    case 0: return tern_zero_value;
    case 1: return &small_values[*(const uint8_t *)src];
    case 2: {
      uint16_t v = *(const uint16_t *)src;
      return v < 256 ? &small_values[v] : NULL;
    }
    case 4: {
      uint32_t v = *(const uint32_t *)src;
      return v < 256 ? &small_values[v] : NULL;
    }
    case 8: {
      uint64_t v;
      memcpy(&v, src, 8);
      return v < 256 ? &small_values[v] : NULL;
    }
    case 16:
    case 24: /* strings and slices: "" and nil */
      if (t->align == 8 && all_zero(src, t->size)) return tern_zero_value;
      return NULL;
    default: return NULL;
  }
}

void *tern_box(const tern_type *t, const void *src) {
  if (t->flags & TERN_DIRECT) return *(void *const *)src;
  void *p = shared_box(t, src);
  if (p != NULL) return p;
  p = tern_new(t);
  copy_value_init(t, p, src);
  return p;
}

/* ---- Types and method sets ---------------------------------------------------- */

bool same_type_slow(const tern_type *a, const tern_type *b) {
  return a != NULL && b != NULL && a->hash == b->hash && a->kind == b->kind &&
         tern_streq(a->name, b->name) && tern_streq(a->pkgpath, b->pkgpath);
}

/* The method of t that answers m, or NULL.  *at is where to go on: both lists
 * are sorted in the same way. */
static const tern_method *find_method(const tern_type *t, int64_t *at,
                                      const tern_imethod *m) {
  for (; *at < t->nmethods; ++*at) {
    const tern_method *have = &t->methods[*at];
    if (tern_streq(have->name, m->name) &&
        tern_streq(have->pkgpath, m->pkgpath))
      return same_type(have->type, m->type) ? have : NULL;
  }
  return NULL;
}

/* Fills fun[] (may be NULL); returns the name of a missing method, or NULL. */
static const tern_string *match(const tern_type *inter, const tern_type *t,
                                void **fun) {
  int64_t at = 0;
  for (int64_t i = 0; i < inter->nimethods; i++) {
    const tern_method *m = find_method(t, &at, &inter->imethods[i]);
    if (m == NULL) return &inter->imethods[i].name;
    if (fun != NULL) fun[i] = m->ifn;
  }
  return NULL;
}

/* ---- The itab table ------------------------------------------------------------ */

struct itab_entry {
  const tern_type *inter, *type;
  const tern_itab *itab; /* NULL: does not implement */
};

struct itab_table {
  uint64_t mask; /* slots - 1 */
  struct itab_entry *slot[]; /* atomic: release, pairs with lookup's acquire */
};

static mutex itab_lock = MUTEX_INIT(ITAB);
static struct itab_table *itab_table; /* atomic: release by publish_table */
static uint64_t itab_count;           /* guarded by itab_lock */

static uint64_t itab_hash(const tern_type *inter, const tern_type *t) {
  return hash_mix((uintptr_t)inter ^ 0x9E3779B97F4A7C15u,
                  (uintptr_t)t ^ 0xD1B54A32D192ED03u);
}

static const struct itab_entry *lookup(const tern_type *inter,
                                       const tern_type *t) {
  struct itab_table *tab = load_acq(&itab_table);
  if (tab == NULL) return NULL;
  for (uint64_t i = itab_hash(inter, t);; i++) {
    const struct itab_entry *e = load_acq(&tab->slot[i & tab->mask]);
    if (e == NULL || (e->inter == inter && e->type == t)) return e;
  }
}

static void put(struct itab_table *tab, struct itab_entry *e) {
  uint64_t i = itab_hash(e->inter, e->type);
  while (load_rlx(&tab->slot[i & tab->mask]) != NULL) i++;
  store_rel(&tab->slot[i & tab->mask], e); /* pairs with lookup */
}

/* Makes room for one more entry; itab_lock held. */
static void reserve_slot(void) {
  struct itab_table *old = itab_table;
  if (old != NULL && itab_count < (old->mask + 1) / 4 * 3) return;
  uint64_t slots = old == NULL ? 256 : 2 * (old->mask + 1);
  struct itab_table *tab =
      lang_persistent((int64_t)(sizeof *tab + slots * sizeof tab->slot[0]));
  tab->mask = slots - 1;
  for (uint64_t i = 0; old != NULL && i <= old->mask; i++)
    if (old->slot[i] != NULL) put(tab, old->slot[i]);
  store_rel(&itab_table, tab); /* pairs with lookup */
}

/* Adds the pair unless another thread did; returns its entry. */
static const struct itab_entry *add_pair(const tern_type *inter,
                                         const tern_type *t) {
  lock(&itab_lock);
  const struct itab_entry *found = lookup(inter, t);
  if (found == NULL) {
    struct itab_entry *e = lang_persistent(sizeof *e);
    tern_itab *tab =
        lang_persistent((int64_t)sizeof *tab + inter->nimethods * 8);
    tab->inter = inter;
    tab->type = t;
    bool ok = match(inter, t, tab->fun) == NULL;
    *e = (struct itab_entry){inter, t, ok ? tab : NULL};
    reserve_slot();
    itab_count++;
    put(itab_table, e);
    found = e;
  }
  unlock(&itab_lock);
  return found;
}

const tern_itab *tern_find_itab(const tern_type *inter, const tern_type *t) {
  if (t == NULL) return NULL;
  const struct itab_entry *e = lookup(inter, t);
  if (e == NULL) e = add_pair(inter, t);
  return e->itab;
}

const tern_itab *tern_assert_itab(const tern_type *inter, const tern_type *t) {
  const tern_itab *tab = tern_find_itab(inter, t);
  if (tab == NULL) tern_panic_assert(NULL, t, inter);
  return tab;
}

void tern_panic_assert(const tern_type *inter, const tern_type *have,
                       const tern_type *want) {
  tern_string missing = {0, 0};
  if (have != NULL && want->kind == TERN_INTERFACE) {
    const tern_string *name = match(want, have, NULL);
    if (name != NULL) missing = *name;
  }
  panic_assertion(inter, have, want, missing);
}

/* ---- Errors and Stringers -------------------------------------------------------- */

/* The code of t's method `name` of type func() string, or NULL. */
static void *text_method(const tern_type *t, tern_string name) {
  for (int64_t i = 0; i < t->nmethods; i++) {
    const tern_method *m = &t->methods[i];
    if (tern_streq(m->name, name) && m->type->nin == 0 && m->type->nout == 1 &&
        m->type->inout[0]->kind == TERN_STRING &&
        m->type->inout[0]->pkgpath.len == 0)
      return m->ifn;
  }
  return NULL;
}

bool error_text(tern_eface v, tern_string *text) {
  if (v.type == NULL) return false;
  tern_string (*fn)(void *) =
      (tern_string(*)(void *))text_method(v.type, TERN_STR("Error"));
  if (fn == NULL)
    fn = (tern_string(*)(void *))text_method(v.type, TERN_STR("String"));
  if (fn == NULL) return false;
  *text = fn(v.data);
  return true;
}

/* ---- Equality ------------------------------------------------------------------- */

bool tern_efaceeq(tern_eface a, tern_eface b) {
  if (a.type != b.type && !same_type(a.type, b.type)) return false;
  if (a.type == NULL) return true;
  if (!(a.type->flags & TERN_COMPARABLE))
    panic_type(TERN_STR("comparing uncomparable type "), a.type);
  if (a.type->flags & TERN_DIRECT) return a.data == b.data;
  if (a.data == b.data && (a.type->flags & TERN_PLAIN_EQ)) return true;
  return tern_equal(a.type, a.data, b.data);
}

bool tern_ifaceeq(tern_iface a, tern_iface b) {
  return tern_efaceeq(tern_i2e(a), tern_i2e(b));
}
