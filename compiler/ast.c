/*
 * ast.c - making nodes, small questions about them, and the tree walk.
 */
#include "ast.h"

Expr *expr_new(ExprKind kind, Pos pos) {
  Expr *x = arena_new(Expr);
  x->kind = kind;
  x->pos = pos;
  return x;
}

Stmt *stmt_new(StmtKind kind, Pos pos) {
  Stmt *s = arena_new(Stmt);
  s->kind = kind;
  s->pos = pos;
  return s;
}

Decl *decl_new(DeclKind kind, Pos pos, File *file) {
  Decl *decl = arena_new(Decl);
  decl->kind = kind;
  decl->pos = pos;
  decl->file = file;
  return decl;
}

Pos expr_start(const Expr *x) {
  for (;;) {
    switch (x->kind) {
    case EXPR_BINARY:
      x = x->binary.x;
      break;
    case EXPR_KEY_VALUE:
      x = x->key_value.key;
      break;
    default:
      return x->pos; /* suffix forms carry the position of their operand */
    case EXPR_SELECTOR:
      x = x->selector.x;
      break;
    case EXPR_INDEX:
      x = x->index.x;
      break;
    case EXPR_SLICE:
      x = x->slice.x;
      break;
    case EXPR_TYPE_ASSERT:
      x = x->type_assert.x;
      break;
    case EXPR_CALL:
      x = x->call.fun;
      break;
    case EXPR_COMPOSITE:
      if (x->composite.type == NULL)
        return x->pos;
      x = x->composite.type;
      break;
    }
  }
}

Expr *unparen(Expr *x) {
  while (x->kind == EXPR_PAREN)
    x = x->paren.x;
  return x;
}

const char *expr_kind_name(ExprKind kind) {
  static const char *const names[] = {
#define X(kind, name) name,
      EXPR_TABLE(X)
#undef X
  };
  return names[kind];
}

const char *stmt_kind_name(StmtKind kind) {
  static const char *const names[] = {
#define X(kind, name) name,
      STMT_TABLE(X)
#undef X
  };
  return names[kind];
}

/* ---- Walk ---- */

static void walk_exprs(AstWalk *walk, const ExprList *list) {
  for (int i = 0; i < list->len; i++)
    ast_walk_expr(walk, list->at[i]);
}

static void walk_stmts(AstWalk *walk, const StmtList *list) {
  for (int i = 0; i < list->len; i++)
    ast_walk_stmt(walk, list->at[i]);
}

static void walk_field(AstWalk *walk, const Field *field, const Field *previous) {
  ast_walk_expr(walk, field->name);
  if (previous == NULL || previous->type != field->type)
    ast_walk_expr(walk, field->type);
}

static void walk_fields(AstWalk *walk, const FieldList *list) {
  for (int i = 0; i < list->len; i++)
    walk_field(walk, list->at[i], i > 0 ? list->at[i - 1] : NULL);
}

static void walk_type_children(AstWalk *walk, Expr *x) {
  switch (x->kind) {
  case EXPR_ELLIPSIS:
    ast_walk_expr(walk, x->ellipsis.elem);
    break;
  case EXPR_ARRAY_TYPE:
  case EXPR_SLICE_TYPE:
    ast_walk_expr(walk, x->array.len);
    ast_walk_expr(walk, x->array.elem);
    break;
  case EXPR_STRUCT_TYPE:
    walk_fields(walk, &x->struct_type.fields);
    break;
  case EXPR_FUNC_TYPE:
    walk_fields(walk, &x->func_type.type_params);
    walk_fields(walk, &x->func_type.params);
    walk_fields(walk, &x->func_type.results);
    break;
  case EXPR_INTERFACE_TYPE:
    walk_fields(walk, &x->interface_type.elems);
    break;
  case EXPR_MAP_TYPE:
    ast_walk_expr(walk, x->map.key);
    ast_walk_expr(walk, x->map.value);
    break;
  case EXPR_CHAN_TYPE:
    ast_walk_expr(walk, x->chan.elem);
    break;
  default:
    break;
  }
}

static void walk_expr_children(AstWalk *walk, Expr *x) {
  switch (x->kind) {
  case EXPR_FUNC_LIT:
    ast_walk_expr(walk, x->func_lit.type);
    ast_walk_stmt(walk, x->func_lit.body);
    break;
  case EXPR_COMPOSITE:
    ast_walk_expr(walk, x->composite.type);
    walk_exprs(walk, &x->composite.elems);
    break;
  case EXPR_KEY_VALUE:
    ast_walk_expr(walk, x->key_value.key);
    ast_walk_expr(walk, x->key_value.value);
    break;
  case EXPR_PAREN:
  case EXPR_STAR:
    ast_walk_expr(walk, x->paren.x);
    break;
  case EXPR_SELECTOR:
    ast_walk_expr(walk, x->selector.x);
    ast_walk_expr(walk, x->selector.sel);
    break;
  case EXPR_INDEX:
    ast_walk_expr(walk, x->index.x);
    walk_exprs(walk, &x->index.index);
    break;
  case EXPR_SLICE:
    ast_walk_expr(walk, x->slice.x);
    ast_walk_expr(walk, x->slice.lo);
    ast_walk_expr(walk, x->slice.hi);
    ast_walk_expr(walk, x->slice.max);
    break;
  case EXPR_TYPE_ASSERT:
    ast_walk_expr(walk, x->type_assert.x);
    ast_walk_expr(walk, x->type_assert.type);
    break;
  case EXPR_CALL:
    ast_walk_expr(walk, x->call.fun);
    walk_exprs(walk, &x->call.args);
    break;
  case EXPR_UNARY:
    ast_walk_expr(walk, x->unary.x);
    break;
  case EXPR_BINARY:
    ast_walk_expr(walk, x->binary.x);
    ast_walk_expr(walk, x->binary.y);
    break;
  default:
    walk_type_children(walk, x);
    break;
  }
}

