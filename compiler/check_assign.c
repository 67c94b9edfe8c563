/* check_assign.c - assignability, assignments, initialisations, :=. */
#include <string.h>

#include "check_internal.h"

/* ---- Assignability ------------------------------------------------------ */

/* Rules for typed operands. */
static bool typed_assignable(Type *v, Type *t, const char **cause) {
  if (type_identical(v, t)) return true;
  Type *vu = type_under(v), *tu = type_under(t);
  bool unnamed = !type_is_named(v) || !type_is_named(t);
  if (unnamed && type_identical(vu, tu)) return true;
  bool to_pointer = tu->kind == T_POINTER && type_is_interface(tu->elem);
  if (tu->kind == T_INTERFACE || to_pointer) return implements(v, t, cause);
  if (vu->kind == T_INTERFACE && implements(t, v, NULL)) {
    if (cause) *cause = "need type assertion";
    return false;
  }
  return unnamed && vu->kind == T_CHAN && vu->dir == CHAN_BOTH &&
         tu->kind == T_CHAN && type_identical(vu->elem, tu->elem);
}

bool assignable(Operand *x, Type *t, const char **cause) {
  if (x->mode == MODE_INVALID || t->kind == T_INVALID ||
      x->type->kind == T_INVALID)
    return true;
  if (type_is_untyped(x->type) && !type_identical(x->type, t)) {
    Type *type;
    ConstValue *val;
    return implicit_type(x, t, &type, &val) == CONVERT_OK;
  }
  return typed_assignable(x->type, t, cause);
}

/* Converts an untyped x for a place of type t (NULL: blank). */
static void assign_untyped(Operand *x, Type *t, const char *context) {
  Type *target = t, *type;
  ConstValue *val;
  if (x->mode == MODE_NIL) {
    if (!t) {
      error_operand(x, "use of untyped nil in %s", context);
      x->mode = MODE_INVALID;
      return;
    }
  } else if (!t || type_is_interface(t)) {
    target = default_type(x->type);
  }
  ConvertError e = implicit_type(x, target, &type, &val);
  if (e != CONVERT_OK) {
    error_operand(x, "cannot use %s as %s value in %s%s", operand_string(x),
                  TYPE_STR(target), context,
                  e == CONVERT_TRUNCATED  ? " (truncated)"
                  : e == CONVERT_OVERFLOW ? " (overflows)"
                                          : "");
    x->mode = MODE_INVALID;
    return;
  }
  if (val) {
    x->val = val;
    update_value(x->expr, val);
  }
  if (type != x->type) {
    x->type = type;
    update_type(x->expr, type);
  }
}

void check_assignment(Operand *x, Type *t, const char *context) {
  single_value(x);
  if (x->mode == MODE_INVALID) return;
  if (x->mode == MODE_NO_VALUE || x->mode == MODE_BUILTIN ||
      x->mode == MODE_TYPE || x->mode == MODE_PACKAGE) {
    error_operand(x, "cannot assign %s to %s in %s", operand_string(x),
                  t ? TYPE_STR(t) : "_", context);
    x->mode = MODE_INVALID;
    return;
  }
  if (type_is_untyped(x->type)) assign_untyped(x, t, context);
  if (x->mode == MODE_INVALID || !t) return;
  const char *cause = NULL;
  if (assignable(x, t, &cause)) return;
  error_operand(x, "cannot use %s as %s value in %s%s%s", operand_string(x),
                TYPE_STR(t), context, cause && *cause ? ": " : "",
                cause ? cause : "");
  x->mode = MODE_INVALID;
}

/* ---- One value ---------------------------------------------------------- */

/* Converts x for a constant of type t; an untyped one stays untyped. */
static void assign_const(Operand *x, Type *t) {
  if (type_is_untyped(t) && type_identical(x->type, t)) return;
  check_assignment(x, t, "constant declaration");
}

