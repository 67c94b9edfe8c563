/* check_type.c - type expressions. */
#include <string.h>

#include "check_internal.h"

/* ---- Arrays ------------------------------------------------------------- */

int64_t check_array_len(Expr *len) {
  if (len->kind == EXPR_IDENT) {
    Object *o = scope_lookup_outward(ck->env.scope, len->ident.name);
    if (!o) {
      error_expr(len, "undefined array length %s or missing type constraint",
                 len->ident.name);
      return -1;
    }
    if (o->kind != OBJ_CONST) {
      error_expr(len, "invalid array length %s", len->ident.name);
      return -1;
    }
  }
  Operand x;
  check_expr(&x, len);
  if (x.mode == MODE_INVALID) return -1;
  if (x.mode != MODE_CONSTANT) {
    error_operand(&x, "array length %s must be constant", operand_string(&x));
    return -1;
  }
  int64_t n;
  ConstValue *v = const_to_int(x.val);
  bool integral = type_is_integer(x.type) || (type_is_untyped(x.type) && v);
  if (integral && v && const_int64(v, &n) && n >= 0) {
    convert_untyped(&x, type_basic[T_INT]);
    return n;
  }
  error_operand(
      &x,
      integral ? "invalid array length %s" : "array length %s must be integer",
      operand_string(&x));
  return -1;
}

static void check_array_size(void *node) {
  Expr *x = node;
  if (x->type && x->type->kind == T_ARRAY && ck->errors == 0 &&
      type_size(x->type) >= TYPE_MAX_SIZE)
    error_expr(x, "type %s larger than address space", TYPE_STR(x->type));
}

static Type *array_type(Expr *x, Type *def) {
  if (!x->array.len) {
    Type *t = type_new_slice(type_basic[T_INVALID]);
    if (def) def->underlying = t;
    t->elem = check_var_type(x->array.elem);
    return t;
  }
  Expr *len = x->array.len;
  Type *t = type_new_array(type_basic[T_INVALID], -1);
  if (len->kind == EXPR_ELLIPSIS) {
    error_expr(x, "invalid use of [...] array (outside a composite literal)");
  } else {
    if (def) def->underlying = t;
    t->len = check_array_len(len);
  }
  t->elem = check_var_type(x->array.elem);
  delay(check_array_size, x);
  return t->len >= 0 ? t : type_basic[T_INVALID];
}

/* ---- Maps and channels -------------------------------------------------- */

static void check_map_key(void *node) {
  Expr *x = node;
  Type *key = x->map.key->type;
  if (key && key->kind != T_INVALID && !type_comparable(key))
    error_expr(x->map.key, "invalid map key type %s", TYPE_STR(key));
}

static Type *map_type(Expr *x, Type *def) {
  Type *t = type_new_map(type_basic[T_INVALID], type_basic[T_INVALID]);
  if (def) def->underlying = t;
  t->key = check_var_type(x->map.key);
  t->elem = check_var_type(x->map.value);
  delay(check_map_key, x);
  return t;
}

static void check_chan_size(void *node) {
  Expr *x = node;
  if (x->type && x->type->kind == T_CHAN && ck->errors == 0 &&
      type_size(x->type->elem) >= CHAN_ELEM_MAX)
    error_expr(x, "channel element type too large (>64kB)");
}

static Type *chan_type(Expr *x, Type *def) {
  Type *t = type_new_chan(x->chan.dir == DIR_BOTH   ? CHAN_BOTH
                          : x->chan.dir == DIR_SEND ? CHAN_SEND
                                                    : CHAN_RECV,
                          type_basic[T_INVALID]);
  if (def) def->underlying = t;
  t->elem = check_var_type(x->chan.elem);
  delay(check_chan_size, x);
  return t;
}

static Type *pointer_type(Expr *x, Type *def) {
  Type *t = type_new_pointer(type_basic[T_INVALID]);
  if (def) def->underlying = t;
  t->elem = check_var_type(x->star.x);
  return t->elem->kind == T_INVALID ? t->elem : t;
}

/* ---- Names -------------------------------------------------------------- */

static Type *named_operand(Expr *e) {
  Operand x = {.mode = MODE_INVALID, .type = type_basic[T_INVALID], .expr = e};
  if (e->kind == EXPR_IDENT)
    check_ident(&x, e, true);
  else
    check_selector(&x, e, true);
  x.expr = e;
  if (x.mode == MODE_TYPE) return x.type;
  if (x.mode != MODE_INVALID)
    error_operand(&x, "%s is not a type", expr_string(e));
  return type_basic[T_INVALID];
}

static Type *func_type(Expr *x, Type *def) {
  Scope *scope;
  Type *t = type_new(T_FUNC);
  t->params = t->results = type_empty_tuple;
  if (def) def->underlying = t;
  check_func_type(t, x, NULL, &scope);
  return t;
}

