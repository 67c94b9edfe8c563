/* emit_switch.c - switch, type switch, select. */
#include "emit.h"

#include <string.h>

/* An expression that stands for a temporary. */
Expr *temp_expr(Cx c, Type *t) {
  Object *o = arena_new(Object);
  o->kind = OBJ_VAR;
  o->name = "";
  o->type = t;
  Var *v = arena_new(Var);
  v->c = c.s;
  o->emit = v;
  Expr *e = arena_new(Expr);
  e->kind = EXPR_IDENT;
  e->type = t;
  e->mode = MODE_VARIABLE;
  e->ident.name = "";
  e->ident.obj = o;
  return e;
}

static void case_body(Stmt *c) {
  int mark = scope_begin();
  indent(1);
  block(&c->case_clause.body);
  indent(-1);
  scope_end(mark);
}

/* ---- switch ------------------------------------------------------------- */

static bool is_c_switch(Stmt *s) {
  Expr *tag = s->switch_stmt.tag;
  if (!tag || !type_is_integer(tag->type)) return false;
  for (int i = 0; i < s->switch_stmt.cases.len; i++) {
    ExprList *l = &s->switch_stmt.cases.at[i]->case_clause.exprs;
    for (int k = 0; k < l->len; k++)
      if (!l->at[k]->cval) return false;
  }
  return true;
}

static void c_switch(Stmt *s, Target *t) {
  t->c_switch = t->c_break = true;
  Expr *tag = s->switch_stmt.tag;
  Cx v = rvalue(tag);
  line("switch (%s) {", v.s);
  for (int i = 0; i < s->switch_stmt.cases.len; i++) {
    Stmt *c = s->switch_stmt.cases.at[i];
    at_pos(c->pos);
    Text x = {0};
    for (int k = 0; k < c->case_clause.exprs.len; k++)
      text_printf(&x, "case %s: ", const_value(c->case_clause.exprs.at[k]->cval, tag->type).s);
    line("%s{", c->case_clause.is_default ? "default: " : x.s);
    case_body(c);
    line_free(c->case_clause.fallthrough ? "} __attribute__((fallthrough));" : "} break;");
  }
  line_free("}");
}

/* x == true, for an interface x. */
static Expr *true_equals(Expr *x) {
  Expr *yes = arena_new(Expr), *eq = arena_new(Expr);
  yes->kind = EXPR_LITERAL;
  yes->type = type_basic[T_BOOL];
  yes->mode = MODE_CONSTANT;
  yes->cval = const_bool(true);
  eq->kind = EXPR_BINARY;
  eq->type = type_basic[T_BOOL];
  eq->mode = MODE_VALUE;
  eq->pos = x->pos;
  eq->binary.op = TOKEN_EQ;
  eq->binary.x = x;
  eq->binary.y = yes;
  return eq;
}

static Cx case_condition(Expr *tag, Stmt *c) {
  Cx all = cx(P_POST, "false");
  for (int k = 0; k < c->case_clause.exprs.len; k++) {
    Expr *x = c->case_clause.exprs.at[k];
    PreMark m = pre_begin();
    if (!tag && type_is_interface(x->type)) /* switch { case i: } */
      x = true_equals(x);
    Cx one = tag ? equal_exprs(tag, x) : rvalue(x);
    const char *before = pre_end(m);
    if (*before && k) { /* evaluated only if the ones before failed */
      all = spill_c(all, "bool");
      pre("if (!%s) { %s %s = %s; }", all.s, before, all.s, at(one, P_ASSIGN));
    } else {
      if (*before) pre("%s", before);
      all = k ? cx(P_OR, "%s || %s", at(all, P_OR), at(one, P_EQ)) : one;
    }
  }
  return all;
}

static bool chain_is_simple(Stmt *s) {
  for (int i = 0; i < s->switch_stmt.cases.len; i++)
    if (s->switch_stmt.cases.at[i]->case_clause.fallthrough) return false;
  return true;
}

static void if_chain(Stmt *s, Expr *tag) {
  Stmt *other = NULL;
  int n = 0, depth = 0;
  for (int i = 0; i < s->switch_stmt.cases.len; i++) {
    Stmt *c = s->switch_stmt.cases.at[i];
    if (c->case_clause.is_default) {
      other = c;
      continue;
    }
    at_pos(c->pos);
    PreMark m = pre_begin();
    Cx cond = case_condition(tag, c);
    const char *before = pre_end(m);
    if (*before && n) {
      line("} else {");
      indent(1);
      depth++;
      n = 0;
    }
    if (*before) pre("%s", before);
    line("%sif (%s) {", n ? "} else " : "", cond.s);
    n++;
    case_body(c);
  }
  if (other && n) {
    line_free("} else {");
    case_body(other);
    line_free("}");
  } else if (other) {
    line_free("{");
    case_body(other);
    line_free("}");
  } else if (n) {
    line_free("}");
  }
  for (; depth; depth--) {
    indent(-1);
    line_free("}");
  }
}

