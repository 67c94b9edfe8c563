/* check_stmt.c - simple and compound statements.
 *
 * Labels and branches were checked by the parser (branches.c); here remain the
 * scopes and the types.  Each statement ends by checking the bodies of the
 * function literals in it, before its scope changes.
 */
#include <string.h>

#include "check_internal.h"

/* ---- Scopes and variables ----------------------------------------------- */

void open_scope(Stmt *s) {
  s->scope = ck->env.scope = scope_new(ck->env.scope, false);
}

void close_scope(void) { ck->env.scope = ck->env.scope->outer; }

/* ---- Simple statements -------------------------------------------------- */

static bool is_statement_builtin(int id) {
  switch (id) {
    case BUILTIN_CLEAR:
    case BUILTIN_CLOSE:
    case BUILTIN_COPY:
    case BUILTIN_DELETE:
    case BUILTIN_PANIC:
    case BUILTIN_PRINT:
    case BUILTIN_PRINTLN:
    case BUILTIN_RECOVER: return true;
    default: return false;
  }
}

/* Whether the checked expression may stand as a statement. */
static bool is_statement(Expr *e) {
  e = unparen(e);
  if (e->kind == EXPR_UNARY) return e->unary.op == TOKEN_ARROW;
  if (e->kind != EXPR_CALL) return false;
  return e->call.kind == CALL_FUNCTION ||
         (e->call.kind == CALL_BUILTIN &&
          is_statement_builtin(e->call.builtin));
}

static void check_expr_stmt(Expr *e) {
  Operand x;
  check_raw_expr(&x, e, NULL);
  const char *msg;
  if (x.mode == MODE_BUILTIN)
    msg = "must be called";
  else if (x.mode == MODE_TYPE)
    msg = "is not an expression";
  else if (x.mode != MODE_INVALID && !is_statement(e))
    msg = "is not used";
  else
    return;
  error_operand(&x, "%s %s", operand_string(&x), msg);
}

static void check_send(Stmt *s) {
  Operand ch, val;
  check_expr(&ch, s->send.chan);
  check_expr(&val, s->send.value);
  if (ch.mode == MODE_INVALID || val.mode == MODE_INVALID) return;
  Type *u = type_under(ch.type);
  if (u->kind != T_CHAN || u->dir == CHAN_RECV) {
    error_expr(s->send.chan, "invalid operation: cannot send to %s %s",
               u->kind == T_CHAN ? "receive-only channel" : "non-channel",
               operand_string(&ch));
    return;
  }
  check_assignment(&val, u->elem, "send");
}

static void check_inc_dec(Stmt *s) {
  Operand x;
  Expr *e = s->inc_dec.x;
  check_expr(&x, e);
  if (x.mode == MODE_INVALID) return;
  if (!type_is_numeric(x.type)) {
    const char *op = token_string(s->inc_dec.op);
    error_expr(e, "invalid operation: %s%s%s (non-numeric type %s)",
               expr_string(e), op, op, TYPE_STR(x.type));
    return;
  }
  assign_var(e, NULL, &x, "assignment");
}

static void check_assign(Stmt *s) {
  ExprList *lhs = &s->assign.lhs, *rhs = &s->assign.rhs;
  if (s->assign.op == TOKEN_ASSIGN) {
    assign_vars(lhs, rhs);
    return;
  }
  if (s->assign.op == TOKEN_DEFINE) {
    short_var_decl(s);
    return;
  }
  if (lhs->len != 1 || rhs->len != 1) {
    error_expr(lhs->at[0],
               "assignment operation %s= requires single-valued expressions",
               token_string(s->assign.op));
    return;
  }
  Operand x;
  check_binary(&x, NULL, lhs->at[0], rhs->at[0], s->assign.op);
  assign_var(lhs->at[0], NULL, &x, "assignment");
}

