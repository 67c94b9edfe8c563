/* emit_func.c - functions: head, stack check, parameters, results, body.
 *
 * A function that calls begins with a stack check; on its cold path NAME__grow
 * packs the arguments and has the runtime call NAME__again on a larger segment.
 * Both stand at the end of the file.  A function with large locals is a checking
 * wrapper around NAME__body, so that the frame is made only when there is room.
 */
#include "emit.h"

#include <string.h>

enum {
  LEAF_FRAME = 100, /* bytes of locals a function without a check may have */
  BIG_FRAME = 512,  /* from here on: wrapper and body */
};

/* Declares a name at the head of the function being emitted. */
const char *frame_decl(const char *decl, const char *base, int64_t size) {
  const char *name = base;
  for (int i = 2;; i++) {
    bool taken = false;
    for (int k = 0; k < E.used.len && !taken; k++) taken = strcmp(E.used.at[k], name) == 0;
    if (!taken) break;
    name = arena_printf("%s_%d", base, i);
  }
  list_push(&E.used, name);
  list_push(&E.hoisted, name);
  const char *hole = strstr(decl, "%s");
  text_printf(&E.frame, "  %.*s%s%s;\n", (int)(hole - decl), decl, name, hole + 2);
  E.frame_bytes += size;
  return name;
}

/* ---- Which functions check ---------------------------------------------- */

static bool call_hook(AstWalk *w, Expr *e) {
  bool *found = w->data;
  if (e->kind == EXPR_FUNC_LIT || e->cval) return false;
  if (e->kind == EXPR_CALL && e->call.kind == CALL_FUNCTION) *found = true;
  return !*found;
}

/* Whether f begins with a stack check (and so serves as a poll). */
bool func_checks(FuncInfo *f) {
  if (!f->emit) f->emit = arena_new(FuncNote);
  FuncNote *n = f->emit;
  if (n->scanned) return n->checks;
  n->scanned = true;
  bool calls = f->has_defer || f->has_recover;
  AstWalk w = {.expr = call_hook, .data = &calls};
  if (!calls) ast_walk_stmt(&w, f->body);
  int64_t size = 0;
  for (int i = 0; i < f->nlocals; i++) size += type_size(f->locals[i]->type);
  Type *results = type_under(f->sig)->results;
  for (int i = 0; i < results->nvars; i++) size += type_size(results->vars[i]->type);
  n->checks = calls || size > LEAF_FRAME;
  return n->checks;
}

/* ---- Growing the stack -------------------------------------------------- */

/* The parts of the glue of one function. */
typedef struct Glue {
  Text fields, params, use, names, stores; /* of struct NAME__frame */
  int n;
} Glue;

static void glue_param(Glue *g, const char *c) {
  const char *sp = c[strlen(c) - 1] == '*' ? "" : " ", *comma = g->n ? ", " : "";
  text_printf(&g->fields, " %s%sa%d;", c, sp, g->n);
  text_printf(&g->params, "%s%s%sa%d", comma, c, sp, g->n);
  text_printf(&g->use, "%sf->a%d", comma, g->n);
  text_printf(&g->names, "%s.a%d = a%d", comma, g->n, g->n);
  text_printf(&g->stores, " f->a%d = a%d;", g->n, g->n);
  g->n++;
}

/* The frame in the heap, for arguments or results that have no room on the small
 * rest of the old segment.  The arguments stay on the caller's stack as well, so
 * they need no barrier. */
static void big_glue(const char *c, Type *sig, Glue *g, Type **types, int ntypes, int64_t need) {
  bool has_result = sig->results->nvars > 0;
  const char *r = cresult(sig), *sp = r[strlen(r) - 1] == '*' ? "" : " ";
  const char *layout = layout_desc(arena_printf("%s__frame", c), types, ntypes);
  text_printf(&E.glue, "static TERN_COLD %s%s%s__grow(%s) { struct %s__frame *f = tern_new(&%s);%s "
              "tern_morestack(%s__again, f, %lld);%s }\n", r, sp, c, g->n ? g->params.s : "void", c,
              layout, g->n ? g->stores.s : "", c, (long long)need,
              has_result ? " return f->r;" : "");
}

