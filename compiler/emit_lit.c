/* emit_lit.c - composite literals: T{...} and &T{...}. */
#include "emit.h"

#include <string.h>

static bool is_literal(Expr *e, TypeKind a, TypeKind b) {
  e = unparen(e);
  if (e->kind != EXPR_COMPOSITE || e->composite.implicit_address) return false;
  TypeKind k = type_under(e->type)->kind;
  return k == a || k == b;
}

/* One element of a literal: where it goes, its value, its type. */
typedef struct Elem {
  int64_t index; /* field or element number */
  Expr *value, *key;
  Type *type;
} Elem;

static int field_index(Type *u, Expr *key) {
  for (int i = 0; i < u->nfields; i++)
    if (u->fields[i].name == key->ident.name) return i;
  return 0;
}

static Elem *elements(Expr *lit, Type *t) {
  Type *u = type_under(t);
  int n = lit->composite.elems.len;
  Elem *list = arena_array(Elem, n + 1);
  int64_t next = 0;
  for (int i = 0; i < n; i++) {
    Expr *x = lit->composite.elems.at[i];
    bool kv = x->kind == EXPR_KEY_VALUE;
    Elem *el = &list[i];
    el->value = kv ? x->key_value.value : x;
    el->key = kv ? x->key_value.key : NULL;
    if (u->kind == T_STRUCT) {
      el->index = kv ? field_index(u, el->key) : i;
      el->type = u->fields[el->index].type;
      continue;
    }
    el->type = u->elem;
    if (u->kind != T_MAP && kv) const_int64(const_to_int(el->key->cval), &next);
    el->index = next++;
  }
  return list;
}

static const char *designator(Type *u, int64_t index, bool array_struct) {
  if (u->kind == T_STRUCT) return arena_printf(".%s", field_name(u, (int)index));
  return arena_printf("%s[%lld]", array_struct ? ".a" : "", (long long)index);
}

/* ---- Constant literals -------------------------------------------------- */

/* Whether the C compiler can lay the value out. */
bool literal_is_static(Expr *e) {
  e = unparen(e);
  if (type_is_interface(e->type)) return e->mode == MODE_NIL;
  if (e->cval || e->mode == MODE_NIL) return true;
  if (!is_literal(e, T_STRUCT, T_ARRAY)) return false;
  Elem *el = elements(e, e->type);
  for (int i = 0; i < e->composite.elems.len; i++)
    if (!literal_is_static(el[i].value) ||
        (type_is_interface(el[i].type) && el[i].value->mode != MODE_NIL))
      return false;
  return true;
}

/* A static initialiser for it. */
const char *static_init(Expr *e, Type *t) {
  e = unparen(e);
  if (e->mode == MODE_NIL) return is_scalar(t) ? "NULL" : "{}";
  if (e->cval) return const_init(e->cval, t);
  Type *u = type_under(t);
  Elem *el = elements(e, t);
  Text x = {0};
  text_add(&x, u->kind == T_ARRAY ? "{{" : "{");
  for (int i = 0; i < e->composite.elems.len; i++) {
    text_add(&x, i % 8 == 7 && u->kind == T_ARRAY ? ",\n  " : i ? ", " : "");
    if (u->kind == T_STRUCT || el[i].key)
      text_printf(&x, "%s = ", designator(u, el[i].index, false));
    text_add(&x, static_init(el[i].value, el[i].type));
  }
  text_add(&x, u->kind == T_ARRAY ? "}}" : "}");
  return x.s;
}

/* The elements of a slice literal as a static array; NULL if not constant. */
static const char *static_elements(Expr *lit, Type *t, int64_t n, bool is_const) {
  Type *elem = type_under(t)->elem;
  Elem *el = elements(lit, t);
  for (int i = 0; i < lit->composite.elems.len; i++)
    if (!literal_is_static(el[i].value) || type_is_interface(elem)) return NULL;
  const char *name = arena_printf("static_%d", ++E.statics);
  Text x = {0};
  for (int i = 0; i < lit->composite.elems.len; i++) {
    text_add(&x, i % 8 == 7 ? ",\n  " : i ? ", " : "");
    if (el[i].key) text_printf(&x, "[%lld] = ", (long long)el[i].index);
    text_add(&x, static_init(el[i].value, elem));
  }
  const char *c = ctype(elem);
  text_printf(&E.data, "static %s%s%s%s[%lld]%s = {%s};\n", is_const ? "const " : "", c,
              c[strlen(c) - 1] == '*' ? "" : " ", name, (long long)n,
              !is_const && type_has_pointers(elem) ? " TERN_GLOBAL" : "",
              x.s ? x.s : "");
  return name;
}

/* ---- Values ------------------------------------------------------------- */

static Cx struct_or_array(Expr *lit, Type *t) {
  Type *u = type_under(t);
  int n = lit->composite.elems.len;
  if (n == 0) return zero_value(t);
  Elem *el = elements(lit, t);
  Expr **e = arena_array(Expr *, n);
  Type **to = arena_array(Type *, n);
  Cx *v = arena_array(Cx, n);
  for (int i = 0; i < n; i++) {
    e[i] = el[i].value;
    to[i] = el[i].type;
  }
  eval_list(e, to, n, v);
  Text x = {0};
  for (int i = 0; i < n; i++) {
    text_add(&x, i ? ", " : "");
    if (u->kind == T_STRUCT || el[i].key)
      text_printf(&x, "%s = ", designator(u, el[i].index, false));
    text_add(&x, at(v[i], P_ASSIGN));
  }
  return cx(P_POST, u->kind == T_ARRAY ? "(%s){{%s}}" : "(%s){%s}", ctype(t), x.s);
}

