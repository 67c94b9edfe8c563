/* type_string.c - types as text: for %T, for linking, and for messages.
 *
 * Three spellings of one walk:
 *   type_string        "main.T", "[]uint8", "interface { M() }"    (%T)
 *   type_link_string   the same with package paths and local types numbered
 *   type_error_string  "T" in its own package, "[]byte", "interface{M()}"
 */
#include <stdio.h>
#include <string.h>

#include "check_internal.h"

typedef enum Spelling { FOR_PRINT, FOR_LINK, FOR_ERROR } Spelling;

/* A growing string. */
typedef struct Text {
  char *s;
  size_t len, cap;
  Spelling spelling;
  int depth; /* of unnamed types, against runaway output */
} Text;

static void put_n(Text *t, const char *s, size_t n) {
  if (t->len + n + 1 > t->cap) {
    t->cap = (t->len + n + 1) * 2;
    char *bigger = arena_alloc(t->cap);
    if (t->len) memcpy(bigger, t->s, t->len);
    t->s = bigger;
  }
  memcpy(t->s + t->len, s, n);
  t->len += n;
  t->s[t->len] = '\0';
}

static void put(Text *t, const char *s) { put_n(t, s, strlen(s)); }

static void write_type(Text *t, Type *type);

static void write_tuple(Text *t, Type *tuple, bool variadic) {
  put(t, "(");
  for (int i = 0; i < tuple->nvars; i++) {
    Object *v = tuple->vars[i];
    if (i) put(t, ", ");
    if (t->spelling == FOR_ERROR && v->name && v->name[0]) {
      put(t, v->name);
      put(t, " ");
    }
    if (variadic && i == tuple->nvars - 1) {
      put(t, "...");
      write_type(t, type_under(v->type)->kind == T_SLICE
                        ? type_under(v->type)->elem
                        : v->type);
    } else {
      write_type(t, v->type);
    }
  }
  put(t, ")");
}

static void write_signature(Text *t, Type *sig) {
  write_tuple(t, sig->params, sig->variadic);
  if (sig->results->nvars == 0) return;
  put(t, " ");
  Object *only = sig->results->nvars == 1 ? sig->results->vars[0] : NULL;
  if (only && (t->spelling != FOR_ERROR || !only->name[0]))
    write_type(t, only->type);
  else
    write_tuple(t, sig->results, false);
}

/* The package before a name, where this spelling has one. */
static void write_package(Text *t, Package *pkg, const char *sep) {
  if (!pkg) return;
  if (t->spelling == FOR_ERROR && pkg == checker_package()) return;
  put(t, t->spelling == FOR_LINK ? pkg->path : pkg->name);
  put(t, sep);
}

static void write_named(Text *t, Type *type) {
  Object *o = type->obj;
  write_package(t, o->pkg, ".");
  put(t, o->name);
  if (t->spelling == FOR_LINK && o->local_index)
    put(t, arena_printf("·%d", o->local_index));
}

static void write_struct(Text *t, Type *s) {
  bool spaced = t->spelling != FOR_ERROR;
  put(t, spaced ? "struct {" : "struct{");
  for (int i = 0; i < s->nfields; i++) {
    StructField *f = &s->fields[i];
    put(t, i ? "; " : spaced ? " " : "");
    if (t->spelling == FOR_LINK && !name_exported(f->name))
      write_package(t, f->pkg, ".");
    if (!f->embedded || t->spelling == FOR_LINK) {
      put(t, f->name);
      put(t, f->embedded ? "=" : " ");
    }
    write_type(t, f->type);
    if (f->tag) {
      put(t, " ");
      put(t, const_quote(f->tag, f->tag_len));
    }
  }
  put(t, spaced && s->nfields ? " }" : "}");
}

static void write_interface(Text *t, Type *i) {
  bool spaced = t->spelling != FOR_ERROR;
  type_interface_complete(i);
  if (i->nmethods == 0 && !spaced) {
    put(t, i == type_any ? "any" : "interface{}");
    return;
  }
  put(t, spaced ? "interface {" : "interface{");
  for (int m = 0; m < i->nmethods; m++) {
    put(t, m ? "; " : spaced ? " " : "");
    if (spaced && !object_exported(i->methods[m]))
      write_package(t, i->methods[m]->pkg, ".");
    put(t, i->methods[m]->name);
    write_signature(t, i->methods[m]->type);
  }
  put(t, spaced && i->nmethods ? " }" : "}");
}

static void write_chan(Text *t, Type *c) {
  put(t, c->dir == CHAN_RECV   ? "<-chan "
         : c->dir == CHAN_SEND ? "chan<- "
                               : "chan ");
  bool parens = c->dir != CHAN_SEND && c->elem->kind == T_CHAN &&
                c->elem->dir == CHAN_RECV;
  if (parens) put(t, "(");
  write_type(t, c->elem);
  if (parens) put(t, ")");
}

static void write_basic(Text *t, Type *type) {
  if (t->spelling != FOR_ERROR) type = type_basic[type->kind];
  if (type->kind == T_UNSAFE_POINTER) put(t, "unsafe.");
  put(t, type->obj ? type->obj->name : "invalid type");
}

static void write_type(Text *t, Type *type) {
  if (!type) {
    put(t, "invalid type");
    return;
  }
  if (++t->depth > 200) {
    put(t, "...");
    t->depth--;
    return;
  }
  switch (type->kind) {
    case T_NAMED: write_named(t, type); break;
    case T_POINTER:
      put(t, "*");
      write_type(t, type->elem);
      break;
    case T_SLICE:
      put(t, "[]");
      write_type(t, type->elem);
      break;
    case T_ARRAY:
      put(t, arena_printf("[%lld]", (long long)type->len));
      write_type(t, type->elem);
      break;
    case T_MAP:
      put(t, "map[");
      write_type(t, type->key);
      put(t, "]");
      write_type(t, type->elem);
      break;
    case T_CHAN: write_chan(t, type); break;
    case T_FUNC:
      put(t, "func");
      write_signature(t, type);
      break;
    case T_TUPLE: write_tuple(t, type, false); break;
    case T_STRUCT: write_struct(t, type); break;
    case T_INTERFACE: write_interface(t, type); break;
    default: write_basic(t, type);
  }
  t->depth--;
}

static const char *spell(Type *type, Spelling spelling) {
  Text t = {.spelling = spelling};
  put(&t, "");
  write_type(&t, type);
  return t.s;
}

const char *type_string(Type *t) { return spell(t, FOR_PRINT); }
const char *type_link_string(Type *t) { return spell(t, FOR_LINK); }
const char *type_error_string(Type *t) { return spell(t, FOR_ERROR); }

const char *func_error_string(Object *f) {
  /* Parameter names are left out: build the text from types only. */
  Text t = {.spelling = FOR_ERROR};
  put(&t, f->name);
  Type *sig = f->type;
  for (int part = 0; part < 2; part++) {
    Type *tuple = part ? sig->results : sig->params;
    if (part && tuple->nvars == 0) break;
    bool parens = !part || tuple->nvars > 1;
    put(&t, part ? parens ? " (" : " " : "(");
    for (int i = 0; i < tuple->nvars; i++) {
      Type *type = tuple->vars[i]->type;
      if (i) put(&t, ", ");
      bool dots = !part && sig->variadic && i == tuple->nvars - 1;
      if (dots) put(&t, "...");
      write_type(&t, dots ? type->elem : type);
    }
    if (parens) put(&t, ")");
  }
  return t.s;
}
