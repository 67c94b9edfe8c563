/*
 * ast.h - the syntax tree: made by the parser, decorated by the checker and
 * the escape analysis, read by the emitter.
 *
 * There are three sorts of nodes, each one tagged struct with a union:
 *
 *     Expr   expressions and types (a type is written as an expression)
 *     Stmt   statements, case and comm clauses
 *     Decl   one spec of import, const, type, var, or one function
 *
 * The tree covers all of Go 1.22 (type parameters and complex literals
 * included), so that the checker can refuse what Tern leaves out with a good
 * message. Slots under "checker" or "escape" are zero after parsing.
 *
 * Positions. `pos` is where gc reports an error about the node: the operator
 * of a binary expression or assignment, the first byte of everything else.
 * expr_start gives the leftmost byte, which is what types2 uses for most
 * messages about operands.
 *
 * Invariants
 *  1. Names are interned: compare them with ==.
 *  2. No tree is higher than AST_MAX_HEIGHT, so recursion over it is safe on
 *     a stack of AST_STACK_SIZE bytes (the driver provides it).
 *  3. A tree that came with errors contains EXPR_BAD/STMT_BAD where something
 *     could not be understood; no child that is not said to be optional is NULL.
 */
#ifndef TERN_COMPILER_AST_H
#define TERN_COMPILER_AST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"
#include "source.h"
#include "token.h"

/* How deep brackets, blocks and unary operators may nest in the source. */
#define AST_MAX_NESTING 1000
/* How high a tree may grow, counting chains such as a+b+c+... and f()()()... too. */
#define AST_MAX_HEIGHT 10000
/* A stack on which any pass may recurse over any tree. */
#define AST_STACK_SIZE ((size_t)512 << 20)

/* Defined by the checker in types.h and constant.h. */
typedef struct Type Type;
typedef struct Object Object;
typedef struct Scope Scope;
typedef struct ConstValue ConstValue;

typedef struct Expr Expr;
typedef struct Stmt Stmt;
typedef struct Decl Decl;
typedef struct Field Field;
typedef struct File File;

typedef LIST_OF(Expr *) ExprList;
typedef LIST_OF(Stmt *) StmtList;
typedef LIST_OF(Decl *) DeclList;
typedef LIST_OF(Field *) FieldList;

/* ---- Expressions and types ---- */

/* X(kind, name in dumps) */
#define EXPR_TABLE(X)                        \
  X(EXPR_BAD, "Bad")                   \
  X(EXPR_IDENT, "Ident")               \
  X(EXPR_LITERAL, "Literal")           \
  X(EXPR_FUNC_LIT, "FuncLit")          \
  X(EXPR_COMPOSITE, "CompositeLit")    \
  X(EXPR_KEY_VALUE, "KeyValue")        \
  X(EXPR_PAREN, "Paren")               \
  X(EXPR_SELECTOR, "Selector")         \
  X(EXPR_INDEX, "Index")               \
  X(EXPR_SLICE, "Slice")               \
  X(EXPR_TYPE_ASSERT, "TypeAssert")    \
  X(EXPR_CALL, "Call")                 \
  X(EXPR_STAR, "Star")                 \
  X(EXPR_UNARY, "Unary")               \
  X(EXPR_BINARY, "Binary")             \
  X(EXPR_ELLIPSIS, "Ellipsis")         \
  X(EXPR_ARRAY_TYPE, "ArrayType")      \
  X(EXPR_SLICE_TYPE, "SliceType")      \
  X(EXPR_STRUCT_TYPE, "StructType")    \
  X(EXPR_FUNC_TYPE, "FuncType")        \
  X(EXPR_INTERFACE_TYPE, "InterfaceType") \
  X(EXPR_MAP_TYPE, "MapType")          \
  X(EXPR_CHAN_TYPE, "ChanType")

typedef enum {
#define X(kind, name) kind,
  EXPR_TABLE(X)
#undef X
} ExprKind;

/* What an expression denotes; set by the checker (named as in types2). */
typedef enum {
  MODE_INVALID,   /* not checked, or wrong and already reported */
  MODE_NO_VALUE,  /* a call without result */
  MODE_BUILTIN,   /* a built-in function */
  MODE_TYPE,      /* a type */
  MODE_CONSTANT,  /* cval holds the value */
  MODE_VARIABLE,  /* an addressable variable */
  MODE_MAP_INDEX, /* m[k]: assignable, not addressable; may be comma-ok */
  MODE_VALUE,     /* a computed value */
  MODE_NIL,       /* nil */
  MODE_COMMA_OK,  /* a value that may be comma-ok: x.(T), <-c */
  MODE_PACKAGE,   /* a package name, only valid before a dot */
} ExprMode;

