/* poison.c - GODEBUG=ffipoison=1: C that keeps what it was lent is found out.
 *
 * What a pointer argument points to is pinned for the call only.  C code that keeps
 * the pointer works for as long as the program happens to keep the object, and
 * breaks later and elsewhere.  In this mode C never sees the object: it gets a copy
 * in pages of its own, what it changed is copied back after the call, and the pages
 * are closed.  Whoever touches them afterwards faults at once, with a message that
 * names the function that was lent them.  Objects that a runtime.Pinner holds are
 * passed as they are.
 *
 * The same is done for strings, for objects that the first ones point to, and for a
 * uintptr that is the address of an object.  A pointer that C moved within what it was
 * lent (it sorted a slice of pointers) is written back as a pointer to the object.
 *
 * What the mode does not see: objects two pointers away or more, those on stacks and in
 * globals, arguments of SyscallN, and what a call lends beyond MAX_LENT objects.
 * Conversely, Go code that C calls back sees the copies: if it keeps a pointer, it
 * keeps one that will be closed.
 */
#include "ffi/poison.h"

#include <string.h>
#include <sys/mman.h>

#include "gc/pin.h"
#include "heap/heap.h"
#include "os/os.h"
#include "os/print.h"
#include "sched/sched.h"

bool ffi_poison_on;

enum { REMEMBERED = 4096 };

/* Copies that were closed; the oldest are unmapped. */
static struct {
  mutex lock;
  /* guarded by lock, but read by a dying thread without */
  struct closed {
    uintptr_t at, mapped;
    char name[48];
  } list[REMEMBERED];
  uint64_t n;
} closed = {.lock = MUTEX_INIT(LOANS)};

/* Says to whom the memory at addr was lent, if it was. */
static void explain(uintptr_t addr) {
  for (int i = 0; i < REMEMBERED; i++) {
    const struct closed *c = &closed.list[i];
    if (c->mapped == 0 || addr - c->at >= c->mapped) continue;
    os_print("C kept a pointer that it was lent for a call of %s only: "
             "runtime.Pinner pins what C keeps\n", c->name);
    return;
  }
}

void poison_init(void) {
  const char *s = os_getenv("GODEBUG");
  if (ffi_poison_on || s == NULL || strstr(s, "ffipoison=1") == NULL) return;
  c_fault_explain = explain;
  ffi_poison_on = true;
}

static struct lent *lent_object(struct loan *loan, uintptr_t base) {
  for (int32_t i = 0; i < loan->n; i++)
    if (loan->lent[i].object == base) return &loan->lent[i];
  return NULL;
}

/* Room for a copy of size bytes; NULL if there is none.  Its second half stays as it is
 * before the call. */
static struct lent *new_lent(struct loan *loan, uintptr_t object, uintptr_t size) {
  if (loan->n == MAX_LENT) return NULL;
  uintptr_t mapped = (size + OS_PAGE - 1) & ~(uintptr_t)(OS_PAGE - 1);
  uint8_t *copy = os_map(2 * mapped, &sys_stats.other);
  if (copy == NULL) return NULL;
  struct lent *l = &loan->lent[loan->n++];
  *l = (struct lent){object, size, copy, mapped};
  return l;
}

/* Lends the object around p, if it is one and nothing pins it. */
static struct lent *lend_object(struct loan *loan, uintptr_t p) {
  struct object o;
  if (!find_object(p, &o) || is_pinned(p)) return NULL;
  struct lent *l = lent_object(loan, o.base);
  if (l != NULL) return l;
  l = new_lent(loan, o.base, object_size(&o));
  if (l != NULL) memcpy(l->copy, (void *)o.base, l->size);
  return l;
}

static uintptr_t in_copy(const struct lent *l, uintptr_t p) {
  return (uintptr_t)l->copy + (p - l->object);
}

/* Lends what the object points to from its words 0.. that the mask names, each size
 * bytes again, and puts the copies' addresses into its copy. */
static void follow(struct loan *loan, struct lent *from, const uint64_t *mask, int64_t words,
                   uintptr_t size) {
  uintptr_t end = from->object + from->size;
  for (uintptr_t b = from->object; b + (uintptr_t)words * 8 <= end; b += size)
    for (int64_t i = 0; i < words && loan->n < MAX_LENT; i++) {
      uintptr_t slot = b + (uintptr_t)i * 8;
      if (!(mask[i / 64] >> i % 64 & 1)) continue;
      uintptr_t p = load_rlx((uintptr_t *)slot);
      struct lent *to = lend_object(loan, p);
      if (to != NULL) *(uintptr_t *)in_copy(from, slot) = in_copy(to, p);
    }
}