enum { BIG_ARGS = 256 }; /* bytes of arguments and results */

/* Writes NAME__again and NAME__grow. */
void grow_glue(const char *c, Type *sig, const char *first, int64_t need) {
  Type *p = sig->params, *res = sig->results;
  const char *r = cresult(sig), *sp = r[strlen(r) - 1] == '*' ? "" : " ";
  bool has_result = res->nvars > 0;
  Glue g = {0};
  Type **types = arena_array(Type *, p->nvars + res->nvars + 1);
  int ntypes = 0;
  int64_t size = 0;
  if (first) {
    glue_param(&g, first);
    types[ntypes++] =
        E.receiver && !by_address(E.receiver) ? E.receiver : type_basic[T_UNSAFE_POINTER];
    size += type_size(types[0]);
  }
  for (int i = 0; i < p->nvars; i++) {
    Type *t = p->vars[i]->type;
    types[ntypes] = by_address(t) ? type_basic[T_UNSAFE_POINTER] : t;
    size += type_size(types[ntypes++]);
    glue_param(&g, cparam(t));
  }
  for (int i = 0; i < res->nvars; i++) {
    types[ntypes] = res->vars[i]->type;
    size += type_size(types[ntypes++]);
  }
  text_printf(&E.protos, "static TERN_COLD %s%s%s__grow(%s);\n", r, sp, c,
              g.n ? g.params.s : "void");
  bool empty = !g.n && !has_result;
  if (!empty)
    text_printf(&E.glue, "struct %s__frame {%s%s };\n", c, g.n ? g.fields.s : "",
                has_result ? arena_printf(" %s%sr;", r, sp) : "");
  text_printf(&E.glue, "static void %s__again(void *p) { %s%s%s(%s); }\n", c,
              empty ? "(void)p;" : arena_printf("struct %s__frame *f = p;", c),
              has_result ? " f->r = " : " ", c, g.n ? g.use.s : "");
  if (size > BIG_ARGS) {
    big_glue(c, sig, &g, types, ntypes, need);
    return;
  }
  text_printf(&E.glue, "static TERN_COLD %s%s%s__grow(%s) { ", r, sp, c, g.n ? g.params.s : "void");
  if (!empty)
    text_printf(&E.glue, "struct %s__frame f = {%s}; ", c, g.n ? g.names.s : "");
  text_printf(&E.glue, "tern_morestack(%s__again, %s, %lld);%s }\n", c, empty ? "NULL" : "&f",
              (long long)need, has_result ? " return f.r;" : "");
}

/* ---- Parameters and results --------------------------------------------- */

static bool by_reference(Object *o) {
  return o->addrtaken || (o->captured && !captured_by_value(o));
}

static const char *spaced(const char *c) {
  return c[strlen(c) - 1] == '*' ? c : arena_printf("%s ", c);
}

static bool named(Object *o) { return o->name[0] && strcmp(o->name, "_") != 0; }

/* Adds a parameter to the head; moves it where its address may go. */
static void parameter(Object *o, Text *head) {
  const char *c = spaced(cparam(o->type));
  const char *sep = head->len ? ", " : "";
  if (!named(o)) {
    text_printf(head, "%s%s%s", sep, c, local_name("unused"));
    return;
  }
  Var *v = var_of(o);
  bool hide = by_reference(o) && E.has_defer;
  if (!v->heap && !hide && !by_address(o->type)) {
    const char *name = local_name(o->name);
    *v = (Var){.c = name};
    text_printf(head, "%s%s%s", sep, c, name);
    return;
  }
  const char *arg = local_name(arena_printf("%s_arg", o->name));
  text_printf(head, "%s%s%s", sep, c, arg);
  Cx value = by_address(o->type) ? cx(P_UNARY, "*%s", arg) : cx(P_POST, "%s", arg);
  declare_var(o, &value);
}

