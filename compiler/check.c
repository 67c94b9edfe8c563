/* check.c - one package from its files to the decorated tree.
 *
 * The steps are those in check_internal.h: collect, resolve, delayed, init
 * order, unused imports.  An imported package is checked by a nested run that
 * leaves out function bodies.
 */
#include "checker.h"

#include <string.h>

#include "check_internal.h"
#include "load.h"
#include "utf8.h"

Checker *ck;

Package *checker_package(void) { return ck ? ck->pkg : NULL; }

/* ---- Delayed checks ----------------------------------------------------- */

void delay(void (*run)(void *), void *arg) {
  Delayed d = {run, arg, ck->env};
  list_push(&ck->delayed, d);
}

void process_delayed(int from) {
  Env saved = ck->env;
  for (int i = from; i < ck->delayed.len; i++) {
    Delayed d = ck->delayed.at[i];
    ck->env = d.env;
    d.run(d.arg);
  }
  ck->delayed.len = from;
  ck->env = saved;
}

/* ---- Collecting objects ------------------------------------------------- */

static Object *new_package_object(ObjectKind kind, Expr *name, Decl *d) {
  Object *o = object_new(kind, name->pos, name->ident.name, NULL);
  o->checking = arena_new(struct ObjectChecking);
  o->checking->decl = d;
  o->checking->file = d->file;
  name->ident.obj = o;
  return o;
}

/* Adds a package-level object; methods and init have no name there. */
static void add_object(Object *o, bool named) {
  list_push(&ck->objects, o);
  if (!named) return;
  if (o->kind != OBJ_FUNC && strcmp(o->name, "init") == 0) {
    error_at(o->pos, "cannot declare init - must be func");
    return;
  }
  if (o->kind != OBJ_FUNC && strcmp(o->name, "main") == 0 &&
      strcmp(ck->pkg->name, "main") == 0) {
    error_at(o->pos, "cannot declare main - must be func");
    return;
  }
  declare(ck->pkg->scope, o);
}

static void collect_const(Decl *d) {
  Decl *from = d->constant.inherit ? d->constant.inherit : d;
  ExprList *names = &d->constant.names, *values = &from->constant.values;
  for (int i = 0; i < names->len; i++) {
    Object *o = new_package_object(OBJ_CONST, names->at[i], d);
    o->checking->type_expr = from->constant.type;
    o->checking->init = i < values->len ? values->at[i] : NULL;
    o->checking->inherited = from != d;
    o->checking->iota = d->constant.iota;
    add_object(o, true);
  }
  check_arity(d->pos, names, values, true, from != d);
}

static void collect_var(Decl *d) {
  ExprList *names = &d->var.names, *values = &d->var.values;
  bool many = values->len == 1 && names->len > 1;
  Object **objs = arena_array(Object *, names->len + 1);
  for (int i = 0; i < names->len; i++) {
    Object *o = objs[i] = new_package_object(OBJ_VAR, names->at[i], d);
    o->is_global = true;
    o->checking->type_expr = d->var.type;
    o->checking->init = many              ? values->at[0]
                        : i < values->len ? values->at[i]
                                          : NULL;
    if (many) {
      o->checking->lhs = objs;
      o->checking->nlhs = names->len;
    }
    list_push(&ck->vars, o);
    add_object(o, true);
  }
  if (!d->var.type || values->len)
    check_arity(d->pos, names, values, false, false);
}

static void collect_type(Decl *d) {
  Object *o = new_package_object(OBJ_TYPE, d->type.name, d);
  o->alias = d->type.alias;
  d->obj = o;
  add_object(o, true);
}

/* The name of a receiver's base type, or NULL; whether it is a pointer. */
static const char *receiver_base(Expr *t, bool *pointer) {
  *pointer = false;
  for (;;) {
    if (t->kind == EXPR_PAREN) {
      t = t->paren.x;
    } else if (t->kind == EXPR_STAR) {
      t = t->star.x;
      *pointer = true;
    } else {
      return t->kind == EXPR_IDENT ? t->ident.name : NULL;
    }
  }
}

static void check_special_func(Decl *d, const char *name) {
  Expr *t = d->func.type;
  if (t->func_type.params.len || t->func_type.results.len)
    error_at(d->func.name->pos,
             "func %s must have no arguments and no return values", name);
}

static void collect_func(Decl *d) {
  Object *o = new_package_object(OBJ_FUNC, d->func.name, d);
  o->decl = d;
  d->obj = o;
  list_push(&ck->funcs, o);
  if (d->func.recv) {
    receiver_base(d->func.recv->type, &o->ptr_recv);
    list_push(&ck->methods, o);
    add_object(o, false);
    return;
  }
  bool init = strcmp(o->name, "init") == 0;
  if (init ||
      (strcmp(o->name, "main") == 0 && strcmp(ck->pkg->name, "main") == 0))
    check_special_func(d, o->name);
  add_object(o, !init);
}

