/* lang.h - what the files of the lang room share and emitted code never sees.
 *
 * Included by the C files of this room, by the C halves of the standard packages and by
 * the debug room (which prints panics' values).  Emitted code includes tern.h
 * alone.
 */
#ifndef TERN_LANG_LANG_H
#define TERN_LANG_LANG_H

#include "lang/tern.h"
#include "sched/g.h"

/* Called once at start, before any emitted code, on any stack. */
void lang_init(void);

/* ---- Panics with a runtime.Error as value (error.c) ---------------------- */

/* panic: runtime error: TEXT */
TERN_NORETURN void panic_runtime(tern_string text);
/* panic: TEXT, still a runtime.Error ("send on closed channel") */
TERN_NORETURN void panic_plain(tern_string text);
/* The same with the name of a type put after the text. */
TERN_NORETURN void panic_type(tern_string text, const tern_type *t);
/* The value of panic(nil), as errors see it. */
tern_eface make_panic_nil_error(void);
/* The error value of `x.(want)` that failed. */
TERN_NORETURN void panic_assertion(const tern_type *inter,
                                   const tern_type *have,
                                   const tern_type *want, tern_string missing);

/* Text of an error or Stringer, by calling its method; false if v is neither.
 * Runs the program's code: goroutine context. */
bool error_text(tern_eface v, tern_string *text);

/* ---- Panics (panic.c) ---------------------------------------------------- */

/* runtime.Goexit: runs all deferred calls, then ends the goroutine. */
TERN_NORETURN void tern_goexit(void);
/* What a fault of the program turns into; called on the goroutine's stack, as
 * if by the instruction that faulted.  The fault stands in getg()->fault. */
void sigpanic(void);
/* A signal's name and meaning. */
const char *signal_text(int sig);
/* Prints "panic: ..." lines for the goroutine's panics, oldest first. */
void print_panics(struct g *gp);

/* ---- Printing (print.c) --------------------------------------------------- */

/* Writes v as println does to buf (16 bytes); returns the length. */
int64_t format_float(char *buf, double v);

/* ---- Copies (copy.c) ----------------------------------------------------- */

/* Copies one value of a type with barriers, no poll.  dst is typed memory. */
void copy_value(const tern_type *t, void *dst, const void *src);
/* The same into a fresh zeroed object or into a stack slot that may hold
 * garbage: only the new pointers are shaded (WB-5, WB-12, WB-13). */
void copy_value_init(const tern_type *t, void *dst, const void *src);
/* Sets one value to zero with barriers, no poll. */
void clear_value(const tern_type *t, void *dst);
/* memmove and memset of pointer-free memory; long ones poll. */
void copy_bytes(void *dst, const void *src, int64_t n);
void clear_bytes(void *dst, int64_t n);
/* memcmp(a, b, n) == 0; long ones poll. */
bool equal_bytes(const void *a, const void *b, int64_t n);

/* ---- Channels, for the standard packages (chan.c) ------------------------- */

/* Send and receive without waiting; false if it would have to.  A receive sets
 * *ok to false on a closed channel.  May be called from a timer callback. */
bool chan_try_send(tern_chan *c, const void *elem);
bool chan_try_recv(tern_chan *c, void *elem, bool *ok);

/* ---- Hashes (alg.c) ------------------------------------------------------ */

/* Random for each process: nobody outside can choose keys that collide. */
extern uint64_t hash_key[2];

static inline uint64_t hash_mix(uint64_t a, uint64_t b) {
  unsigned __int128 p = (unsigned __int128)a * b;
  return (uint64_t)p ^ (uint64_t)(p >> 64);
}
static inline uint64_t hash_u64(uint64_t v, uint64_t seed) {
  return hash_mix(v ^ hash_key[0], hash_key[1] ^ seed);
}
uint64_t hash_bytes(const void *p, int64_t n, uint64_t seed);

static inline bool is_eface(const tern_type *inter) {
  return inter->nimethods == 0;
}
/* True if two descriptors denote the same type: nearly always the same address;
 * those that the runtime lays out by hand are compared by name. */
static inline bool same_type(const tern_type *a, const tern_type *b) {
  extern bool same_type_slow(const tern_type *, const tern_type *);
  return a == b || same_type_slow(a, b);
}

/* Memory for the room's own tables, never freed, zeroed.  Not scanned. */
void *lang_persistent(int64_t size);

/* Where pointers to zero-sized values and to small boxed integers lead. */
extern uint64_t tern_zero_value[128];

#endif