static Type *dispatch(Expr *x, Type *def) {
  switch (x->kind) {
    case EXPR_IDENT:
    case EXPR_SELECTOR: return named_operand(x);
    case EXPR_PAREN: return check_type_def(x->paren.x, def);
    case EXPR_STAR: return pointer_type(x, def);
    case EXPR_ARRAY_TYPE:
    case EXPR_SLICE_TYPE: return array_type(x, def);
    case EXPR_MAP_TYPE: return map_type(x, def);
    case EXPR_CHAN_TYPE: return chan_type(x, def);
    case EXPR_FUNC_TYPE: return func_type(x, def);
    case EXPR_STRUCT_TYPE: return check_struct_type(x, def);
    case EXPR_INTERFACE_TYPE: return check_interface_type(x, def);
    case EXPR_INDEX:
      error_expr(x, "generic types are not supported");
      return type_basic[T_INVALID];
    case EXPR_ELLIPSIS:
      error_expr(x, "invalid use of '...'");
      return type_basic[T_INVALID];
    case EXPR_BAD: return type_basic[T_INVALID];
    default:
      error_expr(x, "%s is not a type", expr_string(x));
      use_expr(x);
      return type_basic[T_INVALID];
  }
}

Type *check_type_def(Expr *x, Type *def) {
  Type *t = dispatch(x, def);
  x->type = t;
  x->mode = MODE_TYPE;
  x->cval = NULL;
  return t;
}

Type *check_type(Expr *x) { return check_type_def(x, NULL); }
Type *check_var_type(Expr *x) { return check_type_def(x, NULL); }

/* ---- Signatures --------------------------------------------------------- */

/* One tuple of parameters; named ones are declared in scope. */
static Type *check_params(FieldList *list, Scope *scope, bool results,
                          bool *variadic) {
  Object **vars = arena_array(Object *, list->len + 1);
  Type *t = NULL;
  for (int i = 0; i < list->len; i++) {
    Field *f = list->at[i];
    Expr *type = f->type;
    bool dots = type->kind == EXPR_ELLIPSIS;
    if (i == 0 || list->at[i - 1]->type != type || dots) {
      if (dots && (results || i != list->len - 1))
        error_expr(type, "can only use ... with final parameter in list");
      t = check_var_type(dots ? type->ellipsis.elem : type);
      if (dots && variadic && i == list->len - 1) {
        *variadic = true;
        t = type_new_slice(t);
      }
      if (dots) {
        type->type = t;
        type->mode = MODE_TYPE;
      }
    }
    const char *name = f->name ? f->name->ident.name : intern_string("");
    Object *v = object_new(OBJ_VAR, f->name ? f->name->pos : f->pos, name, t);
    v->is_param = !results;
    v->is_result = results;
    f->obj = vars[i] = v;
    if (!f->name) continue;
    f->name->ident.obj = v;
    f->name->type = t;
    declare(scope, v);
  }
  return type_new_tuple(vars, list->len);
}

/* A receiver whose type was not yet complete when it was read. */
static void check_receiver(void *object) {
  Object *recv = object;
  Type *t = recv->type->kind == T_POINTER ? recv->type->elem : recv->type;
  if (t->kind == T_INVALID) return;
  if (t->kind != T_NAMED) {
    if (type_is_named(t))
      error_at(recv->pos, "cannot define new methods on non-local type %s",
               TYPE_STR(t));
    else
      error_at(recv->pos, "invalid receiver type %s", TYPE_STR(recv->type));
    return;
  }
  if (t->obj->pkg != ck->pkg) {
    error_at(recv->pos, "cannot define new methods on non-local type %s",
             TYPE_STR(t));
    return;
  }
  TypeKind k = type_under(t)->kind;
  const char *cause = k == T_UNSAFE_POINTER ? "unsafe.Pointer"
                      : k == T_POINTER || k == T_INTERFACE
                          ? "pointer or interface type"
                          : NULL;
  if (cause)
    error_at(recv->pos, "invalid receiver type %s (%s)", TYPE_STR(t), cause);
}

static Object *check_recv(Field *f, Scope *scope) {
  const char *name = f->name ? f->name->ident.name : intern_string("");
  Type *t = check_var_type(
      f->type->kind == EXPR_ELLIPSIS ? f->type->ellipsis.elem : f->type);
  Object *v = object_new(OBJ_VAR, f->name ? f->name->pos : f->pos, name, t);
  v->is_recv = true;
  f->obj = v;
  if (f->name) {
    f->name->ident.obj = v;
    f->name->type = t;
    declare(scope, v);
  }
  delay(check_receiver, v);
  return v;
}

Scope *refuse_type_params(FieldList *list) {
  Scope *outer = ck->env.scope;
  if (list->len == 0) return outer;
  error_at(list->at[0]->pos, "type parameters are not supported");
  ck->env.scope = scope_new(outer, false);
  for (int i = 0; i < list->len; i++) {
    Field *f = list->at[i];
    if (f->name)
      declare(ck->env.scope,
              object_new(OBJ_TYPE, f->name->pos, f->name->ident.name,
                         type_basic[T_INVALID]));
  }
  return outer;
}

void check_func_type(Type *sig, Expr *ftype, Field *recv, Scope **scope) {
  Scope *outer = refuse_type_params(&ftype->func_type.type_params);
  *scope = scope_new(ck->env.scope, true);
  if (recv) sig->recv = check_recv(recv, *scope);
  bool variadic = false;
  Type *params =
      check_params(&ftype->func_type.params, *scope, false, &variadic);
  Type *results = check_params(&ftype->func_type.results, *scope, true, NULL);
  sig->params = params;
  sig->results = results;
  sig->variadic = variadic;
  ck->env.scope = outer;
  ftype->type = sig;
  ftype->mode = MODE_TYPE;
}