/* With fallthrough: conditions first, then the bodies behind labels. */
static void goto_chain(Stmt *s, Expr *tag, Target *t) {
  int n = s->switch_stmt.cases.len, other = -1;
  const char **labels = arena_array(const char *, n + 1);
  for (int i = 0; i < n; i++) {
    Stmt *c = s->switch_stmt.cases.at[i];
    labels[i] = new_label("case");
    if (c->case_clause.is_default) {
      other = i;
      continue;
    }
    at_pos(c->pos);
    Cx cond = case_condition(tag, c);
    line("if (%s) goto %s;", cond.s, labels[i]);
  }
  t->break_label = new_label("end");
  line("goto %s;", other >= 0 ? labels[other] : t->break_label);
  for (int i = 0; i < n; i++) {
    Stmt *c = s->switch_stmt.cases.at[i];
    line_free("%s:; {", labels[i]);
    case_body(c);
    line_free("}");
    if (!c->case_clause.fallthrough) line_free("goto %s;", t->break_label);
  }
}

/* switch init; tag { ... } */
void switch_stmt(Stmt *s) {
  int mark = scope_begin();
  line("{");
  indent(1);
  if (s->switch_stmt.init) {
    stmt(s->switch_stmt.init);
    at_pos(s->pos);
  }
  Target *t = target_push(s);
  Expr *tag = s->switch_stmt.tag;
  if (is_c_switch(s)) {
    c_switch(s, t);
  } else {
    if (tag) {
      tag = temp_expr(spill(rvalue(tag), tag->type), tag->type);
      flush();
    }
    if (chain_is_simple(s))
      if_chain(s, tag);
    else
      goto_chain(s, tag, t);
  }
  if (t->break_label) line_free("%s:;", t->break_label);
  target_pop(t);
  indent(-1);
  line_free("}");
  scope_end(mark);
}

/* ---- switch x.(type) ---------------------------------------------------- */

static Cx type_condition(Expr *e, Cx dynamic) {
  if (e->mode == MODE_NIL) return cx(P_EQ, "%s == NULL", dynamic.s);
  if (!type_is_interface(e->type)) return cx(P_EQ, "%s == &%s", dynamic.s, type_desc(e->type));
  if (type_under(e->type)->nmethods == 0) return cx(P_EQ, "%s != NULL", dynamic.s);
  return cx(P_AND, "%s && tern_find_itab(&%s, %s)", dynamic.s, type_desc(e->type), dynamic.s);
}

static void clause_variable(Stmt *c, Cx x, Type *from, Cx dynamic) {
  Object *o = c->case_clause.obj;
  if (!o) return;
  Type *to = o->type;
  Cx v = x;
  if (c->case_clause.exprs.len == 1 && c->case_clause.exprs.at[0]->mode != MODE_NIL) {
    if (!type_is_interface(to))
      v = from_data(cx(P_POST, "%s.data", x.s), to);
    else if (type_under(to)->nmethods == 0)
      v = cx(P_POST, "(tern_eface){%s, %s.data}", dynamic.s, x.s);
    else
      v = cx(P_POST, "(tern_iface){tern_find_itab(&%s, %s), %s.data}", type_desc(to),
             dynamic.s, x.s);
  }
  (void)from;
  indent(1);
  declare_var(o, &v);
  flush();
  indent(-1);
}

/* switch name := x.(type) { ... } */
void type_switch_stmt(Stmt *s) {
  int mark = scope_begin();
  line("{");
  indent(1);
  if (s->type_switch.init) {
    stmt(s->type_switch.init);
    at_pos(s->pos);
  }
  Target *t = target_push(s);
  Expr *xe = s->type_switch.x;
  if (xe->kind == EXPR_TYPE_ASSERT && !xe->type_assert.type) xe = xe->type_assert.x;
  Type *from = xe->type;
  Cx x = spill(rvalue(xe), from);
  Cx dynamic = spill_c(iface_type(x, from), "const tern_type *");
  flush();
  Stmt *other = NULL;
  int n = 0;
  for (int i = 0; i < s->type_switch.cases.len; i++) {
    Stmt *c = s->type_switch.cases.at[i];
    if (c->case_clause.is_default) {
      other = c;
      continue;
    }
    at_pos(c->pos);
    Cx cond = cx(P_POST, "false");
    for (int k = 0; k < c->case_clause.exprs.len; k++) {
      Cx one = type_condition(c->case_clause.exprs.at[k], dynamic);
      cond = k ? cx(P_OR, "%s || %s", at(cond, P_OR), at(one, P_EQ)) : one;
    }
    line("%sif (%s) {", n++ ? "} else " : "", cond.s);
    int inner = scope_begin();
    clause_variable(c, x, from, dynamic);
    case_body(c);
    scope_end(inner);
  }
  if (other) {
    at_pos(other->pos);
    line_free(n ? "} else {" : "{");
    int inner = scope_begin();
    clause_variable(other, x, from, dynamic);
    case_body(other);
    scope_end(inner);
  }
  if (n || other) line_free("}");
  if (t->break_label) line_free("%s:;", t->break_label);
  target_pop(t);
  indent(-1);
  line_free("}");
  scope_end(mark);
}

