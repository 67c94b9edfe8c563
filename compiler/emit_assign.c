/* emit_assign.c - declarations of locals, stores, assignments.
 *
 * Go evaluates the operands on both sides first, then stores left to right; an
 * index on the left is checked only when its store is due.
 */
#include "emit.h"

#include <string.h>

/* Whether e is a plain variable of this frame, or a part of one. */
bool in_frame(Expr *e) {
  e = unparen(e);
  if (e->kind == EXPR_IDENT) {
    Object *o = e->ident.obj;
    return o && o->kind == OBJ_VAR && !o->is_global && !var_of(o)->boxed;
  }
  if (e->kind == EXPR_SELECTOR) {
    Selection *s = &e->selector.selection;
    if (s->kind != SEL_FIELD) return false;
    for (int i = 0; i < s->path_len; i++)
      if (s->path[i].deref) return false;
    return in_frame(e->selector.x);
  }
  if (e->kind == EXPR_INDEX && type_under(e->index.x->type)->kind == T_ARRAY)
    return in_frame(e->index.x);
  return false;
}

static const char *addr(Cx lv) {
  if (lv.p == P_UNARY && lv.s[0] == '*' && lv.s[1] != '(')
    return lv.s + 1;
  return arena_printf("&%s", at(lv, P_UNARY));
}

enum { COPY_SIZE = 128 }; /* larger values are copied by the runtime */

/* lv = value, where lv may be in the heap: with the barrier its type needs. */
void store_memory(Cx lv, Type *t, Cx value) {
  Type *u = type_under(t);
  if (!type_has_pointers(t) && u->kind == T_ARRAY && value.p == P_UNARY && value.s[0] == '*') {
    /* arrays behind pointers into slices may overlap */
    pre("__builtin_memmove(%s, %s, sizeof(%s));", addr(lv), addr(value), ctype(t));
    return;
  }
  if (!type_has_pointers(t)) {
    pre("%s = %s;", lv.s, at(value, P_ASSIGN));
    return;
  }
  const char *kind = NULL;
  switch (u->kind) {
    case T_STRING: kind = "string"; break;
    case T_SLICE: kind = "slice"; break;
    case T_INTERFACE: kind = u->nmethods ? "iface" : "eface"; break;
    case T_STRUCT: case T_ARRAY: break;
    default: kind = "ptr";
  }
  if (kind) {
    pre("tern_store_%s(%s, %s);", kind, addr(lv), at(value, P_ASSIGN));
    return;
  }
  Cx v = spill(value, t);
  if (type_size(t) > COPY_SIZE)
    pre("tern_copy(&%s, %s, &%s, 1);", type_desc(t), addr(lv), v.s);
  else
    pre("tern_before_copy(&%s, %s, &%s); TERN_ASSIGN(%s, %s);", type_desc(t), addr(lv), v.s,
        lv.s, v.s);
}

/* ---- Places ------------------------------------------------------------- */

static Cx frozen_place(Expr *e) {
  if (e->kind == EXPR_INDEX && type_under(e->index.x->type)->kind == T_SLICE) {
    Cx s = spill(rvalue(e->index.x), e->index.x->type);
    Cx i = rvalue(e->index.index.at[0]);
    Cx k = spill(i, e->index.index.at[0]->type);
    return cx(P_POST, "TERN_AT(%s, %s, %s)", ctype(e->type), s.s, k.s);
  }
  const char *c = ctype(e->type);
  Cx p = spill_c(cx(P_UNARY, "%s", addr(lvalue(e))),
                 arena_printf("%s%s*", c, c[strlen(c) - 1] == '*' ? "" : " "));
  return cx(P_UNARY, "*%s", p.s);
}

/* What the left side of an assignment denotes. */
Place place_of(Expr *e, bool freeze) {
  e = unparen(e);
  Place p = {.kind = PLACE_MEMORY, .type = e->type};
  if (e->kind == EXPR_IDENT && (!e->ident.obj || strcmp(e->ident.name, "_") == 0)) {
    p.kind = PLACE_BLANK;
    return p;
  }
  if (e->kind == EXPR_INDEX && type_under(e->index.x->type)->kind == T_MAP) {
    p.kind = PLACE_MAP;
    p.map_type = e->index.x->type;
    p.type = type_under(p.map_type)->elem;
    p.map = rvalue(e->index.x);
    if (freeze || has_call(e)) p.map = spill(p.map, p.map_type);
    p.key = map_key(p.map_type, e->index.index.at[0], &p.variant);
    if ((freeze || has_call(e)) && p.key.s[0] != '&')
      p.key = spill_c(p.key, strcmp(p.variant, "_str") == 0 ? "tern_string"
                             : strcmp(p.variant, "_64") == 0 ? "uint64_t" : "uint32_t");
    return p;
  }
  if (in_frame(e)) p.kind = PLACE_FRAME;
  if (freeze && e->kind != EXPR_IDENT)
    p.c = frozen_place(e);
  else
    p.c = lvalue(e);
  return p;
}

