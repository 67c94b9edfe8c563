/* type.h - Go's values as C types, type descriptors, and allocation as emitted
 * code does it.
 *
 * The lowest part of what emitted C includes (lang/tern.h has the rest); the
 * allocator and the collector read the descriptors.  tern_new is the hot path:
 * a bump inside a run of free slots, refilled by gc/malloc.c.
 */
#ifndef TERN_HEAP_TYPE_H
#define TERN_HEAP_TYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "os/sanitize.h"

/* In a simulation a safepoint or a barrier's test is where others may run. */
#ifdef TERN_SIM
#include "os/sim/point.h"
#define TERN_SIM_POINT(p, op) SIM_POINT(p, op)
#else
#define TERN_SIM_POINT(p, op) ((void)0)
#endif

#define TERN_LIKELY(x) __builtin_expect(!!(x), 1)
#define TERN_UNLIKELY(x) __builtin_expect(!!(x), 0)
#define TERN_COLD __attribute__((cold, noinline))
#define TERN_NORETURN __attribute__((noreturn, cold))
#define TERN_WEAK __attribute__((weak))
#define TERN_UNUSED __attribute__((unused))
/* The symbol of a declaration: any text.  gas wants odd names quoted, clang
 * quotes by itself. */
#ifdef __clang__
#define TERN_SYM(name) __asm__(name)
#define TERN_ODD_NAME
#else
/* gcc must not derive names like "main.(*T).m".constprop.0 from a quoted one */
#define TERN_ODD_NAME __attribute__((noclone))
#define TERN_SYM(name) __asm__("\"" name "\"")
#endif
/* A package-level variable that may hold heap pointers: a root. */
#define TERN_GLOBAL __attribute__((section("tern_data")))

/* ---- Values ------------------------------------------------------------- */

typedef struct tern_string {
  const uint8_t *ptr;
  int64_t len;
} tern_string;

typedef struct tern_slice {
  void *ptr;
  int64_t len, cap;
} tern_slice;

typedef struct tern_type tern_type;
typedef struct tern_itab tern_itab;
typedef struct tern_map tern_map;
typedef struct tern_chan tern_chan;

typedef struct tern_eface {
  const tern_type *type;
  void *data;
} tern_eface;

typedef struct tern_iface {
  const tern_itab *tab;
  void *data;
} tern_iface;

/* A closure: the code word, then what it captured.  The code takes the closure
 * itself as its first argument. */
typedef struct tern_closure {
  void *fn;
} tern_closure;
typedef tern_closure *tern_func;

/* TERN_STR("lit") is the string constant of a C literal without its NUL. */
#define TERN_STR(lit) \
  ((tern_string){(const uint8_t *)(lit), (int64_t)sizeof(lit) - 1})
/* The same as a static initialiser. */
#define TERN_STR_INIT(lit) \
  { (const uint8_t *)(lit), (int64_t)sizeof(lit) - 1 }

/* ---- Type descriptors --------------------------------------------------- */

/* Kinds are numbered as in Go's reflect package. */
enum tern_kind {
  TERN_INVALID, TERN_BOOL, TERN_INT, TERN_INT8, TERN_INT16, TERN_INT32,
  TERN_INT64, TERN_UINT, TERN_UINT8, TERN_UINT16, TERN_UINT32, TERN_UINT64,
  TERN_UINTPTR, TERN_FLOAT32, TERN_FLOAT64, TERN_COMPLEX64, TERN_COMPLEX128,
  TERN_ARRAY, TERN_CHAN, TERN_FUNC, TERN_INTERFACE, TERN_MAP, TERN_POINTER,
  TERN_SLICE, TERN_STRING, TERN_STRUCT, TERN_UNSAFE_POINTER,
};

enum tern_type_flags {
  TERN_DIRECT = 1,     /* an interface's data word is the value itself */
  TERN_NAMED = 2,      /* declared with a name (also predeclared types) */
  TERN_PLAIN_EQ = 4,   /* == is comparison of the bytes (no padding, floats,
                          strings, interfaces inside) */
  TERN_COMPARABLE = 8, /* == is defined (may still panic on interfaces) */
  TERN_VARIADIC = 16,  /* func kind: last parameter is ... */
};

