/* tern.h - all that emitted C needs: Go's values as C types, and the runtime's
 * entry points.
 *
 * Who includes it: every emitted file, and the lang room that implements it.
 * Of the other rooms it includes only the three small headers that hold their
 * hot paths, so that a user's program compiles in a blink.  The inline
 * functions here are the hot paths (stack check, allocation, barrier, bounds);
 * each has one never-taken branch into an opaque function of the runtime.
 *
 * Safepoints: only the functions marked [poll] may stop the goroutine, run
 * other goroutines or let the collector look at this stack.  The inline hot
 * paths are never safepoints (WB-1, AB-2).
 *
 * Values
 *   bool, intN, uintN, floatN   the C type of that width; int is int64_t
 *   string                      tern_string      (bytes immutable, not
 *                                                 NUL-terminated)
 *   []T                         tern_slice       (ptr to T, len, cap in elems)
 *   map[K]V, chan T             tern_map *, tern_chan *
 *   func                        tern_func: pointer to a closure whose first
 *                               word is the code; called fn(closure, args...)
 *   interface{}                 tern_eface {type, data}
 *   interface with methods      tern_iface {itab, data}
 *   struct, [N]T                a C struct; an array is wrapped: struct {T a[N];}
 *   several results             struct { T0 r0; T1 r1; ... } by value
 * The data word of an interface is the value itself for pointer-shaped kinds
 * (pointer, map, chan, func, unsafe.Pointer: TERN_DIRECT) and otherwise a
 * pointer to an immutable copy.
 */
#ifndef TERN_LANG_TERN_H
#define TERN_LANG_TERN_H

#include "gc/store.h"
#include "heap/type.h"
#include "sched/ghead.h"

/* ---- Copies -------------------------------------------------------------- */

/* Copies n values of type t with barriers; the regions may overlap; a long copy
 * polls between chunks. */
void tern_copy(const tern_type *t, void *dst, const void *src, int64_t n);
/* Sets n values of type t to zero with barriers. */
void tern_clear(const tern_type *t, void *dst, int64_t n);

/* ---- Panics of the language --------------------------------------------- */

TERN_NORETURN void tern_panic_index(int64_t i, int64_t len);
TERN_NORETURN void tern_panic_index_u(uint64_t i, int64_t len);
/* s[lo:hi:max] out of range: which bound failed is found from the values as Go
 * does; cap is len for strings and arrays.  A bound left out is passed as its
 * default; three is true for the 3-index form. */
TERN_NORETURN void tern_panic_slice(int64_t lo, int64_t hi, int64_t max,
                                    int64_t len, int64_t cap, bool is_string,
                                    bool three);
TERN_NORETURN void tern_panic_slice_to_array(int64_t have, int64_t want);
TERN_NORETURN void tern_panic_divide(void);
TERN_NORETURN void tern_panic_shift(void); /* negative shift amount */
TERN_NORETURN void tern_panic_nil(void);   /* nil pointer dereference */
TERN_NORETURN void tern_panic_nil_map(void);
/* x.(T) failed: have may be NULL (nil interface); inter is x's static type;
 * missing is the name of the missing method or "". */
TERN_NORETURN void tern_panic_assert(const tern_type *inter,
                                     const tern_type *have,
                                     const tern_type *want);
TERN_NORETURN void tern_gopanic(tern_eface v); /* the panic builtin */
TERN_NORETURN void tern_unreachable(void);     /* "missing return" at run time */

/* What the C compiler may take for granted. */
#define TERN_ASSUME(c) ((c) ? (void)0 : __builtin_unreachable())

/* A length is never negative; knowing that, and with both comparisons signed, gcc
 * sees that 0 <= i < j and a checked s[j] make s[i] safe, and leaves its check out.
 * It looks early, so it must be inlined before: a loop that fills a slice becomes
 * memset. */
