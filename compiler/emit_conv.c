/* emit_conv.c - conversions, implicit and written, and type assertions. */
#include "emit.h"

/* A value of concrete type `from` as an interface. */
Cx to_interface(Cx c, Type *from, Type *to) {
  Cx data;
  if (type_is_direct(from)) {
    data = type_under(from)->kind == T_UNSAFE_POINTER
               ? c : cx(P_UNARY, "(void *)%s", at(c, P_UNARY));
  } else {
    Cx t = spill(c, from);
    data = cx(P_POST, "tern_box(&%s, &%s)", type_desc(from), t.s);
  }
  if (type_under(to)->nmethods == 0)
    return cx(P_POST, "(tern_eface){&%s, %s}", type_desc(from), data.s);
  return cx(P_POST, "(tern_iface){(const tern_itab *)&%s, %s}", itab_of(from, to), data.s);
}

/* The dynamic type of an interface value of static type t. */
Cx iface_type(Cx c, Type *t) {
  if (type_under(t)->nmethods == 0) return cx(P_POST, "%s.type", at(c, P_POST));
  return cx(P_POST, "tern_itab_type(%s.tab)", at(c, P_POST));
}

static Cx iface_to_iface(Cx c, Type *from, Type *to) {
  bool from_any = type_under(from)->nmethods == 0;
  bool to_any = type_under(to)->nmethods == 0;
  if (type_identical(type_under(from), type_under(to)) || (from_any && to_any))
    return c;
  if (to_any) return cx(P_POST, "tern_i2e(%s)", c.s);
  Cx x = spill(c, from);
  return cx(P_POST, "(tern_iface){%s.tab ? tern_find_itab(&%s, %s.tab->type) : NULL, %s.data}",
            x.s, type_desc(to), x.s, x.s);
}

/* The implicit conversion of a value of type `from` to `to`. */
Cx convert(Cx c, Type *from, Type *to) {
  if (from == to || !to || type_identical(from, to)) return c;
  if (type_is_interface(to))
    return type_is_interface(from) ? iface_to_iface(c, from, to)
                                   : to_interface(c, from, to);
  if (type_under(to)->kind == T_STRUCT) { /* same members, another C struct */
    Cx x = spill(c, from);
    return cx(P_UNARY, "*(%s *)&%s", ctype(to), x.s);
  }
  return c;
}

static Cx number(Cx c, Type *from, Type *to) {
  bool ff = type_is_float(from), tf = type_is_float(to);
  if (ff && !tf) {
    Type *u = type_under(to);
    if (type_is_unsigned(to) && type_bits(to) == 64)
      return cx(P_POST, "tern_f2u(%s)", c.s);
    if (type_bits(to) == 64 || u->kind == T_UINT32) {
      Cx x = cx(P_POST, "tern_f2l(%s)", c.s);
      return type_bits(to) == 64 ? x : cx(P_UNARY, "(%s)%s", ctype(to), x.s);
    }
    Cx x = cx(P_POST, "tern_f2w(%s)", c.s);
    return type_bits(to) == 32 ? x : cx(P_UNARY, "(%s)%s", ctype(to), x.s);
  }
  return cx(P_UNARY, "(%s)%s", ctype(to), at(c, P_UNARY));
}