void init_const(Object *lhs, Operand *x) {
  if (x->mode == MODE_INVALID || x->type->kind == T_INVALID ||
      (lhs->type && lhs->type->kind == T_INVALID)) {
    if (!lhs->type) lhs->type = type_basic[T_INVALID];
    return;
  }
  if (x->mode != MODE_CONSTANT) {
    error_operand(x, "%s is not constant", operand_string(x));
    if (!lhs->type) lhs->type = type_basic[T_INVALID];
    return;
  }
  if (!lhs->type) lhs->type = x->type;
  assign_const(x, lhs->type);
  if (x->mode != MODE_INVALID) lhs->cval = x->val;
}

void init_var(Object *lhs, Operand *x, const char *context) {
  if (x->mode == MODE_INVALID || x->type->kind == T_INVALID ||
      (lhs->type && lhs->type->kind == T_INVALID)) {
    if (!lhs->type) lhs->type = type_basic[T_INVALID];
    x->mode = MODE_INVALID;
    return;
  }
  if (!lhs->type) {
    if (x->mode == MODE_NIL) {
      error_operand(x, "use of untyped nil in %s", context);
      lhs->type = type_basic[T_INVALID];
      x->mode = MODE_INVALID;
      return;
    }
    lhs->type = default_type(x->type);
  }
  check_assignment(x, lhs->type, context);
}

/* The type of the variable that lhs denotes; NULL for _, T_INVALID after an
 * error. */
Type *check_lhs(Expr *lhs) {
  Expr *bare = unparen(lhs);
  Object *v = NULL;
  bool used = false;
  if (bare->kind == EXPR_IDENT) {
    if (strcmp(bare->ident.name, "_") == 0) {
      bare->ident.obj = NULL;
      return NULL;
    }
    Object *o = scope_lookup_outward(ck->env.scope, bare->ident.name);
    if (o && o->kind == OBJ_VAR && o->pkg == ck->pkg) {
      v = o;
      used = v->used;
    }
  }
  Operand x;
  check_expr(&x, lhs);
  if (v) v->used = used;
  if (x.mode == MODE_INVALID || x.type->kind == T_INVALID)
    return type_basic[T_INVALID];
  if (x.mode == MODE_VARIABLE || x.mode == MODE_MAP_INDEX) {
    if (x.mode == MODE_VARIABLE) mark_root(lhs, false);
    return x.type;
  }
  if (bare->kind == EXPR_SELECTOR &&
      unparen(bare->selector.x)->mode == MODE_MAP_INDEX)
    error_operand(&x, "cannot assign to struct field %s in map",
                  expr_string(x.expr));
  else
    error_operand(&x,
                  "cannot assign to %s (neither addressable nor a map index "
                  "expression)",
                  expr_string(x.expr));
  return type_basic[T_INVALID];
}

void assign_var(Expr *lhs, Expr *rhs, Operand *x, const char *context) {
  Type *t = check_lhs(lhs);
  if (t && t->kind == T_INVALID) {
    if (x)
      x->mode = MODE_INVALID;
    else
      use_expr(rhs);
    return;
  }
  Operand value;
  if (!x) {
    x = &value;
    check_expr(x, rhs);
  }
  if (!t && strcmp(context, "assignment") == 0)
    context = "assignment to _ identifier";
  check_assignment(x, t, context);
}

/* ---- Several values ----------------------------------------------------- */

void set_comma_ok(Expr *e, Type *first) {
  Object **vars = arena_array(Object *, 2);
  vars[0] = object_new(OBJ_VAR, NO_POS, intern_string(""), first);
  vars[1] = object_new(OBJ_VAR, NO_POS, intern_string(""), type_basic[T_BOOL]);
  Type *tuple = type_new_tuple(vars, 2);
  for (;; e = e->paren.x) {
    e->comma_ok = true;
    e->type = tuple;
    if (e->kind != EXPR_PAREN) break;
  }
}

/* The values of one expression on the right; a comma-ok one counts as two if
 * wanted. */
