/* goabi.h - where the arguments and the result of a Go function lie.
 *
 * Emitted Go functions are C functions: fn(closure, args...), by the System V
 * rules for amd64; of a value larger than GO_BY_ADDRESS bytes the address is passed
 * (compiler/emit_type.c, by_address).
 *
 * libffi knows these rules for C's side of a call; for Go's side
 * the places are worked out once for each function type, because then a call
 * needs no search and the goroutine's chain of frames stays whole.
 */
#ifndef TERN_FFI_GOABI_H
#define TERN_FFI_GOABI_H

#include "heap/type.h"

/* The registers of a call; enter.S knows the offsets.  gpr and fpr lie side by
 * side, so that a value in two registers of one class is contiguous. */
struct go_regs {
  uint64_t gpr[6];
  uint64_t fpr[8];       /* low halves: Go has nothing wider */
  void *stack;           /* the first word of the arguments in memory */
  uint64_t ret_gpr[2];
  uint64_t ret_fpr[2];
  uint64_t pad;
};
_Static_assert(sizeof(struct go_regs) == 160, "enter.S: REGS");

enum { GO_BY_ADDRESS = 64 };

/* The class of an eightbyte of a value. */
enum go_class { CLASS_NONE, CLASS_INTEGER, CLASS_SSE, CLASS_MEMORY };

/* Where one argument lies.  in_memory: offset is in bytes from regs->stack.
 * Else word i of the value is register word[i] of struct go_regs (an index into
 * its 8-byte words), and whole says that these are neighbours.  by_address: what lies
 * there is the value's address. */
struct go_place {
  bool in_memory, whole, by_address;
  uint8_t nwords;
  uint8_t word[2];
  uint32_t offset;
};

struct go_abi {
  bool result_in_memory;       /* its address is the first argument */
  enum go_class result[2];
  int32_t nargs;               /* without the closure */
  int64_t stack_words;
  struct go_place closure;
  struct go_place args[];
};

/* The classes of a value of type t; MEMORY first if it does not fit registers. */
void go_classify(const tern_type *t, enum go_class out[2]);
/* Works out the places for a func type; out has room for its nin arguments. */
void go_abi_of(const tern_type *func, struct go_abi *out);

/* Of the arguments of a C function the one whose first half is in the sixth
 * integer register and whose second half is a float, or -1.  (NULL: a pointer.)
 * libffi before 3.4.7 overwrites the first float register for it (libffi #848);
 * as two arguments it is passed right.  Counted as C does: without empty structs. */
int32_t c_split_argument(const tern_type *const *args, int64_t n, bool result_in_memory);

/* The argument as it lies in registers or memory; if it lies in two registers
 * that are not neighbours, it is put together in scratch[2]. */
static inline void *go_arg(struct go_regs *r, const struct go_place *at,
                           uint64_t *scratch) {
  uint64_t *words = r->gpr;
  if (TERN_UNLIKELY(at->by_address))
    return *(void **)(at->in_memory ? (char *)r->stack + at->offset
                                    : (char *)(words + at->word[0]));
  if (at->in_memory) return (char *)r->stack + at->offset;
  if (TERN_LIKELY(at->whole)) return words + at->word[0];
  scratch[0] = words[at->word[0]];
  scratch[1] = words[at->word[1]];
  return scratch;
}
/* Puts a value of type t at its place; small integers are extended.  The memory of a
 * large value must last until the function begins. */
void go_put_arg(struct go_regs *r, const struct go_place *at, const tern_type *t,
                const void *value);
/* Copies the result, which the registers hold as C returned or Go left it. */
void go_put_result(struct go_regs *r, const struct go_abi *abi,
                   const tern_type *t, const void *value);
void go_get_result(const struct go_regs *r, const struct go_abi *abi,
                   const tern_type *t, void *value);
/* The integer of a small type, sign- or zero-extended; other values: their first
 * eight bytes. */
uint64_t go_extended(const tern_type *t, const void *value);

/* enter.S */
extern char ffi_entry[], ffi_entry_memory[];
void ffi_invoke_go(void *code, struct go_regs *r, int64_t stack_words);
void ffi_call_direct(void *address, struct go_regs *r);

#endif
