/* escape_expr.c - expressions and calls as flows. */
#include "escape_internal.h"

#include <string.h>

/* Evaluates for effects: nothing is kept. */
void esc_discard(Expr *e) { esc_expr(discard_hole(), e); }

static void discard_all(ExprList *l) {
  for (int i = 0; i < l->len; i++) esc_discard(l->at[i]);
}

/* e goes to a place of type `to`: with the implicit conversion. */
void esc_assign(Hole k, Type *to, Expr *e) {
  if (to && type_is_interface(to) && e->type && !type_is_interface(e->type) &&
      e->mode != MODE_NIL && !type_is_direct(e->type)) {
    Loc *box = new_loc(NULL, NULL); /* the copy the data word points to */
    flow(deref_hole(k, -1), box);
    esc_expr(hole_of(box), e);
    return;
  }
  esc_expr(k, e);
}

static int path_derefs(Selection *s) {
  int n = 0;
  for (int i = 0; i < s->path_len; i++) n += s->path[i].deref;
  return n;
}

static void selector_expr(Hole k, Expr *e) {
  Selection *s = &e->selector.selection;
  switch (s->kind) {
    case SEL_FIELD: esc_expr(deref_hole(k, path_derefs(s)), e->selector.x); break;
    case SEL_METHOD: case SEL_INTERFACE: { /* a bound method: keeps the receiver */
      e->escapes = true;
      spill_hole(k, e);
      Hole h = heap_hole();
      if (s->address) h = deref_hole(h, -1);
      esc_expr(h, e->selector.x);
      break;
    }
    default: break;
  }
}

static void literal_flow(Hole k, Expr *lit, Type *t) {
  Type *u = type_under(t);
  ExprList *l = &lit->composite.elems;
  if (u->kind == T_SLICE) {
    k = spill_hole(k, lit);
    if (lit->composite.array_len * type_size(u->elem) > MAX_FRAME_VAR) k.dst->escapes = true;
  }
  for (int i = 0; i < l->len; i++) {
    Expr *x = l->at[i], *v = x->kind == EXPR_KEY_VALUE ? x->key_value.value : x;
    if (u->kind == T_MAP) {
      esc_assign(heap_hole(), u->key, x->key_value.key);
      esc_assign(heap_hole(), u->elem, v);
      continue;
    }
    Type *to = u->elem;
    if (u->kind == T_STRUCT) {
      int f = i;
      if (x->kind == EXPR_KEY_VALUE)
        for (f = 0; f < u->nfields - 1; f++)
          if (u->fields[f].name == x->key_value.key->ident.name) break;
      to = u->fields[f].type;
    }
    esc_assign(k, to, v);
  }
}

static void literal_address(Hole k, Expr *e, Expr *lit, Type *t) {
  Hole c = spill_hole(k, e);
  if (type_size(t) > MAX_FRAME_VAR) c.dst->escapes = true;
  literal_flow(c, lit, t);
}

static void func_lit(Hole k, Expr *e) {
  FuncInfo *f = e->func_lit.captures;
  Hole c = spill_hole(k, e);
  for (int i = 0; i < f->ncaptures; i++) {
    Object *o = f->captures[i];
    flow(captured_by_value(o) ? c : deref_hole(c, -1), loc_of(o));
  }
  esc_function(f);
}

static void index_expr_flow(Hole k, Expr *e) {
  Expr *x = e->index.x;
  for (int i = 0; i < e->index.index.len; i++) esc_discard(e->index.index.at[i]);
  Type *u = type_under(x->type);
  if (u->kind == T_ARRAY)
    esc_expr(k, x);
  else
    esc_expr(deref_hole(k, 1), x);
}

static void slice_flow(Hole k, Expr *e) {
  if (e->slice.lo) esc_discard(e->slice.lo);
  if (e->slice.hi) esc_discard(e->slice.hi);
  if (e->slice.max) esc_discard(e->slice.max);
  bool array = type_under(e->slice.x->type)->kind == T_ARRAY;
  esc_expr(array ? deref_hole(k, -1) : k, e->slice.x);
}