static inline __attribute__((always_inline)) int64_t
tern_index(int64_t i, int64_t len) {
  TERN_ASSUME(len >= 0);
  if (TERN_UNLIKELY(i < 0 || i >= len)) tern_panic_index(i, len);
  return i;
}
static inline __attribute__((always_inline)) uint64_t
tern_index_u(uint64_t i, int64_t len) {
  if (TERN_UNLIKELY(i >= (uint64_t)len)) tern_panic_index_u(i, len);
  return i;
}
static inline void *tern_nilcheck(const void *p) {
  if (TERN_UNLIKELY(p == 0)) tern_panic_nil();
  return (void *)p;
}

/* ---- Defer, panic, recover ---------------------------------------------- */

/* One deferred call: a closure of no arguments.  Lives in the frame of the
 * deferring function, or in the heap when deferred inside a loop (made by
 * tern_defer_heap). */
typedef struct tern_defer {
  struct tern_defer *next;
  tern_func fn;
} tern_defer;

/* One activation of a function that contains defer.  In its frame; linked on
 * the goroutine from tern_defer_enter until tern_defer_leave. */
typedef struct tern_defer_frame {
  struct tern_defer_frame *up;
  tern_defer *list; /* newest first */
  void *jmp[8];     /* where a recovered panic resumes */
  uintptr_t reserved[2];
} tern_defer_frame;

void tern_defer_enter(tern_defer_frame *f);
/* Saves a resume point in f; returns 0, and again 1 after a recovered panic:
 * then the function runs tern_defer_leave and returns its result variables,
 * which must live in memory (volatile, or behind a pointer). */
int tern_setjmp(void **jmp) __attribute__((returns_twice));
static inline void tern_defer_push(tern_defer_frame *f, tern_defer *d,
                                   tern_func fn) {
  d->fn = fn;
  d->next = f->list;
  f->list = d;
}
void tern_defer_heap(tern_defer_frame *f, tern_func fn);
/* Runs what is still deferred, newest first, and unlinks f.  [poll] */
void tern_defer_leave(tern_defer_frame *f);

/* A function that contains recover() begins with
 *     void *tern_rtok = tern_recover_enter((void *)its_own_code);
 * which is non-NULL only if that very code was called by the defer mechanism
 * for a running panic; recover() is tern_recover(tern_rtok).  A wrapper (closure
 * thunk, itab thunk) of such a function, before it calls it, does
 *     tern_recover_forward((void *)wrapper_code, (void *)function_code). */
void *tern_recover_enter(void *self);
void tern_recover_forward(void *wrapper, void *target);
tern_eface tern_recover(void *token);

/* ---- Strings ------------------------------------------------------------ */

bool tern_streq_slow(tern_string a, tern_string b);
static inline bool tern_streq(tern_string a, tern_string b) {
  return a.len == b.len && (a.ptr == b.ptr || tern_streq_slow(a, b));
}
int tern_strcmp(tern_string a, tern_string b); /* <0, 0, >0 */
tern_string tern_concat(const tern_string *parts, int64_t n); /* [poll] */
tern_string tern_string_from_bytes(tern_slice b);
tern_string tern_string_from_runes(tern_slice r);
tern_string tern_string_from_rune(int64_t r);
tern_slice tern_bytes_from_string(tern_string s);
tern_slice tern_runes_from_string(tern_string s);
/* Decodes the rune at s[i]; returns the index after it. */
int64_t tern_decoderune(tern_string s, int64_t i, int32_t *r);

/* ---- Slices ------------------------------------------------------------- */

tern_slice tern_makeslice(const tern_type *elem, int64_t len, int64_t cap);
/* Returns a slice with the same elements, length `len` (>= old.len) and room for
 * at least that many, by Go's growth rule.  [poll] */
