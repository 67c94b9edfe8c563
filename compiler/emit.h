/* emit.h - what the files of the emitter share.
 *
 * The emitter turns one checked package into one C file.  Its files:
 *
 *   emit_text.c    growable text, C lines with #line, temporaries
 *   emit_names.c   C names and symbol labels
 *   emit_type.c    C types for the language's types
 *   emit_desc.c    type descriptors        emit_itab.c   itabs, method wrappers
 *   emit_const.c   constants               emit_order.c  who must go first
 *   emit_expr.c    expressions             emit_op.c     operators, comparisons
 *   emit_index.c   x[i], x[i:j], m[k]      emit_conv.c   conversions, x.(T)
 *   emit_call.c    calls, arguments        emit_builtin.c built-in functions
 *   emit_lit.c     composite literals      emit_closure.c func values
 *   emit_assign.c  stores, assignments     emit_stmt.c   statements
 *   emit_loop.c    for, range              emit_switch.c switch, select
 *   emit_defer.c   defer, go               emit_func.c   functions
 *   emit_init.c    package variables, init, the order of the C file
 *
 * How an expression becomes C.  rvalue(e) returns C text for e's value.  What
 * cannot be said inside a C expression (a receive, a literal in the heap, an
 * operand that must be evaluated before its neighbour) it writes as statements
 * to the prelude of the statement being emitted; pre() adds to it and
 * flush() prints it as one C line.
 *
 * Invariants
 *  1. The text rvalue returns is evaluated exactly once by the code that
 *     receives it, after everything in the prelude so far.
 *  2. A store of a pointer to anything but a variable of the current frame goes
 *     through tern_store_* (barrier), with its operands in temporaries or
 *     free of calls (WB-1: the store functions take them by value).
 */
#ifndef TERN_COMPILER_EMIT_H
#define TERN_COMPILER_EMIT_H

#include "ast.h"
#include "types.h"

/* ---- Text (emit_text.c) ------------------------------------------------- */

typedef struct Text {
  char *s;
  size_t len, cap;
} Text;

