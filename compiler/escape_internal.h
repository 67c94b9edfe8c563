/* escape_internal.h - what the files of the escape analysis share.
 *
 *   escape.c        functions in call order, tags of parameters, the report
 *   escape_graph.c  locations, flows between them, the solver
 *   escape_expr.c   expressions and calls as flows
 *   escape_stmt.c   statements as flows
 *
 * The idea.  Each variable, and each expression that makes storage, is a
 * location.  "dst = src" is a flow from src to dst; `derefs` says how: 0 the
 * value, 1 what it points to, -1 its address.  A location must be in the heap if
 * its address can reach something that outlives it.
 *
 * Functions are analysed callees first; what a call does with an argument is
 * then known from the callee's tag.  Functions that call each other in a circle
 * are one batch with flows straight into the parameters.
 */
#ifndef TERN_COMPILER_ESCAPE_INTERNAL_H
#define TERN_COMPILER_ESCAPE_INTERNAL_H

#include "emit.h"

enum {
  MAX_RESULTS = 8,      /* results that tags tell apart */
  MAX_FRAME_VAR = 65536 /* larger things always go to the heap */
};

typedef struct Loc Loc;

typedef struct Flow {
  Loc *src;
  int derefs;
} Flow;

/* A variable or an allocation. */
struct Loc {
  Object *obj; /* variable, or */
  Expr *expr;  /* what makes the storage, or neither: the heap, a call's box */
  FuncInfo *func;
  int depth;   /* of loops around it */
  bool escapes, is_result, is_param;
  int result;  /* number of a result */
  LIST_OF(Flow) in;
  /* parameters: least derefs with which it leaks, -1: does not */
  int heap_leak, result_leak[MAX_RESULTS];
  /* the solver's */
  int walk, derefs;
  bool queued;
};

/* Where a value goes: to a location with a number of derefs. */
typedef struct Hole {
  Loc *dst;
  int derefs;
} Hole;

/* What a function does with one parameter. */
typedef struct ParamTag {
  int heap, result[MAX_RESULTS];
} ParamTag;

/* FuncNote.tags of an analysed function; the receiver comes first. */
typedef struct FuncTags {
  bool done, in_batch;
  int index, low; /* Tarjan */
  bool on_stack;
  int n;
  ParamTag *params;
} FuncTags;

typedef struct Escape {
  Loc heap, blank;
  LIST_OF(Loc *) locs;
  FuncInfo *func; /* being walked */
  int depth;      /* of loops */
} Escape;

extern Escape esc;

FuncTags *tags_of(FuncInfo *f);

/* graph */
Loc *new_loc(Object *o, Expr *e);
Loc *loc_of(Object *o);
Hole heap_hole(void);
Hole discard_hole(void);
Hole hole_of(Loc *l);
Hole deref_hole(Hole k, int by);
void flow(Hole k, Loc *src);
void solve(void);
/* Allocates storage for e, whose address goes to k; the contents go to the
 * returned hole. */
Hole spill_hole(Hole k, Expr *e);

/* expressions */
void esc_expr(Hole k, Expr *e);
void esc_assign(Hole k, Type *to, Expr *e);
void esc_discard(Expr *e);
void esc_call(Hole *ks, int nks, Expr *e);
void esc_go(Expr *e, bool heap);
Hole esc_addr(Expr *lhs);
/* statements */
void esc_block(Stmt *b);
void esc_function(FuncInfo *f);

#endif