static void results(FuncInfo *f) {
  Type *r = E.sig->results;
  E.result_c = arena_array(Cx, r->nvars + 1);
  for (int i = 0; i < r->nvars; i++) {
    Object *o = r->vars[i];
    const char *c = spaced(ctype(o->type));
    if (f->named_results && named(o)) {
      if (E.has_defer && !var_of(o)->heap) o->addrtaken = true; /* in memory */
      declare_var(o, NULL);
      E.result_c[i] = var_ref(o);
    } else if (E.has_defer) {
      const char *zero = is_scalar(o->type) ? "0" : "{}";
      const char *mem =
          frame_decl(arena_printf("%s%%s = %s", c, zero), "tern_r", type_size(o->type));
      const char *p = frame_decl(arena_printf("%s*%%s = TERN_HIDE(&%s)", c, mem), "tern_rp", 8);
      E.result_c[i] = cx(P_UNARY, "*%s", p);
    } else if (f->named_results) { /* a blank among named ones */
      const char *name = local_name("unused");
      pre("%s%s = %s;", c, name, is_scalar(o->type) ? "0" : "{}");
      E.result_c[i] = cx(P_POST, "%s", name);
    }
  }
}

static void unpack_captures(FuncInfo *f, FuncNote *n) {
  if (!f->ncaptures) return;
  pre("%s *tern_env = (%s *)tern_c;", n->closure, n->closure);
  for (int i = 0; i < f->ncaptures; i++) {
    Object *o = f->captures[i];
    const char *name = local_name(o->name);
    pre("%s%s = tern_env->%s;", spaced(n->caps[i].ctype), name, n->caps[i].name);
    *var_of(o) = (Var){.c = name, .boxed = !captured_by_value(o)};
  }
  flush();
}

/* The parameter, as it is passed on to NAME__grow.  A small struct travels in
 * registers; made anew from its fields, it is packed on the cold path only, and
 * the hot one keeps the fields apart. */
static const char *passed_on(Type *t, const char *name) {
  Type *u = type_under(t);
  if (u->kind != T_STRUCT || type_size(t) > 16 || u->nfields < 2) return name;
  Text parts = {0};
  for (int i = 0; i < u->nfields; i++) {
    if (!is_scalar(u->fields[i].type)) return name;
    text_printf(&parts, "%s%s.%s", i ? ", " : "", name, field_name(u, i));
  }
  return arena_printf("(%s){%s}", ctype(t), parts.s);
}

/* The parameters of head, a C parameter list, as NAME__grow is given them: the
 * closure or the receiver, if any, and those of the signature. */
static const char *grow_args(const char *head, Type *recv, bool closure) {
  Text args = {0};
  int i = recv || closure ? -1 : 0;
  for (const char *p = head; p && *p; i++) {
    const char *comma = strchr(p, ',');
    const char *end = comma ? comma : p + strlen(p), *name = end;
    while (name > p && name[-1] != ' ' && name[-1] != '*') name--;
    const char *arg = arena_copy(name, (size_t)(end - name));
    Type *t = i >= 0 ? E.sig->params->vars[i]->type : recv;
    text_printf(&args, "%s%s", args.len ? ", " : "", t ? passed_on(t, arg) : arg);
    p = comma ? comma + 2 : end;
  }
  return args.len ? args.s : "";
}

/* ---- The function ------------------------------------------------------- */

static bool ends(StmtList *l) {
  if (!l->len) return false;
  Stmt *s = l->at[l->len - 1];
  return s->kind == STMT_RETURN || (s->kind == STMT_BRANCH && s->branch.token == TOKEN_GOTO);
}

static void body(FuncInfo *f, const char *c) {
  if (f->has_recover) line("void *tern_rtok = tern_recover_enter((void *)%s);", c);
  if (f->has_defer) {
    frame_decl("tern_defer_frame %s", "tern_df", 104);
    at_pos(f->body->pos);
    line("tern_defer_enter(&tern_df); if (tern_setjmp(tern_df.jmp)) goto tern_out;");
  }
  block(&f->body->block.stmts);
  at_pos(f->body->block.rbrace);
  if (f->has_defer) {
    line("tern_out:; tern_defer_leave(&tern_df);");
    return_results();
  } else if (E.sig->results->nvars && !ends(&f->body->block.stmts)) {
    line("tern_unreachable();");
  }
}

