/* escape_stmt.c - statements as flows. */
#include "escape_internal.h"

#include <string.h>

static void walk_stmt(Stmt *s);

static void stmts(StmtList *l) {
  for (int i = 0; i < l->len; i++) walk_stmt(l->at[i]);
}

/* A block's statements. */
void esc_block(Stmt *b) { stmts(&b->block.stmts); }

static bool is_define(Stmt *s, int i) {
  return s->assign.op == TOKEN_DEFINE && s->assign.declares && s->assign.declares[i];
}

static Hole lhs_hole(Stmt *s, int i) {
  Expr *l = unparen(s->assign.lhs.at[i]);
  if (is_define(s, i)) {
    if (!l->ident.obj || strcmp(l->ident.name, "_") == 0) return discard_hole();
    return hole_of(loc_of(l->ident.obj));
  }
  return esc_addr(l);
}

static Type *lhs_type(Stmt *s, int i) {
  Expr *l = unparen(s->assign.lhs.at[i]);
  if (is_define(s, i)) return l->ident.obj ? l->ident.obj->type : NULL;
  if (l->kind == EXPR_INDEX && type_under(l->index.x->type)->kind == T_MAP)
    return type_under(l->index.x->type)->elem;
  return l->type;
}

/* Results of a call into holes; interface conversions of results box. */
static void tuple_flow(Hole *ks, int n, Expr *r) { esc_call(ks, n, unparen(r)); }

static void assign(Stmt *s) {
  int n = s->assign.lhs.len;
  if (s->assign.op != TOKEN_ASSIGN && s->assign.op != TOKEN_DEFINE) {
    esc_addr(s->assign.lhs.at[0]);
    esc_discard(s->assign.rhs.at[0]);
    return;
  }
  if (n == s->assign.rhs.len) {
    for (int i = 0; i < n; i++) {
      Hole k = lhs_hole(s, i);
      esc_assign(k, lhs_type(s, i), s->assign.rhs.at[i]);
    }
    return;
  }
  Hole ks[n];
  Expr *r = unparen(s->assign.rhs.at[0]);
  for (int i = 0; i < n; i++) {
    ks[i] = lhs_hole(s, i);
    Type *to = lhs_type(s, i);
    if (r->type->kind == T_TUPLE && to && type_is_interface(to) && i < r->type->nvars &&
        !type_is_interface(r->type->vars[i]->type))
      ks[i] = heap_hole();
  }
  tuple_flow(ks, n, r);
}

static void var_decl(Decl *d) {
  ExprList *names = &d->var.names, *values = &d->var.values;
  int n = names->len;
  Hole ks[n];
  for (int i = 0; i < n; i++) {
    Object *o = names->at[i]->ident.obj;
    ks[i] = o && strcmp(o->name, "_") != 0 ? hole_of(loc_of(o)) : discard_hole();
  }
  if (values->len == n)
    for (int i = 0; i < n; i++)
      esc_assign(ks[i], names->at[i]->ident.obj ? names->at[i]->ident.obj->type : NULL,
                 values->at[i]);
  else if (values->len == 1)
    tuple_flow(ks, n, values->at[0]);
}

static void return_flow(Stmt *s) {
  Type *r = type_under(esc.func->sig)->results;
  int n = r->nvars;
  Hole ks[n + 1];
  for (int i = 0; i < n; i++) ks[i] = hole_of(loc_of(r->vars[i]));
  if (s->ret.results.len == n)
    for (int i = 0; i < n; i++) esc_assign(ks[i], r->vars[i]->type, s->ret.results.at[i]);
  else if (s->ret.results.len == 1) {
    for (int i = 0; i < n; i++)
      if (type_is_interface(r->vars[i]->type)) ks[i] = heap_hole();
    tuple_flow(ks, n, s->ret.results.at[0]);
  }
}

static void range_flow(Stmt *s) {
  Expr *x = s->range.x;
  Type *u = type_under(x->type);
  esc.depth++;
  Hole value = discard_hole();
  Expr *parts[2] = {s->range.key, s->range.value};
  for (int i = 0; i < 2; i++) {
    if (!parts[i] || strcmp(parts[i]->kind == EXPR_IDENT ? parts[i]->ident.name : "", "_") == 0)
      continue;
    Hole k = s->range.define ? hole_of(loc_of(parts[i]->ident.obj)) : esc_addr(parts[i]);
    bool takes = i == 1 ? s->range.kind != RANGE_STRING : s->range.kind == RANGE_CHAN;
    if (takes) value = k;
    if (i == 0 && s->range.kind == RANGE_MAP) { /* keys come from the map as well */
      esc.depth--;
      esc_expr(deref_hole(k, 1), x);
      esc.depth++;
    }
  }
  esc.depth--;
  bool pointed = u->kind == T_SLICE || u->kind == T_POINTER || u->kind == T_MAP;
  esc_expr(pointed ? deref_hole(value, 1) : u->kind == T_ARRAY ? value : discard_hole(), x);
  esc.depth++;
  esc_block(s->range.body);
  esc.depth--;
}

