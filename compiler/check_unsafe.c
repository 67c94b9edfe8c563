/* check_unsafe.c - the functions of package unsafe. */
#include "check_internal.h"

static bool value_of(Operand *x, Type *t) {
  x->mode = MODE_VALUE;
  x->type = t;
  return true;
}

static bool constant_of(Operand *x, int64_t n) {
  x->mode = MODE_CONSTANT;
  x->val = const_int(n);
  x->type = type_basic[T_UINTPTR];
  return true;
}

/* Sizeof(x), Alignof(x) */
static bool measure(Operand *x, BuiltinId id) {
  check_assignment(x, NULL,
                   arena_printf("argument to unsafe.%s", builtin_name(id)));
  if (x->mode == MODE_INVALID) return false;
  int64_t size = type_size(x->type);
  if (id == BUILTIN_UNSAFE_SIZEOF && size >= TYPE_MAX_SIZE) {
    error_operand(x, "%s is too large", operand_string(x));
    return false;
  }
  return constant_of(x,
                     id == BUILTIN_UNSAFE_SIZEOF ? size : type_align(x->type));
}

/* The offset at the end of a selection's path; -1 through a pointer. */
static int64_t path_offset(Type *t, Selection *s) {
  int64_t offset = 0;
  for (int i = 0; i < s->path_len; i++) {
    Type *u = type_under(t);
    if (s->path[i].deref) {
      if (i > 0) return -1;
      u = type_under(u->elem);
    }
    type_size(u);
    offset += u->fields[s->path[i].index].offset;
    t = u->fields[s->path[i].index].type;
  }
  return offset;
}

static bool offset_of(Operand *x, Expr *e) {
  Expr *arg = e->call.args.at[0], *bare = unparen(arg);
  if (bare->kind != EXPR_SELECTOR) {
    error_expr(arg, "invalid argument: %s is not a selector expression",
               expr_string(arg));
    use_expr(arg);
    return false;
  }
  const char *name = bare->selector.sel->ident.name;
  check_expr(x, bare->selector.x);
  if (x->mode == MODE_INVALID) return false;
  Type *base = type_under(x->type)->kind == T_POINTER
                   ? type_under(x->type)->elem
                   : x->type;
  Selection s;
  LookupResult r = lookup(x->type, false, ck->pkg, name, false, &s, NULL);
  if (r == LOOKUP_NEEDS_POINTER || (r == LOOKUP_FOUND && s.kind != SEL_FIELD)) {
    error_expr(arg, "invalid argument: %s is a method value", expr_string(arg));
    return false;
  }
  if (r != LOOKUP_FOUND) {
    error_operand(x, "invalid argument: %s has no single field %s",
                  TYPE_STR(base), name);
    return false;
  }
  int64_t offset = path_offset(x->type, &s);
  if (offset < 0) {
    error_operand(x,
                  "invalid argument: field %s is embedded via a pointer in %s",
                  name, TYPE_STR(base));
    return false;
  }
  bare->selector.selection = s;
  bare->selector.sel->ident.obj = s.obj;
  bare->type = s.obj->type;
  bare->mode = MODE_VARIABLE;
  return constant_of(x, offset);
}

static bool slice_of(Operand *x, Operand *args) {
  Type *u = type_under(x->type);
  if (u->kind != T_POINTER) {
    error_operand(x, "invalid argument: %s is not a pointer",
                  operand_string(x));
    return false;
  }
  return is_valid_index(&args[1], "length", false) &&
         value_of(x, type_new_slice(u->elem));
}

static bool string_of(Operand *x, Operand *args) {
  check_assignment(x, type_new_pointer(type_byte), "argument to unsafe.String");
  return x->mode != MODE_INVALID && is_valid_index(&args[1], "length", false) &&
         value_of(x, type_basic[T_STRING]);
}

bool check_unsafe(Operand *x, Expr *e, BuiltinId id, Operand *args, int n) {
  (void)n;
  Type *u = type_under(x->type);
  switch (id) {
    case BUILTIN_UNSAFE_ADD:
      check_assignment(x, type_basic[T_UNSAFE_POINTER],
                       "argument to unsafe.Add");
      return x->mode != MODE_INVALID &&
             is_valid_index(&args[1], "length", true) &&
             value_of(x, type_basic[T_UNSAFE_POINTER]);
    case BUILTIN_UNSAFE_ALIGNOF:
    case BUILTIN_UNSAFE_SIZEOF: return measure(x, id);
    case BUILTIN_UNSAFE_OFFSETOF: return offset_of(x, e);
    case BUILTIN_UNSAFE_SLICE: return slice_of(x, args);
    case BUILTIN_UNSAFE_SLICEDATA:
      if (u->kind == T_SLICE) return value_of(x, type_new_pointer(u->elem));
      error_operand(x, "invalid argument: %s is not a slice",
                    operand_string(x));
      return false;
    case BUILTIN_UNSAFE_STRING: return string_of(x, args);
    default:
      check_assignment(x, type_basic[T_STRING],
                       "argument to unsafe.StringData");
      return x->mode != MODE_INVALID &&
             value_of(x, type_new_pointer(type_byte));
  }
}