static void assertion(Hole k, Expr *e) {
  Type *to = e->type_assert.type ? e->type_assert.type->type : e->type;
  bool boxed = to && !type_is_interface(to) && !type_is_direct(to);
  esc_expr(boxed ? deref_hole(k, 1) : k, e->type_assert.x);
}

/* The flows of an expression whose value goes to k. */
void esc_expr(Hole k, Expr *e) {
  e = unparen(e);
  if (e->cval || e->mode == MODE_TYPE || e->mode == MODE_NIL) return;
  if (k.derefs >= 0 && e->type && e->type->kind != T_TUPLE && !type_has_pointers(e->type))
    k = discard_hole();
  switch (e->kind) {
    case EXPR_IDENT: {
      Object *o = e->ident.obj;
      if (!o || o->kind != OBJ_VAR) break;
      flow(k, o->is_global ? &esc.heap : loc_of(o));
      break;
    }
    case EXPR_FUNC_LIT: func_lit(k, e); break;
    case EXPR_COMPOSITE:
      if (e->composite.implicit_address)
        literal_address(k, e, e, type_under(e->type)->kind == T_POINTER ? type_under(e->type)->elem
                                                                        : e->type);
      else
        literal_flow(k, e, e->type);
      break;
    case EXPR_SELECTOR: selector_expr(k, e); break;
    case EXPR_INDEX: index_expr_flow(k, e); break;
    case EXPR_SLICE: slice_flow(k, e); break;
    case EXPR_TYPE_ASSERT: assertion(k, e); break;
    case EXPR_CALL: esc_call(&k, 1, e); break;
    case EXPR_STAR: esc_expr(deref_hole(k, 1), e->star.x); break;
    case EXPR_UNARY: {
      Expr *x = unparen(e->unary.x);
      if (e->unary.op == TOKEN_AND && x->kind == EXPR_COMPOSITE)
        literal_address(k, e, x, x->type);
      else if (e->unary.op == TOKEN_AND)
        esc_expr(deref_hole(k, -1), x);
      else
        esc_discard(x);
      break;
    }
    case EXPR_BINARY:
      esc_discard(e->binary.x);
      esc_discard(e->binary.y);
      break;
    default: break;
  }
}

/* The hole of an assignment's left side. */
Hole esc_addr(Expr *e) {
  e = unparen(e);
  switch (e->kind) {
    case EXPR_IDENT: {
      Object *o = e->ident.obj;
      if (!o || strcmp(e->ident.name, "_") == 0) return discard_hole();
      return o->is_global ? heap_hole() : hole_of(loc_of(o));
    }
    case EXPR_SELECTOR: {
      Selection *s = &e->selector.selection;
      if (s->kind == SEL_FIELD && path_derefs(s) == 0) return esc_addr(e->selector.x);
      if (s->kind == SEL_FIELD) esc_discard(e->selector.x);
      return heap_hole();
    }
    case EXPR_INDEX: {
      Type *u = type_under(e->index.x->type);
      if (u->kind == T_MAP)
        esc_assign(heap_hole(), u->key, e->index.index.at[0]);
      else
        esc_discard(e->index.index.at[0]);
      if (u->kind == T_ARRAY) return esc_addr(e->index.x);
      esc_discard(e->index.x);
      return heap_hole();
    }
    case EXPR_STAR: esc_discard(e->star.x); return heap_hole();
    default: esc_discard(e); return heap_hole();
  }
}

/* ---- Calls -------------------------------------------------------------- */

/* Imported functions that keep none of their arguments (or, for fmt, not the
 * slice of arguments itself). */
static const char *const harmless[] = {"strings.", "bytes.", "sort.", "math.", "unicode.", "utf8.",
                                       "bits.", "strconv.", "purego.SyscallN"};
static const char *const keepers[] = {"strings.NewReader", "strings.NewReplacer",
                                      "bytes.NewReader", "bytes.NewBuffer", "bytes.NewBufferString",
                                      "sort.Reverse"};

