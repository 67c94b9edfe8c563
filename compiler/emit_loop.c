/* emit_loop.c - for and range.
 *
 * A loop that may run long without passing a function's stack check polls at
 * its back-edge.  An innermost counted loop is cut into chunks of POLL_EVERY
 * iterations with a poll after each, so that its inside stays free of polls and
 * can be vectorised (a TERN_ASSUME keeps what was known of the counter's bound);
 * other loops without calls count down to the next poll; a loop of few
 * iterations, known from its constants, does not poll at all.
 */
#include "emit.h"

#include <string.h>

enum {
  POLL_EVERY = 1024, /* iterations between polls of a counted loop */
  FEW = 64,          /* iterations that need no poll */
};

/* ---- What a loop's body does -------------------------------------------- */

typedef struct BodyScan {
  bool calls;  /* may call or poll in some way that takes time */
  bool loops;  /* contains a loop */
  Object *var; /* is it assigned or its address taken? */
  bool var_assigned;
} BodyScan;

static bool scan_expr(AstWalk *w, Expr *e) {
  BodyScan *b = w->data;
  if (e->kind == EXPR_FUNC_LIT) {
    b->calls = true;
    return false;
  }
  if (e->cval) return false;
  if (e->kind == EXPR_CALL && e->call.kind == CALL_FUNCTION) b->calls = true;
  if (e->kind == EXPR_CALL && e->call.kind == CALL_BUILTIN &&
      e->call.builtin != BUILTIN_LEN && e->call.builtin != BUILTIN_CAP)
    b->calls = true;
  if (e->kind == EXPR_UNARY && e->unary.op == TOKEN_ARROW) b->calls = true;
  if (e->kind == EXPR_COMPOSITE) b->calls = true;
  return true;
}

static void assigned_to(BodyScan *b, Expr *lhs) {
  lhs = unparen(lhs);
  if (b->var && lhs->kind == EXPR_IDENT && lhs->ident.obj == b->var)
    b->var_assigned = true;
}

static bool scan_stmt(AstWalk *w, Stmt *s) {
  BodyScan *b = w->data;
  switch (s->kind) {
    case STMT_FOR: case STMT_RANGE: b->loops = true; break;
    case STMT_LABELED: case STMT_SELECT: case STMT_SEND: case STMT_GO: case STMT_DEFER:
      b->calls = true;
      break;
    case STMT_ASSIGN:
      for (int i = 0; i < s->assign.lhs.len; i++) assigned_to(b, s->assign.lhs.at[i]);
      break;
    case STMT_INC_DEC: assigned_to(b, s->inc_dec.x); break;
    default: break;
  }
  if (s->kind == STMT_RANGE && !s->range.define) {
    if (s->range.key) assigned_to(b, s->range.key);
    if (s->range.value) assigned_to(b, s->range.value);
  }
  return true;
}

static BodyScan scan(Stmt *body, Object *var) {
  BodyScan b = {.var = var};
  AstWalk w = {.expr = scan_expr, .stmt = scan_stmt, .data = &b};
  ast_walk_stmt(&w, body);
  return b;
}

static bool by_reference(Object *o) {
  return o->addrtaken || (o->captured && !captured_by_value(o));
}

/* ---- Common parts ------------------------------------------------------- */

static void loop_body(Stmt *body, Target *t) {
  braces(body);
  if (t->continue_label) {
    indent(1);
    line_free("%s:;", t->continue_label);
    indent(-1);
  }
}

static void after_loop(Target *t) {
  if (t->break_label) line_free("%s:;", t->break_label);
  target_pop(t);
}

/* ---- for init; cond; post ----------------------------------------------- */

/* A loop i = a; i < b; i += c with an i that nobody else touches. */
typedef struct Counted {
  Object *var;
  Expr *limit;
  Token rel;  /* TOKEN_LT, LE, GT, GE, NE */
  int64_t step;
  bool few;
} Counted;

