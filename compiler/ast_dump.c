/*
 * ast_dump.c - the tree as indented text, one node a line, for debugging.
 */
#include "ast.h"

typedef struct {
  FILE *out;
  int depth;
} Dumper;

static void begin_line(Dumper *d, Pos pos) {
  Position position = source_position(pos);
  fprintf(d->out, "%*s%d:%d ", d->depth * 2, "", position.line, position.column);
}

static bool dump_expr(AstWalk *walk, Expr *x) {
  Dumper *d = walk->data;
  begin_line(d, x->pos);
  fprintf(d->out, "%s", expr_kind_name(x->kind));
  switch (x->kind) {
  case EXPR_IDENT:
    fprintf(d->out, " %s", x->ident.name);
    break;
  case EXPR_LITERAL:
    fprintf(d->out, " %s", x->literal.text);
    break;
  case EXPR_UNARY:
    fprintf(d->out, " %s", token_string(x->unary.op));
    break;
  case EXPR_BINARY:
    fprintf(d->out, " %s", token_string(x->binary.op));
    break;
  case EXPR_CALL:
    fprintf(d->out, "%s", x->call.dots ? " ..." : "");
    break;
  case EXPR_CHAN_TYPE:
    fprintf(d->out, "%s", x->chan.dir == DIR_RECV   ? " receive"
                          : x->chan.dir == DIR_SEND ? " send"
                                                    : "");
    break;
  default:
    break;
  }
  fputc('\n', d->out);
  d->depth++;
  return true;
}

static bool dump_stmt(AstWalk *walk, Stmt *s) {
  Dumper *d = walk->data;
  begin_line(d, s->pos);
  fprintf(d->out, "%s", stmt_kind_name(s->kind));
  if (s->kind == STMT_ASSIGN)
    fprintf(d->out, " %s", token_string(s->assign.op));
  else if (s->kind == STMT_BRANCH)
    fprintf(d->out, " %s", token_string(s->branch.token));
  else if (s->kind == STMT_RANGE && s->range.define)
    fprintf(d->out, " :=");
  fputc('\n', d->out);
  d->depth++;
  return true;
}

static bool dump_decl(AstWalk *walk, Decl *decl) {
  static const char *const names[] = {"Bad", "Import", "Const", "Type", "Var", "Func"};
  Dumper *d = walk->data;
  begin_line(d, decl->pos);
  fprintf(d->out, "%s", names[decl->kind]);
  if (decl->kind == DECL_CONST)
    fprintf(d->out, " iota=%lld%s", (long long)decl->constant.iota,
            decl->constant.inherit != NULL ? " repeats" : "");
  if (decl->kind == DECL_FUNC && decl->func.body == NULL)
    fprintf(d->out, " external");
  fputc('\n', d->out);
  return true;
}

static void expr_done(AstWalk *walk, Expr *x) {
  (void)x;
  ((Dumper *)walk->data)->depth--;
}

static void stmt_done(AstWalk *walk, Stmt *s) {
  (void)s;
  ((Dumper *)walk->data)->depth--;
}

static AstWalk dump_walk(Dumper *dumper) {
  return (AstWalk){dump_expr, dump_stmt, dump_decl, expr_done, stmt_done, dumper};
}

void ast_dump_file(FILE *out, const File *file) {
  Dumper dumper = {out, 1};
  AstWalk walk = dump_walk(&dumper);
  fprintf(out, "package %s\n", file->package_name->ident.name);
  for (int i = 0; i < file->decls.len; i++)
    ast_walk_decl(&walk, file->decls.at[i]);
}

void ast_dump_expr(FILE *out, const Expr *x) {
  Dumper dumper = {out, 0};
  AstWalk walk = dump_walk(&dumper);
  ast_walk_expr(&walk, (Expr *)x);
}
