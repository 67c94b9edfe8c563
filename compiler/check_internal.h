/* check_internal.h - what the checker's files share; nobody else includes it.
 *
 * How a check runs (check.c):
 *   1. branches    labels, break, continue, goto of all bodies
 *   2. collect     package-level objects and file scopes; imports are loaded
 *   3. resolve     each object's declaration, on demand and with cycle
 *                  detection: white -> grey (on the path) -> black
 *   4. delayed     function bodies and checks that need complete types, from a
 *                  queue
 *   5. init order, unused imports
 *
 * An expression is checked into an Operand; when that is done the result is
 * recorded on the node.  Untyped constants and shifts stay untyped until their
 * context is known, and then convert_untyped walks down and sets final types.
 *
 * One check is in progress at a time: `ck`.  Loading an import saves it and
 * starts another.
 */
#ifndef TERN_COMPILER_CHECK_INTERNAL_H
#define TERN_COMPILER_CHECK_INTERNAL_H

#include "arena.h"
#include "ast.h"
#include "checker.h"
#include "diag.h"
#include "types.h"
#include "universe.h"

/* Types of this many bytes or more are refused. */
#define TYPE_MAX_SIZE (INT64_C(1) << 50)
/* Elements of a channel are smaller than this. */
#define CHAN_ELEM_MAX (1 << 16)
/* Bits that an untyped integer constant may have. */
#define CONST_MAX_BITS 512
/* Characters that a numeric literal may have. */
#define LITERAL_MAX_LEN 10000

typedef LIST_OF(Object *) ObjectList;
typedef LIST_OF(Type *) TypeList;

/* ---- State -------------------------------------------------------------- */

/* The value of an expression under check. */
typedef struct Operand {
  ExprMode mode;
  BuiltinId builtin;
  Type *type;
  ConstValue *val;
  Expr *expr;
} Operand;

typedef enum Color { WHITE, GREY, BLACK } Color;

/* What is known of an object while it is being checked. */
struct ObjectChecking {
  Color color;
  File *file;
  Decl *decl;
  Expr *type_expr, *init;
  Object **lhs; /* of a declaration a, b = f(): all of them */
  int nlhs;
  bool inherited; /* const: type and value are those of an earlier spec */
  bool collected; /* type: its methods were bound */
  int64_t iota;
  ObjectList deps;     /* package-level objects that it mentions */
  ObjectList methods;  /* type: methods waiting for it */
  int mark, init_node; /* private to initorder.c */
};

/* What is known of a type while it is being checked. */
struct TypeChecking {
  /* interface */
  ObjectList methods; /* written ones */
  TypeList embedded;
  LIST_OF(Pos) embedded_pos;
  bool complete, completing;
  /* named */
  bool valid; /* its recursion was checked */
  bool visiting;
  bool done; /* its declaration was read to the end */
  MethodSet *method_set, *pointer_method_set;
};

/* Where the check is. */
typedef struct Env {
  File *file;
  Scope *scope;
  Object *decl; /* whose deps grow; NULL inside none */
  FuncInfo *func;
  ConstValue *iota; /* inside a constant declaration */
  Pos errpos;       /* reported instead, for inherited constants */
  bool has_call_or_recv;
} Env;

typedef struct Delayed {
  void (*run)(void *);
  void *arg;
  Env env;
} Delayed;

typedef struct Checker {
  Package *pkg;
  bool bodies;
  Env env;
  ObjectList path;    /* grey objects */
  ObjectList objects; /* package-level, source order */
  ObjectList imports; /* OBJ_PACKAGE names */
  ObjectList methods; /* with a receiver, source order */
  LIST_OF(Delayed) delayed;
  ObjectList funcs, vars, types;
  LIST_OF(FuncInfo *) lits;
  LIST_OF(Package *) packages;
  int local_types;
  int glob_lits; /* literals in package-level initialisers so far */
  int init_funcs, blank_funcs; /* numbered so far */
  int errors;
} Checker;

extern Checker *ck;

/* ---- Errors (check_error.c) --------------------------------------------- */

