/* check_call.c - calls: which kind, the arguments against the parameters. */
#include <string.h>

#include "check_internal.h"

Operand *check_args(ExprList *list, int *n, bool *spread) {
  *spread = false;
  if (list->len != 1) {
    Operand *args = arena_array(Operand, list->len ? list->len : 1);
    for (int i = 0; i < list->len; i++) check_expr(&args[i], list->at[i]);
    *n = list->len;
    return args;
  }
  Operand x;
  check_multi_expr(&x, list->at[0]);
  Type *t = x.type;
  if (x.mode != MODE_VALUE || t->kind != T_TUPLE || t->nvars < 2) {
    Operand *args = arena_array(Operand, 1);
    args[0] = x;
    *n = 1;
    return args;
  }
  /* f(g()) with g's many results: each is a value of the same node. */
  Operand *args = arena_array(Operand, t->nvars);
  for (int i = 0; i < t->nvars; i++)
    args[i] = (Operand){
        .mode = MODE_VALUE, .type = t->vars[i]->type, .expr = list->at[0]};
  *n = t->nvars;
  *spread = true;
  return args;
}

/* Reports a wrong number of arguments. */
static void count_error(Expr *call, Type *sig, Operand *args, int n, int want) {
  Pos at = call->call.rparen;
  if (n > want)
    at = start_of(args[want].expr);
  else if (n > 0)
    at = start_of(args[n - 1].expr);
  else
    at = start_of(call);
  Type **have = arena_array(Type *, n + 1);
  int nparams = sig->params->nvars;
  Type **params = arena_array(Type *, nparams + 1);
  for (int i = 0; i < n; i++) have[i] = args[i].type;
  for (int i = 0; i < nparams; i++) params[i] = sig->params->vars[i]->type;
  error_at(at, "%s arguments in call to %s\n\thave %s\n\twant %s",
           n > want ? "too many" : "not enough", expr_string(call->call.fun),
           types_summary(have, n, false),
           types_summary(params, nparams, sig->variadic));
}

void check_arguments(Expr *call, Type *sig, Operand *args, int n) {
  int nparams = sig->params->nvars, want = nparams;
  bool dots = call->call.dots;
  if (dots && sig->variadic && call->call.args.len == 1 && n > 1) {
    error_expr(call, "cannot use ... with %d-valued %s", n,
               expr_string(call->call.args.at[0]));
    return;
  }
  if (dots && !sig->variadic) {
    error_expr(call, "cannot use ... in call to non-variadic %s",
               expr_string(call->call.fun));
    return;
  }
  if (sig->variadic && !dots) want = n >= nparams - 1 ? n : nparams - 1;
  if (n != want) {
    count_error(call, sig, args, n, want);
    return;
  }
  const char *context = NULL;
  for (int i = 0; i < n; i++) {
    bool rest = sig->variadic && !dots && i >= nparams - 1;
    Type *t = sig->params->vars[rest ? nparams - 1 : i]->type;
    if (rest && t->kind == T_SLICE) t = t->elem;
    if (!context)
      context = arena_printf("argument to %s", expr_string(call->call.fun));
    check_assignment(&args[i], t, context);
  }
}

/* T(x) */
static void conversion_call(Operand *x, Expr *e, Type *t) {
  ExprList *args = &e->call.args;
  e->call.kind = CALL_CONVERSION;
  x->mode = MODE_INVALID;
  if (args->len == 0) {
    error_expr(e, "missing argument in conversion to %s", TYPE_STR(t));
    return;
  }
  if (args->len > 1) {
    use_exprs(args);
    error_expr(args->at[args->len - 1],
               "too many arguments in conversion to %s", TYPE_STR(t));
    return;
  }
  check_expr_hint(x, args->at[0], NULL);
  if (x->mode == MODE_INVALID) return;
  if (e->call.dots) {
    error_expr(args->at[0], "invalid use of ... in conversion to %s",
               TYPE_STR(t));
    x->mode = MODE_INVALID;
    return;
  }
  check_conversion(x, t);
}

/* The declared function or concrete method that fun names, or NULL. */
static Object *callee_of(Expr *fun) {
  fun = unparen(fun);
  Object *o = NULL;
  if (fun->kind == EXPR_IDENT) o = fun->ident.obj;
  if (fun->kind == EXPR_SELECTOR) {
    SelectionKind k = fun->selector.selection.kind;
    if (k == SEL_PACKAGE || k == SEL_METHOD) o = fun->selector.selection.obj;
  }
  return o && o->kind == OBJ_FUNC ? o : NULL;
}

void check_call(Operand *x, Expr *e) {
  check_expr_or_type_or_builtin(x, e->call.fun);
  e->call.kind = CALL_FUNCTION;
  e->call.spread = false;
  if (x->mode == MODE_INVALID) {
    use_exprs(&e->call.args);
    x->expr = e;
    return;
  }
  if (x->mode == MODE_TYPE) {
    conversion_call(x, e, x->type);
    return;
  }
  if (x->mode == MODE_BUILTIN) {
    e->call.kind = CALL_BUILTIN;
    e->call.builtin = (int)x->builtin;
    if (!check_builtin(x, e, x->builtin)) x->mode = MODE_INVALID;
    if (x->mode != MODE_INVALID && x->mode != MODE_CONSTANT)
      ck->env.has_call_or_recv = true;
    return;
  }
  Type *sig = type_under(x->type);
  if (sig->kind != T_FUNC) {
    error_operand(x, "invalid operation: cannot call non-function %s",
                  operand_string(x));
    use_exprs(&e->call.args);
    x->mode = MODE_INVALID;
    return;
  }
  e->call.callee = callee_of(e->call.fun);
  int n;
  Operand *args = check_args(&e->call.args, &n, &e->call.spread);
  check_arguments(e, sig, args, n);
  ck->env.has_call_or_recv = true;
  x->mode = MODE_VALUE;
  x->type = sig->results;
  if (sig->results->nvars == 0)
    x->mode = MODE_NO_VALUE;
  else if (sig->results->nvars == 1)
    x->type = sig->results->vars[0]->type;
  if (x->type->kind == T_INVALID) x->mode = MODE_INVALID;
}
