/* emit_closure.c - function values: literals, functions, methods.
 *
 * A closure is a struct whose first word is the code; the code gets the struct as
 * its first argument.  A captured variable that is never assigned again lies in
 * it by value, any other by pointer.
 */
#include "emit.h"

#include <string.h>

enum { MAX_BY_VALUE = 128 };

/* Whether closures may hold a copy of the variable. */
bool captured_by_value(Object *o) {
  return !o->reassigned && !o->addrtaken && !o->is_result &&
         type_size(o->type) <= MAX_BY_VALUE;
}

/* Declares the struct of a closure with these captures; returns "struct X". */
const char *closure_struct(const char *name, Capture *caps, int n) {
  Text t = {0};
  text_printf(&t, "struct %s {\n  void *fn;\n", name);
  for (int i = 0; i < n; i++)
    text_printf(&t, "  %s%s%s;\n", caps[i].ctype,
                caps[i].ctype[strlen(caps[i].ctype) - 1] == '*' ? "" : " ", caps[i].name);
  text_add(&t, "};\n");
  text_add(&E.closures, t.s);
  return arena_printf("struct %s", name);
}

/* Makes a closure; the struct must have been declared. */
Cx make_closure(const char *fn, Capture *caps, int n, bool heap,
                const char *struct_name) {
  if (!heap) {
    const char *c = frame_decl(arena_printf("%s %%s", struct_name), "closure", 8 + 16 * n);
    Text t = {0};
    for (int i = 0; i < n; i++) text_printf(&t, ", %s", caps[i].value);
    pre("%s = (%s){(void *)%s%s};", c, struct_name, fn, t.s ? t.s : "");
    return cx(P_UNARY, "(tern_func)&%s", c);
  }
  Type **types = arena_array(Type *, n + 1);
  types[0] = type_basic[T_UINTPTR];
  for (int i = 0; i < n; i++)
    types[i + 1] = caps[i].type ? caps[i].type : type_basic[T_UNSAFE_POINTER];
  const char *p = temp_name();
  pre("%s *%s = tern_new(&%s); %s->fn = (void *)%s;", struct_name, p,
      layout_desc(struct_name + 7, types, n + 1), p, fn);
  for (int i = 0; i < n; i++)
    store_memory(cx(P_POST, "%s->%s", p, caps[i].name), types[i + 1],
                 cx(P_ASSIGN, "%s", caps[i].value));
  return cx(P_UNARY, "(tern_func)%s", p);
}

static const char *static_closure(const char *fn) {
  const char *name = arena_printf("%s__closure", fn);
  text_printf(&E.data, "static const tern_closure %s = {(void *)%s};\n", name, fn);
  return arena_printf("(tern_func)&%s", name);
}

/* The literal's label; the literals of several init functions have the same. */
static const char *unique_link(FuncInfo *f) {
  static LIST_OF(FuncInfo *) all;
  int same = 0;
  for (int i = 0; i < all.len; i++) same += strcmp(all.at[i]->link_name, f->link_name) == 0;
  list_push(&all, f);
  return same ? arena_printf("%s.%d", f->link_name, same) : f->link_name;
}

static void note_literal(FuncInfo *f) {
  if (!f->emit) f->emit = arena_new(FuncNote);
  FuncNote *n = f->emit;
  if (n->c) return;
  const char *link = unique_link(f);
  n->c = c_symbol(c_mangle(strrchr(link, '/') ? strrchr(link, '/') + 1 : link), link);
  declare_func(n->c, link, f->sig, "tern_func", true, false);
  if (!f->ncaptures) return;
  n->closure = arena_printf("struct %s__env", n->c);
  Capture *caps = arena_array(Capture, f->ncaptures);
  for (int i = 0; i < f->ncaptures; i++) {
    Object *o = f->captures[i];
    const char *c = ctype(o->type);
    caps[i].name = strcmp(o->name, "_") == 0 ? "blank" : c_safe(o->name);
    for (int k = 0; k < i; k++)
      if (strcmp(caps[k].name, caps[i].name) == 0)
        caps[i].name = arena_printf("%s_%d", caps[i].name, i);
    caps[i].ctype = captured_by_value(o)
                        ? c : arena_printf("%s%s*", c, c[strlen(c) - 1] == '*' ? "" : " ");
  }
  closure_struct(n->closure + 7, caps, f->ncaptures);
  n->caps = caps;
}

/* func(...) { ... } as a value. */
Cx func_literal(Expr *e) {
  FuncInfo *f = e->func_lit.captures;
  note_literal(f);
  FuncNote *n = f->emit;
  if (!f->ncaptures) {
    if (!n->value) n->value = static_closure(n->c);
    return cx(P_UNARY, "%s", n->value);
  }
  Capture *caps = n->caps;
  for (int i = 0; i < f->ncaptures; i++) {
    Object *o = f->captures[i];
    if (captured_by_value(o)) {
      caps[i].value = var_ref(o).s;
      caps[i].type = o->type;
    } else {
      caps[i].value = var_of(o)->boxed ? var_of(o)->c : arena_printf("&%s", var_ref(o).s);
      caps[i].type = NULL;
    }
  }
  return make_closure(n->c, caps, f->ncaptures, e->escapes, n->closure);
}

/* ---- Thunks ------------------------------------------------------------- */

