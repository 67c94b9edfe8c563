/* check_func.c - function bodies: their variables, terminating statements,
 * "missing return", "declared and not used". */
#include <string.h>

#include "check_internal.h"

/* ---- Functions and their variables -------------------------------------- */

void add_local(Object *v) {
  FuncInfo *f = ck->env.func;
  v->func = f;
  if (!f) return;
  if (f->nlocals == f->locals_cap)
    f->locals =
        list_room(f->locals, f->nlocals, &f->locals_cap, sizeof *f->locals);
  f->locals[f->nlocals++] = v;
}

/* Go's name for a literal: main.f.func1, inside it main.f.func1.1, in a
 * package-level initialiser main.init.func1. */
static const char *lit_name(FuncInfo *outer) {
  if (!outer)
    return arena_printf("%s.init.func%d", ck->pkg->path, ++ck->glob_lits);
  return arena_printf("%s.%s%d", outer->link_name, outer->lit ? "" : "func",
                      outer->nlits + 1);
}

/* The label of a declared function: "main.f", "main.T.m", "main.(*T).m",
 * "main.init.0" for the first init. */
static const char *func_name(Object *o) {
  Object *recv = o->type->recv;
  const char *path = ck->pkg->path;
  if (!recv && strcmp(o->name, "init") == 0)
    return arena_printf("%s.init.%d", path, ck->init_funcs++);
  const char *name = o->name;
  if (strcmp(name, "_") == 0) name = arena_printf("_.%d", ck->blank_funcs++);
  if (!recv) return arena_printf("%s.%s", path, name);
  Type *t = recv->type;
  bool pointer = t->kind == T_POINTER;
  if (pointer) t = t->elem;
  const char *base = t->kind == T_NAMED ? t->obj->name : "?";
  return arena_printf(pointer ? "%s.(*%s).%s" : "%s.%s.%s", path, base, name);
}

/* Adds the parameters of one tuple to the function's variables. */
static void adopt(FuncInfo *info, Type *tuple) {
  for (int i = 0; i < tuple->nvars; i++) {
    add_local(tuple->vars[i]);
    if (tuple->vars[i]->is_result && tuple->vars[i]->name[0]) {
      info->named_results = true;
      tuple->vars[i]->reassigned = true;
    }
  }
}

FuncInfo *func_info_new(Expr *lit, Decl *decl, Object *obj, Type *sig) {
  FuncInfo *info = arena_new(FuncInfo), *outer = ck->env.func;
  info->lit = lit;
  info->decl = decl;
  info->obj = obj;
  info->sig = sig;
  info->body = lit ? lit->func_lit.body : decl->func.body;
  if (lit) {
    info->outer = outer;
    info->link_name = lit_name(outer);
    if (outer) {
      if (outer->nlits == outer->lits_cap)
        outer->lits = list_room(outer->lits, outer->nlits, &outer->lits_cap,
                                sizeof *outer->lits);
      outer->lits[outer->nlits++] = info;
    } else {
      list_push(&ck->lits, info);
    }
  } else {
    info->link_name = func_name(obj);
  }
  ck->env.func = info;
  if (sig->recv) add_local(sig->recv);
  adopt(info, sig->params);
  adopt(info, sig->results);
  ck->env.func = outer;
  return info;
}

/* ---- Terminating statements --------------------------------------------- */

static bool is_panic(Expr *e) {
  e = unparen(e);
  return e->kind == EXPR_CALL && e->call.kind == CALL_BUILTIN &&
         e->call.builtin == BUILTIN_PANIC;
}

/* Whether every clause of a switch or select ends for good. */
static bool clauses_terminate(StmtList *cases, bool need_default) {
  bool has_default = !need_default;
  for (int i = 0; i < cases->len; i++) {
    Stmt *c = cases->at[i];
    bool is_case = c->kind == STMT_CASE;
    if (is_case && c->case_clause.is_default) has_default = true;
    if (is_case && c->case_clause.fallthrough) continue;
    if (!is_terminating_list(is_case ? &c->case_clause.body
                                     : &c->comm_clause.body))
      return false;
  }
  return has_default;
}

bool is_terminating(Stmt *s) {
  switch (s->kind) {
    case STMT_RETURN: return true;
    case STMT_BRANCH: return s->branch.token == TOKEN_GOTO;
    case STMT_EXPR: return is_panic(s->expr.x);
    case STMT_BLOCK: return is_terminating_list(&s->block.stmts);
    case STMT_IF:
      return s->if_stmt.other && is_terminating(s->if_stmt.then) &&
             is_terminating(s->if_stmt.other);
    case STMT_FOR: return !s->for_stmt.cond && !s->has_break;
    case STMT_SWITCH:
      return !s->has_break && clauses_terminate(&s->switch_stmt.cases, true);
    case STMT_TYPE_SWITCH:
      return !s->has_break && clauses_terminate(&s->type_switch.cases, true);
    case STMT_SELECT:
      return !s->has_break && clauses_terminate(&s->select.cases, false);
    case STMT_LABELED: return is_terminating(s->labeled.stmt);
    default: return false;
  }
}

bool is_terminating_list(StmtList *list) {
  int i = list->len - 1;
  while (i >= 0 && list->at[i]->kind == STMT_EMPTY) i--;
  return i >= 0 && is_terminating(list->at[i]);
}

/* ---- Bodies ------------------------------------------------------------- */

static void report_unused(FuncInfo *info) {
  for (int i = 0; i < info->nlocals; i++) {
    Object *v = info->locals[i];
    if (!v->used && !v->is_param && !v->is_result && !v->is_recv &&
        strcmp(v->name, "_") != 0)
      error_at(v->pos, "declared and not used: %s", v->name);
  }
}

void check_func_body(FuncInfo *info) {
  Env saved = ck->env;
  Scope *scope =
      info->decl ? info->decl->func.scope : info->lit->func_lit.scope;
  ck->env.func = info;
  ck->env.scope = scope;
  ck->env.has_call_or_recv = false;
  info->body->scope = scope;
  check_stmts(&info->body->block.stmts);
  if (info->sig->results->nvars > 0 &&
      !is_terminating_list(&info->body->block.stmts))
    error_at(info->body->block.rbrace, "missing return");
  report_unused(info);
  ck->env = saved;
}