typedef enum { DIR_BOTH, DIR_SEND, DIR_RECV } ChanDir;

/* How the checker understood a call. */
typedef enum {
  CALL_UNRESOLVED,
  CALL_FUNCTION,   /* a function, method, interface method or func value */
  CALL_CONVERSION, /* T(x) */
  CALL_BUILTIN,    /* call.builtin says which */
} CallKind;

/* How the checker understood x.sel. */
typedef enum {
  SEL_UNRESOLVED,
  SEL_PACKAGE,     /* x is a package, obj the package's object */
  SEL_FIELD,       /* a struct field, reached by path */
  SEL_METHOD,      /* x.m with a concrete method: called or a method value */
  SEL_INTERFACE,   /* x.m with x (after path) of interface type */
  SEL_METHOD_EXPR, /* T.m or (*T).m: a function with the receiver first */
} SelectionKind;

/* One step of a selection through struct fields. */
typedef struct {
  int index;  /* field index in the struct */
  bool deref; /* the operand of this step is a pointer: follow it first */
} SelectionStep;

/*
 * A resolved selector. The path leads from x to the selected field itself
 * (SEL_FIELD) or to the embedded field that has the method (SEL_METHOD,
 * SEL_INTERFACE, SEL_METHOD_EXPR). For methods, after the path:
 */
typedef struct {
  SelectionKind kind;
  Object *obj; /* field, method or package member */
  Type *recv;  /* the type of x, or T in a method expression */
  SelectionStep *path;
  int path_len;
  bool address; /* method wants *T and has an addressable T: take its address */
  bool deref;   /* method wants T and has *T: load it */
} Selection;

/* An expression or a type. Made by expr_new and the parser. */
struct Expr {
  ExprKind kind;
  Pos pos;

  /* by the checker */
  uint8_t mode;  /* ExprMode */
  bool comma_ok; /* used as v, ok = x: the node yields two values */
  Type *type;    /* final type: untyped constants have become typed here */
  ConstValue *cval; /* the value, if constant */

  /* by the escape analysis */
  bool escapes; /* storage made by this node (&T{}, new, make, func
                   literal, conversion to interface, ...) must be on the heap */
  void *note;   /* free for escape and emit */

  union {
    /* EXPR_IDENT: x. "_" is an ordinary identifier here. */
    struct {
      const char *name;
      Object *obj; /* checker: what it uses or declares */
    } ident;

    /* EXPR_LITERAL: kind is TOKEN_INT, FLOAT, IMAG, RUNE or STRING. */
    struct {
      Token kind;
      bool bad;         /* malformed and already reported */
      const char *text; /* as in the source, NUL-terminated, quotes included */
      size_t len;       /* bytes of text */
    } literal;

    /* EXPR_FUNC_LIT: func(...) { ... } */
    struct {
      Expr *type; /* EXPR_FUNC_TYPE */
      Stmt *body; /* STMT_BLOCK */
      Scope *scope;   /* checker: parameters */
      void *captures; /* checker: the outer variables it uses */
    } func_lit;

    /* EXPR_COMPOSITE: T{a, k: v}; type is NULL when elided. */
    struct {
      Expr *type; /* optional; length is EXPR_ELLIPSIS in [...]T */
      ExprList elems; /* EXPR_KEY_VALUE or plain values */
      Pos rbrace;
      int64_t array_len; /* checker: elements of an array or slice literal */
      bool implicit_address; /* checker: {..} for &T in []*T{{..}} */
    } composite;

    /* EXPR_KEY_VALUE: k: v */
    struct {
      Expr *key, *value;
    } key_value;

    /* EXPR_PAREN (x), EXPR_STAR *x (deref or pointer type) */
    struct {
      Expr *x;
    } paren, star;

    /* EXPR_SELECTOR: x.sel */
    struct {
      Expr *x;
      Expr *sel; /* EXPR_IDENT */
      Selection selection; /* checker */
    } selector;

    /* EXPR_INDEX: x[i], or an instantiation x[T1, T2] */
    struct {
      Expr *x;
      ExprList index; /* at least one */
    } index;

    /* EXPR_SLICE: x[lo:hi:max], each optional */
    struct {
      Expr *x;
      Expr *lo, *hi, *max;
      bool three; /* x[::] form, max given */
    } slice;

