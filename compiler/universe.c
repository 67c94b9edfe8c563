/* universe.c - makes the predeclared types, constants, functions and package
 * unsafe, once. */
#include "universe.h"

#include "check_internal.h"

Object *universe_iota, *universe_nil;
static Scope *scope;
static Package *unsafe;

static const struct {
  TypeKind kind;
  const char *name;
} basics[] = {
    {T_BOOL, "bool"},           {T_INT, "int"},
    {T_INT8, "int8"},           {T_INT16, "int16"},
    {T_INT32, "int32"},         {T_INT64, "int64"},
    {T_UINT, "uint"},           {T_UINT8, "uint8"},
    {T_UINT16, "uint16"},       {T_UINT32, "uint32"},
    {T_UINT64, "uint64"},       {T_UINTPTR, "uintptr"},
    {T_FLOAT32, "float32"},     {T_FLOAT64, "float64"},
    {T_COMPLEX64, "complex64"}, {T_COMPLEX128, "complex128"},
    {T_STRING, "string"},
};

static const struct {
  TypeKind kind;
  const char *name;
} hidden[] = {
    {T_INVALID, "invalid type"},          {T_UNSAFE_POINTER, "Pointer"},
    {T_UNTYPED_BOOL, "untyped bool"},     {T_UNTYPED_INT, "untyped int"},
    {T_UNTYPED_RUNE, "untyped rune"},     {T_UNTYPED_FLOAT, "untyped float"},
    {T_UNTYPED_STRING, "untyped string"}, {T_UNTYPED_NIL, "untyped nil"},
};

static const char *const builtins[BUILTIN_COUNT] = {
    [BUILTIN_APPEND] = "append",
    [BUILTIN_CAP] = "cap",
    [BUILTIN_CLEAR] = "clear",
    [BUILTIN_CLOSE] = "close",
    [BUILTIN_COPY] = "copy",
    [BUILTIN_DELETE] = "delete",
    [BUILTIN_LEN] = "len",
    [BUILTIN_MAKE] = "make",
    [BUILTIN_MAX] = "max",
    [BUILTIN_MIN] = "min",
    [BUILTIN_NEW] = "new",
    [BUILTIN_PANIC] = "panic",
    [BUILTIN_PRINT] = "print",
    [BUILTIN_PRINTLN] = "println",
    [BUILTIN_RECOVER] = "recover",
    [BUILTIN_COMPLEX] = "complex",
    [BUILTIN_REAL] = "real",
    [BUILTIN_IMAG] = "imag",
    [BUILTIN_UNSAFE_ADD] = "Add",
    [BUILTIN_UNSAFE_ALIGNOF] = "Alignof",
    [BUILTIN_UNSAFE_OFFSETOF] = "Offsetof",
    [BUILTIN_UNSAFE_SIZEOF] = "Sizeof",
    [BUILTIN_UNSAFE_SLICE] = "Slice",
    [BUILTIN_UNSAFE_SLICEDATA] = "SliceData",
    [BUILTIN_UNSAFE_STRING] = "String",
    [BUILTIN_UNSAFE_STRINGDATA] = "StringData",
};

const char *builtin_name(BuiltinId id) { return builtins[id]; }

static Object *add(Scope *s, ObjectKind kind, const char *name, Type *type) {
  Object *o = arena_new(Object);
  o->kind = kind;
  o->name = intern_string(name);
  o->type = type;
  o->pkg = s == scope ? NULL : unsafe;
  o->parent = s;
  scope_insert(s, o);
  return o;
}

static Type *add_type(const char *name, Type *type) {
  type->obj = add(scope, OBJ_TYPE, name, type);
  return type;
}

/* A type object that has no name in the language. */
static Type *hidden_type(TypeKind kind, const char *name) {
  Type *t = type_basic[kind] = type_new(kind);
  t->obj = arena_new(Object);
  t->obj->kind = OBJ_TYPE;
  t->obj->name = intern_string(name);
  t->obj->type = t;
  return t;
}

/* type error interface { Error() string } */
static void add_error(void) {
  Object *result = arena_new(Object);
  *result = (Object){
      .kind = OBJ_VAR, .name = intern_string(""), .type = type_basic[T_STRING]};
  Object **results = arena_array(Object *, 1);
  results[0] = result;
  Type *sig = type_new(T_FUNC);
  sig->params = type_empty_tuple;
  sig->results = type_new_tuple(results, 1);
  Object *method = arena_new(Object);
  *method =
      (Object){.kind = OBJ_FUNC, .name = intern_string("Error"), .type = sig};
  Type *iface = type_new(T_INTERFACE);
  iface->checking = arena_new(struct TypeChecking);
  list_push(&iface->checking->methods, method);
  type_error = type_new(T_NAMED);
  type_error->underlying = iface;
  type_error->checking = arena_new(struct TypeChecking);
  type_error->checking->valid = true;
  add_type("error", type_error);
  type_interface_complete(iface);
}

static void add_constants(void) {
  Object *o = add(scope, OBJ_CONST, "true", type_basic[T_UNTYPED_BOOL]);
  o->cval = const_bool(true);
  o = add(scope, OBJ_CONST, "false", type_basic[T_UNTYPED_BOOL]);
  o->cval = const_bool(false);
  universe_iota = add(scope, OBJ_CONST, "iota", type_basic[T_UNTYPED_INT]);
  universe_iota->cval = const_int(0);
  universe_nil = add(scope, OBJ_NIL, "nil", type_basic[T_UNTYPED_NIL]);
}

static void add_unsafe(void) {
  unsafe = arena_new(Package);
  unsafe->path = unsafe->name = intern_string("unsafe");
  unsafe->scope = scope_new(scope, false);
  unsafe->is_unsafe = unsafe->declared = unsafe->checked = true;
  Type *pointer = type_basic[T_UNSAFE_POINTER];
  pointer->obj = add(unsafe->scope, OBJ_TYPE, "Pointer", pointer);
  for (int i = BUILTIN_UNSAFE_ADD; i < BUILTIN_COUNT; i++)
    add(unsafe->scope, OBJ_BUILTIN, builtins[i], type_basic[T_INVALID])
        ->builtin = (BuiltinId)i;
}

Scope *universe(void) {
  if (scope) return scope;
  scope = scope_new(NULL, false);
  type_empty_tuple = type_new(T_TUPLE);
  for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
    hidden_type(hidden[i].kind, hidden[i].name);
  for (size_t i = 0; i < sizeof basics / sizeof *basics; i++)
    add_type(basics[i].name,
             type_basic[basics[i].kind] = type_new(basics[i].kind));
  type_byte = add_type("byte", type_new(T_UINT8));
  type_rune = add_type("rune", type_new(T_INT32));
  type_any = type_new(T_INTERFACE);
  type_any->checking = arena_new(struct TypeChecking);
  type_any->checking->complete = true;
  add(scope, OBJ_TYPE, "any", type_any)->alias = true;
  add_error();
  add_constants();
  for (int i = 0; i < BUILTIN_UNSAFE_ADD; i++)
    add(scope, OBJ_BUILTIN, builtins[i], type_basic[T_INVALID])->builtin =
        (BuiltinId)i;
  add_unsafe();
  return scope;
}

Package *unsafe_package(void) {
  universe();
  return unsafe;
}
