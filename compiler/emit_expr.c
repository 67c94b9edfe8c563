/* emit_expr.c - expressions: the dispatch, variables, selectors, addresses. */
#include "emit.h"

#include <string.h>

/* Offsets below this fault by themselves on a nil pointer (the first page). */
enum { FAULTING_OFFSET = 4096 };

/* The emitter's note on a variable. */
Var *var_of(Object *o) {
  if (!o->emit) o->emit = arena_new(Var);
  return o->emit;
}

static const char *global_var(Object *o) {
  Var *v = var_of(o);
  if (!v->c) {
    const char *symbol = arena_printf("%s.%s", o->pkg->path, o->name);
    v->c = c_symbol(c_mangle(arena_printf("%s_%s", o->pkg->name, o->name)), symbol);
    const char *c = ctype(o->type);
    text_printf(&E.data, "extern %s%s%s %s;\n", c,
                c[strlen(c) - 1] == '*' ? "" : " ", v->c,
                sym("", symbol));
  }
  return v->c;
}

/* A variable as a C lvalue. */
Cx var_ref(Object *o) {
  if (o->is_global) return cx(P_POST, "%s", global_var(o));
  Var *v = var_of(o);
  if (!v->c) v->c = local_name(o->name);
  return v->boxed ? cx(P_UNARY, "*%s", v->c) : cx(P_POST, "%s", v->c);
}

static Cx ident(Expr *e) {
  Object *o = e->ident.obj;
  if (!o) return zero_value(e->type);
  if (o->kind == OBJ_FUNC) return func_value_of(o);
  if (o->kind == OBJ_NIL) return zero_value(e->type);
  return var_ref(o);
}

/* *p as an lvalue. */
Cx deref(Cx p, Type *elem) {
  if (p.s[0] != '&' && (type_size(elem) >= FAULTING_OFFSET || type_size(elem) == 0 || E.checking))
    return cx(P_UNARY, "*(%s%s*)tern_nilcheck(%s)", ctype(elem),
              type_under(elem)->kind == T_POINTER ? "" : " ", p.s);
  if (p.s[0] == '&' && p.p == P_UNARY) return cx(P_POST, "(%s)", p.s + 1);
  if (type_under(elem)->kind == T_POINTER)
    return cx(P_UNARY, "*(%s*)%s", ctype(elem), at(p, P_UNARY));
  return cx(P_UNARY, "*%s", at(p, P_UNARY));
}

/* The i-th field of x: a struct, or with through_pointer a pointer to one. */
Cx field_of(Cx x, Type *strukt, int i, bool through_pointer) {
  const char *name = field_name(strukt, i);
  if (!through_pointer) {
    if (x.p == P_UNARY && x.s[0] == '*' && x.s[1] == '*')
      return cx(P_POST, "(%s)->%s", x.s + 1, name);
    if (x.p == P_UNARY && x.s[0] == '*' && x.s[1] != '(')
      return cx(P_POST, "%s->%s", x.s + 1, name);
    return cx(P_POST, "%s.%s", at(x, P_POST), name);
  }
  if (type_size(strukt) >= FAULTING_OFFSET ||
      (type_size(type_under(strukt)->fields[i].type) == 0 && x.s[0] != '&') ||
      (E.checking && x.s[0] != '&'))
    return cx(P_POST, "((%s *)tern_nilcheck(%s))->%s", ctype(strukt), x.s, name);
  if (x.p == P_UNARY && x.s[0] == '&')
    return cx(P_POST, "(%s).%s", x.s + 1, name);
  return cx(P_POST, "%s->%s", at(x, P_POST), name);
}

/* Follows the path of a selection from x of type *t; *t becomes the type
 * reached. */
Cx walk_path(Cx x, Type **t, const Selection *s, bool lvalue_ok) {
  (void)lvalue_ok;
  for (int i = 0; i < s->path_len; i++) {
    Type *strukt = *t;
    bool deref_it = s->path[i].deref;
    if (deref_it) strukt = type_under(*t)->elem;
    x = field_of(x, strukt, s->path[i].index, deref_it);
    *t = type_under(strukt)->fields[s->path[i].index].type;
  }
  return x;
}

/* x.f, pkg.Name, and methods as values. */
Cx selector(Expr *e) {
  Selection *s = &e->selector.selection;
  switch (s->kind) {
    case SEL_PACKAGE:
      if (s->obj->kind == OBJ_FUNC) return func_value_of(s->obj);
      return var_ref(s->obj);
    case SEL_METHOD: case SEL_INTERFACE: return method_value(e);
    case SEL_METHOD_EXPR: return method_expr(e);
    default: break;
  }
  Type *t = e->selector.x->type;
  bool through = s->path_len && s->path[0].deref;
  Cx x = through ? rvalue(e->selector.x) : lvalue(e->selector.x);
  return walk_path(x, &t, s, true);
}

