/* emit_stmt.c - statements: the dispatch, blocks, if, return, branches. */
#include "emit.h"

#include <string.h>

/* Opens a C scope for names; returns a mark for scope_end. */
int scope_begin(void) { return E.active.len; }

/* Forgets the names declared since the mark. */
void scope_end(int mark) { E.active.len = mark; }

/* The statements of a block. */
void block(StmtList *list) {
  for (int i = 0; i < list->len; i++) stmt(list->at[i]);
}

/* The inside of { ... }, indented, as a scope. */
void braces(Stmt *b) {
  int mark = scope_begin();
  indent(1);
  block(&b->block.stmts);
  indent(-1);
  scope_end(mark);
}

/* A label unique in the function. */
const char *new_label(const char *what) {
  return arena_printf("%s_%d", what, ++E.labels);
}

/* Enters a statement that break or continue may leave. */
Target *target_push(Stmt *s) {
  Target *t = arena_new(Target);
  t->stmt = s;
  t->up = E.target;
  E.target = t;
  return t;
}

/* Leaves it. */
void target_pop(Target *t) { E.target = t->up; }

/* break, continue, goto. */
void branch_stmt(Stmt *s) {
  Token k = s->branch.token;
  if (k == TOKEN_FALLTHROUGH) return; /* the switch sees to it */
  if (k == TOKEN_GOTO) {
    line("tern_poll();"); /* it may be the back edge of a loop */
    line("goto %s;", c_safe(s->branch.label->ident.name));
    return;
  }
  bool is_break = k == TOKEN_BREAK;
  bool direct = true; /* no C loop (or switch, for break) in between */
  Target *t = E.target;
  for (; t && t->stmt != s->branch.target; t = t->up)
    if (t->c_loop || (is_break && t->c_switch)) direct = false;
  if (!t) return;
  if (is_break) {
    if (direct && t->c_break) {
      line("break;");
      return;
    }
    if (!t->break_label) t->break_label = new_label("end");
    line("goto %s;", t->break_label);
  } else {
    if (direct && t->c_continue) {
      line("continue;");
      return;
    }
    if (!t->continue_label) t->continue_label = new_label("next");
    line("goto %s;", t->continue_label);
  }
}

static void if_stmt(Stmt *s) {
  int mark = scope_begin();
  bool wrap = s->if_stmt.init != NULL;
  if (wrap) {
    line("{");
    indent(1);
    stmt(s->if_stmt.init);
    at_pos(s->pos);
  }
  Cx c = rvalue(s->if_stmt.cond);
  line("if (%s) {", c.s);
  braces(s->if_stmt.then);
  int depth = 0;
  Stmt *o = s->if_stmt.other;
  while (o && o->kind == STMT_IF && !o->if_stmt.init) {
    at_pos(o->pos);
    PreMark m = pre_begin();
    c = rvalue(o->if_stmt.cond);
    const char *before = pre_end(m);
    if (*before) {
      line("} else {");
      indent(1);
      depth++;
      line("%s if (%s) {", before, c.s);
    } else {
      line("} else if (%s) {", c.s);
    }
    braces(o->if_stmt.then);
    o = o->if_stmt.other;
  }
  if (o) {
    line_free("} else {");
    if (o->kind == STMT_IF) {
      indent(1);
      int inner = scope_begin();
      stmt(o);
      scope_end(inner);
      indent(-1);
    } else {
      braces(o);
    }
  }
  line_free("}");
  for (; depth; depth--) {
    indent(-1);
    line_free("}");
  }
  if (wrap) {
    indent(-1);
    line_free("}");
  }
  scope_end(mark);
}

static const char *result_tuple(Cx *v, int n) {
  Text t = {0};
  text_printf(&t, "(%s){", cresult(E.sig));
  for (int i = 0; i < n; i++) text_printf(&t, "%s%s", i ? ", " : "", at(v[i], P_ASSIGN));
  text_add(&t, "}");
  return t.s;
}

/* The value of the result variables, as the C function returns it. */
static const char *current_results(void) {
  int n = E.sig->results->nvars;
  Cx v[n + 1];
  for (int i = 0; i < n; i++) v[i] = E.result_c[i];
  return n == 1 ? v[0].s : result_tuple(v, n);
}

/* `return` of the current results: at the end of functions with defer. */
void return_results(void) {
  if (E.sig->results->nvars)
    line("return %s;", current_results());
  else
    line("return;");
}

static bool same_results(Type *a, Type *b) {
  for (int i = 0; i < a->nvars; i++)
    if (!type_identical(a->vars[i]->type, b->vars[i]->type)) return false;
  return true;
}

static void set_results(Cx *v, int n) {
  for (int i = 0; i < n; i++) {
    Type *t = E.sig->results->vars[i]->type;
    pre("%s = %s;", E.result_c[i].s, at(v[i], P_ASSIGN));
    (void)t;
  }
}