tern_slice tern_growslice(const tern_type *elem, tern_slice old, int64_t len);
/* append(dst, src...) for elements of type elem.  [poll] */
tern_slice tern_appendslice(const tern_type *elem, tern_slice dst, tern_slice src);
tern_slice tern_appendstring(tern_slice dst, tern_string src);
int64_t tern_slicecopy(const tern_type *elem, tern_slice dst, tern_slice src);
/* copy(dst, src) for elements without pointers, of `size` bytes. */
static inline int64_t tern_copy_plain(const tern_type *elem, tern_slice dst,
                                      tern_slice src, int64_t size) {
  int64_t n = dst.len < src.len ? dst.len : src.len;
  if (TERN_UNLIKELY(n * size > 1 << 16)) return tern_slicecopy(elem, dst, src);
  if (n > 0) __builtin_memmove(dst.ptr, src.ptr, (size_t)(n * size));
  return n;
}
int64_t tern_copystring(tern_slice dst, tern_string src);

/* s[i] as an lvalue; s is written twice. */
#define TERN_AT(T, s, i) (((T *)(s).ptr)[tern_index((i), (s).len)])

/* s[lo:hi] for elements of `size` bytes.  A slice without capacity keeps the
 * old pointer, so that it never points past the object. */
static inline tern_slice tern_reslice(tern_slice s, int64_t lo, int64_t hi,
                                      int64_t size) {
  if (TERN_UNLIKELY((uint64_t)hi > (uint64_t)s.cap ||
                    (uint64_t)lo > (uint64_t)hi))
    tern_panic_slice(lo, hi, s.cap, s.len, s.cap, false, false);
  int64_t cap = s.cap - lo;
  return (tern_slice){(char *)s.ptr + (cap ? lo * size : 0), hi - lo, cap};
}
/* s[lo:hi:max] */
static inline tern_slice tern_reslice3(tern_slice s, int64_t lo, int64_t hi,
                                       int64_t max, int64_t size) {
  if (TERN_UNLIKELY((uint64_t)max > (uint64_t)s.cap ||
                    (uint64_t)hi > (uint64_t)max || (uint64_t)lo > (uint64_t)hi))
    tern_panic_slice(lo, hi, max, s.len, s.cap, false, true);
  int64_t cap = max - lo;
  return (tern_slice){(char *)s.ptr + (cap ? lo * size : 0), hi - lo, cap};
}
/* a[lo:hi:max] of an array of len elements at `array`. */
static inline tern_slice tern_slice_array(const void *array, int64_t len,
                                          int64_t lo, int64_t hi, int64_t max,
                                          int64_t size, bool three) {
  if (TERN_UNLIKELY((uint64_t)max > (uint64_t)len ||
                    (uint64_t)hi > (uint64_t)max || (uint64_t)lo > (uint64_t)hi))
    tern_panic_slice(lo, hi, max, len, len, true, three);
  int64_t cap = max - lo;
  return (tern_slice){(char *)array + (cap ? lo * size : 0), hi - lo, cap};
}
/* s[lo:hi] of a string */
static inline tern_string tern_substr(tern_string s, int64_t lo, int64_t hi) {
  if (TERN_UNLIKELY((uint64_t)hi > (uint64_t)s.len ||
                    (uint64_t)lo > (uint64_t)hi))
    tern_panic_slice(lo, hi, s.len, s.len, s.len, true, false);
  return (tern_string){s.ptr + (hi > lo ? lo : 0), hi - lo};
}

/* ---- Interfaces --------------------------------------------------------- */

/* The data word for a value of type t at src: allocates a copy unless the type
 * is TERN_DIRECT (then src's first word), zero-sized, or a small integer. */
void *tern_box(const tern_type *t, const void *src);
/* NULL if t does not implement inter. */
const tern_itab *tern_find_itab(const tern_type *inter, const tern_type *t);
/* The same, but panics as x.(inter) does; t may be NULL (nil interface). */
const tern_itab *tern_assert_itab(const tern_type *inter, const tern_type *t);
bool tern_efaceeq(tern_eface a, tern_eface b);
bool tern_ifaceeq(tern_iface a, tern_iface b);
static inline const tern_type *tern_itab_type(const tern_itab *t) {
  return t ? t->type : 0;
}
static inline tern_eface tern_i2e(tern_iface i) {
  return (tern_eface){tern_itab_type(i.tab), i.data};
}
/* *a == *b for values of type t; panics on an incomparable dynamic type. */
bool tern_equal(const tern_type *t, const void *a, const void *b);
uint64_t tern_hash(const tern_type *t, const void *p, uint64_t seed);

