/* types.c - type constructors, predicates, identity and layout.
 *
 * Called by the checker and, for the questions, by escape analysis and
 * emission.  Nothing here reports errors.
 *
 * Invariants
 *  1. type_under never returns a named type; for a type whose declaration is
 *     still being checked it returns T_INVALID.
 *  2. Layout is computed once and cached; sizes saturate at TYPE_MAX_SIZE,
 * which no program may use.
 */
#include "types.h"

#include <string.h>

#include "check_internal.h"

Type *type_basic[T_TUPLE + 1];
Type *type_byte, *type_rune, *type_error, *type_any, *type_empty_tuple;

/* ---- Constructors ------------------------------------------------------- */

Type *type_new(TypeKind kind) {
  Type *t = arena_new(Type);
  t->kind = kind;
  return t;
}

static Type *new_with_elem(TypeKind kind, Type *elem) {
  Type *t = type_new(kind);
  t->elem = elem;
  return t;
}

Type *type_new_pointer(Type *elem) { return new_with_elem(T_POINTER, elem); }
Type *type_new_slice(Type *elem) { return new_with_elem(T_SLICE, elem); }

Type *type_new_array(Type *elem, int64_t len) {
  Type *t = new_with_elem(T_ARRAY, elem);
  t->len = len;
  return t;
}

Type *type_new_map(Type *key, Type *elem) {
  Type *t = new_with_elem(T_MAP, elem);
  t->key = key;
  return t;
}

Type *type_new_chan(int dir, Type *elem) {
  Type *t = new_with_elem(T_CHAN, elem);
  t->dir = dir;
  return t;
}

Type *type_new_tuple(Object **vars, int n) {
  if (n == 0 && type_empty_tuple) return type_empty_tuple;
  Type *t = type_new(T_TUPLE);
  t->vars = vars;
  t->nvars = n;
  return t;
}

Type *type_under(Type *t) {
  /* A chain of declarations is as long as the source allows; a ring is cut by
   * the checker, the counter only guards against it before that. */
  for (int steps = 0; t->kind == T_NAMED; steps++) {
    if (!t->underlying || steps > 100000) return type_basic[T_INVALID];
    t = t->underlying;
  }
  return t;
}

/* ---- Predicates --------------------------------------------------------- */

bool type_is_named(Type *t) {
  return t->kind == T_NAMED || t->kind <= T_COMPLEX128 || t->kind == T_STRING ||
         t->kind == T_UNSAFE_POINTER ||
         (t->kind >= T_UNTYPED_BOOL && t->kind <= T_UNTYPED_NIL);
}

bool type_is_boolean(Type *t) {
  TypeKind k = type_under(t)->kind;
  return k == T_BOOL || k == T_UNTYPED_BOOL;
}

bool type_is_integer(Type *t) {
  TypeKind k = type_under(t)->kind;
  return (k >= T_INT && k <= T_UINTPTR) || k == T_UNTYPED_INT ||
         k == T_UNTYPED_RUNE;
}

bool type_is_unsigned(Type *t) {
  TypeKind k = type_under(t)->kind;
  return k >= T_UINT && k <= T_UINTPTR;
}

bool type_is_float(Type *t) {
  TypeKind k = type_under(t)->kind;
  return k == T_FLOAT32 || k == T_FLOAT64 || k == T_UNTYPED_FLOAT;
}

bool type_is_numeric(Type *t) { return type_is_integer(t) || type_is_float(t); }

bool type_is_string(Type *t) {
  TypeKind k = type_under(t)->kind;
  return k == T_STRING || k == T_UNTYPED_STRING;
}

bool type_is_untyped(Type *t) {
  return t->kind >= T_UNTYPED_BOOL && t->kind <= T_UNTYPED_NIL;
}

bool type_is_interface(Type *t) { return type_under(t)->kind == T_INTERFACE; }
bool type_is_pointer(Type *t) { return type_under(t)->kind == T_POINTER; }