static Operand *multi_values(Expr *e, bool want_comma_ok, int *n,
                             bool *comma_ok) {
  Operand x;
  *comma_ok = false;
  check_multi_expr(&x, e);
  if (x.mode == MODE_VALUE && x.type->kind == T_TUPLE) {
    Operand *list = arena_array(Operand, x.type->nvars + 1);
    for (int i = 0; i < x.type->nvars; i++)
      list[i] = (Operand){
          .mode = MODE_VALUE, .type = x.type->vars[i]->type, .expr = e};
    *n = x.type->nvars;
    return list;
  }
  Operand *list = arena_array(Operand, 2);
  list[0] = x;
  *n = 1;
  if (want_comma_ok && (x.mode == MODE_MAP_INDEX || x.mode == MODE_COMMA_OK)) {
    list[0].mode = MODE_VALUE;
    list[1] = (Operand){
        .mode = MODE_VALUE, .expr = e, .type = type_basic[T_UNTYPED_BOOL]};
    *n = 2;
    *comma_ok = true;
  }
  return list;
}

static const char *measure(int n, const char *unit) {
  return arena_printf("%d %s%s", n, unit, n == 1 ? "" : "s");
}

static void mismatch(ExprList *rhs, int l, int r) {
  Pos pos = start_of(rhs->at[0]);
  Expr *first = unparen(rhs->at[0]);
  const char *vars = measure(l, "variable"), *vals = measure(r, "value");
  if (rhs->len == 1 && first->kind == EXPR_CALL)
    error_at(pos, "assignment mismatch: %s but %s returns %s", vars,
             expr_string(first->call.fun), vals);
  else
    error_at(pos, "assignment mismatch: %s but %s", vars, vals);
}

void return_error(Pos at, Object **lhs, int l, Operand *rhs, int r) {
  Type **have = arena_array(Type *, r + 1), **want = arena_array(Type *, l + 1);
  for (int i = 0; i < r; i++) have[i] = rhs[i].type;
  for (int i = 0; i < l; i++) want[i] = lhs[i]->type;
  if (r > l)
    at = start_of(rhs[l].expr);
  else if (r > 0)
    at = start_of(rhs[r - 1].expr);
  error_at(at, "%s return values\n\thave %s\n\twant %s",
           r > l ? "too many" : "not enough", types_summary(have, r, false),
           types_summary(want, l, false));
}

static void invalidate_vars(Object **lhs, int n) {
  for (int i = 0; i < n; i++)
    if (!lhs[i]->type) lhs[i]->type = type_basic[T_INVALID];
}

/* lhs, lhs = rhs where the numbers differ and rhs is no single call. */
static void init_mismatch(Object **lhs, int n, ExprList *rhs, Stmt *ret) {
  bool ok = use_exprs(rhs);
  if (ok && ret) {
    Operand *list = arena_array(Operand, rhs->len + 1);
    for (int i = 0; i < rhs->len; i++) check_expr(&list[i], rhs->at[i]);
    return_error(ret->pos, lhs, n, list, rhs->len);
  } else if (ok) {
    mismatch(rhs, n, rhs->len);
  }
  invalidate_vars(lhs, n);
}

void init_vars(Object **lhs, int n, ExprList *rhs, Stmt *ret) {
  const char *context = ret ? "return statement" : "assignment";
  bool call = rhs->len == 1 && unparen(rhs->at[0])->kind == EXPR_CALL;
  if (n == rhs->len && !call) {
    for (int i = 0; i < n; i++) {
      Operand x;
      check_expr(&x, rhs->at[i]);
      init_var(lhs[i], &x, context);
    }
    return;
  }
  if (rhs->len != 1) {
    init_mismatch(lhs, n, rhs, ret);
    return;
  }
  int r;
  bool comma_ok;
  Operand *list = multi_values(rhs->at[0], n == 2 && !ret, &r, &comma_ok);
  if (n == r) {
    Type *first = list[0].type;
    for (int i = 0; i < n; i++) init_var(lhs[i], &list[i], context);
    if (comma_ok && list[0].mode != MODE_INVALID &&
        list[1].mode != MODE_INVALID)
      set_comma_ok(rhs->at[0], first);
    return;
  }
  if (list[0].mode != MODE_INVALID) {
    if (ret)
      return_error(ret->pos, lhs, n, list, r);
    else
      mismatch(rhs, n, r);
  }
  invalidate_vars(lhs, n);
}