/* return x, y */
void return_stmt(Stmt *s) {
  Type *results = E.sig->results;
  int n = results->nvars;
  ExprList *list = &s->ret.results;
  Cx v[n + 1];
  if (list->len == 0) {
    if (E.has_defer)
      line("goto tern_out;");
    else
      return_results();
    return;
  }
  if (list->len == 1 && n > 1) {
    Type *from = list->at[0]->type;
    if (!E.has_defer && same_results(from, results)) {
      Cx c = rvalue(list->at[0]);
      line("return %s;", c.s);
      return;
    }
    Cx t = spill(rvalue(list->at[0]), from);
    for (int i = 0; i < n; i++)
      v[i] = convert(cx(P_POST, "%s.r%d", t.s, i), from->vars[i]->type,
                     results->vars[i]->type);
  } else {
    Type *to[n + 1];
    for (int i = 0; i < n; i++) to[i] = results->vars[i]->type;
    eval_list(list->at, to, n, v);
    if (E.has_defer && n > 1)
      for (int i = 0; i < n; i++)
        if (!list->at[i]->cval) v[i] = spill(v[i], to[i]);
  }
  if (E.has_defer) {
    set_results(v, n);
    line("goto tern_out;");
  } else {
    line("return %s;", n == 1 ? v[0].s : result_tuple(v, n));
  }
}

static void decl_stmt(Stmt *s) {
  for (int i = 0; i < s->decl.decls.len; i++) {
    Decl *d = s->decl.decls.at[i];
    if (d->kind != DECL_VAR) continue;
    ExprList *names = &d->var.names, *values = &d->var.values;
    at_pos(d->pos);
    if (values->len == names->len) {
      Cx v[names->len];
      Type *to[names->len];
      for (int k = 0; k < names->len; k++) {
        to[k] = names->at[k]->ident.obj->type;
        v[k] = rvalue_as(values->at[k], to[k]);
        if (names->len > 1 && !is_stable(values->at[k])) v[k] = spill(v[k], to[k]);
      }
      for (int k = 0; k < names->len; k++) declare_var(names->at[k]->ident.obj, &v[k]);
    } else if (values->len == 1) {
      Expr *r = unparen(values->at[0]);
      Cx v[2], t = {0};
      if (r->comma_ok)
        eval_comma_ok(r, &v[0], &v[1]);
      else
        t = spill(rvalue(r), r->type);
      for (int k = 0; k < names->len; k++) {
        Object *o = names->at[k]->ident.obj;
        Cx c = r->comma_ok ? v[k] : cx(P_POST, "%s.r%d", t.s, k);
        c = convert(c, r->type->vars[k]->type, o->type);
        declare_var(o, &c);
      }
    } else {
      for (int k = 0; k < names->len; k++) declare_var(names->at[k]->ident.obj, NULL);
    }
    flush();
  }
}

static void send_stmt(Stmt *s) {
  Type *t = type_under(s->send.chan->type)->elem;
  Cx v[2];
  eval_list((Expr *[]){s->send.chan, s->send.value}, (Type *[]){NULL, t}, 2, v);
  Cx c = v[0];
  if (!is_stable(s->send.value)) c = spill(v[0], s->send.chan->type);
  Cx x = spill(v[1], t);
  line("tern_chansend(%s, &%s);", at(c, P_ASSIGN), x.s);
}

static void labeled_stmt(Stmt *s) {
  if (s->labeled.used) line("%s:;", c_safe(s->labeled.name->ident.name));
  stmt(s->labeled.stmt);
}

/* Any statement. */
void stmt(Stmt *s) {
  at_pos(s->pos);
  switch (s->kind) {
    case STMT_EXPR: eval_drop(s->expr.x); flush(); break;
    case STMT_SEND: send_stmt(s); break;
    case STMT_INC_DEC: inc_dec_stmt(s); flush(); break;
    case STMT_ASSIGN: assign_stmt(s); flush(); break;
    case STMT_GO: go_stmt(s); break;
    case STMT_DEFER: defer_stmt(s); break;
    case STMT_RETURN: return_stmt(s); break;
    case STMT_BRANCH: branch_stmt(s); break;
    case STMT_BLOCK:
      line("{");
      braces(s);
      line_free("}");
      break;
    case STMT_IF: if_stmt(s); break;
    case STMT_SWITCH: switch_stmt(s); break;
    case STMT_TYPE_SWITCH: type_switch_stmt(s); break;
    case STMT_SELECT: select_stmt(s); break;
    case STMT_FOR: for_stmt(s); break;
    case STMT_RANGE: range_stmt(s); break;
    case STMT_LABELED: labeled_stmt(s); break;
    case STMT_DECL: decl_stmt(s); break;
    default: break;
  }
}
