/* check_decl.c - declarations of constants, types, variables, functions.
 *
 * Package-level objects are resolved on demand.  The objects being resolved
 * form the path; meeting one that is on it is a cycle, which is fine if it
 * goes through a type definition (type T struct { next *T }), left to the
 * initialisation order if it has only values, and else an error.
 */
#include <string.h>

#include "check_internal.h"

/* ---- Cycles ------------------------------------------------------------- */

/* The object of a cycle that stands first in the source. */
static int first_in_source(Object **path, int n) {
  int first = 0;
  for (int i = 1; i < n; i++)
    if (path[i]->pos < path[first]->pos) first = i;
  return first;
}

/* Reports a ring of declarations. */
static void cycle_error(Object **path, int n) {
  int i = first_in_source(path, n);
  Object *o = path[i];
  bool type = o->kind == OBJ_TYPE;
  if (n == 1) {
    error_at(o->pos,
             type ? "invalid recursive type: %s refers to itself"
                  : "invalid cycle in declaration: %s refers to itself",
             o->name);
    return;
  }
  error_at(
      o->pos,
      type ? "invalid recursive type %s" : "invalid cycle in declaration of %s",
      o->name);
  for (int k = 0; k < n; k++)
    diag_note(path[(i + k) % n]->pos, "%s refers to", path[(i + k) % n]->name);
  diag_note(o->pos, "%s", o->name);
}

/* o is grey: whether the cycle from it is allowed; reports it if not. */
static bool valid_cycle(Object *o) {
  int start = ck->path.len - 1;
  while (start > 0 && ck->path.at[start] != o) start--;
  Object **cycle = ck->path.at + start;
  int n = ck->path.len - start, values = 0, definitions = 0;
  for (int i = 0; i < n; i++) {
    if (cycle[i]->kind == OBJ_CONST || cycle[i]->kind == OBJ_VAR) values++;
    if (cycle[i]->kind == OBJ_TYPE && !cycle[i]->alias) definitions++;
  }
  if (values == n || (values == 0 && definitions > 0)) return true;
  cycle_error(cycle, n);
  return false;
}

/* The declared types that the walk below is inside of. */
static ObjectList inside;

static void walk_type(Type *t, int depth);

/* A declared type contains itself: reports it and cuts the ring. */
static void report_recursive(Type *t) {
  int start = inside.len - 1;
  while (start > 0 && inside.at[start] != t->obj) start--;
  cycle_error(inside.at + start, inside.len - start);
  for (int i = start; i < inside.len; i++)
    inside.at[i]->type->underlying = type_basic[T_INVALID];
}

static void walk_named(Type *t, int depth) {
  if (!t->checking) t->checking = arena_new(struct TypeChecking);
  struct TypeChecking *c = t->checking;
  if (c->valid || !t->underlying) return;
  if (c->visiting) {
    report_recursive(t);
    return;
  }
  c->visiting = true;
  list_push(&inside, t->obj);
  walk_type(t->underlying, depth + 1);
  inside.len--;
  c->visiting = false;
  c->valid = true;
}

/* Looks for declared types that contain themselves by value. */
static void walk_type(Type *t, int depth) {
  enum { DEEPEST = 100000 };
  if (depth > DEEPEST) return;
  switch (t->kind) {
    case T_NAMED: walk_named(t, depth); break;
    case T_ARRAY: walk_type(t->elem, depth + 1); break;
    case T_STRUCT:
      for (int i = 0; i < t->nfields; i++)
        walk_type(t->fields[i].type, depth + 1);
      break;
    case T_INTERFACE:
      for (int i = 0; t->checking && i < t->checking->embedded.len; i++)
        walk_type(t->checking->embedded.at[i], depth + 1);
      break;
    default: break;
  }
}

static void check_recursion(void *type) { walk_type(type, 0); }

/* ---- The kinds of declarations ------------------------------------------ */

static void const_decl(Object *o, Expr *type, Expr *init, bool inherited,
                       int64_t iota) {
  ck->env.iota = const_int(iota);
  Operand x = {.mode = MODE_INVALID, .type = type_basic[T_INVALID]};
  if (type) {
    Type *t = check_type(type);
    TypeKind k = type_under(t)->kind;
    if (k == T_INVALID || (k > T_FLOAT64 && k != T_STRING)) {
      if (k != T_INVALID)
        error_expr(type, "invalid constant type %s", TYPE_STR(t));
      o->type = type_basic[T_INVALID];
      ck->env.iota = NULL;
      return;
    }
    o->type = t;
  }
  if (init) {
    if (inherited) ck->env.errpos = o->pos;
    check_expr(&x, init);
  }
  init_const(o, &x);
  ck->env.errpos = NO_POS;
  ck->env.iota = NULL;
}