static bool step_of(Stmt *post, Object *o, int64_t *step) {
  if (post->kind == STMT_INC_DEC) {
    Expr *x = unparen(post->inc_dec.x);
    *step = post->inc_dec.op == TOKEN_ADD || post->inc_dec.op == TOKEN_INC ? 1 : -1;
    return x->kind == EXPR_IDENT && x->ident.obj == o;
  }
  if (post->kind != STMT_ASSIGN || post->assign.lhs.len != 1) return false;
  Token op = post->assign.op;
  Expr *x = unparen(post->assign.lhs.at[0]), *y = post->assign.rhs.at[0];
  if ((op != TOKEN_ADD && op != TOKEN_SUB) || x->kind != EXPR_IDENT ||
      x->ident.obj != o || !y->cval || !const_int64(const_to_int(y->cval), step))
    return false;
  if (op == TOKEN_SUB) *step = -*step;
  return *step >= -1024 && *step <= 1024;
}

static bool limit_fixed(Expr *e, Stmt *body) {
  e = unparen(e);
  if (e->cval) return true;
  if (e->kind == EXPR_CALL && e->call.kind == CALL_BUILTIN &&
      e->call.builtin == BUILTIN_LEN)
    return limit_fixed(e->call.args.at[0], body);
  if (e->kind == EXPR_BINARY && is_stable(e))
    return limit_fixed(e->binary.x, body) && limit_fixed(e->binary.y, body);
  if (e->kind != EXPR_IDENT || !e->ident.obj || e->ident.obj->kind != OBJ_VAR) return false;
  if (!is_stable(e)) return false;
  return !scan(body, e->ident.obj).var_assigned;
}

static bool counted(Stmt *s, Counted *c) {
  Stmt *init = s->for_stmt.init, *post = s->for_stmt.post;
  Expr *cond = s->for_stmt.cond ? unparen(s->for_stmt.cond) : NULL;
  if (!init || !post || !cond || cond->kind != EXPR_BINARY) return false;
  if (init->kind != STMT_ASSIGN || init->assign.op != TOKEN_DEFINE ||
      init->assign.lhs.len != 1 || init->assign.rhs.len != 1)
    return false;
  Object *o = init->assign.lhs.at[0]->ident.obj;
  Expr *x = unparen(cond->binary.x);
  if (!o || x->kind != EXPR_IDENT || x->ident.obj != o || by_reference(o)) return false;
  if (!type_is_integer(o->type)) return false;
  c->var = o;
  c->rel = cond->binary.op;
  c->limit = cond->binary.y;
  if (!step_of(post, o, &c->step)) return false;
  bool up = c->step > 0;
  if (up ? c->rel != TOKEN_LT && c->rel != TOKEN_LE : c->rel != TOKEN_GT && c->rel != TOKEN_GE)
    return false;
  if (scan(s->for_stmt.body, o).var_assigned || !limit_fixed(c->limit, s->for_stmt.body))
    return false;
  int64_t a, b;
  Expr *start = init->assign.rhs.at[0];
  c->few = start->cval && c->limit->cval && const_int64(const_to_int(start->cval), &a) &&
           const_int64(const_to_int(c->limit->cval), &b) && (up ? b - a : a - b) <= FEW;
  return true;
}

static const char *simple_text(Stmt *s) {
  PreMark m = pre_begin();
  if (s->kind == STMT_INC_DEC)
    inc_dec_stmt(s);
  else
    assign_stmt(s);
  return pre_end(m);
}

/* "x += 1;" without the semicolon, or NULL if it is more than one statement. */
static const char *one_statement(const char *text) {
  size_t n = strlen(text);
  if (n < 2 || text[n - 1] != ';' || memchr(text, ';', n - 1)) return NULL;
  return arena_copy(text, n - 1);
}

