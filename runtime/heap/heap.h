/* heap.h - the heap's address range, its spans and layouts, and "what object is
 * this pointer in".
 *
 * One range of addresses [heap_lo, heap_lo + heap_used) is reserved at start,
 * so "can this be a heap pointer" is one compare.  Beside it lie three tables
 * indexed by page number (8 KiB pages):
 *
 *   pagemap    8 bytes a page: span index | layout << 32 | page offset << 48
 *   markbits   128 bytes a page: one bit for each object of the span
 *   allocbits  128 bytes a page: which objects survived the last collection
 *
 * so marking an object touches the pagemap, one layout, the mark bit and the
 * object, never the span.
 *
 * A layout is what a span is made of: a size class together with a bitmap of
 * which words of a slot hold pointers.  All types (and arrays) with the same
 * slot size and the same bitmap share spans; so the marker finds the bitmap
 * without a header, and allocation writes no bitmap at all.  (Go writes heap
 * bitmaps or a header for each object.)  Slots over 512 bytes with pointers keep
 * their type in a table in the unused tail of their pages' allocbits; large
 * objects (over 32 KiB) have a span of their own and the type in the span.
 *
 * Span invariants
 *   SPAN-1  a slot is allocated if its index < freeindex or its alloc bit is
 *           set; others are free, and are never marked (SC-5)
 *   SPAN-2  freeindex advances (release) only after the slots are zero and, if
 *           the P allocates black, marked (AB-2); it moves back only in H2 and
 *           in flush, by the owner, for slots that were never handed out
 *   SPAN-3  while phase != OFF no span is freed or changes its layout (SC-6)
 */
#ifndef TERN_HEAP_HEAP_H
#define TERN_HEAP_HEAP_H

#include "heap/sizeclass.h"
#include "heap/type.h"
#include "os/print.h"
#include "sync/atomic.h"
#include "sync/lock.h"

/* ---- Layouts ------------------------------------------------------------ */

/* Fixed layout numbers; those of patterns follow. */
enum {
  LAYOUT_NONE,         /* free pages; also "not yet set" in a tern_type */
  LAYOUT_MANUAL,       /* stacks and other memory of the runtime */
  LAYOUT_LARGE_NOSCAN,
  LAYOUT_LARGE,
  LAYOUT_NOSCAN,       /* + class */
  LAYOUT_TYPED = LAYOUT_NOSCAN + NUM_CLASSES, /* + class */
  LAYOUT_PATTERN = LAYOUT_TYPED + NUM_CLASSES,
  MAX_LAYOUTS = 16384,
};

enum layout_kind { KIND_NONE, KIND_NOSCAN, KIND_PATTERN, KIND_TYPED, KIND_LARGE };

struct span_list { struct span *head; };

/* Spans of one layout that no P caches.  Index [g] with g = swept_index() are
 * the swept ones, the other the unswept ones: advancing sweepgen swaps all. */
struct central {
  mutex lock;
  struct span_list partial[2], full[2];
};

struct layout {
  /* constant after init */
  uint64_t mask;     /* KIND_PATTERN: bit i = word i of a slot is a pointer */
  uint32_t size;     /* of a slot; 0 for large */
  uint32_t magic;    /* (offset * magic) >> 32 == offset / size */
  uint8_t kind, cls, npages;
  uint32_t nelems;
  struct central central;
};
extern struct layout layouts[MAX_LAYOUTS];
extern uint32_t nlayouts; /* atomic: layouts[0..nlayouts) are ready */

/* The layout for a value of type t, made if new; t has pointers or not. */
uint32_t layout_of_type(const tern_type *t);
/* The layout for an array of `bytes` bytes of t's. */
uint32_t layout_of_array(const tern_type *t, int64_t bytes);

/* ---- Spans -------------------------------------------------------------- */

enum span_state { SPAN_DEAD, SPAN_FREE, SPAN_INUSE, SPAN_MANUAL };

/* A run of pages.  Structures come from a table and are never returned to the
 * OS; guarded by heap.lock while FREE or DEAD, owned by whoever took it out of
 * a central list while INUSE (SW-1). */
struct span {
  /* constant while INUSE */
  uintptr_t base;
  uint32_t npages, index;
  uint32_t layout, nelems;
  uintptr_t elemsize;
  uint8_t state;      /* atomic, release; readers acquire it first */
  bool needzero;      /* its memory was used before */
  bool released;      /* FREE: given back to the OS, reads as zero */
  bool cached;        /* in some P's cache */

  uint32_t sweepgen;  /* atomic; see heap/sweep.h for its meaning */
  uint32_t freeindex; /* atomic, release by the owner; SPAN-1, SPAN-2 */
  uint32_t alloc_count; /* live at the last sweep + handed out; owner */
  const tern_type *large_type; /* atomic: set after zeroing (AB-4) */
  void *manual_free;  /* MANUAL: free pieces; guarded by the stack pool's lock */

  struct span *next, *prev; /* of the list it is on */
  /* Objects in it have some; atomic: guarded by the lock of gc/finalizer.c, but a
   * sweeper looks whether there are any. */
  struct finalizer_entry *finalizers;
};
extern struct span *span_table;

