/* lookup.c - fields and methods by name, method sets, implementing interfaces.
 *
 * Called by the checker for selectors and assignability, by emission for
 * method tables.  lookup walks embedded fields breadth first: the shallowest
 * depth that has the name wins, and two at that depth are ambiguous.
 */
#include <stdlib.h>
#include <string.h>

#include "check_internal.h"

/* ---- Interfaces --------------------------------------------------------- */

static int compare_methods(const void *a, const void *b) {
  Object *m = *(Object *const *)a, *n = *(Object *const *)b;
  int c = strcmp(m->name, n->name);
  if (c || object_exported(m)) return c;
  return m->pkg == n->pkg ? 0 : strcmp(m->pkg->path, n->pkg->path);
}

static bool same_name(Object *m, Package *pkg, const char *name) {
  return m->name == name && (m->pkg == pkg || name_exported(name));
}

/* Adds a method unless it is there; reports a different one of that name. */
static void add_method(ObjectList *all, Object *m, Pos pos, bool is_explicit) {
  for (int i = 0; i < all->len; i++) {
    Object *o = all->at[i];
    if (!same_name(o, m->pkg, m->name)) continue;
    if (o == m) return;
    if (!is_explicit && type_identical(o->type, m->type)) return;
    error_at(pos, "duplicate method %s", m->name);
    if (o->pos != NO_POS)
      diag_note(o->pos, "other declaration of method %s", m->name);
    return;
  }
  list_push(all, m);
}

void type_interface_complete(Type *t) {
  struct TypeChecking *c = t->checking;
  if (!c || c->complete || c->completing) return;
  c->completing = true;
  ObjectList all = {0};
  for (int i = 0; i < c->methods.len; i++)
    add_method(&all, c->methods.at[i], c->methods.at[i]->pos, true);
  for (int i = 0; i < c->embedded.len; i++) {
    Type *e = type_under(c->embedded.at[i]);
    if (e->kind != T_INTERFACE) continue;
    type_interface_complete(e);
    for (int j = 0; j < e->nmethods; j++)
      add_method(&all, e->methods[j], c->embedded_pos.at[i], false);
  }
  if (all.len > 1)
    qsort(all.at, (size_t)all.len, sizeof *all.at, compare_methods);
  t->methods = all.at;
  t->nmethods = all.len;
  c->completing = false;
  c->complete = true;
}

int type_interface_method_index(Type *iface, Package *pkg, const char *name) {
  type_interface_complete(iface);
  for (int i = 0; i < iface->nmethods; i++)
    if (same_name(iface->methods[i], pkg, name)) return i;
  return -1;
}

/* ---- Lookup ------------------------------------------------------------- */

/* A type reached through embedded fields, and how. */
typedef struct Reached {
  Type *type; /* pointers removed */
  SelectionStep *path;
  int path_len;
  bool is_pointer; /* what is there is a *type */
  bool indirect;   /* a pointer was followed, or is_pointer */
  bool multiple;   /* reached in more than one way at this depth */
} Reached;

typedef LIST_OF(Reached) ReachedList;

/* The search for one name. */
typedef struct Search {
  Package *pkg;
  const char *name;
  bool fold;
  int found; /* how often at this depth */
  Object *obj;
  int field; /* index, -1 for methods */
  Reached at;
  bool interface;
} Search;

static bool matches(Search *s, Package *pkg, const char *name) {
  if (s->fold) return strcasecmp(name, s->name) == 0;
  return name == s->name && (pkg == s->pkg || name_exported(name));
}

static void found(Search *s, Object *obj, int field, Reached *at) {
  s->found += at->multiple ? 2 : 1;
  s->obj = obj;
  s->field = field;
  s->at = *at;
  s->interface = false;
}

/* Removes one pointer. */
static Type *deref(Type *t, bool *was_pointer) {
  *was_pointer = t->kind == T_POINTER;
  return *was_pointer ? t->elem : t;
}

/* Looks at the methods and fields of one reached type; embedded fields go to
 * the next depth. */