static bool is_internal(const char *path) {
  return strncmp(path, "internal/", 9) == 0 || strstr(path, "/internal/") ||
         strcmp(path, "internal") == 0;
}

/* What is wrong with an import path, NULL if nothing. */
static const char *invalid_path(const char *s, size_t len) {
  static const char bad[] = "!\"#$%&'()*,:;<=>?[\\]^`{|}";
  if (len == 0) return "empty string";
  for (size_t i = 0; i < len;) {
    uint32_t r;
    size_t n = utf8_decode(s + i, len - i, &r);
    if (r <= ' ' || r == 0x7F || r == UTF8_ERROR ||
        (r < 0x80 && strchr(bad, (int)r)))
      return r <= ' ' || r == 0x7F
                 ? arena_printf("invalid character U+%04X", (unsigned)r)
                 : arena_printf("invalid character U+%04X '%.*s'", (unsigned)r,
                                r == UTF8_ERROR ? 3 : (int)n,
                                r == UTF8_ERROR ? "\xEF\xBF\xBD" : s + i);
    i += n;
  }
  return NULL;
}

static const char *last_element(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* import . "p": the exported names of p are names of the file. */
static void import_names(Object *import, Package *p, File *f) {
  for (int i = 0; i < p->scope->size; i++) {
    Object *o = p->scope->table[i];
    if (!o || !object_exported(o)) continue;
    Object *other = scope_insert(f->scope, o);
    if (other && other != o)
      error_at(import->pos, "%s redeclared in this block", o->name);
  }
  import->dot = true;
  import->cval = const_string(p->path, strlen(p->path));
  list_push(&ck->imports, import);
}

static void collect_import(Decl *d, File *f) {
  Expr *lit = d->import.path;
  if (lit->literal.bad) return;
  ConstValue *v = string_literal_value(lit->literal.text, lit->literal.len);
  const char *path = intern(v->str, v->len);
  Package *p = NULL;
  const char *invalid = invalid_path(v->str, v->len);
  if (invalid)
    error_at(lit->pos, "invalid import path (%s)", invalid);
  else if (strcmp(path, "C") == 0)
    error_at(lit->pos, "cgo is not supported");
  else if (is_internal(path) && strcmp(ck->pkg->path, "main") == 0)
    error_at(lit->pos, "use of internal package %s not allowed", path);
  else
    p = load_import(path, lit->pos);
  Expr *alias = d->import.name;
  const char *name = alias ? alias->ident.name
                     : p   ? p->name
                           : intern_string(last_element(path));
  Object *o = object_new(OBJ_PACKAGE, alias ? alias->pos : lit->pos, name,
                         type_basic[T_INVALID]);
  o->imported = p;
  d->obj = o;
  bool known = !p;
  for (int i = 0; i < ck->packages.len; i++) known |= ck->packages.at[i] == p;
  if (!known) list_push(&ck->packages, p);
  if (strcmp(name, "_") == 0) return;
  if (strcmp(name, ".") == 0) {
    if (p) import_names(o, p, f);
    return;
  }
  if (strcmp(name, "init") == 0) {
    error_at(d->pos, "cannot import package as init - init must be a func");
    return;
  }
  if (!p) { /* reported; the name is known so that its uses are not */
    if (!scope_lookup(f->scope, name)) declare(f->scope, o);
    return;
  }
  list_push(&ck->imports, o);
  o->cval = const_string(path, strlen(path));
  o->alias = alias != NULL && name != p->name;
  declare(f->scope, o);
}

static void collect_file(File *f) {
  f->scope = scope_new(ck->pkg->scope, false);
  ck->env.file = f;
  for (int i = 0; i < f->decls.len; i++) {
    Decl *d = f->decls.at[i];
    switch (d->kind) {
      case DECL_IMPORT: collect_import(d, f); break;
      case DECL_CONST: collect_const(d); break;
      case DECL_VAR: collect_var(d); break;
      case DECL_TYPE: collect_type(d); break;
      case DECL_FUNC: collect_func(d); break;
      default: break;
    }
  }
}

/* The names that an import . "p" brought must differ from the package's. */
static void check_dot_conflicts(Object *import) {
  Scope *names = import->imported->scope;
  for (int i = 0; i < names->size; i++) {
    Object *theirs = names->table[i];
    if (!theirs || !object_exported(theirs)) continue;
    Object *o = scope_lookup(ck->pkg->scope, theirs->name);
    if (!o) continue;
    error_at(o->pos,
             "%s already declared through dot-import of package %s (\"%s\")",
             o->name, import->imported->name, import->cval->str);
    report_other_declaration(theirs);
    import->used = true;
  }
}

/* Names of imports must differ from those of the package. */
static void check_import_conflicts(void) {
  for (int i = 0; i < ck->imports.len; i++) {
    Object *p = ck->imports.at[i];
    if (p->dot) {
      check_dot_conflicts(p);
      continue;
    }
    Object *o = scope_lookup(ck->pkg->scope, p->name);
    if (!o) continue;
    error_at(o->pos,
             "%s already declared through import of package %s (\"%s\")",
             o->name, p->imported ? p->imported->name : p->name, p->cval->str);
    report_other_declaration(p);
    p->used = true;
  }
}

/* Gives each method to its receiver's base type. */
static void bind_methods(void) {
  for (int i = 0; i < ck->methods.len; i++) {
    Object *m = ck->methods.at[i];
    bool pointer;
    const char *base = receiver_base(m->decl->func.recv->type, &pointer);
    Object *t = base ? scope_lookup(ck->pkg->scope, base) : NULL;
    for (int hops = 0; t && t->alias && t->checking && hops < 100; hops++) {
      base = receiver_base(t->checking->decl->type.type, &pointer);
      t = base ? scope_lookup(ck->pkg->scope, base) : NULL;
      m->ptr_recv |= pointer;
    }
    if (t && t->kind == OBJ_TYPE && t->checking && !t->alias)
      list_push(&t->checking->methods, m);
  }
}

/* ---- The end of a check ------------------------------------------------- */

static void check_unused_imports(void) {
  for (int i = 0; i < ck->imports.len; i++) {
    Object *p = ck->imports.at[i];
    if (p->used) continue;
    if (p->dot)
      error_at(p->pos, "\"%s\" imported and not used", p->cval->str);
    else if (p->alias || !p->imported)
      error_at(p->pos, "\"%s\" imported as %s and not used", p->cval->str,
               p->name);
    else if (strcmp(p->imported->name, last_element(p->cval->str)) != 0)
      error_at(p->pos, "\"%s\" imported as %s and not used", p->cval->str,
               p->name);
    else
      error_at(p->pos, "\"%s\" imported and not used", p->cval->str);
  }
}

static void check_main(Package *pkg) {
  if (strcmp(pkg->path, "main") != 0) return;
  for (int i = 0; i < ck->funcs.len && diag_count() == 0; i++)
    if (!ck->funcs.at[i]->decl->func.body)
      error_at(ck->funcs.at[i]->pos, "missing function body");
  Object *o = scope_lookup(pkg->scope, intern_string("main"));
  if (!o && diag_count() == 0)
    error_at(pkg->files[0]->package_name->pos,
             "function main is undeclared in the main package");
}

/* Hands over what was collected. */
static void finish(Package *pkg) {
  pkg->funcs = ck->funcs.at;
  pkg->nfuncs = ck->funcs.len;
  pkg->vars = ck->vars.at;
  pkg->nvars = ck->vars.len;
  pkg->types = ck->types.at;
  pkg->ntypes = ck->types.len;
  pkg->lits = ck->lits.at;
  pkg->nlits = ck->lits.len;
  pkg->imports = ck->packages.at;
  pkg->nimports = ck->packages.len;
  pkg->declared = true;
  pkg->checked = ck->bodies;
}

/* Types first, so that aliases know what they stand for, then the rest. */
static void resolve_all(void) {
  for (int pass = 0; pass < 3; pass++)
    for (int i = 0; i < ck->objects.len; i++) {
      Object *o = ck->objects.at[i];
      int want = o->kind != OBJ_TYPE ? 2 : o->alias ? 1 : 0;
      if (want == pass) object_resolve(o);
    }
}

static const char *package_name(File **files, int nfiles) {
  const char *name = files[0]->package_name->ident.name;
  if (strcmp(name, "_") == 0)
    error_at(files[0]->package_name->pos, "invalid package name _");
  for (int i = 1; i < nfiles; i++) {
    Expr *other = files[i]->package_name;
    if (other->ident.name != name)
      error_at(other->pos, "package %s; expected package %s", other->ident.name,
               name);
  }
  return name;
}

Package *check_package(const char *path, File **files, int nfiles,
                       bool bodies) {
  Scope *outermost = universe();
  Checker *outer = ck, checker = {.bodies = bodies};
  ck = &checker;
  Package *pkg = ck->pkg = arena_new(Package);
  pkg->path = intern_string(path);
  pkg->files = files;
  pkg->nfiles = nfiles;
  pkg->scope = scope_new(outermost, false);
  pkg->name = package_name(files, nfiles);
  for (int i = 0; i < nfiles; i++) collect_file(files[i]);
  check_import_conflicts();
  bind_methods();
  resolve_all();
  process_delayed(0);
  if (bodies) {
    init_order();
    check_unused_imports();
    check_main(pkg);
  }
  finish(pkg);
  ck = outer;
  return pkg;
}