/* ---- The range and its tables ------------------------------------------- */

extern uintptr_t heap_lo;      /* constant after init */
extern uintptr_t heap_used;    /* atomic: bytes from heap_lo ever grown into */
extern uint64_t *pagemap;
extern uint8_t *markbits, *allocbits, *checkbits;
#define BITS_PER_PAGE_BYTES 128

/* Finds the address space; ends the program if there is too little. */
void heap_init(void);

static inline bool in_heap(uintptr_t p) {
  return p - heap_lo < load_rlx(&heap_used);
}
static inline uintptr_t page_of(uintptr_t p) {
  return (p - heap_lo) >> PAGE_SHIFT;
}
static inline uint64_t page_entry(uintptr_t p) {
  return load_acq(&pagemap[page_of(p)]);
}
static inline struct span *entry_span(uint64_t e) {
  return &span_table[(uint32_t)e];
}
static inline uint32_t entry_layout(uint64_t e) { return (uint32_t)(e >> 32) & 0xffff; }
static inline uint32_t entry_offset(uint64_t e) { return (uint32_t)(e >> 48); }

/* An object found from a pointer into it. */
struct object {
  uintptr_t base;
  uintptr_t page; /* first page of its span */
  uint32_t index; /* in the span */
  uint32_t layout;
};

/* Finds the object around p.  False: not in an object of the heap (free pages,
 * stacks, the tail of a span).  Does not look whether the slot is allocated. */
static inline bool find_object(uintptr_t p, struct object *o) {
  if (!in_heap(p)) return false;
  uint64_t e = page_entry(p);
  uint32_t l = entry_layout(e);
  if (l <= LAYOUT_MANUAL) return false;
  o->layout = l;
  if (l <= LAYOUT_LARGE) {
    struct span *s = entry_span(e);
    o->base = s->base;
    o->page = page_of(s->base);
    o->index = 0;
    return true;
  }
  struct layout *L = &layouts[l];
  o->page = page_of(p) - entry_offset(e);
  uintptr_t base = heap_lo + (o->page << PAGE_SHIFT);
  uint32_t index = (uint32_t)(((uint64_t)(uint32_t)(p - base) * L->magic) >> 32);
  o->index = index;
  o->base = base + (uintptr_t)index * L->size;
  return index < L->nelems;
}

/* SPAN-1: for conservative pointers.  Only while no sweeper may be at work on the
 * span, who writes alloc bits plainly: in PREP and MARK, which begin when the sweep
 * has ended (MS-2), with the world stopped, or when sweep_is_done(). */
bool object_is_allocated(const struct object *o);

static inline uint64_t *mark_word(const struct object *o) {
  return (uint64_t *)(markbits + o->page * BITS_PER_PAGE_BYTES) + o->index / 64;
}
static inline uint64_t mark_mask(const struct object *o) {
  return (uint64_t)1 << (o->index % 64);
}
static inline bool is_marked(const struct object *o) {
  return (load_rlx(mark_word(o)) & mark_mask(o)) != 0;
}
/* Marks; true if it was not marked before.  Atomic: neighbours share the word
 * (AB-1). */
static inline bool set_marked(const struct object *o) {
  uint64_t *w = mark_word(o), m = mark_mask(o);
  if (load_rlx(w) & m) return false;
  return (fetch_or_rlx(w, m) & m) == 0;
}
static inline uint64_t *span_bits(uint8_t *table, const struct span *s) {
  return (uint64_t *)(table + page_of(s->base) * BITS_PER_PAGE_BYTES);
}
/* The type slot of a KIND_TYPED object: 14 a page, behind 16 bytes of bits. */
static inline const tern_type **typed_slot(uintptr_t page, uint32_t index) {
  uint8_t *a = allocbits + (page + index / 14) * BITS_PER_PAGE_BYTES;
  return (const tern_type **)(a + 16) + index % 14;
}

/* Bytes of an object. */
uintptr_t object_size(const struct object *o);

/* ---- Pages -------------------------------------------------------------- */

/* A span of npages, state INUSE with this layout, fields filled and published
 * (SC-6); NULL if there is no memory.  System stack or P held; takes heap.lock. */
struct span *span_alloc(uintptr_t npages, uint32_t layout);
/* The same for memory of the runtime (stacks): layout MANUAL. */
struct span *span_alloc_manual(uintptr_t npages);
/* Gives the pages back.  Nobody may hold a pointer into it; phase OFF. */
void span_free(struct span *s);
/* Returns up to `bytes` of free pages to the OS; how many it did. */
uintptr_t pages_scavenge(uintptr_t bytes);
/* Free bytes that are still backed by memory. */
uintptr_t pages_retained(void);

/* ---- Memory that lives for ever ----------------------------------------- */

/* Zeroed memory for the runtime's own tables; ends the program if there is
 * none.  Counted in *counter (see stats.h). */
void *persistentalloc(uintptr_t size, uintptr_t align, int64_t *counter);

/* Calls when no memory is to be had: "out of memory" and exit. */
__attribute__((noreturn, cold)) void out_of_memory(void);

#endif