void text_add(Text *t, const char *s);
void text_addn(Text *t, const char *s, size_t n);
void text_printf(Text *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A piece of C: its text and how tightly its outermost operator binds. */
typedef struct Cx {
  const char *s;
  int p;
} Cx;

enum {
  P_COMMA, P_ASSIGN, P_COND, P_OR, P_AND, P_BOR, P_XOR, P_BAND, P_EQ, P_REL,
  P_SHIFT, P_ADD, P_MUL, P_UNARY, P_POST
};

Cx cx(int p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text, in parentheses if it binds weaker than p. */
const char *at(Cx c, int p);

/* Adds statements to the prelude. */
void pre(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Prints the prelude, if any, as one line. */
void flush(void);
/* Prints the prelude and this as one C line. */
void line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same without care for its place in the source: braces, labels. */
void line_free(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Lines from here on belong to this place of the source. */
void at_pos(Pos pos);
/* Lines from here on belong to the C file. */
void at_glue(void);
void indent(int by);
/* A new temporary's name. */
const char *temp_name(void);
/* Puts c into a temporary of type t. */
Cx spill(Cx c, Type *t);
void count_frame(Type *t);
/* The same for a C type. */
Cx spill_c(Cx c, const char *ctype);
/* Evaluates with an empty prelude; take_pre gives back what was added. */
typedef struct PreMark {
  Text saved;
} PreMark;
PreMark pre_begin(void);
const char *pre_end(PreMark m);

/* ---- The emitter's state ------------------------------------------------ */

/* A variable as the function being emitted sees it; Object.emit. */
typedef struct Var {
  const char *c;  /* C name */
  bool boxed;     /* the C name is a pointer to the variable */
  bool heap;      /* escape analysis: lives in the heap */
  void *loc;      /* private to escape analysis */
} Var;

/* A function or method; FuncInfo.emit. */
typedef struct FuncNote {
  const char *c;      /* C name */
  bool checks;        /* begins with a stack check; valid if scanned */
  bool scanned;
  const char *closure; /* struct of the closure for literals that capture */
  const char *value;   /* its static closure, once emitted */
  struct Capture *caps; /* of a literal */
  void *tags;           /* private to escape analysis */
} FuncNote;

/* One loop, switch or select that break and continue may refer to. */
typedef struct Target {
  Stmt *stmt;
  const char *break_label, *continue_label; /* used when not NULL */
  bool c_loop, c_switch;    /* what it is in C */
  bool c_break, c_continue; /* C's own statement does it from here */
  struct Target *up;
} Target;

typedef struct Emit {
  Package *pkg;
  bool is_main;      /* package main: all functions static */
  const char *c_file;
  Text forwards, types, closures, desc_decls, protos, data, descs, code, glue, inits;
  Text *out;         /* where lines go */
  Text prelude;
  int depth;         /* of indentation */
  const char *line_file; /* where the C compiler thinks we are; NULL: C file */
  int line_no;
  const char *want_file; /* where lines should be; NULL: C file */
  int want_line;

  /* the function being emitted */
  FuncInfo *func;
  const char *cname;
  Type *sig;
  int temps, labels;
  LIST_OF(const char *) active; /* names of locals in scope */
  bool has_defer, has_ticks;
  Object **results;   /* result variables, NULL entries if unnamed */
  Cx *result_c;       /* their C lvalues (functions with defer or names) */
  int loop_depth;
  Target *target;
  int statics; /* counter for static data */
  bool checking; /* the place being made is not loaded from: a nil pointer must
                    be checked for, it will not fault */
  Text frame;  /* declarations at the head of the function */
  int64_t frame_bytes;
  Type *receiver; /* of the method being emitted, or NULL */
  LIST_OF(const char *) hoisted, used; /* names at the head; ever used */
} Emit;

extern Emit E;

/* Emits the package as a C file's text.  With program, also tern_program_init
 * and tern_program_main. */
const char *emit_package(Package *pkg, const char *c_file, bool program,
                         size_t *len);

/* ---- Names (emit_names.c) ----------------------------------------------- */

/* name, changed if C or the emitter uses it. */
const char *c_safe(const char *name);
/* Letters, digits and _ only. */
const char *c_mangle(const char *s);
/* A C name for the symbol, unique in this file; the same for the same symbol. */
const char *c_symbol(const char *wanted, const char *symbol);
/* The label's text for TERN_SYM: hashed if the assembler could choke on it. */
const char *sym_label(const char *prefix, const char *name);
/* The whole label of a declaration. */
const char *sym(const char *prefix, const char *name);
uint32_t fnv1a(const char *s);
/* Declares a local name in the current scope and returns its C name. */
const char *local_name(const char *name);
const char *field_name(Type *strukt, int i);
/* "main.add", "main.(*T).m" of a function or method object. */
const char *func_symbol(Object *f);
/* A C string literal of these bytes. */
const char *c_string(const char *s, size_t n);

/* ---- Types (emit_type.c) ------------------------------------------------ */

const char *ctype(Type *t);
/* The result type of a function: void, one type, or a struct of them. */
const char *cresult(Type *sig);
/* "T0 a, T1 b" without names: for prototypes and casts. */
bool by_address(Type *t);
const char *cparam(Type *t);
const char *cparams(Type *sig, const char *first);
/* The type of a pointer to code: "int64_t (*)(tern_func, int64_t)". */
const char *cfn_type(Type *sig, const char *first);
const char *type_mangle(Type *t);
/* A C zero value. */
Cx zero_value(Type *t);
bool is_scalar(Type *t); /* a C scalar: numbers, pointers, bool */
void types_finish(void);
int type_bits(Type *t);
const char *type_suffix(Type *t); /* "i64": of arithmetic helpers */

/* ---- Descriptors (emit_desc.c, emit_itab.c) ----------------------------- */

/* "type_main_Point": take its address. */
const char *type_desc(Type *t);
/* A descriptor for memory only: fields of these types in this order. */
const char *layout_desc(const char *name, Type **fields, int n);
void pointer_mask(Type *t, int64_t offset, uint64_t *mask);
void descs_finish(void);
const char *itab_of(Type *t, Type *iface);
/* The code for an itab's entry: receiver is the data word. */
const char *method_ifn(Type *t, Selection *sel);
/* A function taking the receiver first, as T.m is called. */
const char *method_expr_func(Type *t, Selection *sel);
void own_types(void);

/* ---- Expressions -------------------------------------------------------- */

Cx rvalue(Expr *e);
/* e's value where a `to` is wanted: with implicit conversion. */
Cx rvalue_as(Expr *e, Type *to);
/* e as a C lvalue; e is addressable, or a value is put into a temporary. */
Cx lvalue(Expr *e);
/* e's value in a form that can be written twice. */
Cx stable_rvalue(Expr *e);
/* The address of an addressable operand. */
Cx address_of(Expr *e);
/* Evaluates in Go's order; out[i] are the values, converted to to[i] unless
 * NULL. */
void eval_list(Expr **e, Type **to, int n, Cx *out);
/* As statement: the value is dropped. */
void eval_drop(Expr *e);
/* A v, ok expression into two temporaries. */
void eval_comma_ok(Expr *e, Cx *v, Cx *ok);

Cx const_value(ConstValue *v, Type *t);
const char *const_init(ConstValue *v, Type *t); /* as static initialiser */
Cx string_const(const char *s, size_t n);

Cx binary(Expr *e);
Cx unary(Expr *e);
Cx arith(Token op, Cx x, Cx y, Type *t);
Cx shift(Token op, Cx x, Expr *count, Type *t);
Cx equal(Cx x, Cx y, Type *t, bool stable_operands);
Cx equal_exprs(Expr *x, Expr *y);
Cx string_concat(Cx *parts, int n);

Cx index_expr(Expr *e);
Cx index_place(Expr *e); /* array, slice: lvalue */
Cx slice_expr(Expr *e);
Cx index_check(Expr *index, const char *len, int64_t const_len);
Cx map_key(Type *mt, Expr *key, const char **variant);
Cx map_access(Type *mt, Cx m, Cx key, const char *variant);
Cx map_assign(Type *mt, Cx m, Cx key, const char *variant);
const char *map_variant(Type *mt);

Cx convert(Cx c, Type *from, Type *to);
Cx conversion(Expr *e);
Cx to_interface(Cx c, Type *from, Type *to);
Cx iface_type(Cx c, Type *t); /* dynamic type of a stable interface value */
Cx from_data(Cx data, Type *t);
Cx type_assert(Expr *e);
void type_assert_ok(Expr *e, Cx *v, Cx *ok);

Cx selector(Expr *e);
/* Walks a selection's path; x is the operand's C text, of type t. */
Cx walk_path(Cx x, Type **t, const Selection *s, bool lvalue_ok);
Cx deref(Cx p, Type *elem);
Cx field_of(Cx x, Type *strukt, int i, bool through_pointer);
Cx var_ref(Object *o);
Var *var_of(Object *o);

Cx call(Expr *e);
Cx builtin_call(Expr *e);
/* The arguments of a call to sig, packed and converted; returns how many. */
int call_args(Expr *e, Type *sig, Cx *out, int max);
Cx func_ref(Object *f);
Cx method_receiver(Expr *fun);
Cx append_call(Expr *e);
Expr *temp_expr(Cx c, Type *t);
void append_to(Expr *e, const char *s);

Cx composite(Expr *e);
Cx address_of_literal(Expr *e, Expr *lit);
/* Stores the literal's elements into the zeroed place. */
void fill_literal(Expr *lit, const char *place, Type *t, bool frame);
bool literal_is_static(Expr *lit);
const char *static_init(Expr *e, Type *t);

Cx func_literal(Expr *e);
Cx func_value_of(Object *f);
Cx method_value(Expr *e);
Cx method_expr(Expr *e);
bool captured_by_value(Object *o);
/* A closure holding these values: fn is its code. */
typedef struct Capture {
  const char *name, *ctype;
  Type *type; /* NULL: a pointer */
  const char *value;
} Capture;
Cx make_closure(const char *fn, Capture *caps, int n, bool heap,
                const char *struct_name);
const char *closure_struct(const char *name, Capture *caps, int n);

/* Order (emit_order.c) */
bool has_call(Expr *e);
bool is_stable(Expr *e);
bool is_variable(Expr *e);
bool may_panic(Expr *e);
bool mentions(Expr *e, Object *o);

/* ---- Statements --------------------------------------------------------- */

typedef enum { PLACE_BLANK, PLACE_FRAME, PLACE_MEMORY, PLACE_MAP } PlaceKind;
typedef struct Place {
  PlaceKind kind;
  Cx c;
  Type *type;
  Type *map_type;
  Cx map, key;
  const char *variant;
} Place;
/* freeze: operands go to temporaries, so that later stores do not move it. */
Place place_of(Expr *e, bool freeze);
/* Adds the store to the prelude. */
void store(Place *p, Cx value);
void store_memory(Cx lv, Type *t, Cx value);
bool in_frame(Expr *e);
void assign_stmt(Stmt *s);
void inc_dec_stmt(Stmt *s);
/* Declares a local with this value (NULL: zero). */
void declare_var(Object *o, const Cx *value);

void stmt(Stmt *s);
void block(StmtList *list);
void braces(Stmt *block_stmt);
int scope_begin(void);
void scope_end(int mark);
void for_stmt(Stmt *s);
void range_stmt(Stmt *s);
void switch_stmt(Stmt *s);
void type_switch_stmt(Stmt *s);
void select_stmt(Stmt *s);
void go_stmt(Stmt *s);
void defer_stmt(Stmt *s);
void return_stmt(Stmt *s);
void return_results(void);
/* Whether the function begins with a stack check. */
bool func_checks(FuncInfo *f);
void branch_stmt(Stmt *s);
Target *target_push(Stmt *s);
void target_pop(Target *t);
const char *new_label(const char *what);

/* Declares something at the head of the function: decl has %s for the name,
 * which is made from `base` and returned; size in bytes. */
const char *frame_decl(const char *decl, const char *base, int64_t size);
void emit_function(FuncInfo *f, Object *obj);
void grow_glue(const char *cname, Type *sig, const char *first_type, int64_t need);
/* Writes a prototype; apart: never inlined. */
void declare_func(const char *c, const char *symbol, Type *sig,
                  const char *first, bool is_static, bool apart);
/* Emits the literals inside a function or initialiser. */
void emit_literals(FuncInfo **lits, int n);
void define_globals(void);
void emit_init(bool program);

#endif