static const char *thunk_args(Type *sig) {
  Type *p = type_under(sig)->params;
  Text t = {0};
  for (int i = 0; i < p->nvars; i++) text_printf(&t, "%sa%d", i ? ", " : "", i);
  return t.s ? t.s : "";
}

static const char *thunk_head(const char *name, Type *sig, const char *second) {
  Type *p = type_under(sig)->params;
  Text t = {0};
  const char *r = cresult(sig);
  text_printf(&t, "static %s%s%s(tern_func tern_c", r,
              r[strlen(r) - 1] == '*' ? "" : " ", name);
  if (second) text_printf(&t, ", %s recv", second);
  for (int i = 0; i < p->nvars; i++) {
    const char *c = cparam(p->vars[i]->type);
    text_printf(&t, ", %s%sa%d", c, c[strlen(c) - 1] == '*' ? "" : " ", i);
  }
  text_add(&t, ")");
  return t.s;
}

static void thunk(const char *head, Type *sig, const char *setup, const char *callee,
                  const char *first, const char *forward) {
  const char *args = thunk_args(sig);
  text_printf(&E.protos, "%s;\n", head);
  text_printf(&E.glue, "%s { (void)tern_c; %s%s%s%s(%s%s%s); }\n", head,
              forward ? forward : "", setup,
              type_under(sig)->results->nvars ? "return " : "", callee, first,
              *first && *args ? ", " : "", args);
}

static const char *recover_forward(Object *f, const char *thunk_name, const char *code) {
  if (!f->info || !f->info->has_recover) return NULL;
  return arena_printf("tern_recover_forward((void *)%s, (void *)%s); ", thunk_name, code);
}

/* A declared function as a value. */
Cx func_value_of(Object *f) {
  Cx fn = func_ref(f);
  FuncNote *n = f->emit;
  if (!n->value) {
    const char *name = arena_printf("%s__value", fn.s);
    thunk(thunk_head(name, f->type, NULL), f->type, "", fn.s, "",
          recover_forward(f, name, fn.s));
    n->value = static_closure(name);
  }
  return cx(P_UNARY, "%s", n->value);
}

/* x.m as a value: a closure that holds the receiver. */
Cx method_value(Expr *e) {
  Selection *s = &e->selector.selection;
  Object *m = s->obj;
  const char *name, *callee, *first, *forward = NULL;
  Type *rt;
  if (s->kind == SEL_METHOD) {
    rt = m->type->recv->type;
    callee = func_ref(m).s;
    name = arena_printf("%s__bound%d", callee, ++E.statics);
    forward = recover_forward(m, name, callee);
  } else {
    rt = e->selector.x->type;
    for (int i = 0; i < s->path_len; i++) {
      Type *st = type_under(rt);
      if (s->path[i].deref) st = type_under(st->elem);
      rt = st->fields[s->path[i].index].type;
    }
    name = arena_printf("%s_%s__bound%d", type_mangle(rt), m->name, ++E.statics);
    int i = type_interface_method_index(type_under(rt), m->pkg, m->name);
    callee = arena_printf("((%s)c->recv.tab->fun[%d])", cfn_type(m->type, "void *"), i);
  }
  name = c_mangle(name);
  Cx r;
  if (s->kind == SEL_METHOD) {
    r = method_receiver(e);
  } else {
    Type *t = e->selector.x->type;
    Cx base = s->path_len && s->path[0].deref ? rvalue(e->selector.x) : lvalue(e->selector.x);
    base = walk_path(base, &t, s, true);
    r = spill(base, t);
    pre("tern_nilcheck(%s.tab);", r.s);
  }
  Capture cap = {"recv", ctype(rt), rt, at(r, P_ASSIGN)};
  const char *env = closure_struct(arena_printf("%s_env", name), &cap, 1);
  first = s->kind == SEL_INTERFACE ? "c->recv.data" : by_address(rt) ? "&c->recv" : "c->recv";
  thunk(thunk_head(name, m->type, NULL), m->type,
        arena_printf("%s *c = (%s *)tern_c; ", env, env), callee, first, forward);
  return make_closure(name, &cap, 1, e->escapes, env);
}

/* T.m: a function with the receiver first. */
Cx method_expr(Expr *e) {
  Selection *s = &e->selector.selection;
  Object *m = s->obj;
  Type *t = s->recv ? s->recv : e->selector.x->type;
  const char *name = c_mangle(arena_printf("%s_%s__expr%d", type_mangle(t), m->name,
                                           ++E.statics));
  Type *rt = t;
  Cx r = walk_path(by_address(t) ? cx(P_POST, "(*recv)") : cx(P_POST, "recv"), &rt, s, true);
  const char *callee, *first;
  if (type_is_interface(rt)) {
    int i = type_interface_method_index(type_under(rt), m->pkg, m->name);
    callee = arena_printf("((%s)%s.tab->fun[%d])", cfn_type(m->type, "void *"), r.s, i);
    first = arena_printf("%s.data", r.s);
  } else {
    callee = func_ref(m).s;
    if (s->address) r = cx(P_UNARY, "&%s", at(r, P_UNARY));
    if (s->deref) r = deref(r, type_under(rt)->elem);
    first = by_address(m->type->recv->type) ? arena_printf("&%s", at(r, P_UNARY)) : r.s;
  }
  thunk(thunk_head(name, m->type, cparam(t)), m->type, "", callee, first, NULL);
  return cx(P_UNARY, "%s", static_closure(name));
}