/* The explicit conversion T(x). */
Cx conversion(Expr *e) {
  Expr *x = e->call.args.at[0];
  Type *to = e->type, *from = x->type;
  if (x->mode == MODE_NIL)
    return type_is_pointer(to) ? cx(P_UNARY, "(%s)NULL", ctype(to)) : zero_value(to);
  Type *u = type_under(to), *f = type_under(from);
  if (type_is_interface(to)) return rvalue_as(x, to);
  if (u->kind == T_STRING && f->kind != T_STRING) {
    Cx c = rvalue(x);
    if (f->kind == T_SLICE) {
      bool bytes = type_size(f->elem) == 1;
      return cx(P_POST, "tern_string_from_%s(%s)", bytes ? "bytes" : "runes",
                at(c, P_ASSIGN));
    }
    if (type_is_unsigned(from) && type_bits(from) == 64)
      return cx(P_POST, "tern_string_from_rune((uint64_t)%s > 0x10FFFF ? -1 : (int64_t)%s)",
                at(spill(c, from), P_UNARY), at(c, P_UNARY));
    return cx(P_POST, "tern_string_from_rune(%s)", at(c, P_ASSIGN));
  }
  Cx c = rvalue(x);
  if (u->kind == T_SLICE && f->kind == T_STRING)
    return cx(P_POST, "tern_%s_from_string(%s)",
              type_size(u->elem) == 1 ? "bytes" : "runes", at(c, P_ASSIGN));
  if (type_is_numeric(to) && type_is_numeric(from)) return number(c, from, to);
  if (u->kind == T_UNSAFE_POINTER)
    return cx(P_UNARY, "(void *)%s", at(c, P_UNARY));
  if (u->kind == T_UINTPTR) return cx(P_UNARY, "(uintptr_t)%s", at(c, P_UNARY));
  if (u->kind == T_ARRAY && f->kind == T_SLICE) {
    Cx s = spill(c, from);
    pre("if (%s.len < %lld) tern_panic_slice_to_array(%s.len, %lld);", s.s,
        (long long)u->len, s.s, (long long)u->len);
    if (u->len == 0) return zero_value(to);
    return cx(P_UNARY, "*(%s *)%s.ptr", ctype(to), s.s);
  }
  if (u->kind == T_POINTER && f->kind == T_SLICE) {
    Cx s = spill(c, from);
    int64_t n = type_under(u->elem)->len;
    pre("if (%s.len < %lld) tern_panic_slice_to_array(%s.len, %lld);", s.s,
        (long long)n, s.s, (long long)n);
    return cx(P_UNARY, "(%s)%s.ptr", ctype(to), s.s);
  }
  if (u->kind == T_POINTER) return cx(P_UNARY, "(%s)%s", ctype(to), at(c, P_UNARY));
  if (u->kind == T_STRUCT) return convert(c, from, to);
  return c;
}

/* ---- x.(T) -------------------------------------------------------------- */

/* The value of type t behind an interface's data word. */
Cx from_data(Cx data, Type *t) {
  if (type_size(t) == 0) return zero_value(t);
  if (type_is_direct(t)) {
    if (type_under(t)->kind == T_UNSAFE_POINTER) return data;
    return cx(P_UNARY, "(%s)%s", ctype(t), at(data, P_UNARY));
  }
  const char *c = ctype(t);
  return cx(P_UNARY, "*(%s%s*)%s", c, c[__builtin_strlen(c) - 1] == '*' ? "" : " ",
            at(data, P_UNARY));
}

/* x.(T), panicking. */
Cx type_assert(Expr *e) {
  Type *from = e->type_assert.x->type, *to = e->type;
  Cx x = spill(rvalue(e->type_assert.x), from);
  Cx dynamic = iface_type(x, from);
  if (type_is_interface(to)) {
    if (type_under(to)->nmethods == 0) {
      pre("if (%s == NULL) tern_panic_assert(&%s, NULL, &%s);", dynamic.s,
          type_desc(from), type_desc(to));
      return cx(P_POST, "(tern_eface){%s, %s.data}", dynamic.s, x.s);
    }
    return cx(P_POST, "(tern_iface){tern_assert_itab(&%s, %s), %s.data}",
              type_desc(to), dynamic.s, x.s);
  }
  pre("if (TERN_UNLIKELY(%s != &%s)) tern_panic_assert(&%s, %s, &%s);", dynamic.s,
      type_desc(to), type_desc(from), dynamic.s, type_desc(to));
  return from_data(cx(P_POST, "%s.data", x.s), to);
}

/* v, ok = x.(T). */
void type_assert_ok(Expr *e, Cx *v, Cx *ok) {
  Type *from = e->type_assert.x->type;
  Type *to = e->type_assert.type->type;
  Cx x = spill(rvalue(e->type_assert.x), from);
  Cx dynamic = iface_type(x, from);
  if (type_is_interface(to)) {
    if (type_under(to)->nmethods == 0) {
      *ok = spill_c(cx(P_EQ, "%s != NULL", dynamic.s), "bool");
      *v = spill(cx(P_POST, "(tern_eface){%s, %s.data}", dynamic.s, x.s), to);
      return;
    }
    Cx tab = spill_c(cx(P_COND, "%s ? tern_find_itab(&%s, %s) : NULL", dynamic.s,
                        type_desc(to), dynamic.s), "const tern_itab *");
    *ok = spill_c(cx(P_EQ, "%s != NULL", tab.s), "bool");
    *v = spill(cx(P_POST, "(tern_iface){%s, %s ? %s.data : NULL}", tab.s, tab.s, x.s), to);
    return;
  }
  *ok = spill_c(cx(P_EQ, "%s == &%s", dynamic.s, type_desc(to)), "bool");
  Cx value = from_data(cx(P_POST, "%s.data", x.s), to);
  *v = spill(cx(P_COND, "%s ? %s : %s", ok->s, at(value, P_OR),
                is_scalar(to) ? "0" : zero_value(to).s), to);
}