bool type_has_nil(Type *t) {
  switch (type_under(t)->kind) {
    case T_POINTER:
    case T_FUNC:
    case T_SLICE:
    case T_MAP:
    case T_CHAN:
    case T_INTERFACE:
    case T_UNSAFE_POINTER:
    case T_UNTYPED_NIL: return true;
    default: return false;
  }
}

/* depth guards against a type that contains itself and was not refused yet. */
static bool comparable(Type *t, int depth) {
  enum { DEEPEST = 5000 };
  Type *u = type_under(t);
  switch (u->kind) {
    case T_SLICE:
    case T_MAP:
    case T_FUNC:
    case T_TUPLE:
    case T_UNTYPED_NIL: return false;
    case T_ARRAY: return depth > DEEPEST || comparable(u->elem, depth + 1);
    case T_STRUCT:
      if (depth > DEEPEST) return true;
      for (int i = 0; i < u->nfields; i++)
        if (!comparable(u->fields[i].type, depth + 1)) return false;
      return true;
    default: return true;
  }
}

bool type_comparable(Type *t) { return comparable(t, 0); }

bool type_ordered(Type *t) { return type_is_numeric(t) || type_is_string(t); }

bool type_is_direct(Type *t) {
  switch (type_under(t)->kind) {
    case T_POINTER:
    case T_FUNC:
    case T_MAP:
    case T_CHAN:
    case T_UNSAFE_POINTER: return true;
    default: return false;
  }
}

bool type_has_pointers(Type *t) {
  Type *u = type_under(t);
  switch (u->kind) {
    case T_POINTER:
    case T_FUNC:
    case T_MAP:
    case T_CHAN:
    case T_UNSAFE_POINTER:
    case T_SLICE:
    case T_STRING:
    case T_INTERFACE: return true;
    case T_ARRAY: return u->len > 0 && type_has_pointers(u->elem);
    case T_STRUCT:
      for (int i = 0; i < u->nfields; i++)
        if (type_has_pointers(u->fields[i].type)) return true;
      return false;
    default: return false;
  }
}

/* ---- Identity ----------------------------------------------------------- */

/* A pair of types under comparison, to stop at cycles through interfaces. */
typedef struct Pair {
  Type *a, *b;
  struct Pair *outer;
  bool ignore_tags; /* the outermost pair holds it for all */
} Pair;

static bool identical(Type *a, Type *b, Pair *pairs);

static bool identical_tuples(Type *a, Type *b, Pair *pairs) {
  if (a->nvars != b->nvars) return false;
  for (int i = 0; i < a->nvars; i++)
    if (!identical(a->vars[i]->type, b->vars[i]->type, pairs)) return false;
  return true;
}

static bool same_tag(StructField *f, StructField *g) {
  return f->tag_len == g->tag_len &&
         (f->tag_len == 0 || memcmp(f->tag, g->tag, f->tag_len) == 0);
}

static bool identical_structs(Type *a, Type *b, Pair *pairs) {
  if (a->nfields != b->nfields) return false;
  for (int i = 0; i < a->nfields; i++) {
    StructField *f = &a->fields[i], *g = &b->fields[i];
    if (f->name != g->name || f->embedded != g->embedded ||
        (!(pairs && pairs->ignore_tags) && !same_tag(f, g)) ||
        (f->pkg != g->pkg && !name_exported(f->name)) ||
        !identical(f->type, g->type, pairs))
      return false;
  }
  return true;
}

static bool identical_interfaces(Type *a, Type *b, Pair *pairs) {
  type_interface_complete(a);
  type_interface_complete(b);
  if (a->nmethods != b->nmethods) return false;
  for (Pair *p = pairs; p; p = p->outer)
    if ((p->a == a && p->b == b) || (p->a == b && p->b == a)) return true;
  Pair here = {a, b, pairs, pairs && pairs->ignore_tags};
  for (int i = 0; i < a->nmethods; i++) {
    Object *m = a->methods[i], *n = b->methods[i];
    if (m->name != n->name || (m->pkg != n->pkg && !object_exported(m)) ||
        !identical(m->type, n->type, &here))
      return false;
  }
  return true;
}