static void fill_elements(Expr *lit, Type *t, const char *base, bool frame) {
  Type *u = type_under(t);
  int n = lit->composite.elems.len;
  Elem *el = elements(lit, t);
  for (int i = 0; i < n; i++) {
    Expr *x = unparen(el[i].value);
    const char *place =
        arena_printf("%s%s", base, designator(u, el[i].index, u->kind == T_ARRAY));
    if (x->mode == MODE_NIL) continue;
    if (is_literal(x, T_STRUCT, T_ARRAY) && !type_is_interface(el[i].type)) {
      fill_elements(x, el[i].type, place, frame);
      continue;
    }
    Cx v = rvalue_as(x, el[i].type);
    if (frame)
      pre("%s = %s;", place, at(v, P_ASSIGN));
    else
      store_memory(cx(P_POST, "%s", place), el[i].type, v);
  }
}

/* Stores the elements of a struct or array literal into zeroed memory. */
void fill_literal(Expr *lit, const char *place, Type *t, bool frame) {
  fill_elements(lit, t, place, frame);
}

static Cx slice_literal(Expr *lit, Type *t) {
  Type *elem = type_under(t)->elem;
  int64_t n = lit->composite.array_len;
  const char *c = ctype(elem);
  if (n == 0) {
    const char *z = "tern_zero_size";
    return cx(P_POST, "(tern_slice){&%s, 0, 0}", z);
  }
  const char *p;
  const char *data = n >= 3 ? static_elements(lit, t, n, true) : NULL;
  if (!lit->escapes) {
    p = frame_decl(arena_printf("%s %%s[%lld]", c, (long long)n), "elems", n * type_size(elem));
    if (data)
      pre("__builtin_memcpy(%s, %s, sizeof %s);", p, data, p);
    else
      pre("__builtin_memset(%s, 0, sizeof %s);", p, p);
  } else {
    p = spill_c(cx(P_POST, "tern_new_array(&%s, %lld)", type_desc(elem), (long long)n),
                arena_printf("%s *", c)).s;
    if (data && type_has_pointers(elem))
      pre("tern_copy(&%s, %s, %s, %lld);", type_desc(elem), p, data, (long long)n);
    else if (data)
      pre("__builtin_memcpy(%s, %s, sizeof %s);", p, data, data);
  }
  if (!data) fill_elements(lit, t, p, !lit->escapes);
  return cx(P_POST, "(tern_slice){%s, %lld, %lld}", p, (long long)n, (long long)n);
}

static Cx map_literal(Expr *lit, Type *t) {
  Type *u = type_under(t);
  int n = lit->composite.elems.len;
  Elem *el = elements(lit, t);
  Cx m = spill(cx(P_POST, "tern_makemap(&%s, %d)", type_desc(t), n), t);
  for (int i = 0; i < n; i++) {
    const char *variant;
    Cx key = map_key(t, el[i].key, &variant);
    if (has_call(el[i].key) || (!el[i].key->cval && has_call(el[i].value)))
      key = key.s[0] == '&' ? key : spill(key, u->key);
    Cx v = rvalue_as(el[i].value, u->elem);
    if (!el[i].value->cval) v = spill(v, u->elem);
    Cx slot = spill_c(map_assign(t, m, key, variant), arena_printf("%s *", ctype(u->elem)));
    store_memory(cx(P_UNARY, "*%s", slot.s), u->elem, v);
  }
  return m;
}

static Cx composite_as(Expr *lit, Type *t) {
  switch (type_under(t)->kind) {
    case T_SLICE: return slice_literal(lit, t);
    case T_MAP: return map_literal(lit, t);
    default: return struct_or_array(lit, t);
  }
}

/* T{...}. */
Cx composite(Expr *e) { return composite_as(e, e->type); }

/* &T{...}: e is the & (or the literal itself if & is implied). */
Cx address_of_literal(Expr *e, Expr *lit) {
  Type *t = e->composite.implicit_address && e == lit && type_under(e->type)->kind == T_POINTER
                ? type_under(e->type)->elem : lit->type;
  const char *c = ctype(t);
  TypeKind k = type_under(t)->kind;
  if (!e->escapes) {
    Cx v = composite_as(lit, t);
    const char *obj = frame_decl(arena_printf("%s%s%%s", c,
                                              c[strlen(c) - 1] == '*' ? "" : " "), "obj",
                                 type_size(t));
    pre("%s = %s;", obj, v.s);
    return cx(P_UNARY, "&%s", obj);
  }
  const char *p = temp_name();
  if (k == T_STRUCT || k == T_ARRAY) {
    pre("%s *%s = tern_new(&%s);", c, p, type_desc(t));
    fill_elements(lit, t, k == T_STRUCT ? arena_printf("(*%s)", p) : arena_printf("(*%s)", p),
                  false);
  } else {
    Cx v = spill(composite_as(lit, t), t);
    pre("%s *%s = tern_new(&%s);", c, p, type_desc(t));
    store_memory(cx(P_UNARY, "*%s", p), t, v);
  }
  return cx(P_POST, "%s", p);
}