/* go f(), defer f() */
static void check_suspended(Stmt *s, const char *keyword) {
  Expr *e = s->go.call, *bare = unparen(e);
  if (s->kind == STMT_DEFER) ck->env.func->has_defer = true;
  if (bare->kind != EXPR_CALL) {
    error_expr(e, "expression in %s must be function call", keyword);
    use_expr(e);
    return;
  }
  Operand x;
  check_raw_expr(&x, e, NULL);
  if (x.mode == MODE_INVALID || is_statement(e)) return;
  error_operand(&x, "%s %s %s", keyword,
                bare->call.kind == CALL_CONVERSION
                    ? "requires function call, not conversion"
                    : "discards result of",
                operand_string(&x));
}

/* A bare return: each named result must still be what its name means. */
static void check_bare_return(Stmt *s, Type *results) {
  for (int i = 0; i < results->nvars; i++) {
    Object *r = results->vars[i];
    if (strcmp(r->name, "_") == 0) continue;
    Object *o = scope_lookup_outward(ck->env.scope, r->name);
    if (!o || o == r) continue;
    error_at(s->pos, "result parameter %s not in scope at return", r->name);
    diag_note(o->pos, "inner declaration of var %s %s", r->name,
              o->type ? TYPE_STR(o->type) : "");
  }
}

static void check_return(Stmt *s) {
  Type *results = ck->env.func->sig->results;
  ExprList *list = &s->ret.results;
  bool named = results->nvars > 0 && results->vars[0]->name[0];
  if (list->len == 0 && named)
    check_bare_return(s, results);
  else if (list->len == 0 && results->nvars > 0)
    return_error(s->pos, results->vars, results->nvars, NULL, 0);
  else if (list->len > 0)
    init_vars(results->vars, results->nvars, list, s);
}

/* ---- Compound statements ------------------------------------------------ */

static void check_condition(Expr *e, const char *what) {
  Operand x;
  check_expr(&x, e);
  if (x.mode == MODE_INVALID) return;
  if (type_is_boolean(x.type))
    convert_default(&x);
  else
    error_expr(e, "non-boolean condition in %s statement", what);
}

static void check_if(Stmt *s) {
  open_scope(s);
  if (s->if_stmt.init) check_stmt(s->if_stmt.init);
  check_condition(s->if_stmt.cond, "if");
  check_stmt(s->if_stmt.then);
  if (s->if_stmt.other) check_stmt(s->if_stmt.other);
  close_scope();
}

static void check_for(Stmt *s) {
  open_scope(s);
  Stmt *init = s->for_stmt.init;
  if (init) {
    check_stmt(init);
    for (int i = 0; init->kind == STMT_ASSIGN && i < init->assign.lhs.len; i++)
      if (init->assign.declares && init->assign.declares[i])
        init->assign.lhs.at[i]->ident.obj->per_iteration = true;
  }
  if (s->for_stmt.cond) check_condition(s->for_stmt.cond, "for");
  if (s->for_stmt.post) check_stmt(s->for_stmt.post);
  check_stmt(s->for_stmt.body);
  close_scope();
}

void check_stmts(StmtList *list) {
  for (int i = 0; i < list->len; i++) check_stmt(list->at[i]);
}

void check_stmt(Stmt *s) {
  int from = ck->delayed.len;
  switch (s->kind) {
    case STMT_EXPR: check_expr_stmt(s->expr.x); break;
    case STMT_SEND: check_send(s); break;
    case STMT_INC_DEC: check_inc_dec(s); break;
    case STMT_ASSIGN: check_assign(s); break;
    case STMT_GO: check_suspended(s, "go"); break;
    case STMT_DEFER: check_suspended(s, "defer"); break;
    case STMT_RETURN: check_return(s); break;
    case STMT_BRANCH:
      if (s->branch.token == TOKEN_GOTO) ck->env.func->has_goto = true;
      break;
    case STMT_BLOCK:
      open_scope(s);
      check_stmts(&s->block.stmts);
      close_scope();
      break;
    case STMT_IF: check_if(s); break;
    case STMT_SWITCH: check_switch(s); break;
    case STMT_TYPE_SWITCH: check_type_switch(s); break;
    case STMT_SELECT: check_select(s); break;
    case STMT_FOR: check_for(s); break;
    case STMT_RANGE: check_range(s); break;
    case STMT_LABELED: check_stmt(s->labeled.stmt); break;
    case STMT_DECL: check_local_decl(&s->decl.decls); break;
    default: break;
  }
  process_delayed(from);
}