static void chunked_loop(Stmt *s, Counted *c, Target *t, const char *init) {
  const char *i = var_of(c->var)->c, *ct = ctype(c->var->type);
  bool up = c->step > 0, inclusive = c->rel == TOKEN_LE || c->rel == TOKEN_GE;
  int64_t step = up ? c->step : -c->step;
  Cx limit = rvalue(c->limit);
  const char *rel = token_string(c->rel);
  const char *stop = temp_name();
  /* the distance to the limit is taken in unsigned arithmetic: no overflow */
  line("for (%s; %s %s %s; tern_poll()) {", init, i, rel, at(limit, P_SHIFT));
  indent(1);
  const char *left = up ? arena_printf("(uint64_t)%s - (uint64_t)%s", at(limit, P_UNARY), i)
                        : arena_printf("(uint64_t)%s - (uint64_t)%s", i, at(limit, P_UNARY));
  line("%s %s = %s > %lld ? (%s)(%s %s %lld) : %s;", ct, stop, left,
       (long long)(POLL_EVERY * step), ct, i, up ? "+" : "-",
       (long long)(POLL_EVERY * step), limit.s);
  line("TERN_ASSUME(%s %s= %s);", stop, up ? "<" : ">", at(limit, P_SHIFT));
  t->c_loop = true;
  t->c_continue = true;
  const char *r = inclusive ? (up ? "<=" : ">=") : (up ? "<" : ">");
  line("for (; %s %s %s; %s %s= %lld) {", i, r, stop, i, up ? "+" : "-", (long long)step);
  loop_body(s->for_stmt.body, t);
  line_free("}");
  indent(-1);
  line_free("}");
}

/* The variables of the init clause that each iteration has its own copy of. */
static int fresh_variables(Stmt *s, Object **out, int max) {
  Stmt *init = s->for_stmt.init;
  int n = 0;
  if (!init || init->kind != STMT_ASSIGN || init->assign.op != TOKEN_DEFINE) return 0;
  for (int i = 0; i < init->assign.lhs.len && n < max; i++) {
    Object *o = init->assign.lhs.at[i]->ident.obj;
    if (o && strcmp(o->name, "_") != 0 && var_of(o)->heap) out[n++] = o;
  }
  return n;
}

static void copy_fresh(Object **fresh, int n) {
  for (int i = 0; i < n; i++) {
    Type *t = fresh[i]->type;
    const char *v = var_of(fresh[i])->c, *c = ctype(t), *p = temp_name();
    pre("%s%s*%s = tern_new(&%s);", c, c[strlen(c) - 1] == '*' ? "" : " ", p, type_desc(t));
    store_memory(cx(P_UNARY, "*%s", p), t, cx(P_UNARY, "*%s", v));
    pre("%s = %s;", v, p);
  }
}

static bool surely_checks(Stmt *body) {
  for (int i = 0; i < body->block.stmts.len; i++) {
    Stmt *s = body->block.stmts.at[i];
    Expr *e = s->kind == STMT_EXPR ? unparen(s->expr.x)
              : s->kind == STMT_ASSIGN && s->assign.rhs.len == 1
                  ? unparen(s->assign.rhs.at[0]) : NULL;
    if (s->kind == STMT_BRANCH || s->kind == STMT_IF || s->kind == STMT_SWITCH) return false;
    if (!e || e->kind != EXPR_CALL || e->call.kind != CALL_FUNCTION) continue;
    if (e->call.callee && e->call.callee->info && func_checks(e->call.callee->info) &&
        !e->call.callee->ptr_recv)
      return true;
  }
  return false;
}

/* The poll of a loop, as an expression.  Without calls in the body it is a tick: a
 * poll every POLL_EVERY iterations of the function's loops. */
static const char *poll_text(bool ticks) {
  if (!ticks) return "tern_poll()";
  if (!E.has_ticks) frame_decl(arena_printf("int %%s = %d", POLL_EVERY), "tern_ticks", 4);
  E.has_ticks = true;
  return "TERN_TICK(tern_ticks)";
}

