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
 * What the mode does not see: pointers inside of the object, pointers passed as
 * uintptr, objects on stacks and in globals.
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

uintptr_t poison_lend(struct loan *loan, uintptr_t p) {
  struct object o;
  if (!find_object(p, &o) || is_pinned(p)) return p;
  struct lent *l = lent_object(loan, o.base);
  if (l == NULL) {
    if (loan->n == MAX_LENT) return p;
    uintptr_t size = object_size(&o);
    uintptr_t mapped = (size + OS_PAGE - 1) & ~(uintptr_t)(OS_PAGE - 1);
    uint8_t *copy = os_map(2 * mapped, &sys_stats.other); /* the second half stays as it is now */
    if (copy == NULL) return p;
    memcpy(copy, (void *)o.base, size);
    memcpy(copy + mapped, (void *)o.base, size);
    l = &loan->lent[loan->n++];
    *l = (struct lent){o.base, size, copy, mapped};
  }
  return (uintptr_t)l->copy + (p - l->object);
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

void poison_take_back(struct loan *loan, uint64_t *result) {
  const char *name = getm()->curg->c_name;
  for (int32_t i = 0; i < loan->n; i++) {
    const struct lent *l = &loan->lent[i];
    const uint8_t *before = l->copy + l->mapped;
    for (uintptr_t b = 0; b < l->size; b++)
      if (l->copy[b] != before[b]) ((uint8_t *)l->object)[b] = l->copy[b];
    if (*result - (uintptr_t)l->copy < l->size)
      *result = *result - (uintptr_t)l->copy + l->object;
    close_copy(l, name);
  }
}