typedef enum { KEEPS_ALL, KEEPS_CONTENT, KEEPS_NONE } Keeps;

static Keeps imported_keeps(Object *f) {
  if (!f->pkg || f->type->recv) return KEEPS_ALL;
  const char *name = arena_printf("%s.%s", f->pkg->name, f->name);
  if (strcmp(f->pkg->path, "fmt") == 0) return KEEPS_CONTENT;
  for (size_t i = 0; i < sizeof keepers / sizeof *keepers; i++)
    if (strcmp(name, keepers[i]) == 0) return KEEPS_ALL;
  Type *r = f->type->results;
  for (int i = 0; i < r->nvars; i++) /* a result could be (part of) an argument */
    if (type_has_pointers(r->vars[i]->type) && !type_is_string(r->vars[i]->type) &&
        r->vars[i]->type != type_error)
      return KEEPS_ALL;
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
    if (strncmp(name, harmless[i], strlen(harmless[i])) == 0) return KEEPS_NONE;
  return KEEPS_ALL;
}

typedef struct CallFlow {
  Hole *ks;
  int nks;
  FuncTags *tags;   /* of an analysed callee */
  FuncInfo *direct; /* callee of the same batch, or a literal called at once */
  Keeps keeps;
} CallFlow;

/* The holes for parameter i: calls use() for each.  tag_index counts the
 * receiver. */
static void argument(CallFlow *c, int tag_index, Object *param, Type *to, Expr *e, int derefs,
                     bool keep_content) {
  if (c->direct) {
    Hole h = hole_of(loc_of(param));
    esc_assign(deref_hole(h, derefs), to, e);
    return;
  }
  if (c->tags) {
    ParamTag *t = &c->tags->params[tag_index];
    Loc *tee = new_loc(NULL, NULL); /* the parameter's stand-in */
    if (t->heap >= 0) flow((Hole){&esc.heap, t->heap}, tee);
    for (int i = 0; i < MAX_RESULTS; i++)
      if (t->result[i] >= 0 && i < c->nks && c->ks[i].dst != &esc.blank)
        flow(deref_hole(c->ks[i], t->result[i]), tee);
    esc_assign(deref_hole(hole_of(tee), derefs), to, e);
    return;
  }
  Hole h = c->keeps == KEEPS_NONE ? discard_hole() : heap_hole();
  if (keep_content && c->keeps == KEEPS_CONTENT) h = (Hole){&esc.heap, 1};
  esc_assign(deref_hole(h, derefs), to, e);
}

static Object *param_object(CallFlow *c, int i) {
  return c->direct ? type_under(c->direct->sig)->params->vars[i] : NULL;
}

static void variadic_slice(CallFlow *c, Expr *call, Type *slice, int tag_index, int first,
                           Object *param) {
  Loc *l = new_loc(NULL, call);
  Expr stand_in = {.kind = EXPR_BAD, .type = slice};
  (void)stand_in;
  if (c->direct) {
    flow(deref_hole(hole_of(loc_of(param)), -1), l);
  } else if (c->tags) {
    ParamTag *t = &c->tags->params[tag_index];
    if (t->heap >= 0) flow((Hole){&esc.heap, t->heap - 1}, l);
    for (int i = 0; i < MAX_RESULTS; i++)
      if (t->result[i] >= 0 && i < c->nks) flow(deref_hole(c->ks[i], t->result[i] - 1), l);
  } else if (c->keeps == KEEPS_ALL) {
    flow((Hole){&esc.heap, -1}, l);
  } else if (c->keeps == KEEPS_CONTENT) {
    flow(heap_hole(), l);
  }
  Type *elem = type_under(slice)->elem;
  if (type_size(elem) * (call->call.args.len - first) > 1024) l->escapes = true;
  for (int i = first; i < call->call.args.len; i++)
    esc_assign(hole_of(l), elem, call->call.args.at[i]);
}