void assign_vars(ExprList *lhs, ExprList *rhs) {
  int l = lhs->len;
  bool call = rhs->len == 1 && unparen(rhs->at[0])->kind == EXPR_CALL;
  if (l == rhs->len && !call) {
    for (int i = 0; i < l; i++)
      assign_var(lhs->at[i], rhs->at[i], NULL, "assignment");
    return;
  }
  if (rhs->len != 1) {
    bool ok = use_lhs(lhs);
    if (use_exprs(rhs) && ok) mismatch(rhs, l, rhs->len);
    return;
  }
  int r;
  bool comma_ok;
  Operand *list = multi_values(rhs->at[0], l == 2, &r, &comma_ok);
  if (l == r) {
    Type *first = list[0].type;
    for (int i = 0; i < l; i++)
      assign_var(lhs->at[i], NULL, &list[i], "assignment");
    if (comma_ok && list[0].mode != MODE_INVALID &&
        list[1].mode != MODE_INVALID)
      set_comma_ok(rhs->at[0], first);
    return;
  }
  if (list[0].mode != MODE_INVALID) mismatch(rhs, l, r);
  use_lhs(lhs);
}

/* ---- := ----------------------------------------------------------------- */

/* The variable that lhs[i] of := stands for: an old one, or a new one (then
 * *is_new).  NULL after an error. */
static Object *define_one(ExprList *lhs, int i, bool *is_new) {
  Expr *e = lhs->at[i];
  *is_new = false;
  if (e->kind != EXPR_IDENT) {
    ExprList one = {&lhs->at[i], 1, 1};
    use_lhs(&one);
    error_expr(e, "non-name %s on left side of :=", expr_string(e));
    return NULL;
  }
  const char *name = e->ident.name;
  bool blank = strcmp(name, "_") == 0;
  for (int j = 0; j < i && !blank; j++)
    if (lhs->at[j]->kind == EXPR_IDENT && lhs->at[j]->ident.name == name) {
      error_expr(e, "%s repeated on left side of :=", name);
      return NULL;
    }
  Object *old = blank ? NULL : scope_lookup(ck->env.scope, name);
  if (old) {
    e->ident.obj = old;
    e->type = old->type;
    if (old->kind == OBJ_VAR) {
      old->reassigned = true;
      return old;
    }
    error_expr(e, "cannot assign to %s", name);
    return NULL;
  }
  *is_new = true;
  Object *o = object_new(OBJ_VAR, e->pos, name, NULL);
  e->ident.obj = o;
  add_local(o);
  return o;
}

void short_var_decl(Stmt *s) {
  ExprList *lhs = &s->assign.lhs;
  int from = ck->delayed.len, n = lhs->len;
  Object **vars = arena_array(Object *, n + 1);
  bool error = false, any_new = false;
  s->assign.declares = arena_array(bool, n + 1);
  for (int i = 0; i < n; i++) {
    vars[i] = define_one(lhs, i, &s->assign.declares[i]);
    if (s->assign.declares[i] && strcmp(vars[i]->name, "_") != 0)
      any_new = true;
    if (vars[i]) continue;
    error = true;
    vars[i] =
        object_new(OBJ_VAR, start_of(lhs->at[i]), intern_string("_"), NULL);
  }
  init_vars(vars, n, &s->assign.rhs, NULL);
  process_delayed(from);
  for (int i = 0; i < n; i++) {
    lhs->at[i]->type = vars[i]->type;
    lhs->at[i]->mode = MODE_VARIABLE;
    if (s->assign.declares[i]) declare(ck->env.scope, vars[i]);
  }
  if (!any_new && !error)
    error_at(s->pos, "no new variables on left side of :=");
}
