/* types.h - what the checker knows: types, objects, scopes, packages.
 *
 * Who uses it: the checker fills these in; escape analysis and emission read
 * them.  ast.h refers to them by name only.
 *
 * What the checker guarantees on the tree once check_package returned true
 *
 *  1. Every expression node has its final `type`; nothing is of an untyped
 *     kind.  A constant that meets an interface has its default type (or its
 *     own), an untyped nil has the type of its context (pointer, slice, map,
 *     chan, func, interface, unsafe.Pointer), an untyped bool the bool type of
 *     its context.  An expression without a value (a call of a function
 *     without results) has an empty T_TUPLE, a call with several results a
 *     T_TUPLE of them.
 *  2. A constant expression has `cval`, in the range of the type and rounded to
 *     it (constant.h).  Its operands need not be visited.
 *  3. Every identifier has its `obj`; a declared `_` has an object named "_"
 *     that nothing refers to, `_` on the left of = has none and no type.
 *     Variables have the flags captured, reassigned, addrtaken, per_iteration.
 *  4. Every selector has its Selection.  For pkg.Name also the node's `sel`
 *     identifier has the object.
 *  5. Implicit conversions are not nodes: where a value of type V goes to a
 *     place of type T and V is not identical to T, convert.  If T is an
 *     interface that boxes (or converts between interfaces), else the
 *     representations are the same.  Places: assignment, var with a type,
 *     parameter, result, send, range variables, map key or value (also in an
 *     index expression), composite literal element, append's values, copy,
 *     case of a switch against the tag, ==/!= of an interface and a concrete
 *     operand (the concrete one converts), panic's argument.
 *  6. The slots marked "checker" in ast.h are filled: CallKind and builtin id,
 *     branch targets, range kinds, the types of function literals; and
 *     func_lit.captures is the literal's FuncInfo.  Nodes of type syntax have
 *     mode MODE_TYPE and the type.
 *  7. comma_ok is set on the index, type assertion or receive of v, ok = x; the
 *     node's type is a T_TUPLE (value, bool) then.
 *  8. A shift's count is of any integer type, a constant count of type uint
 *     unless it was typed.  x op= y and x++ have x's type and y converted.
 *  9. Package: functions in source order, variables in initialisation order.
 */
#ifndef TERN_COMPILER_TYPES_H
#define TERN_COMPILER_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ast.h"
#include "constant.h"

typedef struct Package Package;
typedef struct FuncInfo FuncInfo;
typedef struct StructField StructField;
typedef struct MethodSet MethodSet;
typedef struct InitAssign InitAssign;

/* ---- Types -------------------------------------------------------------- */

/* Up to T_UNSAFE_POINTER the numbers are those of enum tern_kind. */
typedef enum TypeKind {
  T_INVALID,
  T_BOOL,
  T_INT,
  T_INT8,
  T_INT16,
  T_INT32,
  T_INT64,
  T_UINT,
  T_UINT8,
  T_UINT16,
  T_UINT32,
  T_UINT64,
  T_UINTPTR,
  T_FLOAT32,
  T_FLOAT64,
  T_COMPLEX64,
  T_COMPLEX128,
  T_ARRAY,
  T_CHAN,
  T_FUNC,
  T_INTERFACE,
  T_MAP,
  T_POINTER,
  T_SLICE,
  T_STRING,
  T_STRUCT,
  T_UNSAFE_POINTER,
  /* only inside the checker */
  T_UNTYPED_BOOL,
  T_UNTYPED_INT,
  T_UNTYPED_RUNE,
  T_UNTYPED_FLOAT,
  T_UNTYPED_STRING,
  T_UNTYPED_NIL,
  T_NAMED, /* a declared type; look through it with type_under */
  T_TUPLE, /* parameters, results, and the type of a call with results != 1 */
} TypeKind;

enum { CHAN_RECV = 1, CHAN_SEND = 2, CHAN_BOTH = 3 };

/* One type.  Made by the checker, never freed.  Identical types may be several
 * Type values: compare with type_identical, name with type_link_string. */
struct Type {
  TypeKind kind;

  Type *elem;  /* pointer, slice, array, chan, map's value */
  Type *key;   /* map */
  int64_t len; /* array */
  int dir;     /* chan */

  StructField *fields; /* struct */
  int nfields;

  Object **vars; /* tuple: OBJ_VAR objects, names may be "" */
  int nvars;

  Type *params, *results; /* func: T_TUPLEs, never NULL */
  Object *recv;           /* func of a method declaration; else NULL */
  bool variadic;          /* func: the last parameter's type is a slice */

  /* interface: all methods with the embedded ones, sorted by name, then by
   * package for unexported names; valid after type_interface_complete */
  Object **methods;
  int nmethods;

  Object *obj;       /* named: its type name; basic: its universe object */
  Type *underlying;  /* named: never itself named; read it through type_under */
  Object **declared; /* named: methods declared on it, in source order */
  int ndeclared;