void ast_walk_expr(AstWalk *walk, Expr *x) {
  if (x == NULL)
    return;
  if (walk->expr == NULL || walk->expr(walk, x))
    walk_expr_children(walk, x);
  if (walk->expr_after != NULL)
    walk->expr_after(walk, x);
}

static void walk_stmt_children(AstWalk *walk, Stmt *s) {
  switch (s->kind) {
  case STMT_BAD:
  case STMT_EMPTY:
    break;
  case STMT_EXPR:
    ast_walk_expr(walk, s->expr.x);
    break;
  case STMT_SEND:
    ast_walk_expr(walk, s->send.chan);
    ast_walk_expr(walk, s->send.value);
    break;
  case STMT_INC_DEC:
    ast_walk_expr(walk, s->inc_dec.x);
    break;
  case STMT_ASSIGN:
    walk_exprs(walk, &s->assign.lhs);
    walk_exprs(walk, &s->assign.rhs);
    break;
  case STMT_GO:
  case STMT_DEFER:
    ast_walk_expr(walk, s->go.call);
    break;
  case STMT_RETURN:
    walk_exprs(walk, &s->ret.results);
    break;
  case STMT_BRANCH:
    ast_walk_expr(walk, s->branch.label);
    break;
  case STMT_BLOCK:
    walk_stmts(walk, &s->block.stmts);
    break;
  case STMT_IF:
    ast_walk_stmt(walk, s->if_stmt.init);
    ast_walk_expr(walk, s->if_stmt.cond);
    ast_walk_stmt(walk, s->if_stmt.then);
    ast_walk_stmt(walk, s->if_stmt.other);
    break;
  case STMT_SWITCH:
    ast_walk_stmt(walk, s->switch_stmt.init);
    ast_walk_expr(walk, s->switch_stmt.tag);
    walk_stmts(walk, &s->switch_stmt.cases);
    break;
  case STMT_TYPE_SWITCH:
    ast_walk_stmt(walk, s->type_switch.init);
    ast_walk_expr(walk, s->type_switch.name);
    ast_walk_expr(walk, s->type_switch.x);
    walk_stmts(walk, &s->type_switch.cases);
    break;
  case STMT_SELECT:
    walk_stmts(walk, &s->select.cases);
    break;
  case STMT_CASE:
    walk_exprs(walk, &s->case_clause.exprs);
    walk_stmts(walk, &s->case_clause.body);
    break;
  case STMT_COMM:
    ast_walk_stmt(walk, s->comm_clause.comm);
    walk_stmts(walk, &s->comm_clause.body);
    break;
  case STMT_FOR:
    ast_walk_stmt(walk, s->for_stmt.init);
    ast_walk_expr(walk, s->for_stmt.cond);
    ast_walk_stmt(walk, s->for_stmt.post);
    ast_walk_stmt(walk, s->for_stmt.body);
    break;
  case STMT_RANGE:
    ast_walk_expr(walk, s->range.key);
    ast_walk_expr(walk, s->range.value);
    ast_walk_expr(walk, s->range.x);
    ast_walk_stmt(walk, s->range.body);
    break;
  case STMT_LABELED:
    ast_walk_expr(walk, s->labeled.name);
    ast_walk_stmt(walk, s->labeled.stmt);
    break;
  case STMT_DECL:
    for (int i = 0; i < s->decl.decls.len; i++)
      ast_walk_decl(walk, s->decl.decls.at[i]);
    break;
  }
}

void ast_walk_stmt(AstWalk *walk, Stmt *s) {
  if (s == NULL)
    return;
  if (walk->stmt == NULL || walk->stmt(walk, s))
    walk_stmt_children(walk, s);
  if (walk->stmt_after != NULL)
    walk->stmt_after(walk, s);
}

void ast_walk_decl(AstWalk *walk, Decl *d) {
  if (walk->decl != NULL && !walk->decl(walk, d))
    return;
  switch (d->kind) {
  case DECL_BAD:
    break;
  case DECL_IMPORT:
    ast_walk_expr(walk, d->import.name);
    ast_walk_expr(walk, d->import.path);
    break;
  case DECL_CONST:
    walk_exprs(walk, &d->constant.names);
    ast_walk_expr(walk, d->constant.type);
    walk_exprs(walk, &d->constant.values);
    break;
  case DECL_TYPE:
    ast_walk_expr(walk, d->type.name);
    walk_fields(walk, &d->type.type_params);
    ast_walk_expr(walk, d->type.type);
    break;
  case DECL_VAR:
    walk_exprs(walk, &d->var.names);
    ast_walk_expr(walk, d->var.type);
    walk_exprs(walk, &d->var.values);
    break;
  case DECL_FUNC:
    if (d->func.recv != NULL)
      walk_field(walk, d->func.recv, NULL);
    ast_walk_expr(walk, d->func.name);
    ast_walk_expr(walk, d->func.type);
    ast_walk_stmt(walk, d->func.body);
    break;
  }
}

void ast_walk_file(AstWalk *walk, File *file) {
  for (int i = 0; i < file->decls.len; i++)
    ast_walk_decl(walk, file->decls.at[i]);
}