static void for_flow(Stmt *s) {
  Stmt *init = s->for_stmt.init;
  esc.depth++; /* the variables of the init clause are new in each iteration */
  if (init && init->kind == STMT_ASSIGN && init->assign.op == TOKEN_DEFINE)
    for (int i = 0; i < init->assign.lhs.len; i++)
      if (is_define(init, i)) lhs_hole(init, i);
  esc.depth--;
  if (init) walk_stmt(init);
  esc.depth++;
  if (s->for_stmt.cond) esc_discard(s->for_stmt.cond);
  if (s->for_stmt.post) walk_stmt(s->for_stmt.post);
  esc_block(s->for_stmt.body);
  esc.depth--;
}

static void type_switch(Stmt *s) {
  if (s->type_switch.init) walk_stmt(s->type_switch.init);
  Expr *x = s->type_switch.x;
  if (x->kind == EXPR_TYPE_ASSERT && !x->type_assert.type) x = x->type_assert.x;
  Loc *value = new_loc(NULL, NULL);
  esc_expr(hole_of(value), x);
  for (int i = 0; i < s->type_switch.cases.len; i++) {
    Stmt *c = s->type_switch.cases.at[i];
    Object *o = c->case_clause.obj;
    if (o && type_has_pointers(o->type)) {
      bool boxed = !type_is_interface(o->type) && !type_is_direct(o->type);
      flow(deref_hole(hole_of(loc_of(o)), boxed), value);
    } else if (o) {
      loc_of(o);
    }
    stmts(&c->case_clause.body);
  }
}

static void switch_flow(Stmt *s) {
  if (s->switch_stmt.init) walk_stmt(s->switch_stmt.init);
  if (s->switch_stmt.tag) esc_discard(s->switch_stmt.tag);
  for (int i = 0; i < s->switch_stmt.cases.len; i++) {
    Stmt *c = s->switch_stmt.cases.at[i];
    for (int k = 0; k < c->case_clause.exprs.len; k++) esc_discard(c->case_clause.exprs.at[k]);
    stmts(&c->case_clause.body);
  }
}

static void walk_stmt(Stmt *s) {
  switch (s->kind) {
    case STMT_EXPR: esc_discard(s->expr.x); break;
    case STMT_SEND:
      esc_discard(s->send.chan);
      esc_assign(heap_hole(), type_under(s->send.chan->type)->elem, s->send.value);
      break;
    case STMT_INC_DEC: esc_discard(s->inc_dec.x); break;
    case STMT_ASSIGN: assign(s); break;
    case STMT_GO: esc_go(s->go.call, true); break;
    case STMT_DEFER: esc_go(s->go.call, esc.depth > 1 || esc.func->has_goto); break;
    case STMT_RETURN: return_flow(s); break;
    case STMT_BLOCK: esc_block(s); break;
    case STMT_IF:
      if (s->if_stmt.init) walk_stmt(s->if_stmt.init);
      esc_discard(s->if_stmt.cond);
      esc_block(s->if_stmt.then);
      if (s->if_stmt.other) walk_stmt(s->if_stmt.other);
      break;
    case STMT_SWITCH: switch_flow(s); break;
    case STMT_TYPE_SWITCH: type_switch(s); break;
    case STMT_SELECT:
      for (int i = 0; i < s->select.cases.len; i++) {
        Stmt *c = s->select.cases.at[i];
        if (c->comm_clause.comm) walk_stmt(c->comm_clause.comm);
        stmts(&c->comm_clause.body);
      }
      break;
    case STMT_FOR: for_flow(s); break;
    case STMT_RANGE: range_flow(s); break;
    case STMT_LABELED: walk_stmt(s->labeled.stmt); break;
    case STMT_DECL:
      for (int i = 0; i < s->decl.decls.len; i++)
        if (s->decl.decls.at[i]->kind == DECL_VAR) var_decl(s->decl.decls.at[i]);
      break;
    default: break;
  }
}

static void param(Object *o) {
  Loc *l = loc_of(o);
  l->is_param = true;
}

/* Walks a function's body; its parameters and results become locations. */
void esc_function(FuncInfo *f) {
  FuncInfo *outer = esc.func;
  int depth = esc.depth;
  esc.func = f;
  esc.depth = 1;
  Type *sig = type_under(f->sig);
  if (f->obj && f->obj->type->recv) param(f->obj->type->recv);
  for (int i = 0; i < sig->params->nvars; i++) param(sig->params->vars[i]);
  for (int i = 0; i < sig->results->nvars; i++) {
    Loc *l = loc_of(sig->results->vars[i]);
    l->is_result = true;
    l->result = i;
  }
  esc_block(f->body);
  esc.func = outer;
  esc.depth = depth;
}