static void var_decl(Object *o, Object **lhs, int nlhs, Expr *type,
                     Expr *init) {
  if (type) o->type = check_var_type(type);
  if (!init) {
    if (!type) o->type = type_basic[T_INVALID];
    return;
  }
  if (nlhs <= 1) {
    Operand x;
    if (!ck->bodies && o->is_global && type) return;
    check_expr(&x, init);
    init_var(o, &x, "variable declaration");
    return;
  }
  if (type)
    for (int i = 0; i < nlhs; i++) lhs[i]->type = o->type;
  ExprList one = {&init, 1, 1};
  init_vars(lhs, nlhs, &one, NULL);
}

/* Reports methods that clash with each other or with fields. */
static void check_methods(void *object) {
  Object *o = object;
  Type *t = o->type, *u = type_under(t);
  Scope *names = scope_new(NULL, false);
  for (int i = 0; i < t->ndeclared; i++) {
    Object *m = t->declared[i];
    if (strcmp(m->name, "_") == 0) continue;
    Object *other = scope_insert(names, m);
    if (other) {
      error_at(m->pos, "method %s.%s already declared at %s", o->name, m->name,
               source_pos_string(other->pos));
      continue;
    }
    for (int f = 0; u->kind == T_STRUCT && f < u->nfields; f++) {
      if (u->fields[f].name != m->name) continue;
      error_at(m->pos, "field and method with the same name %s", m->name);
      report_other_declaration(u->fields[f].obj);
    }
  }
}

static void type_decl(Object *o, Decl *d) {
  Scope *outer = refuse_type_params(&d->type.type_params);
  if (d->type.alias) {
    o->alias = true;
    Type *t = check_type(d->type.type);
    o->type = t;
    ck->env.scope = outer;
    return;
  }
  Type *t = type_new(T_NAMED);
  t->obj = o;
  t->checking = arena_new(struct TypeChecking);
  o->type = t;
  if (o->checking) {
    t->declared = o->checking->methods.at;
    t->ndeclared = o->checking->methods.len;
  }
  list_push(&ck->types, o);
  Type *rhs = check_type_def(d->type.type, t);
  t->underlying = rhs;
  t->checking->done = true;
  ck->env.scope = outer;
  delay(check_recursion, t);
  if (t->ndeclared) delay(check_methods, o);
}

static void check_body(void *info) { check_func_body(info); }

static void func_decl(Object *o, Decl *d) {
  Type *sig = type_new(T_FUNC);
  sig->params = sig->results = type_empty_tuple;
  o->type = sig;
  check_func_type(sig, d->func.type, d->func.recv, &d->func.scope);
  if (d->func.body && ck->bodies) {
    o->info = func_info_new(NULL, d, o, sig);
    delay(check_body, o->info);
  }
}

/* ---- Package-level objects ---------------------------------------------- */

/* An object that is being resolved is needed: what it may be taken for. */
static void resolve_grey(Object *o) {
  bool ok = valid_cycle(o);
  if (o->kind == OBJ_FUNC) return;
  if (!ok || !o->type) o->type = type_basic[T_INVALID];
}

static void resolve_white(Object *o) {
  struct ObjectChecking *c = o->checking;
  Env saved = ck->env;
  ck->env = (Env){.file = c->file, .scope = c->file->scope, .decl = o};
  c->color = GREY;
  list_push(&ck->path, o);
  switch (o->kind) {
    case OBJ_CONST:
      const_decl(o, c->type_expr, c->init, c->inherited, c->iota);
      break;
    case OBJ_VAR: var_decl(o, c->lhs, c->nlhs, c->type_expr, c->init); break;
    case OBJ_TYPE: type_decl(o, c->decl); break;
    case OBJ_FUNC: func_decl(o, c->decl); break;
    default: break;
  }
  ck->path.len--;
  c->color = BLACK;
  ck->env = saved;
}

void object_resolve(Object *o) {
  struct ObjectChecking *c = o->checking;
  if (!c || c->color == BLACK) return;
  if (c->color == WHITE && o->type) {
    c->color = BLACK; /* one of a, b = f() whose sibling was resolved */
    return;
  }
  if (c->color == GREY)
    resolve_grey(o);
  else
    resolve_white(o);
}