static void begin(FuncInfo *f, const char *c) {
  E.func = f;
  E.sig = type_under(f->sig);
  E.cname = c;
  E.temps = E.labels = E.loop_depth = 0;
  E.active.len = E.hoisted.len = E.used.len = 0;
  E.has_defer = f->has_defer;
  E.has_ticks = false;
  E.frame.len = 0;
  E.frame_bytes = 0;
  E.target = NULL;
  E.depth = 1;
  if (E.sig->results->nvars > 1) ctype(E.sig->results);
}

/* Emits one function: a declaration (obj) or a literal. */
void emit_function(FuncInfo *f, Object *obj) {
  bool checks = func_checks(f);
  FuncNote *n = obj ? obj->emit : f->emit;
  const char *c = obj ? func_ref(obj).s : n->c;
  begin(f, c);
  Text text = {0}, head = {0};
  E.out = &text;
  E.line_file = "";
  at_pos(f->body->pos);
  const char *first = NULL;
  Object *recv = obj ? obj->type->recv : NULL;
  if (!obj) {
    text_add(&head, "tern_func tern_c");
    first = "tern_func";
  } else if (recv) {
    first = cparam(recv->type);
    parameter(recv, &head);
  }
  if (!obj) unpack_captures(f, n);
  for (int i = 0; i < E.sig->params->nvars; i++) parameter(E.sig->params->vars[i], &head);
  results(f);
  flush();
  body(f, c);

  int64_t size = E.frame_bytes;
  for (int i = 0; i < f->nlocals; i++) size += type_size(f->locals[i]->type);
  for (int i = 0; i < E.sig->results->nvars; i++)
    size += type_size(E.sig->results->vars[i]->type);
  if (size > 2 * LEAF_FRAME) checks = true;
  const char *r = spaced(cresult(f->sig));
  const char *params = head.len ? head.s : "void";
  bool is_static = !obj || E.is_main, big = size > BIG_FRAME;
  const char *symbol = obj ? func_symbol(obj) : f->link_name;
  const char *call_args = grow_args(head.s, recv ? recv->type : NULL, !obj);
  Pos pos = f->decl ? f->decl->pos : f->lit ? f->lit->pos : f->body->pos;
  E.receiver = recv ? recv->type : NULL;
  if (checks) grow_glue(c, E.sig, first, big ? size + 256 : 0);
  text_printf(&E.code, "\n#line %d %s\n", source_line(pos),
              c_string(source_path(pos), strlen(source_path(pos))));
  const char *check = checks ? arena_printf("  if (tern_stack_low()) return %s__grow(%s);\n", c,
                                            call_args) : "";
  if (big && checks) {
    text_printf(&E.protos,
                "static %s%s__body(%s) %s TERN_ODD_NAME __attribute__((noinline));\n",
                r, c, cparams(f->sig, first), sym("", arena_printf("%s..body", symbol)));
    text_printf(&E.code, "%s%s%s(%s) { if (tern_stack_low_by(%lld)) return %s__grow(%s); "
                "return %s__body(%s); }\n",
                is_static ? "static " : "", r, c, params, (long long)size + 256, c, call_args, c,
                call_args);
    text_printf(&E.code, "static %s%s__body(%s) {\n", r, c, params);
    check = "";
  } else {
    text_printf(&E.code, "%s%s%s(%s) {\n", is_static ? "static " : "", r, c, params);
  }
  text_add(&E.code, check);
  if (E.frame.len) text_add(&E.code, E.frame.s);
  if (text.len) text_add(&E.code, text.s);
  text_add(&E.code, "}\n");
  emit_literals(f->lits, f->nlits);
}

/* Emits function literals (and the literals inside them). */
void emit_literals(FuncInfo **lits, int n) {
  for (int i = 0; i < n; i++) {
    FuncNote *note = lits[i]->emit;
    if (note && note->c) emit_function(lits[i], NULL); /* else in dead code */
  }
}