    /* EXPR_TYPE_ASSERT: x.(T); T is NULL for x.(type), which occurs
       only as the guard of a type switch. */
    struct {
      Expr *x;
      Expr *type;
    } type_assert;

    /* EXPR_CALL: f(a, b...) ; also conversions and built-ins */
    struct {
      Expr *fun;
      ExprList args;
      bool dots;  /* last argument is followed by ... */
      Pos rparen;
      CallKind kind;  /* checker */
      int builtin;    /* checker: BuiltinId of universe.h */
      Object *callee; /* checker: the function or concrete method
                         called, NULL for func values and interfaces */
      bool spread;    /* checker: f(g()) with g's many results */
    } call;

    /* EXPR_UNARY: + - ! ^ & <- ~ as TOKEN_ADD, SUB, NOT, XOR, AND, ARROW, TILDE */
    struct {
      Token op;
      Expr *x;
    } unary;

    /* EXPR_BINARY: x op y; op is TOKEN_ADD ... TOKEN_GE */
    struct {
      Token op;
      Expr *x, *y;
    } binary;

    /* EXPR_ELLIPSIS: ...T as type of the last parameter; elem is NULL
       when it stands for the length in [...]T. */
    struct {
      Expr *elem;
    } ellipsis;

    /* EXPR_ARRAY_TYPE: [len]elem (len may be EXPR_ELLIPSIS);
       EXPR_SLICE_TYPE: []elem, len NULL */
    struct {
      Expr *len;
      Expr *elem;
    } array;

    /* EXPR_STRUCT_TYPE: one Field for each name, in order */
    struct {
      FieldList fields;
    } struct_type;

    /* EXPR_FUNC_TYPE: one Field for each parameter, names optional */
    struct {
      FieldList type_params; /* functions only, usually empty */
      FieldList params;
      FieldList results;
    } func_type;

    /* EXPR_INTERFACE_TYPE: methods have a name and an EXPR_FUNC_TYPE;
       embedded types and unions (EXPR_BINARY |, EXPR_UNARY ~) have none */
    struct {
      FieldList elems;
    } interface_type;

    /* EXPR_MAP_TYPE: map[key]value */
    struct {
      Expr *key, *value;
    } map;

    /* EXPR_CHAN_TYPE */
    struct {
      ChanDir dir;
      Expr *elem;
    } chan;
  };
};

/*
 * A struct field, parameter, result, type parameter or interface element.
 * `a, b int` gives two Fields whose type is the same Expr: a pass that must
 * visit a type once compares with the previous Field's type.
 */
struct Field {
  Pos pos;
  Expr *name; /* EXPR_IDENT; NULL if unnamed or embedded */
  Expr *type; /* EXPR_ELLIPSIS for ...T; constraint of a type parameter */
  Expr *tag;  /* EXPR_LITERAL (string) or NULL; struct fields only */
  bool embedded; /* struct field without name: T, *T, pkg.T */
  Object *obj;   /* checker */
};

/* ---- Statements ---- */

#define STMT_TABLE(X)                       \
  X(STMT_BAD, "Bad")                  \
  X(STMT_EMPTY, "Empty")              \
  X(STMT_EXPR, "ExprStmt")            \
  X(STMT_SEND, "Send")                \
  X(STMT_INC_DEC, "IncDec")           \
  X(STMT_ASSIGN, "Assign")            \
  X(STMT_GO, "Go")                    \
  X(STMT_DEFER, "Defer")              \
  X(STMT_RETURN, "Return")            \
  X(STMT_BRANCH, "Branch")            \
  X(STMT_BLOCK, "Block")              \
  X(STMT_IF, "If")                    \
  X(STMT_SWITCH, "Switch")            \
  X(STMT_TYPE_SWITCH, "TypeSwitch")   \
  X(STMT_SELECT, "Select")            \
  X(STMT_CASE, "Case")                \
  X(STMT_COMM, "Comm")                \
  X(STMT_FOR, "For")                  \
  X(STMT_RANGE, "Range")              \
  X(STMT_LABELED, "Labeled")          \
  X(STMT_DECL, "DeclStmt")

typedef enum {
#define X(kind, name) kind,
  STMT_TABLE(X)
#undef X
} StmtKind;

/* How the checker understood the operand of a range clause. */
typedef enum {
  RANGE_UNRESOLVED,
  RANGE_INT,
  RANGE_STRING,
  RANGE_ARRAY,
  RANGE_ARRAY_POINTER,
  RANGE_SLICE,
  RANGE_MAP,
  RANGE_CHAN,
} RangeKind;

