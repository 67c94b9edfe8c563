/* check_lit.c - composite literals and function literals. */
#include <string.h>

#include "check_internal.h"

/* ---- Struct literals ---------------------------------------------------- */

static int field_index(Type *u, const char *name) {
  for (int i = 0; i < u->nfields; i++)
    if (u->fields[i].name == name && strcmp(name, "_") != 0 &&
        (u->fields[i].pkg == ck->pkg || name_exported(name)))
      return i;
  return -1;
}

/* T{a: 1}: one element; seen marks the fields set so far. */
static void keyed_field(Expr *kv, Type *base, Type *u, bool *seen) {
  Expr *key = kv->key_value.key;
  Operand x;
  if (key->kind != EXPR_IDENT) {
    error_expr(kv, "invalid field name %s in struct literal", expr_string(key));
    use_expr(kv->key_value.value);
    return;
  }
  const char *name = key->ident.name;
  int i = field_index(u, name);
  if (i < 0) {
    Selection alt = {0};
    Object *other = NULL;
    const char *blank = intern_string("_");
    for (int j = 0; j < u->nfields && !other && name != blank; j++)
      if (strcasecmp(u->fields[j].name, name) == 0) other = u->fields[j].obj;
    if (!other &&
        lookup(base, true, ck->pkg, name, true, &alt, NULL) == LOOKUP_FOUND &&
        alt.obj->name != name)
      other = alt.obj;
    error_expr(key, "%s", lookup_error(base, name, other, true));
    use_expr(kv->key_value.value);
    return;
  }
  StructField *f = &u->fields[i];
  key->ident.obj = f->obj;
  key->type = f->type;
  check_expr_hint(&x, kv->key_value.value, f->type);
  check_assignment(&x, f->type, "struct literal");
  if (seen[i])
    error_expr(kv, "duplicate field name %s in struct literal", name);
  seen[i] = true;
}

static void keyed_struct(Expr *e, Type *base, Type *u) {
  bool *seen = arena_array(bool, u->nfields + 1);
  ExprList *elems = &e->composite.elems;
  for (int i = 0; i < elems->len; i++) {
    if (elems->at[i]->kind == EXPR_KEY_VALUE) {
      keyed_field(elems->at[i], base, u, seen);
      continue;
    }
    error_expr(elems->at[i],
               "mixture of field:value and value elements in struct literal");
    use_expr(elems->at[i]);
  }
}

static void positional_struct(Expr *e, Type *base, Type *u) {
  ExprList *elems = &e->composite.elems;
  for (int i = 0; i < elems->len; i++) {
    Expr *v = elems->at[i];
    Operand x;
    if (v->kind == EXPR_KEY_VALUE) {
      error_expr(v,
                 "mixture of field:value and value elements in struct literal");
      use_expr(v->key_value.value);
      continue;
    }
    if (i >= u->nfields) {
      check_expr(&x, v);
      error_operand(&x, "too many values in struct literal of type %s",
                    TYPE_STR(base));
      for (i++; i < elems->len; i++) use_expr(elems->at[i]);
      return;
    }
    StructField *f = &u->fields[i];
    check_expr_hint(&x, v, f->type);
    if (!name_exported(f->name) && f->pkg != ck->pkg) {
      error_operand(&x,
                    "implicit assignment to unexported field %s in struct "
                    "literal of type %s",
                    f->name, TYPE_STR(base));
      continue;
    }
    check_assignment(&x, f->type, "struct literal");
  }
  if (elems->len < u->nfields)
    error_at(e->composite.rbrace, "too few values in struct literal of type %s",
             TYPE_STR(base));
}

/* ---- Map literals ------------------------------------------------------- */

/* Reports a constant key that is there already. */
static void note_key(Scope *seen, Operand *x, Type *key) {
  if (x->mode != MODE_CONSTANT) return;
  const char *value = x->val->kind == CONST_STRING
                          ? const_quote(x->val->str, x->val->len)
                          : const_text(x->val);
  if (x->val->kind == CONST_FLOAT || x->val->kind == CONST_BIG)
    value = arena_printf("%.17g", const_float64(x->val));
  const char *type = type_is_interface(key) ? type_link_string(x->type) : "";
  Object *o = arena_new(Object);
  o->name = intern_string(arena_printf("%s %s", type, value));
  if (scope_insert(seen, o))
    error_operand(x, "duplicate key %s in map literal", const_text(x->val));
}