static void search_type(Search *s, Reached *r, ReachedList *next) {
  if (r->type->kind == T_NAMED) {
    for (int i = 0; i < r->type->ndeclared; i++) {
      Object *m = r->type->declared[i];
      if (!matches(s, m->pkg, m->name)) continue;
      found(s, m, -1, r);
      return;
    }
  }
  Type *u = type_under(r->type);
  if (u->kind == T_INTERFACE) {
    type_interface_complete(u);
    for (int i = 0; i < u->nmethods; i++) {
      if (!matches(s, u->methods[i]->pkg, u->methods[i]->name)) continue;
      found(s, u->methods[i], -1, r);
      s->interface = true;
      return;
    }
  }
  if (u->kind != T_STRUCT) return;
  for (int i = 0; i < u->nfields; i++) {
    StructField *f = &u->fields[i];
    if (matches(s, f->pkg, f->name)) {
      found(s, f->obj, i, r);
      return;
    }
    if (s->found || !f->embedded) continue;
    bool pointer;
    Type *t = deref(f->type, &pointer);
    TypeKind k = t->kind == T_NAMED ? type_under(t)->kind : t->kind;
    if (t->kind != T_NAMED && k != T_STRUCT && k != T_INTERFACE) continue;
    Reached step = {.type = t,
                    .path_len = r->path_len + 1,
                    .is_pointer = pointer,
                    .indirect = r->indirect || pointer,
                    .multiple = r->multiple};
    step.path = arena_array(SelectionStep, step.path_len);
    if (r->path_len)
      memcpy(step.path, r->path, sizeof *r->path * (size_t)r->path_len);
    step.path[r->path_len] = (SelectionStep){i, r->is_pointer};
    list_push(next, step);
  }
}

/* Joins entries of the same type, which are then ambiguous, and drops types
 * that were seen at a shallower depth. */
static void consolidate(ReachedList *list, TypeList *seen) {
  int n = 0;
  for (int i = 0; i < list->len; i++) {
    Reached *r = &list->at[i];
    bool drop = false;
    for (int j = 0; j < n && !drop; j++) {
      if (list->at[j].type != r->type) continue;
      list->at[j].multiple = drop = true;
    }
    for (int j = 0; j < seen->len && !drop && r->type->kind == T_NAMED; j++)
      drop = seen->at[j] == r->type;
    if (!drop) list->at[n++] = *r;
  }
  list->len = n;
  for (int i = 0; i < n; i++)
    if (list->at[i].type->kind == T_NAMED) list_push(seen, list->at[i].type);
}

/* Fills a Selection from what a search found. */
static void fill(Selection *sel, Search *s, Type *t) {
  Reached *at = &s->at;
  *sel = (Selection){
      .obj = s->obj, .recv = t, .path = at->path, .path_len = at->path_len};
  if (s->field >= 0) {
    sel->kind = SEL_FIELD;
    sel->path_len++;
    sel->path = arena_array(SelectionStep, sel->path_len);
    if (at->path_len)
      memcpy(sel->path, at->path, sizeof *at->path * (size_t)at->path_len);
    sel->path[at->path_len] = (SelectionStep){s->field, at->is_pointer};
  } else if (s->interface) {
    sel->kind = SEL_INTERFACE;
  } else {
    sel->kind = SEL_METHOD;
    sel->address = s->obj->ptr_recv && !at->is_pointer;
    sel->deref = !s->obj->ptr_recv && at->is_pointer;
  }
}

LookupResult lookup(Type *t, bool addressable, Package *pkg, const char *name,
                    bool fold, Selection *sel, bool *indirect) {
  Search s = {.pkg = pkg, .name = name, .fold = fold};
  Reached start = {.path = NULL};
  if (indirect) *indirect = false;
  if (strcmp(name, "_") == 0) return LOOKUP_NONE;
  Type *base = t;
  /* A named pointer type has the fields of its base, but not the methods. */
  bool named_pointer = t->kind == T_NAMED && type_under(t)->kind == T_POINTER;
  if (named_pointer) base = type_under(t);
  start.type = deref(base, &start.is_pointer);
  start.indirect = start.is_pointer;
  if (start.is_pointer && type_under(start.type)->kind == T_INTERFACE)
    return LOOKUP_NONE;
  ReachedList current = {0};
  TypeList seen = {0};
  list_push(&current, start);
  while (current.len > 0) {
    consolidate(&current, &seen);
    ReachedList next = {0};
    for (int i = 0; i < current.len; i++)
      search_type(&s, &current.at[i], &next);
    if (s.found) break;
    current = next;
  }
  if (!s.found) return LOOKUP_NONE;
  if (s.found > 1) return LOOKUP_AMBIGUOUS;
  if (named_pointer && s.obj->kind == OBJ_FUNC) return LOOKUP_NONE;
  fill(sel, &s, t);
  if (indirect) *indirect = s.at.indirect;
  if (sel->kind == SEL_METHOD && s.obj->ptr_recv && !s.at.indirect &&
      !addressable)
    return LOOKUP_NEEDS_POINTER;
  return LOOKUP_FOUND;
}

Selection *type_lookup(Type *t, Package *pkg, const char *name) {
  Selection *sel = arena_new(Selection);
  return lookup(t, true, pkg, name, false, sel, NULL) == LOOKUP_FOUND ? sel
                                                                      : NULL;
}