static void general_loop(Stmt *s, Target *t, const char *polls, const char *init) {
  bool poll = *polls != 0;
  Object *fresh[16];
  int nfresh = fresh_variables(s, fresh, 16);
  Stmt *post = s->for_stmt.post;
  const char *before = "";
  Cx cond = {"", P_POST};
  if (s->for_stmt.cond) {
    at_pos(s->for_stmt.cond->pos);
    PreMark m = pre_begin();
    cond = rvalue(s->for_stmt.cond);
    before = pre_end(m);
  }
  const char *step = post ? simple_text(post) : "";
  const char *step_expr = post && !nfresh ? one_statement(step) : NULL;
  bool in_head = !post || step_expr;
  const char *third = !post ? polls
                      : step_expr ? arena_printf("%s%s%s", step_expr, poll ? ", " : "", polls)
                                  : "";
  t->c_loop = t->c_break = true;
  t->c_continue = in_head;
  if (*before || !s->for_stmt.cond)
    line("for (%s;;%s%s) {", init, in_head && *third ? " " : "", in_head ? third : "");
  else if (!post && !poll && !*init)
    line("while (%s) {", cond.s);
  else
    line("for (%s; %s;%s%s) {", init, cond.s, in_head && *third ? " " : "", in_head ? third : "");
  if (*before) {
    indent(1);
    line("%s if (!%s) break;", before, at(cond, P_UNARY));
    indent(-1);
  }
  loop_body(s->for_stmt.body, t);
  if (!in_head) {
    indent(1);
    at_pos(post->pos);
    copy_fresh(fresh, nfresh);
    pre("%s", step);
    if (poll) pre("%s;", polls);
    flush();
    indent(-1);
  }
  line_free("}");
}

/* The init clause as C's own if it is one plain statement, else NULL. */
static const char *head_init(Stmt *init) {
  if (!init) return "";
  if (init->kind != STMT_ASSIGN || init->assign.lhs.len != 1) return NULL;
  Object *o = unparen(init->assign.lhs.at[0])->ident.obj;
  if (init->assign.op == TOKEN_DEFINE && (!o || by_reference(o) || var_of(o)->heap))
    return NULL;
  PreMark m = pre_begin();
  assign_stmt(init);
  const char *text = pre_end(m), *one = one_statement(text);
  if (one && strncmp(one, "if ", 3) != 0) return one;
  pre("%s", text);
  return NULL;
}

/* for, in all its forms. */
void for_stmt(Stmt *s) {
  int mark = scope_begin();
  Stmt *init = s->for_stmt.init;
  const char *head = head_init(init);
  if (!head) {
    const char *text = E.prelude.len ? arena_copy(E.prelude.s, E.prelude.len) : NULL;
    E.prelude.len = 0;
    line("{");
    indent(1);
    if (text) {
      pre("%s", text);
      flush();
    } else {
      stmt(init);
    }
    at_pos(s->pos);
  }
  Target *t = target_push(s);
  Counted c = {0};
  bool is_counted = counted(s, &c);
  BodyScan b = scan(s->for_stmt.body, NULL);
  E.loop_depth++;
  if (is_counted && !c.few && !b.calls && !b.loops)
    chunked_loop(s, &c, t, head ? head : "");
  else
    general_loop(s, t,
                 (is_counted && c.few) || surely_checks(s->for_stmt.body) ? ""
                                                                          : poll_text(!b.calls),
                 head ? head : "");
  E.loop_depth--;
  after_loop(t);
  if (!head) {
    indent(-1);
    line_free("}");
  }
  scope_end(mark);
}

/* ---- range -------------------------------------------------------------- */

static bool wanted(Expr *e) {
  return e && !(e->kind == EXPR_IDENT && strcmp(e->ident.name, "_") == 0);
}

/* Gives a declared range variable its value for this iteration. */
static void set_var(Expr *target, Cx value, Type *from) {
  if (!wanted(target)) return;
  value = convert(value, from, target->ident.obj->type);
  declare_var(target->ident.obj, &value);
}

/* Gives both range variables their values: the places of an assignment are
 * found before the first store. */