/* ---- Maps --------------------------------------------------------------- */

/* mt is the map's type descriptor.  A nil map reads as empty. */
tern_map *tern_makemap(const tern_type *mt, int64_t hint);
int64_t tern_maplen(const tern_map *m);
/* The value's address, or NULL if absent; valid until the next operation. */
void *tern_mapaccess(const tern_type *mt, tern_map *m, const void *key);
/* The value's address, made zero if new; panics on a nil map.  [poll] */
void *tern_mapassign(const tern_type *mt, tern_map *m, const void *key);
void tern_mapdelete(const tern_type *mt, tern_map *m, const void *key);
void tern_mapclear(const tern_type *mt, tern_map *m);
/* The same for keys of 8 or 4 plain bytes, and of type string. */
void *tern_mapaccess_64(const tern_type *mt, tern_map *m, uint64_t key);
void *tern_mapassign_64(const tern_type *mt, tern_map *m, uint64_t key);
void *tern_mapaccess_32(const tern_type *mt, tern_map *m, uint32_t key);
void *tern_mapassign_32(const tern_type *mt, tern_map *m, uint32_t key);
void *tern_mapaccess_str(const tern_type *mt, tern_map *m, tern_string key);
void *tern_mapassign_str(const tern_type *mt, tern_map *m, tern_string key);
/* for init(&it); it.key; next(&it): key and value point into the map. */
typedef struct tern_mapiter {
  const void *key;
  void *value;
  void *state[14];
} tern_mapiter;
void tern_mapiterinit(const tern_type *mt, tern_map *m, tern_mapiter *it);
void tern_mapiternext(tern_mapiter *it);

/* ---- Channels ----------------------------------------------------------- */

/* ct is the channel's type descriptor. */
tern_chan *tern_makechan(const tern_type *ct, int64_t size);
void tern_chansend(tern_chan *c, const void *elem); /* [poll] */
/* elem may be NULL; *elem is zeroed when the channel is closed and empty (then
 * the result is false).  [poll] */
bool tern_chanrecv(tern_chan *c, void *elem);
void tern_closechan(tern_chan *c); /* [poll] */
int64_t tern_chanlen(tern_chan *c);
int64_t tern_chancap(tern_chan *c);
typedef struct tern_scase {
  tern_chan *c; /* may be NULL: never ready */
  void *elem;   /* to send from, or to receive into (may be NULL) */
  bool send;
} tern_scase;
typedef struct tern_select_result {
  int64_t index; /* of cases, or -1 for default */
  bool ok;       /* receive: a value came */
} tern_select_result;
/* n may be 0: then it blocks for ever unless has_default.  [poll] */
tern_select_result tern_selectgo(tern_scase *cases, int64_t n, bool has_default);

/* ---- print, println ----------------------------------------------------- */

void tern_print_lock(void);
void tern_print_unlock(void);
void tern_print_bool(bool v);
void tern_print_int(int64_t v);
void tern_print_uint(uint64_t v);
void tern_print_float(double v);
void tern_print_string(tern_string v);
void tern_print_pointer(const void *v);
void tern_print_eface(tern_eface v);
void tern_print_slice(tern_slice v);
static inline void tern_print_space(void) { tern_print_string(TERN_STR(" ")); }
static inline void tern_print_nl(void) { tern_print_string(TERN_STR("\n")); }

/* ---- Arithmetic with Go's meaning --------------------------------------- */