/* ---- Method sets -------------------------------------------------------- */

/* Adds the methods reachable from t, hidden and ambiguous ones too. */
static void gather(Type *t, ObjectList *all, TypeList *seen) {
  bool pointer;
  t = deref(t, &pointer);
  for (int i = 0; i < seen->len; i++)
    if (seen->at[i] == t) return;
  list_push(seen, t);
  if (t->kind == T_NAMED)
    for (int i = 0; i < t->ndeclared; i++) list_push(all, t->declared[i]);
  Type *u = type_under(t);
  if (u->kind == T_INTERFACE && seen->len > 1) {
    type_interface_complete(u);
    for (int i = 0; i < u->nmethods; i++) list_push(all, u->methods[i]);
  }
  if (u->kind != T_STRUCT) return;
  for (int i = 0; i < u->nfields; i++)
    if (u->fields[i].embedded) gather(u->fields[i].type, all, seen);
}

static MethodSet *make_method_set(Type *t) {
  MethodSet *set = arena_new(MethodSet);
  ObjectList all = {0};
  TypeList seen = {0};
  gather(t, &all, &seen);
  if (all.len == 0) return set;
  qsort(all.at, (size_t)all.len, sizeof *all.at, compare_methods);
  set->sel = arena_array(Selection *, all.len);
  for (int i = 0; i < all.len; i++) {
    Object *m = all.at[i];
    if (i && compare_methods(&all.at[i - 1], &all.at[i]) == 0) continue;
    if (strcmp(m->name, "_") == 0) continue;
    Selection *sel = arena_new(Selection);
    if (lookup(t, false, m->pkg, m->name, false, sel, NULL) == LOOKUP_FOUND &&
        sel->kind != SEL_FIELD)
      set->sel[set->n++] = sel;
  }
  return set;
}

MethodSet *type_method_set(Type *t) {
  static MethodSet none;
  if (type_under(t)->kind == T_INTERFACE) return &none;
  bool pointer;
  Type *base = deref(t, &pointer);
  if (base->kind != T_NAMED) return make_method_set(t);
  if (!base->checking) base->checking = arena_new(struct TypeChecking);
  MethodSet **cache = pointer ? &base->checking->pointer_method_set
                              : &base->checking->method_set;
  if (!*cache) *cache = make_method_set(t);
  return *cache;
}

/* ---- Implementing ------------------------------------------------------- */

static bool is_interface_pointer(Type *t) {
  Type *u = type_under(t);
  return u->kind == T_POINTER && type_is_interface(u->elem);
}

const char *interface_pointer_error(Type *t) {
  return arena_printf("type %s is pointer to interface, not interface",
                      TYPE_STR(t));
}

static const char *have_want(Object *f, Object *m) {
  return arena_printf("\n\t\thave %s\n\t\twant %s", func_error_string(f),
                      func_error_string(m));
}

/* Why the concrete type v lacks m, when a lookup ended with `result`. */
static const char *concrete_cause(Type *v, Object *m, LookupResult result) {
  if (result == LOOKUP_AMBIGUOUS)
    return arena_printf("(ambiguous selector %s.%s)", TYPE_STR(v), m->name);
  if (result == LOOKUP_NEEDS_POINTER)
    return arena_printf("(method %s has pointer receiver)", m->name);
  Selection other;
  if (lookup(v, false, m->pkg, m->name, true, &other, NULL) == LOOKUP_FOUND &&
      other.obj->kind == OBJ_FUNC) {
    if (other.obj->name == m->name)
      return arena_printf("(unexported method %s)", m->name);
    object_resolve(other.obj);
    return arena_printf("(missing method %s)%s", m->name,
                        have_want(other.obj, m));
  }
  if (is_interface_pointer(v))
    return arena_printf("(%s)", interface_pointer_error(v));
  return arena_printf("(missing method %s)", m->name);
}

static const char *wrong_type_cause(Object *f, Object *m) {
  return arena_printf("(wrong type for method %s)%s", m->name, have_want(f, m));
}

/* missing_method for an interface v. */
static Object *missing_in_interface(Type *v, Type *iface, bool is_static,
                                    const char **cause) {
  Type *u = type_under(v);
  for (int i = 0; i < iface->nmethods; i++) {
    Object *m = iface->methods[i];
    int at = type_interface_method_index(u, m->pkg, m->name);
    if (at < 0 && !is_static) continue;
    if (at >= 0 && type_identical(u->methods[at]->type, m->type)) continue;
    if (cause)
      *cause = at < 0 ? arena_printf("(missing method %s)", m->name)
                      : wrong_type_cause(u->methods[at], m);
    return m;
  }
  return NULL;
}