/* The same for what the object is. */
static void follow_object(struct loan *loan, struct lent *from) {
  struct object o;
  if (!find_object(from->object, &o)) return;
  const struct layout *layout = &layouts[o.layout];
  const tern_type *t = NULL;
  if (layout->kind == KIND_PATTERN)
    follow(loan, from, &layout->mask, layout->size / 8, from->size);
  else if (layout->kind == KIND_TYPED)
    t = load_acq(typed_slot(o.page, o.index));
  else if (o.layout == LAYOUT_LARGE)
    t = load_acq(&entry_span(page_entry(o.base))->large_type);
  if (t != NULL && t->ptrdata > 0)
    follow(loan, from, t->ptrmask, t->ptrdata / 8, (uintptr_t)t->size);
}

/* The copies as C finds them. */
static void note_state(struct loan *loan, int32_t from) {
  for (int32_t i = from; i < loan->n; i++)
    memcpy(loan->lent[i].copy + loan->lent[i].mapped, loan->lent[i].copy, loan->lent[i].size);
}

uintptr_t poison_lend(struct loan *loan, uintptr_t p) {
  int32_t before = loan->n;
  struct lent *l = lend_object(loan, p);
  if (l == NULL) return p;
  if (loan->n > before) {
    follow_object(loan, l);
    note_state(loan, before);
  }
  return in_copy(l, p);
}

const char *poison_lend_string(struct loan *loan, const void *s, uintptr_t n) {
  struct lent *l = new_lent(loan, 0, n + 1);
  if (l == NULL) return NULL;
  if (n > 0) memcpy(l->copy, s, n);
  note_state(loan, loan->n - 1);
  return (const char *)l->copy;
}

static void close_copy(const struct lent *l, const char *name) {
  mprotect(l->copy, 2 * l->mapped, PROT_NONE);
  lock(&closed.lock);
  struct closed *c = &closed.list[closed.n++ % REMEMBERED];
  struct closed old = *c;
  os_format(c->name, sizeof c->name, "%s", name != NULL ? name : "?");
  c->at = (uintptr_t)l->copy;
  c->mapped = l->mapped;
  unlock(&closed.lock);
  if (old.mapped != 0) os_unmap((void *)old.at, 2 * old.mapped, &sys_stats.other);
}

/* A pointer into a copy as one into the object. */
static uint64_t into_object(const struct loan *loan, uint64_t v) {
  for (int32_t i = 0; i < loan->n; i++) {
    const struct lent *l = &loan->lent[i];
    if (l->object != 0 && v - (uintptr_t)l->copy < l->size)
      return v - (uintptr_t)l->copy + l->object;
  }
  return v;
}

/* Of each word the bytes that C changed: the marker may be reading, and others writing
 * beside them. */
static void write_back(const struct loan *loan, const struct lent *l) {
  uint64_t *object = (uint64_t *)l->object;
  const uint64_t *now = (const uint64_t *)l->copy;
  const uint64_t *before = (const uint64_t *)(l->copy + l->mapped);
  for (uintptr_t i = 0; i < l->size / 8; i++) {
    if (now[i] == before[i]) continue;
    uint64_t v = into_object(loan, now[i]);
    if (v == now[i]) { /* no pointer: single bytes may have changed */
      uint64_t changed = 0;
      for (int b = 0; b < 64; b += 8)
        if ((now[i] ^ before[i]) >> b & 0xff) changed |= (uint64_t)0xff << b;
      v = (load_rlx(&object[i]) & ~changed) | (now[i] & changed);
    }
    store_rlx(&object[i], v);
  }
}

void poison_take_back(struct loan *loan, uint64_t *result) {
  const char *name = getm()->curg->c_name;
  *result = into_object(loan, *result);
  for (int32_t i = 0; i < loan->n; i++)
    if (loan->lent[i].object != 0) write_back(loan, &loan->lent[i]);
  for (int32_t i = 0; i < loan->n; i++) close_copy(&loan->lent[i], name);
}