void error_at(Pos pos, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void error_expr(const Expr *x, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void error_operand(const Operand *x, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Where gc reports an error about a node: mostly its leftmost byte. */
Pos start_of(const Expr *x);
/* Where gc says a node is: at the operator, dot or bracket. */
Pos node_pos(const Expr *x);
/* Just behind a simple operand (then a bracket follows), else its start. */
Pos end_of(const Expr *x);
/* "x (variable of type int)" as gc says it. */
const char *operand_string(const Operand *x);
/* "(int, number)" */
const char *types_summary(Type **types, int n, bool variadic);
#define TYPE_STR(t) type_error_string(t)

/* ---- Names and scopes (scope.c) ----------------------------------------- */

bool name_exported(const char *name);
Scope *scope_new(Scope *outer, bool is_func);
/* Adds o; returns the object of that name that was there already, else NULL. */
Object *scope_insert(Scope *s, Object *o);
Object *object_new(ObjectKind kind, Pos pos, const char *name, Type *type);
/* Adds o to s, or reports that it is redeclared.  Blank names are not added. */
void declare(Scope *s, Object *o);
void report_other_declaration(Object *o);

/* ---- Types (types.c, type_string.c, lookup.c) --------------------------- */

Type *type_new(TypeKind kind);
Package *checker_package(void);
const char *func_error_string(Object *f);
/* Collects the methods of an interface with its embedded ones. */
void type_interface_complete(Type *t);

typedef enum LookupResult {
  LOOKUP_FOUND,
  LOOKUP_NONE,
  LOOKUP_AMBIGUOUS,
  LOOKUP_NEEDS_POINTER, /* method of *T, and the operand is no pointer */
} LookupResult;

/* Finds a field or method; *sel is filled if found.  `addressable` allows
 * methods with pointer receivers on a T.  With fold, case is ignored. */
LookupResult lookup(Type *t, bool addressable, Package *pkg, const char *name,
                    bool fold, Selection *sel, bool *indirect);
/* Whether v implements iface; if not and cause is given, why. */
bool implements(Type *v, Type *t, const char **cause);
/* A method of iface that v lacks, with the reason in parentheses. */
Object *missing_method(Type *v, Type *iface, bool is_static,
                       const char **cause);
const char *lookup_error(Type *t, const char *sel, Object *alt, bool lit);
const char *interface_pointer_error(Type *t);
/* Why values of the type cannot be compared, or "". */
const char *incomparable_cause(Type *t);
const char *kind_string(Type *t);

/* ---- Driving (check.c) -------------------------------------------------- */

void delay(void (*run)(void *), void *arg);
void process_delayed(int from);
void init_order(void);

/* ---- Declarations (check_decl.c, check_type.c) -------------------------- */

/* Makes sure that the object has its type. */
void object_resolve(Object *o);
void add_dependency(Object *o);
/* What o mentions; shared by the variables of one declaration a, b = f(). */
ObjectList *dependencies(Object *o);
void check_local_decl(DeclList *decls);
/* Checks the numbers of names and values of a const or var spec. */
void check_arity(Pos pos, ExprList *names, ExprList *values, bool is_const,
                 bool inherited);
/* The type an expression denotes; T_INVALID after an error. */
Type *check_type(Expr *x);
/* The same where the type is being declared: def is the named type. */
Type *check_type_def(Expr *x, Type *def);
/* The same for the place of a variable: refuses what cannot be one. */
Type *check_var_type(Expr *x);
/* Fills the function type sig; *scope holds the parameters. */
void check_func_type(Type *sig, Expr *ftype, Field *recv, Scope **scope);
int64_t check_array_len(Expr *len);
/* Reports type parameters if there are any and opens a scope in which their
 * names mean nothing; returns the scope before. */
Scope *refuse_type_params(FieldList *list);
/* check_struct.c */
Type *check_struct_type(Expr *x, Type *def);
Type *check_interface_type(Expr *x, Type *def);

/* ---- Expressions -------------------------------------------------------- */

/* check_expr.c */
void check_raw_expr(Operand *x, Expr *e, Type *hint);
void check_expr(Operand *x, Expr *e); /* single value */
void check_expr_hint(Operand *x, Expr *e, Type *hint);
/* A value, a type, or a builtin that is to be called. */
void check_expr_or_type_or_builtin(Operand *x, Expr *e);
/* A value or several: T_TUPLE type. */
void check_multi_expr(Operand *x, Expr *e);
void record(Operand *x);
void check_binary(Operand *x, Expr *e, Expr *lhs, Expr *rhs, Token op);
void check_comparison(Operand *x, Operand *y, Token op, bool switch_case);
void match_types(Operand *x, Operand *y);
void single_value(Operand *x);
void exclude_modes(Operand *x, bool allow_type, bool allow_no_value);
/* Evaluates for the sake of errors and uses; false if there was an error. */
bool use_expr(Expr *e);
bool use_exprs(ExprList *list);
bool use_lhs(ExprList *list);
void mark_root(Expr *e, bool address);
/* check_unary.c */
void check_unary(Operand *x, Expr *e);
void check_shift(Operand *x, Operand *y, Expr *e, Token op);
ConstOp const_op(Token op);
void check_ident(Operand *x, Expr *e, bool want_type);
void check_literal(Operand *x, Expr *e);
/* The bytes of a well-formed string literal as written. */
ConstValue *string_literal_value(const char *text, size_t len);
void check_type_assert(Operand *x, Expr *e);
void type_assertion(Expr *e, Operand *x, Type *t, bool type_switch);
/* check_selector.c */
void check_selector(Operand *x, Expr *e, bool want_type);
/* check_lit.c */
void check_composite(Operand *x, Expr *e, Type *hint);
void check_func_lit(Operand *x, Expr *e);
/* check_index.c */
void check_index(Operand *x, Expr *e);
void check_slice(Operand *x, Expr *e);
/* The index e; -1 if it is not a constant.  max < 0: no upper limit. */
int64_t check_index_value(Expr *e, int64_t max, bool *ok);
bool is_valid_index(Operand *x, const char *what, bool allow_negative);
int64_t check_indexed_elems(ExprList *elems, Type *elem, int64_t len);
/* check_call.c, check_builtin.c, check_unsafe.c */
void check_call(Operand *x, Expr *e);
bool check_builtin(Operand *x, Expr *e, BuiltinId id);
bool check_unsafe(Operand *x, Expr *e, BuiltinId id, Operand *args, int n);
const char *builtin_name(BuiltinId id);
/* Evaluates arguments, spreading one call with several results. */
Operand *check_args(ExprList *list, int *n, bool *spread);
void check_arguments(Expr *call, Type *sig, Operand *args, int n);

/* ---- Constants and conversions (check_const.c, check_conv.c) ------------ */

typedef enum ConvertError {
  CONVERT_OK,
  CONVERT_BAD,
  CONVERT_TRUNCATED,
  CONVERT_OVERFLOW,
} ConvertError;

/* If val can be a value of basic type t; the rounded value in *out. */
bool representable(ConstValue *val, Type *t, ConstValue **out);
ConvertError representation(Operand *x, Type *t, ConstValue **out);
void check_representable(Operand *x, Type *t);
/* The type an untyped x would take in a place of type target. */
ConvertError implicit_type(Operand *x, Type *target, Type **type,
                           ConstValue **val);
void convert_untyped(Operand *x, Type *target);
/* Gives x, if untyped, its default type. */
void convert_default(Operand *x);
void check_overflow(Operand *x, Pos op_pos);
Type *default_type(Type *t);
/* Sets final types down an untyped expression. */
void update_type(Expr *e, Type *t);
void update_value(Expr *e, ConstValue *val);
void check_conversion(Operand *x, Type *t);

/* ---- Assignment (check_assign.c) ---------------------------------------- */

bool assignable(Operand *x, Type *t, const char **cause);
/* Converts x to a variable of type t (NULL: blank), or reports. */
void check_assignment(Operand *x, Type *t, const char *context);
void init_const(Object *lhs, Operand *x);
void init_var(Object *lhs, Operand *x, const char *context);
void init_vars(Object **lhs, int n, ExprList *rhs, Stmt *ret);
void assign_var(Expr *lhs, Expr *rhs, Operand *x, const char *context);
void assign_vars(ExprList *lhs, ExprList *rhs);
void short_var_decl(Stmt *s);
Type *check_lhs(Expr *lhs);
void return_error(Pos at, Object **lhs, int l, Operand *rhs, int r);
void set_comma_ok(Expr *e, Type *first);

/* ---- Statements (check_stmt.c, ...) ------------------------------------- */

void check_func_body(FuncInfo *info);
FuncInfo *func_info_new(Expr *lit, Decl *decl, Object *obj, Type *sig);
void add_local(Object *v);

void check_stmt(Stmt *s);
void check_stmts(StmtList *list);
void check_range(Stmt *s);
void check_switch(Stmt *s);
void check_type_switch(Stmt *s);
void check_select(Stmt *s);
void open_scope(Stmt *s);
void close_scope(void);
bool is_terminating(Stmt *s);
bool is_terminating_list(StmtList *list);

#endif