  struct TypeChecking *checking; /* private to the checker */
  /* private to types.c: cached layout, valid if size_known */
  int64_t size;
  int32_t align;
  bool size_known;
  void *emit; /* free for emission's use */
};

/* One field of a struct type. */
struct StructField {
  const char *name; /* of an embedded field: its type's name */
  Package *pkg;
  Type *type;
  bool embedded;
  const char *tag; /* unquoted; NULL if none */
  size_t tag_len;
  int64_t offset; /* bytes; valid after type_size of the struct */
  Object *obj;    /* its OBJ_VAR, with the position */
};

/* The type a type is made of: its own self unless named. */
Type *type_under(Type *t);

/* Sizes of linux/amd64, which are C's natural layout. */
int64_t type_size(Type *t);
int64_t type_align(Type *t);

bool type_identical(Type *a, Type *b);
bool type_identical_but_tags(Type *a, Type *b); /* tags of structs */

/* As %T prints it: "main.Point", "[]uint8", "func(int) string". */
const char *type_string(Type *t);
/* The same with full package paths ("sync/atomic.Int32") and local types told
 * apart ("main.T·1"): equal strings if and only if the types are identical. */
const char *type_link_string(Type *t);
/* As gc's messages print it, relative to the package being checked. */
const char *type_error_string(Type *t);

bool type_is_named(Type *t); /* predeclared, declared */
bool type_is_boolean(Type *t);
bool type_is_integer(Type *t);
bool type_is_unsigned(Type *t);
bool type_is_float(Type *t);
bool type_is_numeric(Type *t);
bool type_is_string(Type *t);
bool type_is_untyped(Type *t);
bool type_is_interface(Type *t);
bool type_is_pointer(Type *t);
bool type_has_nil(Type *t);
bool type_comparable(Type *t); /* == is defined */
bool type_ordered(Type *t);
/* An interface holds such a value itself: pointer, map, chan, func, unsafe. */
bool type_is_direct(Type *t);
/* Contains pointers that the collector must see. */
bool type_has_pointers(Type *t);

Type *type_new_pointer(Type *elem);
Type *type_new_slice(Type *elem);
Type *type_new_array(Type *elem, int64_t len);
Type *type_new_map(Type *key, Type *elem);
Type *type_new_chan(int dir, Type *elem);
Type *type_new_tuple(Object **vars, int n);

/* ---- Method sets and lookup --------------------------------------------- */

/* One entry for each method a value of the type has, promoted ones included,
 * sorted by name, then by package path for unexported names. */
struct MethodSet {
  int n;
  Selection **sel; /* SEL_METHOD, or SEL_INTERFACE through an embedded one */
};

/* The method set of a type (not of an interface): for T those with value
 * receivers, for *T all.  Cached. */
MethodSet *type_method_set(Type *t);
/* The field or method named `name` (interned) of a value of type t, as seen
 * from pkg (unexported names differ by package).  NULL if none or ambiguous;
 * methods on *T are found for a T too. */
Selection *type_lookup(Type *t, Package *pkg, const char *name);
/* The index of a method in an interface's methods, -1 if none. */
int type_interface_method_index(Type *iface, Package *pkg, const char *name);
/* Whether T (concrete or interface) has all of iface's methods.  If not,
 * *missing is one that it has not. */
bool type_implements(Type *t, Type *iface, Object **missing);

/* ---- Objects ------------------------------------------------------------ */

typedef enum ObjectKind {
  OBJ_BAD,
  OBJ_PACKAGE, /* an imported package's name in a file */
  OBJ_CONST,
  OBJ_TYPE,
  OBJ_VAR,  /* variable, parameter, result, receiver, struct field */
  OBJ_FUNC, /* function or method, also of an interface */
  OBJ_LABEL,
  OBJ_BUILTIN,
  OBJ_NIL,
} ObjectKind;

typedef enum BuiltinId {
  BUILTIN_APPEND,
  BUILTIN_CAP,
  BUILTIN_CLEAR,
  BUILTIN_CLOSE,
  BUILTIN_COPY,
  BUILTIN_DELETE,
  BUILTIN_LEN,
  BUILTIN_MAKE,
  BUILTIN_MAX,
  BUILTIN_MIN,
  BUILTIN_NEW,
  BUILTIN_PANIC,
  BUILTIN_PRINT,
  BUILTIN_PRINTLN,
  BUILTIN_RECOVER,
  BUILTIN_COMPLEX,
  BUILTIN_REAL,
  BUILTIN_IMAG, /* refused */
  /* package unsafe; Sizeof, Offsetof and Alignof are always constants */
  BUILTIN_UNSAFE_ADD,
  BUILTIN_UNSAFE_ALIGNOF,
  BUILTIN_UNSAFE_OFFSETOF,
  BUILTIN_UNSAFE_SIZEOF,
  BUILTIN_UNSAFE_SLICE,
  BUILTIN_UNSAFE_SLICEDATA,
  BUILTIN_UNSAFE_STRING,
  BUILTIN_UNSAFE_STRINGDATA,
  BUILTIN_COUNT,
} BuiltinId;

