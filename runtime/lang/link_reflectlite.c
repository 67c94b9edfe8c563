/* link_reflectlite.c - the C half of package internal/reflectlite: boxing,
 * barriers and map iteration for values of a type known only at run time. */
#include <string.h>

#include "lang/link.h"

#define SYMBOL(name) TERN_SYMBOL("internal/reflectlite." name)

bool reflectlite_implements(const tern_type *inter, const tern_type *t)
    SYMBOL("implements");
tern_eface reflectlite_box(const tern_type *t, const void *p) SYMBOL("box");
void reflectlite_assign(const tern_type *t, void *dst, const void *src)
    SYMBOL("assign");
void reflectlite_assign_interface(const tern_type *t, void *dst, tern_eface v)
    SYMBOL("assignInterface");
const tern_type *reflectlite_iface_type(const tern_iface *p)
    SYMBOL("ifaceType");
void reflectlite_swap(const tern_type *t, uint8_t *base, int64_t i, int64_t j)
    SYMBOL("swap");
int64_t reflectlite_maplen(const tern_map *m) SYMBOL("maplen");
void reflectlite_mapiterinit(const tern_type *t, tern_map *m, tern_mapiter *it)
    SYMBOL("mapiterinit");
void reflectlite_mapiternext(tern_mapiter *it) SYMBOL("mapiternext");
int64_t reflectlite_chanlen(tern_chan *c) SYMBOL("chanlen");

/* Whether t has all methods of the interface type inter. */
bool reflectlite_implements(const tern_type *inter, const tern_type *t) {
  return inter->nimethods == 0 || tern_find_itab(inter, t) != NULL;
}

/* The value of type t at p as an interface. */
tern_eface reflectlite_box(const tern_type *t, const void *p) {
  return (tern_eface){t, tern_box(t, p)};
}

/* *dst = *src for values of type t. */
void reflectlite_assign(const tern_type *t, void *dst, const void *src) {
  tern_copy(t, dst, src, 1);
}

/* Stores v, which implements t, in the variable of interface type t at dst. */
void reflectlite_assign_interface(const tern_type *t, void *dst, tern_eface v) {
  if (t->nimethods == 0)
    tern_store_eface(dst, v);
  else
    tern_store_iface(dst, (tern_iface){tern_assert_itab(t, v.type), v.data});
}

/* The dynamic type of an interface with methods; NULL if it is nil. */
const tern_type *reflectlite_iface_type(const tern_iface *p) {
  return tern_itab_type(p->tab);
}

/* Exchanges elements i and j, of type t, word by word: each pointer word is
 * stored with its barrier, so the collector sees both values throughout. */
void reflectlite_swap(const tern_type *t, uint8_t *base, int64_t i, int64_t j) {
  uint8_t *a = base + i * t->size, *b = base + j * t->size;
  int64_t done = 0;
  for (; done < t->ptrdata; done += 8) {
    int64_t word = done / 8;
    void **pa = (void **)(a + done), **pb = (void **)(b + done);
    void *va = *pa, *vb = *pb;
    if (t->ptrmask[word / 64] >> (word % 64) & 1) {
      tern_store_ptr(pa, vb);
      tern_store_ptr(pb, va);
    } else {
      *pa = vb;
      *pb = va;
    }
  }
  while (done < t->size) {
    uint8_t tmp[64];
    int64_t n = t->size - done;
    if (n > (int64_t)sizeof tmp) n = sizeof tmp;
    memcpy(tmp, a + done, (size_t)n);
    memcpy(a + done, b + done, (size_t)n);
    memcpy(b + done, tmp, (size_t)n);
    done += n;
  }
}

/* How many entries a map has; a nil map has none. */
int64_t reflectlite_maplen(const tern_map *m) { return tern_maplen(m); }

/* Here the iterator is in the heap, under the marker's eyes. */
static void put_iter(tern_mapiter *it, const tern_mapiter *now) {
  void **to = (void **)it, *const *from = (void *const *)now;
  for (size_t i = 0; i < sizeof *it / sizeof *to; i++)
    tern_store_ptr(&to[i], from[i]);
}

/* Starts an iteration; it->key is NULL at the end. */
void reflectlite_mapiterinit(const tern_type *t, tern_map *m,
                             tern_mapiter *it) {
  tern_mapiter now = {0};
  tern_mapiterinit(t, m, &now);
  put_iter(it, &now);
}

/* Goes to the next entry. */
void reflectlite_mapiternext(tern_mapiter *it) {
  tern_mapiter now = *it;
  tern_mapiternext(&now);
  put_iter(it, &now);
}

/* How many elements wait in a channel. */
int64_t reflectlite_chanlen(tern_chan *c) { return tern_chanlen(c); }