static void map_literal(Expr *e, Type *u) {
  ExprList *elems = &e->composite.elems;
  Scope *seen = scope_new(NULL, false);
  for (int i = 0; i < elems->len; i++) {
    Expr *kv = elems->at[i];
    Operand x;
    if (kv->kind != EXPR_KEY_VALUE) {
      error_expr(kv, "missing key in map literal");
      use_expr(kv);
      continue;
    }
    check_expr_hint(&x, kv->key_value.key, u->key);
    check_assignment(&x, u->key, "map literal");
    if (x.mode != MODE_INVALID) note_key(seen, &x, u->key);
    check_expr_hint(&x, kv->key_value.value, u->elem);
    check_assignment(&x, u->elem, "map literal");
  }
}

/* ---- Composite literals ------------------------------------------------- */

/* [...]T{...}: the length follows from the elements. */
static Type *open_array(Expr *e) {
  Expr *t = e->composite.type;
  Type *elem = check_var_type(t->array.elem);
  Type *array = type_new_array(elem, -1);
  array->len = check_indexed_elems(&e->composite.elems, elem, -1);
  t->type = array;
  t->mode = MODE_TYPE;
  e->composite.array_len = array->len;
  return array;
}

static bool is_open_array(Expr *t) {
  return t && t->kind == EXPR_ARRAY_TYPE && t->array.len &&
         t->array.len->kind == EXPR_ELLIPSIS && !t->array.len->ellipsis.elem;
}

static void use_elems(ExprList *elems) {
  for (int i = 0; i < elems->len; i++) {
    Expr *v = elems->at[i];
    if (v->kind == EXPR_KEY_VALUE) v = v->key_value.value;
    if (v->kind == EXPR_COMPOSITE && !v->composite.type)
      use_elems(&v->composite.elems);
    else
      use_expr(v);
  }
}

/* The elements of a literal of type base. */
static bool check_elems(Expr *e, Type *base) {
  Type *u = type_under(base);
  ExprList *elems = &e->composite.elems;
  if (base->kind == T_NAMED && base->checking && !base->checking->done) {
    error_expr(e, "invalid recursive type");
    return false;
  }
  switch (u->kind) {
    case T_STRUCT:
      if (elems->len == 0) break;
      if (elems->at[0]->kind == EXPR_KEY_VALUE)
        keyed_struct(e, base, u);
      else
        positional_struct(e, base, u);
      break;
    case T_ARRAY:
      e->composite.array_len = u->len;
      check_indexed_elems(elems, u->elem, u->len);
      break;
    case T_SLICE:
      e->composite.array_len = check_indexed_elems(elems, u->elem, -1);
      break;
    case T_MAP: map_literal(e, u); break;
    default:
      use_elems(elems);
      if (u->kind != T_INVALID)
        error_expr(e, "invalid composite literal type %s", TYPE_STR(base));
      return false;
  }
  return true;
}

void check_composite(Operand *x, Expr *e, Type *hint) {
  Type *type, *base;
  x->expr = e;
  e->composite.implicit_address = false;
  if (is_open_array(e->composite.type)) {
    x->type = open_array(e);
    x->mode = MODE_VALUE;
    return;
  }
  if (e->composite.type) {
    type = base = check_type(e->composite.type);
  } else if (hint) {
    type = base = hint;
    Type *u = type_under(hint);
    base = u;
    if (u->kind == T_POINTER) {
      base = u->elem;
      e->composite.implicit_address = true;
    }
  } else {
    error_expr(e, "missing type in composite literal");
    use_elems(&e->composite.elems);
    return;
  }
  if (type->kind == T_INVALID) {
    use_elems(&e->composite.elems);
    return;
  }
  if (!check_elems(e, base)) return;
  x->mode = MODE_VALUE;
  x->type = type;
}

/* ---- Function literals -------------------------------------------------- */

static void check_lit_body(void *info) { check_func_body(info); }

void check_func_lit(Operand *x, Expr *e) {
  Scope *scope;
  x->expr = e;
  FuncInfo *known = e->func_lit.captures;
  if (known) { /* the operand of x op= y is looked at twice */
    x->mode = MODE_VALUE;
    x->type = known->sig;
    return;
  }
  Type *sig = type_new(T_FUNC);
  sig->params = sig->results = type_empty_tuple;
  check_func_type(sig, e->func_lit.type, NULL, &scope);
  e->func_lit.scope = scope;
  FuncInfo *info = func_info_new(e, NULL, NULL, sig);
  e->func_lit.captures = info;
  if (ck->bodies) delay(check_lit_body, info);
  x->mode = MODE_VALUE;
  x->type = sig;
}