/* place = value. */
void store(Place *p, Cx value) {
  switch (p->kind) {
    case PLACE_BLANK: pre("(void)%s;", at(value, P_UNARY)); break;
    case PLACE_FRAME: pre("%s = %s;", p->c.s, at(value, P_ASSIGN)); break;
    case PLACE_MEMORY: store_memory(p->c, p->type, value); break;
    case PLACE_MAP: {
      Cx v = spill(value, p->type);
      const char *c = ctype(p->type);
      Cx slot = spill_c(map_assign(p->map_type, p->map, p->key, p->variant),
                        arena_printf("%s%s*", c, c[strlen(c) - 1] == '*' ? "" : " "));
      store_memory(cx(P_UNARY, "*%s", slot.s), p->type, v);
    }
  }
}

/* ---- Declarations ------------------------------------------------------- */

static bool by_reference(Object *o) {
  return o->addrtaken || (o->captured && !captured_by_value(o));
}

/* Declares a local variable and gives it its first value (NULL: zero). */
void declare_var(Object *o, const Cx *value) {
  const char *c = ctype(o->type);
  const char *sp = c[strlen(c) - 1] == '*' ? "" : " ";
  Cx v = value ? *value : zero_value(o->type);
  if (strcmp(o->name, "_") == 0) {
    pre("(void)%s;", at(v, P_UNARY));
    return;
  }
  Var *var = var_of(o);
  if (var->heap) {
    if (value && !is_scalar(o->type)) v = spill(v, o->type);
    const char *name = local_name(o->name);
    if (value && is_scalar(o->type)) v = spill(v, o->type);
    pre("%s%s*%s = tern_new(&%s);", c, sp, name, type_desc(o->type));
    *var = (Var){.c = name, .boxed = true, .heap = true};
    if (value) store_memory(cx(P_UNARY, "*%s", name), o->type, v);
  } else if (by_reference(o) && E.has_defer) {
    const char *zero = is_scalar(o->type) ? "0" : "{}";
    const char *mem = frame_decl(arena_printf("%s%s%%s = %s", c, sp, zero),
                                 arena_printf("%s_mem", c_safe(o->name)), type_size(o->type));
    const char *name = frame_decl(arena_printf("%s%s*%%s = TERN_HIDE(&%s)", c, sp, mem),
                                  c_safe(o->name), 8);
    *var = (Var){.c = name, .boxed = true};
    pre("*%s = %s;", name, at(v, P_ASSIGN));
  } else if (by_reference(o)) {
    const char *name =
        frame_decl(arena_printf("%s%s%%s", c, sp), c_safe(o->name), type_size(o->type));
    *var = (Var){.c = name};
    pre("%s = %s;", name, at(v, P_ASSIGN));
  } else {
    const char *name = local_name(o->name);
    *var = (Var){.c = name};
    pre("%s%s%s = %s;", c, sp, name,
        !value && !is_scalar(o->type) ? "{}" : at(v, P_ASSIGN));
  }
}

/* ---- op= ---------------------------------------------------------------- */

static bool direct_op(Token op, Type *t) {
  if (op == TOKEN_ADD || op == TOKEN_SUB || op == TOKEN_MUL)
    return !(op == TOKEN_MUL && type_under(t)->kind == T_UINT16);
  return op == TOKEN_AND || op == TOKEN_OR || op == TOKEN_XOR;
}

static Cx combine(Token op, Cx x, Cx y, Expr *ye, Type *t) {
  if (op == TOKEN_SHL || op == TOKEN_SHR) return shift(op, x, ye, t);
  if (type_is_string(t)) return string_concat((Cx[]){x, y}, 2);
  return arith(op, x, y, t);
}