/* A statement. Made by stmt_new and the parser. */
struct Stmt {
  StmtKind kind;
  Pos pos;
  bool has_break;  /* parser: a break leads out of this for/switch/select */
  bool has_continue; /* parser: a continue leads to this for/range */
  Scope *scope;    /* checker: the scope this statement opens, if any */
  Stmt *label;     /* the STMT_LABELED directly around it, or NULL */
  void *note;      /* free for escape and emit */

  union {
    /* STMT_EXPR */
    struct {
      Expr *x;
    } expr;

    /* STMT_SEND: chan <- value */
    struct {
      Expr *chan, *value;
    } send;

    /* STMT_INC_DEC: x++ (op TOKEN_ADD) or x-- (op TOKEN_SUB) */
    struct {
      Expr *x;
      Token op;
    } inc_dec;

    /* STMT_ASSIGN. op: TOKEN_ASSIGN for =, TOKEN_DEFINE for :=,
       TOKEN_ADD for += and so on. lhs and rhs as written, so one
       rhs may stand for many lhs (call, comma-ok). */
    struct {
      Token op;
      ExprList lhs, rhs;
      bool *declares; /* checker, for :=: lhs[i] is a new variable */
    } assign;

    /* STMT_GO, STMT_DEFER: an EXPR_CALL, or what was written instead
       and has been reported already */
    struct {
      Expr *call;
    } go;

    /* STMT_RETURN */
    struct {
      ExprList results;
    } ret;

    /* STMT_BRANCH: token is TOKEN_BREAK, CONTINUE, GOTO, FALLTHROUGH */
    struct {
      Token token;
      Expr *label; /* EXPR_IDENT or NULL */
      Stmt *target; /* parser: the for/switch/select left or
                       continued, or the STMT_LABELED of a goto */
    } branch;

    /* STMT_BLOCK */
    struct {
      StmtList stmts;
      Pos rbrace;
    } block;

    /* STMT_IF */
    struct {
      Stmt *init;  /* optional */
      Expr *cond;
      Stmt *then;  /* STMT_BLOCK */
      Stmt *other; /* STMT_IF, STMT_BLOCK or NULL */
    } if_stmt;

    /* STMT_SWITCH */
    struct {
      Stmt *init; /* optional */
      Expr *tag;  /* optional: NULL means true */
      StmtList cases; /* STMT_CASE */
      Pos rbrace;
    } switch_stmt;

    /* STMT_TYPE_SWITCH: switch init; name := x.(type) { } */
    struct {
      Stmt *init; /* optional */
      Expr *name; /* EXPR_IDENT or NULL; each clause has its own
                     variable, see case_clause.obj */
      Expr *x;
      StmtList cases; /* STMT_CASE; exprs are types or nil */
      Pos rbrace;
    } type_switch;

    /* STMT_SELECT */
    struct {
      StmtList cases; /* STMT_COMM */
      Pos rbrace;
    } select;

    /* STMT_CASE: pos is at `case` or `default` */
    struct {
      bool is_default;
      ExprList exprs;
      StmtList body;
      Pos colon;
      Object *obj;      /* checker: the variable of a type switch */
      bool fallthrough; /* parser: body ends in fallthrough */
    } case_clause;

    /* STMT_COMM: comm is NULL for default, else STMT_SEND, or
       STMT_EXPR / STMT_ASSIGN with a receive <-c on the right */
    struct {
      Stmt *comm;
      StmtList body;
      Pos colon;
    } comm_clause;

    /* STMT_FOR: each part optional except the body */
    struct {
      Stmt *init;
      Expr *cond;
      Stmt *post;
      Stmt *body; /* STMT_BLOCK */
    } for_stmt;

    /* STMT_RANGE: for key, value := range x */
    struct {
      Expr *key, *value; /* optional */
      bool define;       /* := rather than = */
      Expr *x;
      Stmt *body; /* STMT_BLOCK */
      RangeKind kind;       /* checker */
    } range;

    /* STMT_LABELED: stmt is STMT_EMPTY for a label before } */
    struct {
      Expr *name; /* EXPR_IDENT */
      Stmt *stmt;
      bool used; /* parser: some branch names it */
    } labeled;

    /* STMT_DECL: const, type or var inside a function */
    struct {
      DeclList decls;
    } decl;
  };
};