static void arguments(CallFlow *c, Expr *e, Type *sig, int offset) {
  sig = type_under(sig);
  int n = e->call.args.len, np = sig->params->nvars;
  if (e->call.spread) { /* f(g()): straight to the heap */
    Hole ks[64];
    int nr = e->call.args.at[0]->type->nvars;
    for (int i = 0; i < nr && i < 64; i++) ks[i] = heap_hole();
    esc_call(ks, nr < 64 ? nr : 64, unparen(e->call.args.at[0]));
    e->escapes = true;
    return;
  }
  for (int i = 0; i < np; i++) {
    Object *p = param_object(c, i);
    Type *to = sig->params->vars[i]->type;
    bool last = sig->variadic && i == np - 1;
    if (last && !e->call.dots) {
      if (n > i) variadic_slice(c, e, to, offset + i, i, p);
    } else if (i < n) {
      argument(c, offset + i, p, to, e->call.args.at[i], 0, last);
    }
  }
}

static void results_from(CallFlow *c) {
  if (!c->direct) return;
  Type *r = type_under(c->direct->sig)->results;
  for (int i = 0; i < r->nvars && i < c->nks; i++) flow(c->ks[i], loc_of(r->vars[i]));
}

static void receiver_flow(CallFlow *c, Selection *s, Expr *x, Object *m) {
  int derefs = path_derefs(s) + s->deref - s->address;
  argument(c, 0, c->direct ? m->type->recv : NULL, NULL, x, derefs, false);
}

static void function_call(Hole *ks, int nks, Expr *e) {
  Expr *fun = unparen(e->call.fun);
  CallFlow c = {.ks = ks, .nks = nks, .keeps = KEEPS_ALL};
  Type *sig = fun->type;
  SelectionKind k = fun->kind == EXPR_SELECTOR ? fun->selector.selection.kind : SEL_UNRESOLVED;
  Object *f = fun->kind == EXPR_IDENT ? fun->ident.obj
              : k == SEL_PACKAGE || k == SEL_METHOD ? fun->selector.selection.obj : NULL;
  if (f && f->kind != OBJ_FUNC) f = NULL;
  if (fun->kind == EXPR_FUNC_LIT) {
    c.direct = fun->func_lit.captures;
    func_lit(discard_hole(), fun);
  } else if (f && f->info) {
    FuncTags *t = tags_of(f->info);
    if (t->done)
      c.tags = t;
    else if (t->in_batch)
      c.direct = f->info;
    sig = f->type;
  } else if (f) {
    c.keeps = imported_keeps(f);
    sig = f->type;
  } else if (k == SEL_INTERFACE) {
    esc_expr(heap_hole(), fun->selector.x);
    sig = fun->selector.selection.obj->type;
  } else {
    esc_discard(fun);
  }
  int offset = 0;
  if (k == SEL_METHOD) {
    receiver_flow(&c, &fun->selector.selection, fun->selector.x, f);
    offset = 1;
  }
  arguments(&c, e, sig, offset);
  results_from(&c);
}

static void make_flow(Hole k, Expr *e) {
  Type *u = type_under(e->type);
  discard_all(&e->call.args);
  if (u->kind != T_SLICE) return;
  Hole c = spill_hole(k, e);
  int64_t n;
  Expr *size = e->call.args.at[e->call.args.len - 1];
  bool known = size->cval && const_int64(const_to_int(size->cval), &n) &&
               e->call.args.at[1]->cval && n >= 0 && n <= MAX_FRAME_VAR &&
               n * type_size(u->elem) <= MAX_FRAME_VAR;
  if (!known) c.dst->escapes = true;
}

static void append_flow(Hole k, Expr *e) {
  ExprList *a = &e->call.args;
  Type *elem = type_under(e->type)->elem;
  esc_expr(k, a->at[0]);
  for (int i = 1; i < a->len; i++) {
    if (e->call.dots)
      esc_expr(type_has_pointers(elem) ? (Hole){&esc.heap, 1} : discard_hole(), a->at[i]);
    else
      esc_assign(heap_hole(), elem, a->at[i]);
  }
}