static bool identical(Type *a, Type *b, Pair *pairs) {
  if (a == b) return true;
  if (a->kind != b->kind) return false;
  switch (a->kind) {
    case T_NAMED: return false;
    case T_ARRAY:
      return (a->len == b->len || a->len < 0 || b->len < 0) &&
             identical(a->elem, b->elem, pairs);
    case T_POINTER:
    case T_SLICE: return identical(a->elem, b->elem, pairs);
    case T_MAP:
      return identical(a->key, b->key, pairs) &&
             identical(a->elem, b->elem, pairs);
    case T_CHAN: return a->dir == b->dir && identical(a->elem, b->elem, pairs);
    case T_TUPLE: return identical_tuples(a, b, pairs);
    case T_FUNC:
      return a->variadic == b->variadic &&
             identical_tuples(a->params, b->params, pairs) &&
             identical_tuples(a->results, b->results, pairs);
    case T_STRUCT: return identical_structs(a, b, pairs);
    case T_INTERFACE: return identical_interfaces(a, b, pairs);
    default: return true; /* byte and uint8, rune and int32 */
  }
}

bool type_identical(Type *a, Type *b) { return identical(a, b, NULL); }

bool type_identical_but_tags(Type *a, Type *b) {
  Pair none = {.ignore_tags = true};
  return identical(a, b, &none);
}

/* ---- Layout ------------------------------------------------------------- */

static int64_t round_up(int64_t n, int64_t align) {
  return (n + align - 1) / align * align;
}

static void set_layout(Type *t, int64_t size, int64_t align) {
  t->size = size > TYPE_MAX_SIZE ? TYPE_MAX_SIZE : size;
  t->align = (int32_t)align;
  t->size_known = true;
}

static void layout_struct(Type *t) {
  int64_t offset = 0, align = 1, last = -1;
  for (int i = 0; i < t->nfields; i++) {
    StructField *f = &t->fields[i];
    int64_t a = type_align(f->type);
    if (a > align) align = a;
    offset = round_up(offset, a);
    f->offset = offset;
    last = type_size(f->type);
    offset += last;
    if (offset > TYPE_MAX_SIZE) offset = TYPE_MAX_SIZE - align;
  }
  /* A final field of size zero must not point behind the value. */
  if (last == 0 && offset > 0) offset++;
  set_layout(t, round_up(offset, align), align);
}

static void layout_array(Type *t) {
  int64_t size = type_size(t->elem), len = t->len < 0 ? 0 : t->len, total;
  if (__builtin_mul_overflow(size, len, &total)) total = TYPE_MAX_SIZE;
  set_layout(t, total, type_align(t->elem));
}

/* Sizes of the kinds whose layout does not depend on others. */
static int64_t simple_size(TypeKind kind) {
  switch (kind) {
    case T_BOOL:
    case T_INT8:
    case T_UINT8: return 1;
    case T_INT16:
    case T_UINT16: return 2;
    case T_INT32:
    case T_UINT32:
    case T_FLOAT32: return 4;
    case T_STRING:
    case T_INTERFACE: return 16;
    case T_SLICE: return 24;
    default: return 8;
  }
}

static void layout(Type *t) {
  /* Holds if the type contains itself, which was reported as an error. */
  set_layout(t, 0, 1);
  switch (t->kind) {
    case T_STRUCT: layout_struct(t); break;
    case T_ARRAY: layout_array(t); break;
    case T_INVALID: break;
    default: {
      int64_t size = simple_size(t->kind);
      set_layout(t, size, size > 8 ? 8 : size);
    }
  }
}

int64_t type_size(Type *t) {
  t = type_under(t);
  if (!t->size_known) layout(t);
  return t->size;
}

int64_t type_align(Type *t) {
  t = type_under(t);
  if (!t->size_known) layout(t);
  return t->align;
}
