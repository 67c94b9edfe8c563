/* emit_itab.c - itabs for static conversions, and the method wrappers they and
 * the descriptors need.
 *
 * An itab's code takes the interface's data word.  For a method of *T that is
 * the receiver itself.  For all others a wrapper "(*T).m" takes a pointer to T,
 * follows the path to an embedded field if the method is promoted, and calls:
 * one wrapper serves T (whose data word points to a copy) and *T.
 */
#include "emit.h"

#include <string.h>

static LIST_OF(const char *) made; /* wrappers and itabs */

static bool is_made(const char *name) {
  for (int i = 0; i < made.len; i++)
    if (made.at[i] == name) return true;
  list_push(&made, name);
  return false;
}

static const char *spaced(const char *c) {
  return c[strlen(c) - 1] == '*' ? c : arena_printf("%s ", c);
}

static void put_wrapper(const char *name, Type *t, Type *base, Selection *sel, bool foreign,
                        const char *symbol) {
  Object *m = sel->obj;
  Type *sig = type_under(m->type), *p = sig->params;
  const char *recv = ctype(type_new_pointer(base)), *r = spaced(cresult(sig));
  bool unnamed = base->kind != T_NAMED, is_static = E.is_main && !foreign;
  text_printf(&E.protos, "%s%s%s(%s) %s%s%s;\n", is_static ? "static " : "", r, name,
              cparams(sig, recv), sym("", symbol), unnamed && !is_static ? " TERN_WEAK" : "",
              " TERN_ODD_NAME");
  if (foreign) return;
  Text params = {0}, args = {0};
  for (int i = 0; i < p->nvars; i++) {
    text_printf(&params, ", %sa%d", spaced(cparam(p->vars[i]->type)), i);
    text_printf(&args, ", a%d", i);
  }
  bool pointer = t->kind == T_POINTER;
  Type *at_type = pointer ? t : base;
  Cx x = pointer ? cx(P_POST, "recv") : cx(P_UNARY, "*recv");
  x = walk_path(x, &at_type, sel, true);
  const char *callee, *first, *forward = "";
  if (type_is_interface(at_type)) {
    int i = type_interface_method_index(type_under(at_type), m->pkg, m->name);
    callee = arena_printf("((%s)%s.tab->fun[%d])", cfn_type(sig, "void *"), at(x, P_POST), i);
    first = arena_printf("%s.data", at(x, P_POST));
  } else {
    callee = func_ref(m).s;
    if (sel->address) x = cx(P_UNARY, "&%s", at(x, P_UNARY));
    if (sel->deref) x = deref(x, type_under(at_type)->elem);
    bool whole = strcmp(x.s, "*recv") == 0;
    if (by_address(m->type->recv->type))
      first = whole ? arena_printf("(%s)tern_nilcheck(recv)", recv)
                    : arena_printf("&%s", at(x, P_UNARY));
    else
      first = whole /* clang would drop a load that is not used */
                ? arena_printf("*(%s)tern_nilcheck(recv)", recv) : x.s;
    if (m->info && m->info->has_recover)
      forward = arena_printf("tern_recover_forward((void *)%s, (void *)%s); ", name, callee);
  }
  text_printf(&E.glue, "%s%s%s(%srecv%s) { %s%s%s(%s%s); }\n", is_static ? "static " : "", r, name,
              spaced(recv), params.s ? params.s : "", forward,
              sig->results->nvars ? "return " : "", callee, first, args.s ? args.s : "");
}

/* The code of a method for an itab. */
const char *method_ifn(Type *t, Selection *sel) {
  Object *m = sel->obj;
  if (sel->path_len == 0 && !type_is_interface(t)) {
    if (t->kind == T_POINTER && m->ptr_recv) return func_ref(m).s;
    if (t->kind != T_POINTER && type_is_direct(t)) return func_ref(m).s;
  }
  Type *base = t->kind == T_POINTER ? t->elem : t;
  bool named = base->kind == T_NAMED;
  const char *symbol =
      named ? arena_printf("%s.(*%s%s).%s", base->obj->pkg->path, base->obj->name,
                           base->obj->local_index
                               ? arena_printf("·%d", base->obj->local_index) : "",
                           m->name)
            : arena_printf("wrap.%08x.%s", fnv1a(type_link_string(base)), m->name);
  const char *name = c_symbol(c_mangle(arena_printf("%s_%s__ptr", type_mangle(base), m->name)),
                              symbol);
  if (!is_made(name))
    put_wrapper(name, t, base, sel, named && base->obj->pkg != E.pkg, symbol);
  return name;
}

static Selection *find_method(Type *t, Object *want) {
  MethodSet *set = type_method_set(t);
  for (int i = 0; i < set->n; i++) {
    Object *m = set->sel[i]->obj;
    if (m->name == want->name && (object_exported(m) || m->pkg == want->pkg)) return set->sel[i];
  }
  return NULL;
}

/* The itab of a concrete type for an interface type. */
const char *itab_of(Type *t, Type *iface) {
  Type *u = type_under(iface);
  const char *symbol = arena_printf("%s,%s", type_link_string(t), type_link_string(iface));
  const char *name = c_symbol(arena_printf("itab_%s__%s", type_mangle(t), type_mangle(iface)),
                              arena_printf("itab:%s", symbol));
  if (is_made(name)) return name;
  int n = u->nmethods;
  const char *strukt = arena_printf("itab%d", n);
  const char *key = c_symbol(strukt, strukt);
  if (!is_made(key))
    text_printf(&E.desc_decls, "struct %s { const tern_type *inter, *type; void *fun[%d]; };\n",
                strukt, n);
  text_printf(&E.desc_decls, "extern const struct %s %s %s TERN_WEAK;\n", strukt, name,
              sym("itab:", symbol));
  Text fun = {0};
  for (int i = 0; i < n; i++) {
    Selection *sel = find_method(t, u->methods[i]);
    text_printf(&fun, "%s(void *)%s", i ? ", " : "", sel ? method_ifn(t, sel) : "NULL");
  }
  text_printf(&E.descs, "const struct %s %s TERN_WEAK = {&%s, &%s, {%s}};\n", strukt, name,
              type_desc(iface), type_desc(t), fun.s);
  return name;
}