/* ---- select ------------------------------------------------------------- */

static Expr *comm_receive(Stmt *comm) {
  Expr *e = comm->kind == STMT_EXPR ? comm->expr.x : comm->assign.rhs.at[0];
  return unparen(e);
}

/* One clause's channel and element; returns the scase initialiser. */
static const char *select_case(Stmt *comm, const char **elem) {
  if (comm->kind == STMT_SEND) {
    Type *t = type_under(comm->send.chan->type)->elem;
    Cx c = spill(rvalue(comm->send.chan), comm->send.chan->type);
    Cx v = spill(rvalue_as(comm->send.value, t), t);
    return arena_printf("{%s, &%s, true}", c.s, v.s);
  }
  Expr *r = comm_receive(comm);
  Type *t = type_under(r->unary.x->type)->elem;
  Cx c = spill(rvalue(r->unary.x), r->unary.x->type);
  if (comm->kind == STMT_EXPR) return arena_printf("{%s, NULL, false}", c.s);
  *elem = temp_name();
  const char *ct = ctype(t);
  pre("%s%s%s = %s;", ct, ct[strlen(ct) - 1] == '*' ? "" : " ", *elem,
      is_scalar(t) ? "0" : "{}");
  return arena_printf("{%s, &%s, false}", c.s, *elem);
}

static void comm_assign(Stmt *comm, const char *elem, const char *result) {
  if (comm->kind != STMT_ASSIGN) return;
  Type *t = type_under(comm_receive(comm)->unary.x->type)->elem;
  for (int i = 0; i < comm->assign.lhs.len; i++) {
    Expr *l = unparen(comm->assign.lhs.at[i]);
    Cx v = i ? cx(P_POST, "%s.ok", result) : cx(P_POST, "%s", elem);
    Type *from = i ? type_basic[T_BOOL] : t;
    if (comm->assign.op == TOKEN_DEFINE) {
      if (l->ident.obj) {
        v = convert(v, from, l->ident.obj->type);
        declare_var(l->ident.obj, &v);
      }
      continue;
    }
    Place p = place_of(l, false);
    if (p.kind != PLACE_BLANK) store(&p, convert(v, from, p.type));
  }
  flush();
}

/* select { ... } */
void select_stmt(Stmt *s) {
  int mark = scope_begin(), n = s->select.cases.len, cases = 0;
  line("{");
  indent(1);
  Target *t = target_push(s);
  if (n == 1 && s->select.cases.at[0]->comm_clause.comm) {
    /* the only choice: an ordinary send or receive */
    stmt(s->select.cases.at[0]->comm_clause.comm);
    block(&s->select.cases.at[0]->comm_clause.body);
    if (t->break_label) line_free("%s:;", t->break_label);
    target_pop(t);
    indent(-1);
    line_free("}");
    scope_end(mark);
    return;
  }
  const char **elems = arena_array(const char *, n + 1);
  Text init = {0};
  bool has_default = false;
  for (int i = 0; i < n; i++) {
    Stmt *comm = s->select.cases.at[i]->comm_clause.comm;
    if (!comm) {
      has_default = true;
      continue;
    }
    text_printf(&init, "%s%s", cases++ ? ", " : "", select_case(comm, &elems[i]));
  }
  for (int i = 0; i < n && cases == 1; i++) /* gc's place for select with default */
    if (s->select.cases.at[i]->comm_clause.comm) at_pos(s->select.cases.at[i]->pos);
  const char *arr = temp_name(), *r = temp_name();
  if (cases) pre("tern_scase %s[] = {%s};", arr, init.s);
  pre("tern_select_result %s = tern_selectgo(%s, %d, %s);", r, cases ? arr : "NULL", cases,
      has_default ? "true" : "false");
  t->c_switch = t->c_break = true;
  line("switch (%s.index) {", r);
  for (int i = 0, k = 0; i < n; i++) {
    Stmt *c = s->select.cases.at[i];
    at_pos(c->pos);
    if (c->comm_clause.comm)
      line("case %d: {", k++);
    else
      line("default: {");
    int inner = scope_begin();
    indent(1);
    if (c->comm_clause.comm) comm_assign(c->comm_clause.comm, elems[i], r);
    block(&c->comm_clause.body);
    indent(-1);
    scope_end(inner);
    line_free("} break;");
  }
  line_free("}");
  if (t->break_label) line_free("%s:;", t->break_label);
  target_pop(t);
  indent(-1);
  line_free("}");
  scope_end(mark);
}