static bool pure_path(Expr *e) {
  e = unparen(e);
  switch (e->kind) {
    case EXPR_IDENT: return true;
    case EXPR_STAR: return pure_path(e->star.x);
    case EXPR_SELECTOR:
      return e->selector.selection.kind == SEL_PACKAGE ||
             (e->selector.selection.kind == SEL_FIELD && pure_path(e->selector.x));
    default: return false;
  }
}

/* e's value as text that may be written several times. */
Cx stable_rvalue(Expr *e) {
  if (e->cval && is_scalar(e->type)) return rvalue(e);
  if (pure_path(e) && !e->cval) return rvalue(e);
  return spill(rvalue(e), e->type);
}

static bool addressable(Expr *e) {
  e = unparen(e);
  switch (e->kind) {
    case EXPR_IDENT: return e->ident.obj && e->ident.obj->kind == OBJ_VAR;
    case EXPR_STAR: return true;
    case EXPR_INDEX: {
      Type *u = type_under(e->index.x->type);
      return u->kind == T_SLICE || u->kind == T_POINTER ||
             (u->kind == T_ARRAY && addressable(e->index.x));
    }
    case EXPR_SELECTOR: {
      Selection *s = &e->selector.selection;
      if (s->kind == SEL_PACKAGE) return true;
      for (int i = 0; i < s->path_len; i++)
        if (s->path[i].deref) return true;
      return addressable(e->selector.x);
    }
    default: return false;
  }
}

/* e as a C lvalue (a temporary if it is a mere value). */
Cx lvalue(Expr *e) {
  e = unparen(e);
  if (!addressable(e) || e->cval) {
    Cx v = rvalue(e);
    return is_scalar(e->type) ? v : spill(v, e->type);
  }
  switch (e->kind) {
    case EXPR_IDENT: return var_ref(e->ident.obj);
    case EXPR_STAR: return deref(rvalue(e->star.x), e->type);
    case EXPR_INDEX: return index_place(e);
    default: return selector(e);
  }
}

/* &e for an addressable e, with the nil check that &p.f needs. */
Cx address_of(Expr *e) {
  e = unparen(e);
  if (e->kind == EXPR_IDENT && var_of(e->ident.obj)->boxed && !e->ident.obj->is_global)
    return cx(P_POST, "%s", var_ref(e->ident.obj).s + 1);
  if (e->kind == EXPR_STAR) {
    const char *c = ctype(e->type);
    return cx(P_UNARY, "(%s%s*)tern_nilcheck(%s)", c, c[strlen(c) - 1] == '*' ? "" : " ",
              rvalue(e->star.x).s);
  }
  bool saved = E.checking;
  E.checking = true;
  Cx x = lvalue(e);
  E.checking = saved;
  return cx(P_UNARY, "&%s", at(x, P_UNARY));
}

static Cx receive(Expr *e, bool want_ok, Cx *ok) {
  Type *t = type_under(e->unary.x->type)->elem;
  Cx c = rvalue(e->unary.x);
  const char *v = temp_name();
  const char *ct = ctype(t);
  pre("%s%s%s;", ct, ct[strlen(ct) - 1] == '*' ? "" : " ", v);
  if (want_ok)
    *ok = spill_c(cx(P_POST, "tern_chanrecv(%s, &%s)", c.s, v), "bool");
  else
    pre("tern_chanrecv(%s, &%s);", c.s, v);
  return cx(P_POST, "%s", v);
}

/* Unary operators, &x and <-c. */
Cx unary(Expr *e) {
  Expr *x = e->unary.x;
  switch (e->unary.op) {
    case TOKEN_ADD: return rvalue(x);
    case TOKEN_SUB: {
      Cx v = rvalue(x);
      if (type_is_float(e->type) || type_bits(e->type) >= 32)
        return cx(P_UNARY, "-%s%s", v.s[0] == '-' ? " " : "", at(v, P_UNARY));
      return cx(P_UNARY, "(%s)-%s", ctype(e->type), at(v, P_POST));
    }
    case TOKEN_XOR: {
      Cx v = rvalue(x);
      if (type_bits(e->type) >= 32) return cx(P_UNARY, "~%s", at(v, P_UNARY));
      return cx(P_UNARY, "(%s)~%s", ctype(e->type), at(v, P_UNARY));
    }
    case TOKEN_NOT: return cx(P_UNARY, "!%s", at(rvalue(x), P_UNARY));
    case TOKEN_AND: {
      Expr *lit = unparen(x);
      if (lit->kind == EXPR_COMPOSITE) return address_of_literal(e, lit);
      return address_of(x);
    }
    case TOKEN_ARROW: {
      Cx ok;
      return receive(e, false, &ok);
    }
    default: return cx(P_POST, "0");
  }
}