/* ---- Declarations and files ---- */

typedef enum {
  DECL_BAD,
  DECL_IMPORT,
  DECL_CONST,
  DECL_TYPE,
  DECL_VAR,
  DECL_FUNC,
} DeclKind;

/* A parenthesised declaration group; Decls of one group share it. */
typedef struct {
  Pos pos; /* of the keyword */
} DeclGroup;

/* One spec or function. `pos` is at the first name. */
struct Decl {
  DeclKind kind;
  Pos pos;
  DeclGroup *group; /* NULL when not in parentheses */
  File *file;
  Object *obj;      /* checker: the object of a type or function */
  uint8_t checking; /* checker: colour for cycle detection */
  void *note;       /* free for check, escape and emit */

  union {
    /* DECL_IMPORT: import name "path" */
    struct {
      Expr *name; /* EXPR_IDENT, also "." and "_"; or NULL */
      Expr *path; /* EXPR_LITERAL (string) */
    } import;

    /* DECL_CONST: a, b T = x, y. When type and values are absent, the
       last spec of the group that had values is repeated. */
    struct {
      ExprList names; /* EXPR_IDENT */
      Expr *type;     /* optional; as written */
      ExprList values; /* as written, may be empty */
      int64_t iota;
      Decl *inherit; /* the spec whose type and values are repeated
                        (not itself inheriting), or NULL */
    } constant;

    /* DECL_VAR: a, b T = x, y */
    struct {
      ExprList names; /* EXPR_IDENT */
      Expr *type;     /* optional */
      ExprList values; /* may be empty */
    } var;

    /* DECL_TYPE: type N[P] T, or alias type N = T */
    struct {
      Expr *name; /* EXPR_IDENT */
      FieldList type_params;
      Expr *type;
      bool alias;
    } type;

    /* DECL_FUNC */
    struct {
      Field *recv; /* NULL for a function; name optional */
      Expr *name;  /* EXPR_IDENT */
      Expr *type;  /* EXPR_FUNC_TYPE */
      Stmt *body;  /* STMT_BLOCK, NULL for an external function */
      LIST_OF(const char *) pragmas; /* "//go:..." lines before it */
      Scope *scope; /* checker: receiver and parameters */
    } func;
  };
};

/* A parsed source file. */
struct File {
  Source *source;
  Pos package_pos;
  Expr *package_name; /* EXPR_IDENT */
  DeclList decls;     /* in source order, imports included */
  Pos eof;
  bool broken; /* had errors of form: the tree is not fit for checking. Wrong
                  labels and the like are reported, too, but do not count. */
  Scope *scope; /* checker: the file scope (imports) */
  void *note;
};

/* ---- Operations ---- */

Expr *expr_new(ExprKind kind, Pos pos);
Stmt *stmt_new(StmtKind kind, Pos pos);
Decl *decl_new(DeclKind kind, Pos pos, File *file);

/* The leftmost position of an expression: that of a in a+b. */
Pos expr_start(const Expr *x);

/* Strips parentheses. */
Expr *unparen(Expr *x);

/* The names used in dumps. */
const char *expr_kind_name(ExprKind kind);
const char *stmt_kind_name(StmtKind kind);

/*
 * Writes an expression as source text in gc's normal form, e.g. "x + y",
 * "func(int) string", "T{…}": for messages. In the arena.
 */
const char *expr_string(const Expr *x);

/*
 * A walk over a tree, parents first. Each hook may be NULL. A hook that
 * returns false keeps the walk out of the node's children; expr_after and
 * stmt_after run after the children (also when those were skipped).
 */
typedef struct AstWalk AstWalk;
struct AstWalk {
  bool (*expr)(AstWalk *walk, Expr *x);
  bool (*stmt)(AstWalk *walk, Stmt *s);
  bool (*decl)(AstWalk *walk, Decl *d);
  void (*expr_after)(AstWalk *walk, Expr *x);
  void (*stmt_after)(AstWalk *walk, Stmt *s);
  void *data;
};
void ast_walk_expr(AstWalk *walk, Expr *x); /* NULL is allowed */
void ast_walk_stmt(AstWalk *walk, Stmt *s);
void ast_walk_decl(AstWalk *walk, Decl *d);
void ast_walk_file(AstWalk *walk, File *file);

/* Writes the tree as indented text, one node a line; for debugging and tests. */
void ast_dump_file(FILE *out, const File *file);
void ast_dump_expr(FILE *out, const Expr *x);

#endif
