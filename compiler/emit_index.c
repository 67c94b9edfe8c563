/* emit_index.c - indexing, slicing, and map access. */
#include "emit.h"

#include <string.h>

/* The index, checked against a length: `len` is C text, or const_len >= 0. */
Cx index_check(Expr *index, const char *len, int64_t const_len) {
  int64_t k;
  Type *t = index->type;
  if (index->cval && const_len >= 0 && const_int64(const_to_int(index->cval), &k) &&
      k < const_len)
    return cx(P_POST, "%lld", (long long)k);
  Cx i = rvalue(index);
  if (type_is_unsigned(t) && const_len >= 0 && type_bits(t) < 32 &&
      const_len >= (int64_t)1 << type_bits(t))
    return i;
  const char *u = type_is_unsigned(t) && type_bits(t) == 64 ? "_u" : "";
  if (const_len >= 0)
    return cx(P_POST, "tern_index%s(%s, %lld)", u, at(i, P_ASSIGN),
              (long long)const_len);
  return cx(P_POST, "tern_index%s(%s, %s)", u, at(i, P_ASSIGN), len);
}

/* x[i] of an array, slice, string or pointer to array: an lvalue except for
 * strings. */
Cx index_place(Expr *e) {
  Expr *x = unparen(e->index.x), *i = e->index.index.at[0];
  Type *u = type_under(x->type);
  if (u->kind == T_SLICE) {
    Cx s = stable_rvalue(x);
    if (type_is_unsigned(i->type) && type_bits(i->type) == 64 && !i->cval)
      return cx(P_POST, "((%s *)%s.ptr)[%s]", ctype(u->elem), at(s, P_POST),
                index_check(i, arena_printf("%s.len", at(s, P_POST)), -1).s);
    Cx k = rvalue(i);
    return cx(P_POST, "TERN_AT(%s, %s, %s)", ctype(u->elem), at(s, P_ASSIGN),
              at(k, P_ASSIGN));
  }
  if (u->kind == T_STRING) {
    Cx s = x->cval ? spill(rvalue(x), x->type) : stable_rvalue(x);
    Cx k = index_check(i, arena_printf("%s.len", at(s, P_POST)), -1);
    return cx(P_POST, "%s.ptr[%s]", at(s, P_POST), k.s);
  }
  bool pointer = u->kind == T_POINTER;
  Type *array = pointer ? type_under(u->elem) : u;
  bool saved = E.checking; /* far elements do not fault */
  if (type_size(array) >= 4096) E.checking = true;
  Cx a = pointer ? rvalue(x) : lvalue(x);
  E.checking = saved;
  if (has_call(i) && has_call(x)) {
    if (pointer)
      a = spill(a, x->type);
    else
      a = cx(P_UNARY, "*%s",
             spill_c(cx(P_UNARY, "&%s", at(a, P_UNARY)),
                     arena_printf("%s *", ctype(x->type))).s);
  }
  Cx k = index_check(i, NULL, array->len);
  if (!pointer) {
    if (a.p == P_UNARY && a.s[0] == '*' && a.s[1] != '(')
      return cx(P_POST, "%s->a[%s]", a.s + 1, k.s);
    return cx(P_POST, "%s.a[%s]", at(a, P_POST), k.s);
  }
  if (type_size(array) >= 4096 || E.checking)
    return cx(P_POST, "((%s)tern_nilcheck(%s))->a[%s]", ctype(x->type), a.s, k.s);
  return cx(P_POST, "%s->a[%s]", at(a, P_POST), k.s);
}

/* The value of x[i]. */
Cx index_expr(Expr *e) {
  Type *u = type_under(e->index.x->type);
  if (u->kind != T_MAP) return index_place(e);
  Type *mt = e->index.x->type;
  Cx m = rvalue(e->index.x);
  if (has_call(e->index.index.at[0]) && !is_stable(e->index.x))
    m = spill(m, mt);
  const char *variant;
  Cx key = map_key(mt, e->index.index.at[0], &variant);
  Cx p = spill_c(map_access(mt, m, key, variant),
                 arena_printf("%s *", ctype(u->elem)));
  return spill(cx(P_COND, "%s ? *%s : %s", p.s, p.s,
                  is_scalar(u->elem) ? "0" : zero_value(u->elem).s), u->elem);
}

/* ---- Maps --------------------------------------------------------------- */

