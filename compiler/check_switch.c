/* check_switch.c - switch, type switch, select, range. */
#include <string.h>

#include "check_internal.h"

/* ---- Clauses ------------------------------------------------------------ */

/* Reports a second default clause. */
static void check_defaults(StmtList *cases) {
  Stmt *first = NULL;
  for (int i = 0; i < cases->len; i++) {
    Stmt *c = cases->at[i];
    bool is_default = c->kind == STMT_CASE ? c->case_clause.is_default
                                           : c->comm_clause.comm == NULL;
    if (!is_default) continue;
    if (first)
      error_at(c->pos, "multiple defaults (first at %s)",
               source_pos_string(first->pos));
    else
      first = c;
  }
}

/* ---- switch ------------------------------------------------------------- */

/* Remembers a constant case; reports one that was there. */
static void note_case(Scope *seen, Operand *v, bool with_type) {
  ConstValue *c = v->val;
  if (v->mode != MODE_CONSTANT || c->kind == CONST_BOOL) return;
  const char *value = c->kind == CONST_STRING ? const_quote(c->str, c->len)
                      : c->kind == CONST_INT
                          ? const_text(c)
                          : arena_printf("%.17g", const_float64(c));
  Object *o = arena_new(Object);
  o->pos = node_pos(v->expr);
  o->name = intern_string(arena_printf(
      "%s %s", with_type ? type_link_string(default_type(v->type)) : "",
      value));
  Object *other = scope_insert(seen, o);
  if (!other) return;
  error_operand(v, "duplicate case %s in expression switch", operand_string(v));
  diag_note(other->pos, "previous case");
}

static void check_case(Expr *e, Operand *tag, Scope *seen) {
  Operand v, x = *tag;
  check_expr(&v, e);
  if (x.mode == MODE_INVALID || v.mode == MODE_INVALID) return;
  convert_untyped(&v, x.type);
  if (v.mode == MODE_INVALID) return;
  Operand result = v;
  check_comparison(&result, &x, TOKEN_EQ, true);
  if (result.mode == MODE_INVALID) return;
  if (type_is_untyped(v.type)) convert_default(&v);
  note_case(seen, &v, type_is_interface(x.type));
}

/* The tag; without one it is true. */
static void check_tag(Stmt *s, Operand *x) {
  if (s->switch_stmt.tag) {
    check_expr(x, s->switch_stmt.tag);
    check_assignment(x, NULL, "switch expression");
    if (x->mode != MODE_INVALID && !type_comparable(x->type) &&
        !type_has_nil(x->type)) {
      error_operand(x, "cannot switch on %s (%s is not comparable)",
                    operand_string(x), TYPE_STR(x->type));
      x->mode = MODE_INVALID;
    }
    return;
  }
  Expr *e = expr_new(EXPR_IDENT, s->pos);
  e->ident.name = intern_string("true");
  *x = (Operand){.mode = MODE_CONSTANT,
                 .type = type_basic[T_BOOL],
                 .val = const_bool(true),
                 .expr = e};
  record(x);
}

void check_switch(Stmt *s) {
  open_scope(s);
  if (s->switch_stmt.init) check_stmt(s->switch_stmt.init);
  Operand x;
  check_tag(s, &x);
  StmtList *cases = &s->switch_stmt.cases;
  check_defaults(cases);
  Scope *seen = scope_new(NULL, false);
  for (int i = 0; i < cases->len; i++) {
    Stmt *c = cases->at[i];
    for (int j = 0; j < c->case_clause.exprs.len; j++)
      check_case(c->case_clause.exprs.at[j], &x, seen);
    open_scope(c);
    check_stmts(&c->case_clause.body);
    close_scope();
  }
  close_scope();
}

/* ---- Type switch -------------------------------------------------------- */

/* The types seen so far in a type switch. */
typedef struct Seen {
  TypeList types; /* NULL for nil */
  ExprList exprs;
} Seen;

static bool is_nil(Expr *e) {
  e = unparen(e);
  return e->kind == EXPR_IDENT &&
         scope_lookup_outward(ck->env.scope, e->ident.name) == universe_nil;
}