typedef struct tern_field {
  tern_string name;
  const tern_type *type;
  int64_t offset; /* bytes */
  bool embedded, exported;
  tern_string tag;
} tern_field;

/* A method of a concrete type.  Sorted by name, then by pkgpath. */
typedef struct tern_method {
  tern_string name;
  tern_string pkgpath;    /* of the package for an unexported name, else "" */
  const tern_type *type;  /* func type without receiver */
  void *ifn;              /* code for an itab: receiver is the data word */
} tern_method;

/* A method that an interface asks for.  Sorted likewise. */
typedef struct tern_imethod {
  tern_string name;
  tern_string pkgpath;
  const tern_type *type;
} tern_imethod;

/* One for each type of the program, emitted as weak mutable data, so that the
 * linker leaves one copy and identical types have equal addresses.
 *   ptrdata <= size; ptrdata is a multiple of 8; ptrdata == 0: pointer-free
 *   bit i of ptrmask: word i holds a pointer, i < ptrdata/8 */
struct tern_type {
  /* constant after emission */
  int64_t size;
  int64_t ptrdata;
  const uint64_t *ptrmask;
  uint32_t hash; /* FNV-1a of the full name */
  uint8_t kind, align, flags, chandir; /* chandir: 1 recv, 2 send, 3 both */
  tern_string name;    /* as %T prints it: "main.Point", "[]int" */
  tern_string pkgpath; /* named types: "main"; else "" */
  const tern_type *elem; /* array, chan, map (value), pointer, slice */
  const tern_type *key;  /* map */
  int64_t len;           /* array length */
  int64_t nfields;       /* struct */
  const tern_field *fields;
  int64_t nmethods; /* concrete type's method set, for itabs */
  const tern_method *methods;
  int64_t nimethods; /* interface */
  const tern_imethod *imethods;
  int64_t nin, nout; /* func */
  const tern_type *const *inout;
  /* written by the allocator: atomic, release; 0 until first use */
  uint32_t layout;          /* of one value of this type */
  uint32_t *array_layouts;  /* by size class, of arrays of this type */
  /* written by map.c: atomic, release; how a map type's entries are laid out */
  const void *map_info;
};

struct tern_itab {
  const tern_type *inter;
  const tern_type *type;
  void *fun[]; /* in the order of inter->imethods; called fun(data, args...) */
};

/* ---- Allocation --------------------------------------------------------- */

/* A run of free, zeroed slots of one layout, owned by the running P.
 * free <= end; (end - free) is a multiple of size. */
struct tern_cursor {
  uintptr_t free, end;
  uintptr_t size;
  void *span;
};
struct tern_mcache {
  struct tern_cursor *cursor; /* indexed by tern_type.layout */
};
extern __thread struct tern_mcache *tern_mcache
    __attribute__((tls_model("local-exec")));

void *tern_new_slow(const tern_type *t);
/* Returns a zeroed value of type t in the heap.  Never NULL.  [poll] in its
 * slow path. */
static inline void *tern_new(const tern_type *t) {
  struct tern_cursor *c = &(*TERN_HERE(tern_mcache))->cursor[__atomic_load_n(
      &t->layout, __ATOMIC_RELAXED)];
  uintptr_t p = c->free, next = p + c->size;
  /* next <= end, and false for a cursor that was never filled (all zero). */
  if (TERN_LIKELY(next - 1 < c->end)) {
    c->free = next;
    san_unpoison(p, c->size);
    return (void *)p;
  }
  return tern_new_slow(t);
}
/* Returns n zeroed values of type t, contiguous.  Panics if n < 0 or too
 * large ("makeslice: len out of range" is checked by tern_makeslice).  [poll] */
void *tern_new_array(const tern_type *t, int64_t n);

#endif
