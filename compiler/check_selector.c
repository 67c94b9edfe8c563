/* check_selector.c - x.name: package members, fields, methods, method
 * expressions. */
#include <string.h>

#include "check_internal.h"

/* Gives x what the package-level object o of another package is. */
static void use_imported(Operand *x, Expr *e, Object *o) {
  x->type = o->type ? o->type : type_basic[T_INVALID];
  if (x->type->kind == T_INVALID && o->kind != OBJ_BUILTIN) return;
  switch (o->kind) {
    case OBJ_CONST:
      x->mode = o->cval ? MODE_CONSTANT : MODE_INVALID;
      x->val = o->cval;
      break;
    case OBJ_TYPE: x->mode = MODE_TYPE; break;
    case OBJ_VAR: x->mode = MODE_VARIABLE; break;
    case OBJ_FUNC: x->mode = MODE_VALUE; break;
    case OBJ_BUILTIN:
      x->mode = MODE_BUILTIN;
      x->builtin = o->builtin;
      break;
    default: break;
  }
  e->selector.sel->ident.obj = o;
  e->selector.sel->type = x->type;
  e->selector.sel->mode = (uint8_t)x->mode;
  e->selector.selection = (Selection){.kind = SEL_PACKAGE, .obj = o};
}

/* pkg.Name; true if x is an imported package's name. */
static bool package_selector(Operand *x, Expr *e) {
  Expr *left = e->selector.x;
  if (left->kind != EXPR_IDENT) return false;
  Object *p = scope_lookup_outward(ck->env.scope, left->ident.name);
  if (!p || p->kind != OBJ_PACKAGE) return false;
  p->used = true;
  left->ident.obj = p;
  left->mode = MODE_PACKAGE;
  left->type = type_basic[T_INVALID];
  Expr *sel = e->selector.sel;
  const char *name = sel->ident.name;
  if (!p->imported) return true; /* its import failed */
  Object *o = scope_lookup(p->imported->scope, name);
  if (!o)
    error_at(sel->pos, "undefined: %s", expr_string(e));
  else if (!object_exported(o))
    error_at(sel->pos, "name %s not exported by package %s", name,
             p->imported->name);
  else
    use_imported(x, e, o);
  return true;
}

/* Reports why x has no field or method of that name. */
static void report_missing(Operand *x, Expr *e, LookupResult why) {
  Expr *sel = e->selector.sel;
  const char *name = sel->ident.name, *type = TYPE_STR(x->type);
  Type *u = type_under(x->type);
  if (u->kind == T_INVALID) return;
  if (why == LOOKUP_AMBIGUOUS) {
    error_at(sel->pos, "ambiguous selector %s.%s", expr_string(e->selector.x),
             name);
    return;
  }
  if (why == LOOKUP_NEEDS_POINTER) {
    if (x->mode == MODE_TYPE)
      error_at(sel->pos,
               "invalid method expression %s.%s (needs pointer receiver "
               "(*%s).%s)",
               type, name, type, name);
    else
      error_at(sel->pos, "cannot call pointer method %s on %s", name, type);
    return;
  }
  const char *cause;
  if (u->kind == T_POINTER && type_is_interface(u->elem)) {
    cause = interface_pointer_error(x->type);
  } else {
    Selection alt = {0};
    LookupResult r = lookup(x->type, x->mode == MODE_VARIABLE, ck->pkg, name,
                            true, &alt, NULL);
    cause =
        lookup_error(x->type, name, r == LOOKUP_FOUND ? alt.obj : NULL, false);
  }
  error_at(sel->pos, "%s.%s undefined (%s)", expr_string(e->selector.x), name,
           cause);
}

/* T.m as a function whose first parameter is the receiver. */
static void method_expression(Operand *x, Expr *e, Selection *s) {
  if (s->kind == SEL_FIELD) {
    error_at(e->selector.sel->pos, "%s.%s undefined (type %s has no method %s)",
             expr_string(e->selector.x), s->obj->name, TYPE_STR(x->type),
             s->obj->name);
    x->mode = MODE_INVALID;
    return;
  }
  Type *sig = s->obj->type;
  int n = sig->params->nvars;
  Object **vars = arena_array(Object *, n + 1);
  bool named = n > 0 && sig->params->vars[0]->name[0];
  vars[0] =
      object_new(OBJ_VAR, NO_POS,
                 named ? sig->recv && sig->recv->name[0] ? sig->recv->name
                                                         : intern_string("_")
                       : intern_string(""),
                 x->type);
  if (n) memcpy(vars + 1, sig->params->vars, sizeof *vars * (size_t)n);
  Type *f = type_new(T_FUNC);
  f->params = type_new_tuple(vars, n + 1);
  f->results = sig->results;
  f->variadic = sig->variadic;
  s->kind = SEL_METHOD_EXPR;
  add_dependency(s->obj);
  x->mode = MODE_VALUE;
  x->type = f;
}

/* x.f or x.m of a value. */
static void value_selector(Operand *x, Expr *e, Selection *s, bool indirect) {
  x->type = s->obj->type ? s->obj->type : type_basic[T_INVALID];
  if (s->kind == SEL_FIELD) {
    bool variable = x->mode == MODE_VARIABLE || indirect;
    x->mode = variable ? MODE_VARIABLE : MODE_VALUE;
    if (x->type->kind == T_INVALID) x->mode = MODE_INVALID;
    return;
  }
  if (s->address) {
    bool through = false;
    for (int i = 0; i < s->path_len; i++) through |= s->path[i].deref;
    if (!through) mark_root(e->selector.x, true);
  }
  if (s->kind == SEL_METHOD) add_dependency(s->obj);
  x->mode = x->type->kind == T_INVALID ? MODE_INVALID : MODE_VALUE;
}

void check_selector(Operand *x, Expr *e, bool want_type) {
  Expr *sel = e->selector.sel;
  x->expr = e;
  e->selector.selection = (Selection){.kind = SEL_UNRESOLVED};
  if (package_selector(x, e)) return;
  check_expr_or_type_or_builtin(x, e->selector.x);
  if (x->mode == MODE_INVALID) return;
  if (x->mode == MODE_BUILTIN) {
    error_at(node_pos(e), "cannot select on %s", operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  if (want_type) {
    error_at(sel->pos, "%s is not a type", expr_string(e));
    x->mode = MODE_INVALID;
    return;
  }
  Selection s;
  bool indirect;
  bool addressable = x->mode == MODE_VARIABLE;
  LookupResult r = x->mode == MODE_NIL
                       ? LOOKUP_NONE
                       : lookup(x->type, addressable, ck->pkg, sel->ident.name,
                                false, &s, &indirect);
  if (r != LOOKUP_FOUND) {
    report_missing(x, e, r);
    x->mode = MODE_INVALID;
    return;
  }
  if (s.obj->kind == OBJ_FUNC) object_resolve(s.obj);
  if (x->mode == MODE_TYPE)
    method_expression(x, e, &s);
  else
    value_selector(x, e, &s, indirect);
  e->selector.selection = s;
  sel->ident.obj = s.obj;
  sel->type = x->type;
  sel->mode = (uint8_t)x->mode;
}