/* One case; its type, NULL for nil, T_INVALID after an error. */
static Type *check_case_type(Expr *e, Operand *x, Seen *seen) {
  Type *t = NULL;
  if (is_nil(e)) {
    Operand nil;
    check_expr(&nil, e);
  } else {
    t = check_var_type(e);
    if (t->kind == T_INVALID) return t;
  }
  for (int i = 0; i < seen->types.len; i++) {
    Type *other = seen->types.at[i];
    if ((!t || !other) ? t != other : !type_identical(t, other)) continue;
    error_expr(e, "duplicate case %s in type switch", t ? TYPE_STR(t) : "nil");
    diag_note(start_of(seen->exprs.at[i]), "previous case");
    return t;
  }
  list_push(&seen->types, t);
  list_push(&seen->exprs, e);
  if (t && x->mode != MODE_INVALID) type_assertion(e, x, t, true);
  return t;
}

/* The clause's own variable. */
static Object *clause_var(Stmt *c, Expr *name, Type *t) {
  Object *v = object_new(OBJ_VAR, name->pos, name->ident.name, t);
  add_local(v);
  declare(ck->env.scope, v);
  c->case_clause.obj = v;
  return v;
}

static void check_type_cases(Stmt *s, Operand *x, Expr *name) {
  StmtList *cases = &s->type_switch.cases;
  Seen seen = {0};
  bool used = false;
  for (int i = 0; i < cases->len; i++) {
    Stmt *c = cases->at[i];
    ExprList *exprs = &c->case_clause.exprs;
    Type *t = NULL;
    for (int j = 0; j < exprs->len; j++)
      t = check_case_type(exprs->at[j], x, &seen);
    if (exprs->len != 1 || !t)
      t = x->mode == MODE_INVALID ? type_basic[T_INVALID] : x->type;
    open_scope(c);
    Object *v = name ? clause_var(c, name, t) : NULL;
    check_stmts(&c->case_clause.body);
    close_scope();
    if (!v) continue;
    used |= v->used;
    v->used = true;
  }
  if (name && !used)
    error_at(name->pos, "%s declared and not used", name->ident.name);
}

void check_type_switch(Stmt *s) {
  open_scope(s);
  if (s->type_switch.init) check_stmt(s->type_switch.init);
  Expr *name = s->type_switch.name;
  if (name && strcmp(name->ident.name, "_") == 0) {
    error_at(name->pos, "no new variable on left side of :=");
    name = NULL;
  }
  Operand x;
  check_expr(&x, s->type_switch.x);
  if (x.mode != MODE_INVALID && !type_is_interface(x.type)) {
    error_operand(&x, "%s is not an interface", operand_string(&x));
    x.mode = MODE_INVALID;
  }
  check_defaults(&s->type_switch.cases);
  check_type_cases(s, &x, name);
  close_scope();
}

/* ---- select ------------------------------------------------------------- */

static bool is_receive(Expr *e) {
  e = unparen(e);
  return e->kind == EXPR_UNARY && e->unary.op == TOKEN_ARROW;
}

static bool valid_comm(Stmt *c) {
  if (!c || c->kind == STMT_SEND) return true;
  if (c->kind == STMT_EXPR) return is_receive(c->expr.x);
  return c->kind == STMT_ASSIGN && c->assign.rhs.len == 1 &&
         is_receive(c->assign.rhs.at[0]);
}

void check_select(Stmt *s) {
  StmtList *cases = &s->select.cases;
  check_defaults(cases);
  for (int i = 0; i < cases->len; i++) {
    Stmt *c = cases->at[i], *comm = c->comm_clause.comm;
    if (!valid_comm(comm)) {
      error_at(comm->kind == STMT_EXPR     ? node_pos(comm->expr.x)
               : comm->kind == STMT_ASSIGN ? start_of(comm->assign.lhs.at[0])
                                           : comm->pos,
               "select case must be send or receive (possibly with "
               "assignment)");
      continue;
    }
    open_scope(c);
    if (comm) check_stmt(comm);
    check_stmts(&c->comm_clause.body);
    close_scope();
  }
}

/* ---- range -------------------------------------------------------------- */

/* The kind of iteration and the types it yields (NULL: none); a reason if it
 * is not possible. */