static void set_vars(Stmt *s, Cx key, Type *kt, Cx value, Type *vt) {
  Expr *k = s->range.key, *v = s->range.value;
  if (s->range.define) {
    set_var(k, key, kt);
    set_var(v, value, vt);
    return;
  }
  bool two = wanted(k) && wanted(v);
  Place pk = {0}, pv = {0};
  if (wanted(k)) pk = place_of(k, two);
  if (wanted(v)) pv = place_of(v, two);
  if (two) value = spill(value, vt);
  if (wanted(k)) store(&pk, convert(key, kt, pk.type));
  if (wanted(v)) store(&pv, convert(value, vt, pv.type));
}

/* The key variable may be C's own counter if nobody else touches it. */
static bool key_is_counter(Stmt *s) {
  if (!s->range.define || !wanted(s->range.key)) return false;
  Object *o = s->range.key->ident.obj;
  return !o->reassigned && !o->addrtaken && !var_of(o)->heap;
}

/* for counter = 0; counter < limit: opens the loops; closes with *closes. */
static void open_counter(Stmt *s, Target *t, const char *ct, const char *i,
                         const char *limit, bool poll, bool few) {
  BodyScan b = scan(s->range.body, NULL);
  bool surely = surely_checks(s->range.body);
  t->c_loop = t->c_continue = true;
  if (few || !poll || surely) {
    t->c_break = true;
    line("for (%s %s = 0; %s < %s; %s++) {", ct, i, i, limit, i);
  } else if (b.calls || b.loops) {
    t->c_break = true;
    line("for (%s %s = 0; %s < %s; %s++, %s) {", ct, i, i, limit, i, poll_text(!b.calls));
  } else {
    const char *stop = temp_name();
    line("for (%s %s = 0; %s < %s; tern_poll()) {", ct, i, i, limit);
    line("%s %s = %s - %s > %d ? %s + %d : %s;", ct, stop, limit, i, POLL_EVERY, i,
         POLL_EVERY, limit);
    line("TERN_ASSUME(%s <= %s);", stop, limit);
    line("for (; %s < %s; %s++) {", i, stop, i);
  }
}

static const char *counter_name(Stmt *s) {
  if (!key_is_counter(s)) return temp_name();
  Object *o = s->range.key->ident.obj;
  const char *name = local_name(o->name);
  *var_of(o) = (Var){.c = name};
  return name;
}

static void close_counter(Target *t) {
  if (!t->c_break) line_free("}");
  line_free("}");
}

static void range_int(Stmt *s, Target *t) {
  Type *it = s->range.x->type;
  if (wanted(s->range.key)) it = s->range.key->type ? s->range.key->type : it;
  if (s->range.define && wanted(s->range.key)) it = s->range.key->ident.obj->type;
  Expr *x = s->range.x;
  Cx n = x->cval ? const_value(x->cval, it) : spill(rvalue(x), it);
  int64_t k;
  bool few = x->cval && const_int64(const_to_int(x->cval), &k) && k <= FEW;
  const char *ct = ctype(it);
  const char *i = counter_name(s);
  /* narrow counters must not wrap in i + POLL_EVERY */
  open_counter(s, t, ct, i, n.s, true, few || type_bits(it) <= 16);
  indent(1);
  if (!key_is_counter(s)) set_vars(s, cx(P_POST, "%s", i), it, cx(P_POST, "0"), it);
  flush();
  indent(-1);
  loop_body(s->range.body, t);
  close_counter(t);
}

static void range_elements(Stmt *s, Target *t) {
  Expr *x = s->range.x;
  Type *u = type_under(x->type);
  bool slice = u->kind == T_SLICE, value = wanted(s->range.value);
  Type *array = slice ? NULL : type_under(u->kind == T_POINTER ? u->elem : u);
  Type *elem = slice ? u->elem : array->elem;
  const char *len, *base = "";
  if (slice) {
    Cx r = spill(rvalue(x), x->type);
    len = arena_printf("%s.len", r.s);
    const char *c = ctype(elem);
    base = arena_printf("((%s%s*)%s.ptr)", c, c[strlen(c) - 1] == '*' ? "" : " ", r.s);
  } else {
    len = arena_printf("%lld", (long long)array->len);
    if (u->kind == T_POINTER) {
      Cx p = value || has_call(x) ? spill(rvalue(x), x->type) : (Cx){"", P_POST};
      base = arena_printf("%s->a", p.s);
    } else if (value) {
      base = arena_printf("%s.a", spill(rvalue(x), x->type).s); /* a copy */
    } else if (has_call(x)) {
      eval_drop(x);
    }
  }
  const char *i = counter_name(s);
  open_counter(s, t, "int64_t", i, len, true, !slice && array->len <= FEW);
  indent(1);
  Cx v = cx(P_POST, "%s[%s]", base, i);
  if (key_is_counter(s))
    set_var(s->range.value, v, elem);
  else
    set_vars(s, cx(P_POST, "%s", i), type_basic[T_INT], v, elem);
  flush();
  indent(-1);
  loop_body(s->range.body, t);
  close_counter(t);
}