/* "_64", "_32", "_str" for the maps that have fast functions, else "". */
const char *map_variant(Type *mt) {
  Type *k = type_under(type_under(mt)->key);
  if (k->kind == T_STRING) return "_str";
  if (type_is_integer(k) || k->kind == T_POINTER || k->kind == T_CHAN ||
      k->kind == T_UNSAFE_POINTER) {
    if (type_size(k) == 8) return "_64";
    if (type_size(k) == 4) return "_32";
  }
  return "";
}

static Cx map_key_value(Type *mt, Cx k, const char *variant) {
  Type *kt = type_under(mt)->key;
  if (strcmp(variant, "_64") == 0 && !type_is_integer(kt))
    return cx(P_UNARY, "(uint64_t)%s", at(k, P_UNARY));
  if (*variant) return k;
  const char *t = temp_name();
  const char *c = ctype(kt);
  pre("%s%s%s = %s;", c, c[strlen(c) - 1] == '*' ? "" : " ", t, at(k, P_ASSIGN));
  return cx(P_UNARY, "&%s", t);
}

/* The key operand in the form the map functions take it. */
Cx map_key(Type *mt, Expr *key, const char **variant) {
  *variant = map_variant(mt);
  Cx k = rvalue_as(key, type_under(mt)->key);
  return map_key_value(mt, k, *variant);
}

/* The address of the value or NULL. */
Cx map_access(Type *mt, Cx m, Cx key, const char *variant) {
  return cx(P_POST, "tern_mapaccess%s(&%s, %s, %s)", variant, type_desc(mt),
            at(m, P_ASSIGN), at(key, P_ASSIGN));
}

/* The address of the value, made if need be. */
Cx map_assign(Type *mt, Cx m, Cx key, const char *variant) {
  return cx(P_POST, "tern_mapassign%s(&%s, %s, %s)", variant, type_desc(mt),
            at(m, P_ASSIGN), at(key, P_ASSIGN));
}

/* ---- x[lo:hi:max] ------------------------------------------------------- */

static Cx bound(Expr *e, const char *otherwise) {
  if (!e) return cx(P_POST, "%s", otherwise);
  Cx c = rvalue(e);
  /* beyond int: out of range whatever the length */
  return has_call(e) ? spill(c, e->type) : c;
}

/* s[lo:hi], s[lo:hi:max] of slices, strings and arrays. */
Cx slice_expr(Expr *e) {
  Expr *x = unparen(e->slice.x);
  Type *u = type_under(x->type);
  Cx s;
  const char *len;
  if (u->kind == T_SLICE || u->kind == T_STRING) {
    s = x->cval ? spill(rvalue(x), x->type) : stable_rvalue(x);
    len = arena_printf("%s.len", at(s, P_POST));
  } else {
    s = u->kind == T_POINTER ? rvalue(x) : address_of(x);
    Type *array = type_under(u->kind == T_POINTER ? u->elem : u);
    if (has_call(e->slice.lo) || has_call(e->slice.hi))
      s = spill_c(s, arena_printf("%s *", ctype(array)));
    if (u->kind == T_POINTER)
      s = cx(P_POST, "tern_nilcheck(%s)", s.s);
    len = arena_printf("%lld", (long long)array->len);
  }
  Cx lo = bound(e->slice.lo, "0"), hi = bound(e->slice.hi, len), max;
  if (u->kind == T_STRING) {
    if (!e->slice.lo && !e->slice.hi) return s;
    return cx(P_POST, "tern_substr(%s, %s, %s)", s.s, at(lo, P_ASSIGN),
              at(hi, P_ASSIGN));
  }
  if (e->slice.max) max = bound(e->slice.max, "0");
  if (u->kind == T_SLICE) {
    const char *elem = ctype(u->elem);
    if (e->slice.max)
      return cx(P_POST, "tern_reslice3(%s, %s, %s, %s, sizeof(%s))", s.s,
                at(lo, P_ASSIGN), at(hi, P_ASSIGN), at(max, P_ASSIGN), elem);
    if (!e->slice.lo && !e->slice.hi) return s;
    return cx(P_POST, "tern_reslice(%s, %s, %s, sizeof(%s))", s.s,
              at(lo, P_ASSIGN), at(hi, P_ASSIGN), elem);
  }
  Type *array = type_under(u->kind == T_POINTER ? u->elem : u);
  return cx(P_POST, "tern_slice_array(%s, %s, %s, %s, %s, sizeof(%s), %s)", s.s, len,
            at(lo, P_ASSIGN), at(hi, P_ASSIGN),
            e->slice.max ? at(max, P_ASSIGN) : len, ctype(array->elem),
            e->slice.max ? "true" : "false");
}