static RangeKind range_kind(Type *t, Type **key, Type **value,
                            const char **cause) {
  Type *u = type_under(t);
  *key = type_basic[T_INT];
  *value = u->elem;
  *cause = "";
  if (type_is_string(u)) {
    *value = type_rune;
    return RANGE_STRING;
  }
  if (type_is_integer(u)) {
    *key = t;
    *value = NULL;
    return RANGE_INT;
  }
  switch (u->kind) {
    case T_ARRAY: return RANGE_ARRAY;
    case T_SLICE: return RANGE_SLICE;
    case T_POINTER:
      *value = type_under(u->elem)->elem;
      return type_under(u->elem)->kind == T_ARRAY ? RANGE_ARRAY_POINTER
                                                  : RANGE_UNRESOLVED;
    case T_MAP: *key = u->key; return RANGE_MAP;
    case T_CHAN:
      *key = u->elem;
      *value = NULL;
      if (u->dir != CHAN_SEND) return RANGE_CHAN;
      *cause = "receive from send-only channel";
      return RANGE_UNRESOLVED;
    case T_FUNC:
      *cause = "range over functions is not supported";
      return RANGE_UNRESOLVED;
    default: return RANGE_UNRESOLVED;
  }
}

/* Checks the operand; the types of the two variables, NULL where there must be
 * none or something was wrong. */
static void check_range_operand(Stmt *s, Operand *x, Type *types[2]) {
  const char *cause;
  Expr *key = s->range.key, *value = s->range.value;
  check_expr(x, s->range.x);
  types[0] = types[1] = NULL;
  if (x->mode == MODE_INVALID) return;
  RangeKind k = x->mode == MODE_NIL
                    ? (cause = "", RANGE_UNRESOLVED)
                    : range_kind(x->type, &types[0], &types[1], &cause);
  s->range.kind = k;
  if (k == RANGE_UNRESOLVED) {
    error_operand(x, "cannot range over %s%s%s", operand_string(x),
                  *cause ? ": " : "", cause);
    types[0] = types[1] = NULL;
  } else if (!types[0] && key) {
    error_expr(key, "range over %s permits no iteration variables",
               operand_string(x));
  } else if (!types[1] && value) {
    error_expr(value, "range over %s permits only one iteration variable",
               operand_string(x));
  }
  if (k != RANGE_INT) convert_default(x);
}

/* for k, v := range x */
static void define_range_vars(Stmt *s, Operand *x, Type *types[2]) {
  Expr *names[2] = {s->range.key, s->range.value};
  Object *vars[2] = {NULL, NULL};
  bool any = false;
  for (int i = 0; i < 2; i++) {
    Expr *e = names[i];
    if (!e) continue;
    if (e->kind != EXPR_IDENT) {
      error_expr(e, "non-name %s on left side of :=", expr_string(e));
      continue;
    }
    Object *v = vars[i] = object_new(OBJ_VAR, e->pos, e->ident.name, NULL);
    add_local(v);
    e->ident.obj = v;
    any |= strcmp(e->ident.name, "_") != 0;
    if (!types[i]) {
      v->type = type_basic[T_INVALID];
      v->used = true;
    } else if (s->range.kind == RANGE_INT) {
      init_var(v, x, "range clause");
    } else {
      Operand y = {.mode = MODE_VALUE, .expr = e, .type = types[i]};
      init_var(v, &y, "assignment");
    }
    e->type = v->type;
    e->mode = MODE_VARIABLE;
  }
  if (!any) error_at(s->pos, "no new variables on left side of :=");
  for (int i = 0; i < 2; i++)
    if (vars[i]) declare(ck->env.scope, vars[i]);
}

/* for k, v = range x */
static void assign_range_vars(Stmt *s, Operand *x, Type *types[2]) {
  Expr *lhs[2] = {s->range.key, s->range.value};
  for (int i = 0; i < 2; i++) {
    if (!lhs[i] || !types[i]) continue;
    if (s->range.kind != RANGE_INT) {
      Operand y = {.mode = MODE_VALUE, .expr = lhs[i], .type = types[i]};
      assign_var(lhs[i], NULL, &y, "assignment");
      continue;
    }
    assign_var(lhs[i], NULL, x, "range clause");
    if (x->mode != MODE_INVALID && !type_is_integer(x->type))
      error_expr(lhs[i], "cannot use iteration variable of type %s",
                 TYPE_STR(x->type));
  }
}

void check_range(Stmt *s) {
  Operand x;
  Type *types[2];
  check_range_operand(s, &x, types);
  open_scope(s);
  if (s->range.define)
    define_range_vars(s, &x, types);
  else if (s->range.key)
    assign_range_vars(s, &x, types);
  else if (s->range.kind == RANGE_INT)
    check_assignment(&x, NULL, "range clause");
  check_stmt(s->range.body);
  close_scope();
}
