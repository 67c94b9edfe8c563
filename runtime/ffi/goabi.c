/* goabi.c - the System V rules for amd64, as far as Go types need them.
 *
 * A value of at most 16 bytes is cut into eightbytes; one that holds floats only is
 * SSE, any other INTEGER.  If the registers left do not hold all of its
 * eightbytes, the whole value goes to memory, as do larger values.
 */
#include "ffi/goabi.h"

#include <string.h>

/* ---- Classes --------------------------------------------------------------- */

static void mark(enum go_class out[2], int64_t offset, enum go_class c) {
  enum go_class *at = &out[offset / 8];
  if (*at != CLASS_INTEGER) *at = c;
}

static void classify_at(const tern_type *t, int64_t offset, enum go_class out[2]) {
  switch (t->kind) {
    case TERN_STRUCT:
      for (int64_t i = 0; i < t->nfields; i++)
        classify_at(t->fields[i].type, offset + t->fields[i].offset, out);
      break;
    case TERN_ARRAY:
      for (int64_t i = 0; t->elem->size > 0 && i < t->len; i++)
        classify_at(t->elem, offset + i * t->elem->size, out);
      break;
    case TERN_FLOAT32: case TERN_FLOAT64: mark(out, offset, CLASS_SSE); break;
    default: /* strings and interfaces are two words */
      for (int64_t i = 0; i < t->size; i += 8) mark(out, offset + i, CLASS_INTEGER);
  }
}

void go_classify(const tern_type *t, enum go_class out[2]) {
  out[0] = out[1] = CLASS_NONE;
  if (t->size > 16)
    out[0] = CLASS_MEMORY;
  else
    classify_at(t, 0, out);
}

/* ---- Places ---------------------------------------------------------------- */

enum { FIRST_FPR = offsetof(struct go_regs, fpr) / 8 };

struct counter {
  int gpr, fpr;
  int64_t stack; /* bytes */
};

static struct go_place place(struct counter *n, int64_t size,
                             const enum go_class c[2]) {
  struct go_place at = {0};
  int gpr = (c[0] == CLASS_INTEGER) + (c[1] == CLASS_INTEGER);
  int fpr = (c[0] == CLASS_SSE) + (c[1] == CLASS_SSE);
  if (c[0] == CLASS_MEMORY || n->gpr + gpr > 6 || n->fpr + fpr > 8) {
    at.in_memory = true;
    at.offset = (uint32_t)n->stack;
    n->stack += (size + 7) & ~(int64_t)7;
    return at;
  }
  for (int i = 0; i < 2 && c[i] != CLASS_NONE; i++) {
    int word = c[i] == CLASS_INTEGER ? n->gpr++ : FIRST_FPR + n->fpr++;
    at.word[at.nwords++] = (uint8_t)word;
  }
  at.whole = at.nwords < 2 || at.word[1] == at.word[0] + 1;
  return at;
}

void go_abi_of(const tern_type *func, struct go_abi *out) {
  struct counter n = {0, 0, 0};
  static const enum go_class pointer[2] = {CLASS_INTEGER, CLASS_NONE};
  *out = (struct go_abi){.nargs = (int32_t)func->nin};
  if (func->nout > 0) {
    const tern_type *t = func->inout[func->nin];
    go_classify(t, out->result);
    out->result_in_memory = out->result[0] == CLASS_MEMORY;
    if (out->result_in_memory) n.gpr++;
  }
  out->closure = place(&n, 8, pointer);
  for (int64_t i = 0; i < func->nin; i++) {
    enum go_class c[2];
    bool large = func->inout[i]->size > GO_BY_ADDRESS;
    go_classify(func->inout[i], c);
    out->args[i] = large ? place(&n, 8, pointer) : place(&n, func->inout[i]->size, c);
    out->args[i].by_address = large;
  }
  out->stack_words = n.stack / 8;
}

int32_t c_split_argument(const tern_type *const *args, int64_t n, bool result_in_memory) {
  struct counter used = {result_in_memory, 0, 0};
  int32_t number = 0;
  for (int64_t i = 0; i < n; i++) {
    const tern_type *t = args[i];
    enum go_class c[2] = {CLASS_INTEGER, CLASS_NONE};
    bool pointer = t == NULL || t->kind == TERN_STRING || t->kind == TERN_SLICE;
    if (!pointer) go_classify(t, c);
    if (c[0] == CLASS_NONE) continue;
    struct go_place at = place(&used, pointer ? 8 : t->size, c);
    if (c[0] == CLASS_INTEGER && c[1] == CLASS_SSE && !at.in_memory && at.word[0] == 5)
      return number;
    number++;
  }
  return -1;
}

/* ---- Values ---------------------------------------------------------------- */

uint64_t go_extended(const tern_type *t, const void *p) {
  uint64_t v = 0;
  switch (t->kind) {
    case TERN_INT8: return (uint64_t)*(const int8_t *)p;
    case TERN_INT16: return (uint64_t)*(const int16_t *)p;
    case TERN_INT32: return (uint64_t)*(const int32_t *)p;
    case TERN_BOOL: return *(const uint8_t *)p != 0;
    default: memcpy(&v, p, t->size < 8 ? (size_t)t->size : 8); return v;
  }
}

void go_put_arg(struct go_regs *r, const struct go_place *at, const tern_type *t,
                const void *value) {
  if (at->by_address) {
    uint64_t *words = r->gpr;
    *(const void **)(at->in_memory ? (char *)r->stack + at->offset
                                   : (char *)(words + at->word[0])) = value;
    return;
  }
  if (at->in_memory && t->size > 8) {
    memcpy((char *)r->stack + at->offset, value, (size_t)t->size);
    return;
  }
  uint64_t v = go_extended(t, value);
  if (at->in_memory) {
    memcpy((char *)r->stack + at->offset, &v, 8);
    return;
  }
  uint64_t *words = r->gpr;
  if (at->nwords > 0) words[at->word[0]] = v;
  if (at->nwords > 1) {
    uint64_t second = 0;
    memcpy(&second, (const char *)value + 8, (size_t)t->size - 8);
    words[at->word[1]] = second;
  }
}

void go_put_result(struct go_regs *r, const struct go_abi *abi,
                   const tern_type *t, const void *value) {
  int gpr = 0, fpr = 0;
  for (int i = 0; i < 2 && abi->result[i] != CLASS_NONE; i++) {
    uint64_t v = 0;
    if (i == 0)
      v = go_extended(t, value);
    else
      memcpy(&v, (const char *)value + 8, (size_t)t->size - 8);
    if (abi->result[i] == CLASS_INTEGER)
      r->ret_gpr[gpr++] = v;
    else
      r->ret_fpr[fpr++] = v;
  }
}

void go_get_result(const struct go_regs *r, const struct go_abi *abi,
                   const tern_type *t, void *value) {
  uint64_t words[2] = {0, 0};
  int gpr = 0, fpr = 0;
  for (int i = 0; i < 2 && abi->result[i] != CLASS_NONE; i++)
    words[i] = abi->result[i] == CLASS_INTEGER ? r->ret_gpr[gpr++]
                                               : r->ret_fpr[fpr++];
  memcpy(value, words, (size_t)t->size);
}