Object *missing_method(Type *v, Type *iface, bool is_static,
                       const char **cause) {
  iface = type_under(iface);
  type_interface_complete(iface);
  if (type_is_interface(v))
    return missing_in_interface(v, iface, is_static, cause);
  for (int i = 0; i < iface->nmethods; i++) {
    Object *m = iface->methods[i];
    Selection sel;
    LookupResult r = lookup(v, false, m->pkg, m->name, false, &sel, NULL);
    if (r != LOOKUP_FOUND) {
      if (cause) *cause = concrete_cause(v, m, r);
      return m;
    }
    if (sel.kind == SEL_FIELD) {
      if (cause)
        *cause = arena_printf("(%s.%s is a field, not a method)", TYPE_STR(v),
                              m->name);
      return m;
    }
    if (ck) object_resolve(sel.obj);
    if (type_identical(sel.obj->type, m->type)) continue;
    if (cause) *cause = wrong_type_cause(sel.obj, m);
    return m;
  }
  return NULL;
}

bool implements(Type *v, Type *t, const char **cause) {
  Type *vu = type_under(v), *tu = type_under(t);
  if (vu->kind == T_INVALID || tu->kind == T_INVALID) return true;
  if (vu->kind == T_POINTER && type_under(vu->elem)->kind == T_INVALID)
    return true;
  const char *why = "";
  if (tu->kind != T_INTERFACE) {
    why = is_interface_pointer(tu)
              ? interface_pointer_error(t)
              : arena_printf("%s is not an interface", TYPE_STR(t));
    why = arena_printf("(%s)", why);
  } else if (!missing_method(v, t, true, cause ? &why : NULL)) {
    return true;
  }
  if (cause)
    *cause = arena_printf("%s does not implement %s %s", TYPE_STR(v),
                          TYPE_STR(t), why);
  return false;
}

bool type_implements(Type *t, Type *iface, Object **missing) {
  Object *m = missing_method(t, iface, true, NULL);
  if (missing) *missing = m;
  return !m;
}

/* ---- Words for messages ------------------------------------------------- */

const char *kind_string(Type *t) {
  switch (type_under(t)->kind) {
    case T_ARRAY: return "array";
    case T_SLICE: return "slice";
    case T_STRUCT: return "struct";
    case T_POINTER: return "pointer";
    case T_FUNC: return "func";
    case T_INTERFACE: return "interface";
    case T_MAP: return "map";
    case T_CHAN: return "chan";
    default: return TYPE_STR(t);
  }
}

const char *incomparable_cause(Type *t) {
  Type *u = type_under(t);
  switch (u->kind) {
    case T_SLICE:
    case T_FUNC:
    case T_MAP:
      return arena_printf("%s can only be compared to nil", kind_string(t));
    case T_ARRAY: return arena_printf("%s cannot be compared", TYPE_STR(u));
    case T_STRUCT:
      for (int i = 0; i < u->nfields; i++)
        if (!type_comparable(u->fields[i].type))
          return arena_printf("struct containing %s cannot be compared",
                              TYPE_STR(u->fields[i].type));
      return "";
    default: return "";
  }
}

const char *lookup_error(Type *t, const char *sel, Object *alt, bool lit) {
  enum { MISSING, MISSPELLED, UNEXPORTED, INACCESSIBLE } e = MISSING;
  const char *what = "object", *other = alt ? alt->name : "";
  if (alt) {
    bool same_tail = sel[0] && other[0] && strcmp(sel + 1, other + 1) == 0;
    what = alt->kind == OBJ_FUNC ? "method" : "field";
    if (alt->pkg == ck->pkg)
      e = MISSPELLED;
    else if (name_exported(sel))
      e = name_exported(other) ? MISSPELLED : same_tail ? UNEXPORTED : MISSING;
    else if (name_exported(other))
      e = same_tail ? MISSPELLED : MISSING;
    else if (sel == other)
      e = INACCESSIBLE;
  }
  if (e == INACCESSIBLE && lit)
    return arena_printf(
        "cannot refer to unexported field %s in struct literal of type %s",
        other, TYPE_STR(t));
  if (e == INACCESSIBLE)
    return arena_printf("cannot refer to unexported %s %s", what, other);
  const char *hint = "";
  if (e != MISSING)
    hint = arena_printf(", but does have %s%s%s%s",
                        e == UNEXPORTED ? "unexported " : "", lit ? "" : what,
                        lit ? "" : " ", other);
  if (lit)
    return arena_printf("unknown field %s in struct literal of type %s%s", sel,
                        TYPE_STR(t), hint);
  return arena_printf("type %s has no field or method %s%s", TYPE_STR(t), sel,
                      hint);
}
