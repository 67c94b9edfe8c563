/* poison.c - filling free memory, and looking whether it was left alone. */
#include "heap/poison.h"

#include "os/print.h"
#include "sync/atomic.h"

bool heap_poison;

/* Free memory is what the address sanitizer forbids to touch. */
#define UNSANITIZED __attribute__((no_sanitize("address", "thread")))

/* Relaxed: a mark worker may read a stale pointer's target meanwhile. */
UNSANITIZED void poison_fill(uintptr_t p, uintptr_t n) {
  for (uintptr_t a = p; a + 8 <= p + n; a += 8)
    store_rlx((uint64_t *)a, POISON_WORD);
}

__attribute__((noreturn)) static void written(uintptr_t a, uintptr_t p,
                                              uintptr_t n, const char *what) {
  throw("clobberfree: %p was written while it was free: word %ld of %s [%p, %p) "
        "holds %p",
        (void *)a, (long)((a - p) / 8), what, (void *)p, (void *)(p + n),
        (void *)*(uintptr_t *)a);
}

UNSANITIZED void poison_check(uintptr_t p, uintptr_t n, const char *what) {
  for (uintptr_t a = p; a + 8 <= p + n; a += 8)
    if (*(uint64_t *)a != POISON_WORD) written(a, p, n, what);
}

UNSANITIZED void poison_check_pages(uintptr_t p, uintptr_t n) {
  for (uintptr_t a = p; a + 8 <= p + n; a += 8)
    if (*(uint64_t *)a != POISON_WORD && *(uint64_t *)a != 0)
      written(a, p, n, "pages");
}