static void range_string(Stmt *s, Target *t) {
  Cx str = spill(rvalue(s->range.x), s->range.x->type);
  const char *i = temp_name(), *next = temp_name(), *r = temp_name();
  t->c_loop = t->c_break = t->c_continue = true;
  line("for (int64_t %s = 0, %s; %s < %s.len; %s = %s, tern_poll()) {", i, next, i, str.s, i,
       next);
  indent(1);
  pre("int32_t %s = %s.ptr[%s]; if (%s < 0x80) %s = %s + 1; "
      "else %s = tern_decoderune(%s, %s, &%s);", r, str.s, i, r, next, i, next, str.s, i, r);
  set_vars(s, cx(P_POST, "%s", i), type_basic[T_INT], cx(P_POST, "%s", r), type_rune);
  flush();
  indent(-1);
  loop_body(s->range.body, t);
  line_free("}");
}

static void range_map(Stmt *s, Target *t) {
  Type *mt = s->range.x->type, *u = type_under(mt);
  Cx m = spill(rvalue(s->range.x), mt);
  const char *it = frame_decl("tern_mapiter %s", "iter", 128);
  t->c_loop = t->c_break = t->c_continue = true;
  line("for (tern_mapiterinit(&%s, %s, &%s); %s.key; tern_mapiternext(&%s), tern_poll()) {",
       type_desc(mt), m.s, it, it, it);
  indent(1);
  const char *kc = ctype(u->key), *vc = ctype(u->elem);
  Cx k = cx(P_UNARY, "*(%s%s*)%s.key", kc, kc[strlen(kc) - 1] == '*' ? "" : " ", it);
  Cx v = cx(P_UNARY, "*(%s%s*)%s.value", vc, vc[strlen(vc) - 1] == '*' ? "" : " ", it);
  set_vars(s, k, u->key, v, u->elem);
  flush();
  indent(-1);
  loop_body(s->range.body, t);
  line_free("}");
}

static void range_chan(Stmt *s, Target *t) {
  Type *elem = type_under(s->range.x->type)->elem;
  Cx c = spill(rvalue(s->range.x), s->range.x->type);
  const char *v = temp_name(), *ct = ctype(elem);
  t->c_loop = t->c_break = t->c_continue = true;
  line("for (;;) {");
  indent(1);
  pre("%s%s%s; if (!tern_chanrecv(%s, &%s)) break;", ct,
      ct[strlen(ct) - 1] == '*' ? "" : " ", v, c.s, v);
  set_vars(s, cx(P_POST, "%s", v), elem, cx(P_POST, "0"), elem);
  flush();
  indent(-1);
  loop_body(s->range.body, t);
  line_free("}");
}

/* for k, v := range x. */
void range_stmt(Stmt *s) {
  int mark = scope_begin();
  line("{");
  indent(1);
  Target *t = target_push(s);
  E.loop_depth++;
  switch (s->range.kind) {
    case RANGE_INT: range_int(s, t); break;
    case RANGE_STRING: range_string(s, t); break;
    case RANGE_MAP: range_map(s, t); break;
    case RANGE_CHAN: range_chan(s, t); break;
    default: range_elements(s, t); break;
  }
  E.loop_depth--;
  after_loop(t);
  indent(-1);
  line_free("}");
  scope_end(mark);
}