ObjectList *dependencies(Object *o) {
  struct ObjectChecking *c = o->checking;
  return c->lhs ? &c->lhs[0]->checking->deps : &c->deps;
}

void add_dependency(Object *o) {
  Object *from = ck->env.decl;
  if (!from || !o->checking || o->kind == OBJ_TYPE || o->pkg != ck->pkg) return;
  ObjectList *deps = dependencies(from);
  for (int i = deps->len - 1; i >= 0; i--)
    if (deps->at[i] == o) return;
  list_push(deps, o);
}

/* ---- Local declarations ------------------------------------------------- */

void check_arity(Pos pos, ExprList *names, ExprList *values, bool is_const,
                 bool inherited) {
  int l = names->len, r = values->len;
  if (l < r) {
    Expr *extra = values->at[l];
    if (inherited)
      error_at(pos, "extra init expr at %s",
               source_pos_string(start_of(extra)));
    else
      error_expr(extra, "extra init expr %s", expr_string(extra));
  } else if (l > r && (is_const || r != 1)) {
    error_expr(names->at[r], "missing init expr for %s",
               names->at[r]->ident.name);
  }
}

static Object *local_object(ObjectKind kind, Expr *name) {
  Object *o = object_new(kind, name->pos, name->ident.name, NULL);
  name->ident.obj = o;
  if (kind == OBJ_VAR) add_local(o);
  return o;
}

static void local_const(Decl *d) {
  ExprList *names = &d->constant.names;
  Decl *from = d->constant.inherit ? d->constant.inherit : d;
  bool inherited = from != d;
  ExprList *values = &from->constant.values;
  Object **objs = arena_array(Object *, names->len + 1);
  int start = ck->delayed.len;
  ConstValue *iota = ck->env.iota;
  for (int i = 0; i < names->len; i++) {
    objs[i] = local_object(OBJ_CONST, names->at[i]);
    const_decl(objs[i], from->constant.type,
               i < values->len ? values->at[i] : NULL, inherited,
               d->constant.iota);
  }
  ck->env.iota = iota;
  check_arity(d->pos, names, values, true, inherited);
  process_delayed(start);
  for (int i = 0; i < names->len; i++) declare(ck->env.scope, objs[i]);
}

static void local_var(Decl *d) {
  ExprList *names = &d->var.names, *values = &d->var.values;
  int n = names->len, start = ck->delayed.len;
  Object **objs = arena_array(Object *, n + 1);
  for (int i = 0; i < n; i++) objs[i] = local_object(OBJ_VAR, names->at[i]);
  for (int i = 0; i < n; i++) {
    bool many = values->len == 1 && n > 1;
    Expr *init = many ? values->at[0] : i < values->len ? values->at[i] : NULL;
    var_decl(objs[i], many ? objs : NULL, many ? n : 0, d->var.type, init);
    if (values->len != 1) continue;
    for (int j = 0; j < n; j++)
      if (!objs[j]->type) objs[j]->type = type_basic[T_INVALID];
    break;
  }
  for (int i = n; i < values->len; i++) use_expr(values->at[i]);
  if (!d->var.type || values->len)
    check_arity(d->pos, names, values, false, false);
  process_delayed(start);
  for (int i = 0; i < n; i++) {
    names->at[i]->type = objs[i]->type;
    names->at[i]->mode = MODE_VARIABLE;
    declare(ck->env.scope, objs[i]);
  }
}

static void local_type(Decl *d) {
  Object *o =
      object_new(OBJ_TYPE, d->type.name->pos, d->type.name->ident.name, NULL);
  d->obj = d->type.name->ident.obj = o;
  o->alias = d->type.alias;
  if (!o->alias) o->local_index = ++ck->local_types;
  declare(ck->env.scope, o);
  o->checking = arena_new(struct ObjectChecking);
  o->checking->color = GREY;
  o->checking->decl = d;
  list_push(&ck->path, o);
  type_decl(o, d);
  ck->path.len--;
  o->checking->color = BLACK;
}

void check_local_decl(DeclList *decls) {
  for (int i = 0; i < decls->len; i++) {
    Decl *d = decls->at[i];
    if (d->kind == DECL_CONST)
      local_const(d);
    else if (d->kind == DECL_VAR)
      local_var(d);
    else if (d->kind == DECL_TYPE)
      local_type(d);
  }
}