static void builtin_flow(Hole k, Expr *e) {
  ExprList *a = &e->call.args;
  if (a->len == 1 && a->at[0]->type && a->at[0]->type->kind == T_TUPLE) { /* copy(f()) */
    int n = a->at[0]->type->nvars;
    Hole ks[n + 1];
    for (int i = 0; i < n; i++) ks[i] = heap_hole();
    esc_call(ks, n, unparen(a->at[0]));
    return;
  }
  switch (e->call.builtin) {
    case BUILTIN_APPEND: append_flow(k, e); break;
    case BUILTIN_MAKE: make_flow(k, e); break;
    case BUILTIN_NEW: {
      Hole c = spill_hole(k, e);
      if (type_size(type_under(e->type)->elem) > MAX_FRAME_VAR) c.dst->escapes = true;
      break;
    }
    case BUILTIN_COPY:
      esc_discard(a->at[0]);
      esc_expr((Hole){&esc.heap, 1}, a->at[1]);
      break;
    case BUILTIN_PANIC: esc_assign(heap_hole(), type_any, a->at[0]); break;
    case BUILTIN_UNSAFE_ADD: case BUILTIN_UNSAFE_SLICE: case BUILTIN_UNSAFE_SLICEDATA:
    case BUILTIN_UNSAFE_STRING: case BUILTIN_UNSAFE_STRINGDATA:
      esc_expr(k, a->at[0]);
      if (a->len > 1) esc_discard(a->at[1]);
      break;
    default: discard_all(a); break;
  }
}

/* The flows of a call whose i-th result goes to ks[i]. */
void esc_call(Hole *ks, int nks, Expr *e) {
  e = unparen(e);
  if (e->kind != EXPR_CALL) { /* v, ok = ... */
    esc_expr(ks[0], e);
    return;
  }
  if (e->call.kind == CALL_CONVERSION) {
    Expr *x = e->call.args.at[0];
    Type *to = type_under(e->type), *from = type_under(x->type);
    bool copies = (to->kind == T_STRING) != (from->kind == T_STRING);
    if (copies)
      esc_discard(x);
    else if (from->kind == T_SLICE && to->kind == T_ARRAY)
      esc_expr(deref_hole(ks[0], 1), x);
    else if (to->kind == T_UNSAFE_POINTER && from->kind == T_UINTPTR)
      esc_discard(x);
    else if (to->kind == T_UINTPTR)
      esc_expr(heap_hole(), x);
    else
      esc_assign(ks[0], e->type, x);
  } else if (e->call.kind == CALL_BUILTIN) {
    builtin_flow(ks[0], e);
  } else {
    function_call(ks, nks, e);
  }
}

/* go and defer: function and arguments outlive the statement; with heap, the
 * frame as well. */
void esc_go(Expr *e, bool heap) {
  e = unparen(e);
  Expr *fun = unparen(e->call.fun);
  if (!heap) {
    esc_call((Hole[]){discard_hole()}, 0, e);
    if (e->call.kind == CALL_FUNCTION && type_under(fun->type)->variadic)
      e->escapes = true; /* the slice is made before the call runs */
    return;
  }
  if (e->call.kind == CALL_BUILTIN || e->call.kind == CALL_CONVERSION) {
    for (int i = 0; i < e->call.args.len; i++)
      if (e->call.args.at[i]->mode != MODE_TYPE) esc_expr(heap_hole(), e->call.args.at[i]);
    return;
  }
  if (fun->kind == EXPR_SELECTOR && (fun->selector.selection.kind == SEL_METHOD ||
                                     fun->selector.selection.kind == SEL_INTERFACE)) {
    Selection *s = &fun->selector.selection;
    esc_expr(deref_hole(heap_hole(), path_derefs(s) + s->deref - s->address), fun->selector.x);
  } else {
    esc_expr(heap_hole(), fun);
  }
  CallFlow c = {.keeps = KEEPS_ALL};
  arguments(&c, e, fun->type, 0);
}
