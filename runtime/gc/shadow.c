/* shadow.c - GODEBUG=gcshadow=1: proof that every pointer store ran a barrier.
 *
 * When H1 is complete every P has the barrier; a stop then copies all slots into
 * their shadows (heap/shadow.h), barriers keep them up to date, and the stop that
 * ends marking compares.  A slot that differs was written past the barrier; it is
 * reported with its object and type.  Values that are no heap addresses on
 * either side do not count: the barrier does not care for them.
 */
#include "gc/shadow.h"

#include "heap/shadow.h"
#include "os/os.h"
#include "sched/sched.h"

extern char __start_tern_data[] __attribute__((weak));
extern char __stop_tern_data[] __attribute__((weak));

bool gc_shadow;

static int64_t wrong; /* in this audit */

static void for_object_spans(void (*fn)(struct span *)) {
  uintptr_t n = load_rlx(&heap_used) >> PAGE_SHIFT;
  for (uintptr_t page = 0; page < n;) {
    uint64_t e = load_rlx(&pagemap[page]);
    struct span *s = entry_span(e);
    if (entry_layout(e) <= LAYOUT_MANUAL || page_of(s->base) != page) {
      page++;
      continue;
    }
    if (s->state == SPAN_INUSE) fn(s);
    page += s->npages;
  }
}

static bool has_pointers(const struct span *s) {
  return s->layout != LAYOUT_LARGE_NOSCAN &&
         layouts[s->layout].kind != KIND_NOSCAN;
}

static void copy_span(struct span *s) {
  if (has_pointers(s)) shadow_copy(s->base, (uintptr_t)s->npages << PAGE_SHIFT);
}

static uintptr_t globals_size(void) {
  return (uintptr_t)(__stop_tern_data - __start_tern_data);
}

static void copy_on_g0(void *arg) {
  (void)arg;
  stopTheWorldWithSema(STW_CHECKMARK);
  static bool registered;
  if (!registered) {
    registered = true;
    shadow_add_range((uintptr_t)__start_tern_data, globals_size());
  }
  shadow_copy((uintptr_t)__start_tern_data, globals_size());
  for_object_spans(copy_span);
  store_rlx(&shadow_on, true);
  startTheWorldWithSema();
}

void shadow_begin(void) {
  with_stack_released(WAIT_STOP_WORLD, copy_on_g0, 0);
}

/* ---- The comparison ----------------------------------------------------- */

/* Not for the address sanitizer: a black run's slots are marked before anybody has
 * them. */
TERN_NO_ASAN static void compare(uintptr_t slot, uintptr_t obj, const tern_type *t,
                                 const char *what) {
  uintptr_t has = *(uintptr_t *)slot, *w = shadow_word((void *)slot);
  if (!w || *w == has || *w == SHADOW_ANY) return;
  if (!in_heap(has) && !in_heap(*w)) return;
  struct object self, to; /* a fresh object's pointer into itself is no edge */
  if (*w == 0 && find_object(obj, &self) && find_object(has, &to) &&
      self.base == to.base)
    return;
  if (wrong++ >= 10) return;
  os_print("gcshadow: slot %p, offset %ld of %s %p", (void *)slot,
           (long)(slot - obj), what, (void *)obj);
  if (t) os_print(" of type %s", t->name.ptr);
  os_print(", holds %p; the barrier saw %p\n", (void *)has, (void *)*w);
  struct object o;
  if (!find_object(obj, &o)) return;
  os_print("  %lu bytes, layout %u:", (unsigned long)object_size(&o), o.layout);
  for (uintptr_t i = 0; i < 8 && i * 8 < object_size(&o); i++)
    os_print(" %p", ((void **)o.base)[i]);
  os_print("\n");
}

static void compare_mask(uintptr_t obj, uintptr_t at, const uint64_t *mask,
                         int64_t words, const tern_type *t) {
  for (int64_t i = 0; i < words; i++)
    if ((mask[i / 64] >> (i % 64)) & 1)
      compare(at + (uintptr_t)i * 8, obj, t, "object");
}

static void compare_typed(uintptr_t obj, uintptr_t n, const tern_type *t) {
  if (!t || t->size <= 0) return;
  for (uintptr_t a = obj; a + (uintptr_t)t->ptrdata <= obj + n;
       a += (uintptr_t)t->size)
    compare_mask(obj, a, t->ptrmask, t->ptrdata / 8, t);
}

static void compare_object(const struct object *o, const struct span *s) {
  struct layout *L = &layouts[o->layout];
  if (L->kind == KIND_PATTERN)
    compare_mask(o->base, o->base, &L->mask, L->size / 8, 0);
  else if (L->kind == KIND_TYPED)
    compare_typed(o->base, L->size, *typed_slot(o->page, o->index));
  else if (o->layout == LAYOUT_LARGE)
    compare_typed(o->base, s->elemsize, s->large_type);
}

/* Only what is marked: the rest is garbage that nobody looks at again. */
static void compare_span(struct span *s) {
  if (!has_pointers(s)) return;
  for (uint32_t i = 0; i < s->nelems; i++) {
    struct object o = {.base = s->base + (uintptr_t)i * s->elemsize,
                       .page = page_of(s->base), .index = i, .layout = s->layout};
    if (is_marked(&o) && object_is_allocated(&o)) compare_object(&o, s);
  }
}

void shadow_audit(void) {
  if (!load_rlx(&shadow_on)) return;
  store_rlx(&shadow_on, false);
  wrong = 0;
  uintptr_t lo = (uintptr_t)__start_tern_data, n = globals_size();
  for (uintptr_t a = lo; a + 8 <= lo + n; a += 8)
    compare(a, lo, 0, "the globals at");
  for_object_spans(compare_span);
  if (wrong)
    throw("gcshadow: %ld pointer slots were written without a barrier",
          (long)wrong);
}