static void op_assign(Expr *lhs, Token op, Expr *rhs) {
  lhs = unparen(lhs);
  Type *t = lhs->type;
  bool is_shift = op == TOKEN_SHL || op == TOKEN_SHR;
  bool is_map = lhs->kind == EXPR_INDEX && type_under(lhs->index.x->type)->kind == T_MAP;
  bool frame = in_frame(lhs);
  Place p = {0};
  if (has_call(lhs)) p = place_of(lhs, true);
  Cx y = {"", P_POST};
  if (!is_shift) {
    y = rvalue_as(rhs, t);
    if (has_call(rhs) || is_map) y = spill(y, t);
  }
  if (is_map && (is_shift || op == TOKEN_DIV || op == TOKEN_REM)) {
    /* may panic: the key must not be there then */
    if (!p.type) p = place_of(lhs, true);
    Cx slot = spill_c(map_access(p.map_type, p.map, p.key, p.variant),
                      arena_printf("%s *", ctype(t)));
    Cx old = spill(cx(P_COND, "%s ? *%s : 0", slot.s, slot.s), t);
    Cx v = spill(combine(op, old, y, rhs, t), t);
    store(&p, v);
    return;
  }
  if (!p.type) p = place_of(lhs, false);
  if (is_map) {
    Cx slot = spill_c(map_assign(p.map_type, p.map, p.key, p.variant),
                      arena_printf("%s *", ctype(t)));
    p = (Place){.kind = PLACE_MEMORY, .type = t, .c = cx(P_UNARY, "*%s", slot.s)};
  }
  if (!is_shift && !type_is_string(t) && direct_op(op, t)) {
    pre("%s %s= %s;", p.c.s, token_string(op), at(y, P_ASSIGN));
    return;
  }
  if (lhs->kind != EXPR_IDENT && !is_map && !has_call(lhs)) {
    Cx ptr = spill_c(cx(P_UNARY, "%s", addr(p.c)), arena_printf("%s *", ctype(t)));
    p.c = cx(P_UNARY, "*%s", ptr.s);
  }
  Cx v = combine(op, p.c, y, rhs, t);
  if (frame)
    pre("%s = %s;", p.c.s, at(v, P_ASSIGN));
  else
    store_memory(p.c, t, v);
}

/* x++, x-- */
void inc_dec_stmt(Stmt *s) {
  Expr *x = unparen(s->inc_dec.x);
  if (x->kind == EXPR_INDEX && type_under(x->index.x->type)->kind == T_MAP) {
    Expr one = {.kind = EXPR_LITERAL, .type = x->type, .mode = MODE_CONSTANT,
                .cval = const_int(1)};
    if (type_is_float(x->type)) one.cval = const_from_double(1);
    op_assign(x, s->inc_dec.op, &one);
  } else {
    Cx lv = lvalue(x);
    if (type_is_float(x->type))
      pre("%s %s= 1;", lv.s, token_string(s->inc_dec.op));
    else
      pre("%s%s%s;", at(lv, P_POST), token_string(s->inc_dec.op),
          token_string(s->inc_dec.op));
  }
}

/* ---- = and := ----------------------------------------------------------- */

static bool is_new(Stmt *s, int i) {
  return s->assign.op == TOKEN_DEFINE && s->assign.declares && s->assign.declares[i];
}

static Object *ident_obj(Expr *e) {
  e = unparen(e);
  return e->kind == EXPR_IDENT && strcmp(e->ident.name, "_") != 0 ? e->ident.obj : NULL;
}

/* The variable that a store to e changes, NULL if it is behind a pointer. */
static Object *root_obj(Expr *e) {
  e = unparen(e);
  if (e->kind == EXPR_IDENT) return ident_obj(e);
  if (!in_frame(e)) return NULL;
  return root_obj(e->kind == EXPR_INDEX ? e->index.x : e->selector.x);
}

static bool mentions_assigned(Stmt *s, Expr *e) {
  for (int i = 0; i < s->assign.lhs.len; i++) {
    if (is_new(s, i)) continue;
    Object *o = root_obj(s->assign.lhs.at[i]);
    if (o && mentions(e, o)) return true;
  }
  return false;
}

static bool firm(Stmt *s, Expr *e) { return is_stable(e) && !mentions_assigned(s, e); }

/* Whether the stores of the statement cannot move the place e. */
static bool firm_place(Stmt *s, Expr *e) {
  e = unparen(e);
  switch (e->kind) {
    case EXPR_IDENT: return true;
    case EXPR_STAR: return firm(s, e->star.x);
    case EXPR_SELECTOR: {
      Selection *sel = &e->selector.selection;
      if (sel->kind == SEL_PACKAGE) return true;
      for (int i = 1; i < sel->path_len; i++)
        if (sel->path[i].deref) return false;
      return sel->path[0].deref ? firm(s, e->selector.x) : firm_place(s, e->selector.x);
    }
    case EXPR_INDEX: {
      Type *u = type_under(e->index.x->type);
      if (!firm(s, e->index.index.at[0]) || u->kind == T_MAP) return false;
      return u->kind == T_ARRAY ? firm_place(s, e->index.x) : firm(s, e->index.x);
    }
    default: return false;
  }
}

