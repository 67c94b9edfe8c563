/* check_struct.c - struct and interface types. */
#include <string.h>

#include "check_internal.h"

/* ---- Structs ------------------------------------------------------------ */

/* The identifier that names an embedded field, NULL if there is none. */
static Expr *embedded_ident(Expr *x) {
  for (;;) {
    switch (x->kind) {
      case EXPR_IDENT: return x;
      case EXPR_STAR: x = x->star.x; break;
      case EXPR_PAREN: x = x->paren.x; break;
      case EXPR_SELECTOR: x = x->selector.sel; break;
      case EXPR_INDEX: x = x->index.x; break;
      default: return NULL;
    }
  }
}

/* An embedded field, when its type is complete. */
static void check_embedded(void *field) {
  Field *f = field;
  Type *t = f->type->type;
  bool pointer = t->kind == T_POINTER;
  Type *u = type_under(pointer ? t->elem : t);
  Pos pos = start_of(f->type);
  if (u->kind == T_UNSAFE_POINTER)
    error_at(pos, "embedded field type cannot be unsafe.Pointer");
  else if (u->kind == T_POINTER)
    error_at(pos, "embedded field type cannot be a pointer");
  else if (pointer && u->kind == T_INTERFACE)
    error_at(pos, "embedded field type cannot be a pointer to an interface");
}

static void set_tag(StructField *out, Expr *tag) {
  if (!tag || tag->literal.bad) return;
  ConstValue *v = string_literal_value(tag->literal.text, tag->literal.len);
  if (v->len == 0) return;
  out->tag = v->str;
  out->tag_len = v->len;
}

static void check_field(Field *f, StructField *out, Type *t, Scope *names) {
  Expr *ident = f->name ? f->name : embedded_ident(f->type);
  out->name = ident ? ident->ident.name : intern_string("_");
  out->pkg = ck->pkg;
  out->type = t;
  out->embedded = f->embedded || !f->name;
  set_tag(out, f->tag);
  Object *o =
      object_new(OBJ_VAR, ident ? ident->pos : start_of(f->type), out->name, t);
  o->is_field = true;
  o->embedded = out->embedded;
  out->obj = f->obj = o;
  if (f->name) f->name->ident.obj = o;
  if (out->embedded && t->kind != T_INVALID) delay(check_embedded, f);
  if (strcmp(out->name, "_") == 0) return;
  Object *other = scope_insert(names, o);
  if (!other) return;
  error_at(o->pos, "%s redeclared", o->name);
  report_other_declaration(other);
}

Type *check_struct_type(Expr *x, Type *def) {
  FieldList *list = &x->struct_type.fields;
  Type *t = type_new(T_STRUCT), *type = NULL;
  if (def) def->underlying = t;
  StructField *fields = arena_array(StructField, list->len + 1);
  Scope *names = scope_new(NULL, false);
  for (int i = 0; i < list->len; i++) {
    Field *f = list->at[i];
    if (i == 0 || list->at[i - 1]->type != f->type)
      type = check_var_type(f->type);
    check_field(f, &fields[i], type, names);
  }
  t->fields = fields;
  t->nfields = list->len;
  return t;
}

/* ---- Interfaces --------------------------------------------------------- */

/* Whether type t without a name contains itself through unnamed types, which
 * embedding makes possible: type T interface{ m() interface{ T } }.  Such a
 * type has no finite name. */
static bool contains_itself(Type *t, int depth);

static bool tuple_contains(Type *t, int depth) {
  for (int i = 0; i < t->nvars; i++)
    if (contains_itself(t->vars[i]->type, depth)) return true;
  return false;
}

static bool interface_contains(Type *t, int depth) {
  struct TypeChecking *c = t->checking;
  bool found = false;
  if (!c || c->valid) return false;
  if (c->visiting) return true;
  c->visiting = true;
  type_interface_complete(t);
  for (int i = 0; i < t->nmethods && !found; i++)
    found = contains_itself(t->methods[i]->type, depth);
  c->visiting = false;
  c->valid = true;
  return found;
}

static bool contains_itself(Type *t, int depth) {
  enum { DEEPEST = 5000 };
  if (++depth > DEEPEST) return false;
  switch (t->kind) {
    case T_POINTER:
    case T_SLICE:
    case T_ARRAY:
    case T_CHAN: return contains_itself(t->elem, depth);
    case T_MAP:
      return contains_itself(t->key, depth) || contains_itself(t->elem, depth);
    case T_FUNC:
      return tuple_contains(t->params, depth) ||
             tuple_contains(t->results, depth);
    case T_STRUCT:
      for (int i = 0; i < t->nfields; i++)
        if (contains_itself(t->fields[i].type, depth)) return true;
      return false;
    case T_INTERFACE: return interface_contains(t, depth);
    default: return false;
  }
}

static void complete_interface(void *node) {
  Expr *x = node;
  Type *t = x->type;
  if (t->kind != T_INTERFACE) return;
  struct TypeChecking *c = t->checking;
  for (int i = 0; i < c->embedded.len; i++) {
    TypeKind k = type_under(c->embedded.at[i])->kind;
    if (k != T_INTERFACE && k != T_INVALID)
      error_at(c->embedded_pos.at[i],
               "cannot embed %s: type constraints are not supported",
               TYPE_STR(c->embedded.at[i]));
  }
  type_interface_complete(t);
  if (contains_itself(t, 0))
    error_expr(x,
               "invalid recursive type: anonymous interface refers to itself "
               "(see https://go.dev/issue/56103)");
}

static void check_method(Type *t, Field *f) {
  const char *name = f->name->ident.name;
  if (strcmp(name, "_") == 0) {
    error_at(f->name->pos, "methods must have a unique non-blank name");
    return;
  }
  Scope *scope;
  Type *sig = type_new(T_FUNC);
  sig->params = sig->results = type_empty_tuple;
  check_func_type(sig, f->type, NULL, &scope);
  Object *m = object_new(OBJ_FUNC, f->name->pos, name, sig);
  f->obj = f->name->ident.obj = m;
  list_push(&t->checking->methods, m);
}

static void check_embedded_interface(Type *t, Field *f) {
  Expr *e = f->type;
  if (e->kind == EXPR_BINARY || e->kind == EXPR_UNARY) {
    error_expr(e, "type constraints are not supported");
    return;
  }
  Type *embedded = check_type(e);
  if (embedded->kind == T_INVALID) return;
  list_push(&t->checking->embedded, embedded);
  list_push(&t->checking->embedded_pos, start_of(e));
}

Type *check_interface_type(Expr *x, Type *def) {
  Type *t = type_new(T_INTERFACE);
  t->checking = arena_new(struct TypeChecking);
  if (def) def->underlying = t;
  FieldList *list = &x->interface_type.elems;
  for (int i = 0; i < list->len; i++) {
    if (list->at[i]->name)
      check_method(t, list->at[i]);
    else
      check_embedded_interface(t, list->at[i]);
  }
  delay(complete_interface, x);
  return t;
}