/* One declared thing.  Made by the checker, never freed. */
struct Object {
  ObjectKind kind;
  const char *name;
  Package *pkg; /* NULL for predeclared ones and labels */
  Pos pos;      /* NO_POS for predeclared ones */
  Type *type;
  Scope *parent;

  ConstValue *cval; /* constant */
  bool alias;       /* type name: type A = T */
  int local_index;  /* type name declared in a function: 1, 2, ...; else 0 */
  BuiltinId builtin;
  Package *imported; /* package name */
  bool dot;          /* package name: import . "path" */

  /* variable: what it is */
  bool is_field, embedded, is_param, is_result, is_recv, is_global;
  bool per_iteration; /* declared by a 3-clause for: copied each iteration */
  /* variable: what happens to it */
  bool used;
  bool captured;   /* mentioned in a function literal inside its function */
  bool reassigned; /* assigned after its declaration (=, op=, ++, range =) */
  bool addrtaken;  /* &x, x[:] of an array, or a pointer method on x */
  FuncInfo *func;  /* the function that declares it; NULL: package level */

  /* function: */
  Decl *decl;     /* its DECL_FUNC; NULL for an interface's method */
  FuncInfo *info; /* NULL if without a body */
  bool ptr_recv;  /* method with a pointer receiver */

  struct ObjectChecking *checking; /* private to the checker */
  void *emit;                      /* free for emission's use */
};

/* Names of one block.  Children are not linked; the tree's nodes do not need
 * scopes after the check. */
struct Scope {
  Scope *outer;
  Object **table; /* open addressing by name, size a power of two */
  int count, size;
  bool is_func;
};

bool object_exported(const Object *o);
Object *scope_lookup(Scope *s, const char *name);         /* this block */
Object *scope_lookup_outward(Scope *s, const char *name); /* and around */

/* A function body: one for each FuncDecl with a body and each literal. */
struct FuncInfo {
  const char *link_name; /* as Go labels it: "main.add", "main.(*T).m",
                            "main.main.func1", "main.main.func1.2" */
  Object *obj;           /* declared function; NULL for a literal */
  Decl *decl;            /* DECL_FUNC, or NULL */
  Expr *lit;             /* EXPR_FUNC_LIT, or NULL */
  Stmt *body;
  Type *sig;
  FuncInfo *outer; /* enclosing function; NULL: declaration, or literal in a
                      package-level initialiser */
  FuncInfo **lits; /* literals directly inside, in source order */
  int nlits;
  Object **captures; /* variables of enclosing functions mentioned here or in
                        literals inside, in order of first mention */
  int ncaptures;
  Object **locals; /* params, results and all variables declared inside, in
                      order of declaration */
  int nlocals;
  int lits_cap, locals_cap; /* private to the checker */
  bool has_defer, has_recover, has_goto;
  bool named_results;
  void *emit; /* free for emission's use */
};

/* ---- Packages ----------------------------------------------------------- */

/* lhs[0..nlhs-1] = rhs, in this order, by the package's init function.
 * nlhs is 1, or the number of results of rhs; blank ones are there too (their
 * objects have the name "_"). */
struct InitAssign {
  Object **lhs;
  int nlhs;
  Expr *rhs;
};

struct Package {
  const char *path, *name; /* "sync/atomic", "atomic" */
  Scope *scope;
  File **files;
  int nfiles;
  Package **imports; /* direct ones, in order of first import */
  int nimports;
  bool is_unsafe;

  /* package level, in source order */
  Object **funcs; /* functions and methods (also body-less), init functions
                     (several, all named "init"), and blank ones */
  int nfuncs;
  Object **vars;
  int nvars;
  Object **types; /* also local ones, in order of declaration */
  int ntypes;
  FuncInfo **lits; /* literals in package-level initialisers */
  int nlits;
  InitAssign *inits; /* in initialisation order; only variables with a value */
  int ninits;

  bool declared;                    /* declarations were checked */
  bool checked;                     /* bodies too */
  struct PackageChecking *checking; /* private to the checker */
  void *emit;
};

/* ---- Predeclared types -------------------------------------------------- */

/* Indexed by TypeKind for basic kinds, T_BOOL..T_FLOAT64, T_STRING,
 * T_UNSAFE_POINTER, T_INVALID and the untyped ones. */
extern Type *type_basic[T_TUPLE + 1];
extern Type *type_byte, *type_rune; /* identical to uint8, int32 */
extern Type *type_error, *type_any; /* error is named; any an alias */
extern Type *type_empty_tuple;

#endif