static Cx any_rvalue(Expr *e) {
  if (e->cval && !type_is_interface(e->type)) return const_value(e->cval, e->type);
  if (e->mode == MODE_NIL) return zero_value(e->type);
  switch (e->kind) {
    case EXPR_PAREN: return rvalue(e->paren.x);
    case EXPR_IDENT: return ident(e);
    case EXPR_FUNC_LIT: return func_literal(e);
    case EXPR_COMPOSITE:
      return e->composite.implicit_address ? address_of_literal(e, e)
                                           : composite(e);
    case EXPR_SELECTOR: return selector(e);
    case EXPR_INDEX: return index_expr(e);
    case EXPR_SLICE: return slice_expr(e);
    case EXPR_TYPE_ASSERT: return type_assert(e);
    case EXPR_CALL: return call(e);
    case EXPR_STAR: return deref(rvalue(e->star.x), e->type);
    case EXPR_UNARY: return unary(e);
    case EXPR_BINARY: return binary(e);
    default: return zero_value(e->type);
  }
}

/* The value of any expression. */
Cx rvalue(Expr *e) {
  bool saved = E.checking;
  E.checking = false;
  Cx c = any_rvalue(e);
  E.checking = saved;
  return c;
}

/* The type a constant or nil operand had before the context's conversion is not
 * kept: its type is the place's. */
Cx rvalue_as(Expr *e, Type *to) {
  if (e->mode == MODE_NIL) return zero_value(to);
  if (type_is_interface(to) && !type_is_interface(e->type) && literal_is_static(e) &&
      !type_is_direct(e->type)) {
    /* a read-only copy made by the C compiler */
    const char *name = arena_printf("static_%d", ++E.statics);
    text_printf(&E.data, "static const %s %s = %s;\n", ctype(e->type), name,
                static_init(e, e->type));
    Cx data = cx(P_UNARY, "(void *)&%s", name);
    if (type_under(to)->nmethods == 0)
      return cx(P_POST, "(tern_eface){&%s, %s}", type_desc(e->type), data.s);
    return cx(P_POST, "(tern_iface){(const tern_itab *)&%s, %s}", itab_of(e->type, to), data.s);
  }
  return convert(rvalue(e), e->type, to);
}

/* Evaluates for the effects only. */
void eval_drop(Expr *e) {
  e = unparen(e);
  Cx v = rvalue(e);
  if (e->kind == EXPR_CALL && e->call.kind != CALL_CONVERSION) {
    if (v.s[0]) pre("%s;", v.s);
  } else if (e->kind == EXPR_STAR) {
    pre("tern_nilcheck(&%s);", at(v, P_UNARY));
  } else if (e->kind != EXPR_UNARY || e->unary.op != TOKEN_ARROW) {
    if (may_panic(e) && addressable(e))
      pre("(void)*(volatile char *)&%s;", at(v, P_UNARY));
    else
      pre("(void)(%s);", v.s);
  }
}

/* v, ok = m[k], x.(T), <-c. */
void eval_comma_ok(Expr *e, Cx *v, Cx *ok) {
  e = unparen(e);
  if (e->kind == EXPR_UNARY) {
    *v = receive(e, true, ok);
  } else if (e->kind == EXPR_TYPE_ASSERT) {
    type_assert_ok(e, v, ok);
  } else {
    Type *mt = e->index.x->type;
    Type *vt = type_under(mt)->elem;
    Cx m = stable_rvalue(e->index.x);
    const char *variant;
    Cx key = map_key(mt, e->index.index.at[0], &variant);
    Cx p = spill_c(map_access(mt, m, key, variant),
                   arena_printf("%s *", ctype(vt)));
    *v = spill(cx(P_COND, "%s ? *%s : %s", p.s, p.s,
                  is_scalar(vt) ? "0" : zero_value(vt).s), vt);
    *ok = cx(P_REL, "%s != NULL", p.s);
    *ok = spill_c(*ok, "bool");
  }
}