#define TERN_DIV(T, U, N)                                              \
  static inline T tern_div_##N(T a, T b) {                             \
    if (TERN_UNLIKELY(b == 0)) tern_panic_divide();                    \
    if (TERN_UNLIKELY(b == (T)-1)) return (T)(0 - (U)a);               \
    return (T)(a / b);                                                 \
  }                                                                    \
  static inline T tern_rem_##N(T a, T b) {                             \
    if (TERN_UNLIKELY(b == 0)) tern_panic_divide();                    \
    if (TERN_UNLIKELY(b == (T)-1)) return 0;                           \
    return (T)(a % b);                                                 \
  }                                                                    \
  static inline T tern_shr_##N(T a, uint64_t n) {                      \
    return (T)(a >> (n >= sizeof(T) * 8 ? sizeof(T) * 8 - 1 : n));     \
  }                                                                    \
  static inline T tern_shl_##N(T a, uint64_t n) {                      \
    return n >= sizeof(T) * 8 ? 0 : (T)((U)a << n);                    \
  }
#define TERN_UDIV(T, N)                                                \
  static inline T tern_div_##N(T a, T b) {                             \
    if (TERN_UNLIKELY(b == 0)) tern_panic_divide();                    \
    return (T)(a / b);                                                 \
  }                                                                    \
  static inline T tern_rem_##N(T a, T b) {                             \
    if (TERN_UNLIKELY(b == 0)) tern_panic_divide();                    \
    return (T)(a % b);                                                 \
  }                                                                    \
  static inline T tern_shr_##N(T a, uint64_t n) {                      \
    return n >= sizeof(T) * 8 ? 0 : (T)(a >> n);                       \
  }                                                                    \
  static inline T tern_shl_##N(T a, uint64_t n) {                      \
    return n >= sizeof(T) * 8 ? 0 : (T)(a << n);                       \
  }
TERN_DIV(int8_t, uint8_t, i8)
TERN_DIV(int16_t, uint16_t, i16)
TERN_DIV(int32_t, uint32_t, i32)
TERN_DIV(int64_t, uint64_t, i64)
TERN_UDIV(uint8_t, u8)
TERN_UDIV(uint16_t, u16)
TERN_UDIV(uint32_t, u32)
TERN_UDIV(uint64_t, u64)
/* A signed shift count: panics when negative. */
static inline uint64_t tern_shift_count(int64_t n) {
  if (TERN_UNLIKELY(n < 0)) tern_panic_shift();
  return (uint64_t)n;
}
/* float to integer as amd64 Go does it: truncation, out of range gives the
 * hardware's "integer indefinite". */
static inline int64_t tern_f2l(double f) {
  typedef double pair __attribute__((vector_size(16)));
  return __builtin_ia32_cvttsd2si64((pair){f, 0});
}
static inline int32_t tern_f2w(double f) {
  typedef double pair __attribute__((vector_size(16)));
  return __builtin_ia32_cvttsd2si((pair){f, 0});
}
/* min and max of floats: NaN wins, -0 is less than +0. */
static inline double tern_fmin(double a, double b) {
  if (a != a || b != b) return a + b;
  return a < b || (a == b && __builtin_signbit(a)) ? a : b;
}
static inline double tern_fmax(double a, double b) {
  if (a != a || b != b) return a + b;
  return a > b || (a == b && !__builtin_signbit(a)) ? a : b;
}
static inline uint64_t tern_float64bits(double f) {
  union { double f; uint64_t u; } x = {f};
  return x.u;
}
static inline double tern_float64frombits(uint64_t u) {
  union { uint64_t u; double f; } x = {u};
  return x.f;
}
int64_t tern_f2i(double f);
uint64_t tern_f2u(double f);

/* Loop back-edge poll, once in a thousand: counts `ticks` down. */
enum { TERN_TICKS = 1024 };
#define TERN_TICK(ticks) \
  ((void)(TERN_UNLIKELY(--(ticks) == 0) && (tern_poll(), (ticks) = TERN_TICKS)))

/* Hides where a pointer comes from: what it points to must live in memory. */
#define TERN_HIDE(p)                \
  ({                                \
    __typeof__(p) tern_h = (p);     \
    __asm__("" : "+r"(tern_h));     \
    tern_h;                         \
  })

/* ---- Program start ------------------------------------------------------ */

/* The emitted main file defines these two; the runtime's main() calls them on
 * the first goroutine: all packages' variables and init functions in
 * dependency order, then main.main. */
void tern_program_init(void);
void tern_program_main(void);

#endif