static void assign_value(Stmt *s, int i, Place *places, Cx v, Type *from) {
  Expr *l = unparen(s->assign.lhs.at[i]);
  if (is_new(s, i)) {
    v = convert(v, from, l->ident.obj->type);
    declare_var(l->ident.obj, &v);
  } else if (places[i].kind == PLACE_BLANK) {
    pre("(void)%s;", at(v, P_UNARY));
  } else {
    store(&places[i], convert(v, from, places[i].type));
  }
}

static Place *all_places(Stmt *s) {
  int n = s->assign.lhs.len;
  Place *p = arena_array(Place, n);
  for (int i = 0; i < n; i++)
    if (!is_new(s, i))
      p[i] = place_of(s->assign.lhs.at[i], !firm_place(s, s->assign.lhs.at[i]));
  return p;
}

static void assign_tuple(Stmt *s) {
  Expr *r = unparen(s->assign.rhs.at[0]);
  Place *p = all_places(s);
  if (r->comma_ok) {
    Cx v[2];
    eval_comma_ok(r, &v[0], &v[1]);
    assign_value(s, 0, p, v[0], r->type->vars[0]->type);
    assign_value(s, 1, p, v[1], type_basic[T_BOOL]);
    return;
  }
  Cx t = spill(rvalue(r), r->type);
  for (int i = 0; i < s->assign.lhs.len; i++)
    assign_value(s, i, p, cx(P_POST, "%s.r%d", t.s, i), r->type->vars[i]->type);
}

static void assign_parallel(Stmt *s) {
  int n = s->assign.lhs.len;
  Place *p = all_places(s);
  Cx *v = arena_array(Cx, n);
  Type **to = arena_array(Type *, n);
  for (int i = 0; i < n; i++) {
    Expr *r = s->assign.rhs.at[i];
    if (is_new(s, i))
      to[i] = s->assign.lhs.at[i]->ident.obj->type;
    else
      to[i] = p[i].kind == PLACE_BLANK ? r->type : p[i].type;
    if (!is_new(s, i) && p[i].kind == PLACE_BLANK) {
      eval_drop(r);
      v[i] = cx(P_POST, "0");
      continue;
    }
    v[i] = rvalue_as(r, to[i]);
    if (!firm(s, r) || (type_is_interface(to[i]) && !r->cval)) v[i] = spill(v[i], to[i]);
  }
  for (int i = 0; i < n; i++) assign_value(s, i, p, v[i], to[i]);
}

static bool self_append(Expr *l, Expr *r) {
  if (r->kind != EXPR_CALL || r->call.kind != CALL_BUILTIN ||
      r->call.builtin != BUILTIN_APPEND || r->call.dots || r->call.args.len < 2)
    return false;
  Object *o = ident_obj(l);
  if (!o || o != ident_obj(r->call.args.at[0]) || !in_frame(l)) return false;
  for (int i = 1; i < r->call.args.len; i++)
    if (mentions(r->call.args.at[i], o) && has_call(r->call.args.at[i])) return false;
  return !o->addrtaken && (!o->captured || captured_by_value(o));
}

static void assign_one(Stmt *s) {
  Expr *l = unparen(s->assign.lhs.at[0]), *r = unparen(s->assign.rhs.at[0]);
  if (is_new(s, 0)) {
    Cx v = rvalue_as(r, l->ident.obj->type);
    declare_var(l->ident.obj, &v);
  } else if (l->kind == EXPR_IDENT && !ident_obj(l)) {
    eval_drop(r);
  } else if (self_append(l, r)) {
    append_to(r, var_ref(ident_obj(l)).s);
  } else if (has_call(l)) {
    Place p = place_of(l, true);
    store(&p, rvalue_as(r, p.type));
  } else {
    bool map = l->kind == EXPR_INDEX && type_under(l->index.x->type)->kind == T_MAP;
    Type *t = map ? type_under(l->index.x->type)->elem : l->type;
    Cx v = rvalue_as(r, t);
    bool plain = l->kind == EXPR_IDENT ||
                 (l->kind == EXPR_SELECTOR && firm_place(s, l));
    if (has_call(r) && !plain) v = spill(v, t);
    Place p = place_of(l, false);
    store(&p, v);
  }
}

/* An assignment or short declaration. */
void assign_stmt(Stmt *s) {
  if (s->assign.op != TOKEN_ASSIGN && s->assign.op != TOKEN_DEFINE)
    op_assign(s->assign.lhs.at[0], s->assign.op, s->assign.rhs.at[0]);
  else if (s->assign.lhs.len != s->assign.rhs.len)
    assign_tuple(s);
  else if (s->assign.lhs.len == 1)
    assign_one(s);
  else
    assign_parallel(s);
}
