/*
 * branches.c - labels and branches of a function body.
 *
 * Runs once over each function body right after it is parsed; function
 * literals inside are bodies of their own and resolved already. It sets
 * branch.target, labeled.used, has_break, has_continue and
 * case_clause.fallthrough, and reports what is wrong with labels, break,
 * continue, goto and fallthrough.
 *
 * 1. A walk keeps the chain of enclosing statements (Context) and resolves
 *    break, continue and fallthrough against it.
 * 2. Labels are collected with the block they stand in; gotos with theirs.
 * 3. Afterwards each goto is matched with its label: the label's block must
 *    enclose the goto (no jump into a block), and a forward jump must not pass
 *    over a variable declaration of that block.
 */
#include "diag.h"
#include "parser_internal.h"

typedef struct Block Block;
typedef struct Context Context;

/* A list of statements with its own scope. */
struct Block {
  Block *outer;
  Pos start; /* of the "{" or clause */
};

/* What encloses a statement; each level adds to `outer`. */
struct Context {
  const Context *outer;
  Stmt *stmt; /* what break, continue or a label might mean */
  const Stmt *final_fall; /* the fallthrough that ends this case clause, if any */
  const char *no_fall;    /* why that is wrong, or NULL */
};

typedef struct {
  Stmt *stmt; /* STMT_LABELED */
  Block *block;
} Label;

typedef struct {
  Stmt *stmt; /* STMT_BRANCH */
  Block *block;
} Goto;

/* A variable declared in a block: a jump from before to after is an error. */
typedef struct {
  Block *block;
  const Expr *name;
  Pos pos; /* where the jump must not pass */
} Declared;

typedef struct {
  LIST_OF(Label) labels;
  LIST_OF(Goto) gotos;
  LIST_OF(Declared) declared;
} Branches;

static void visit(Branches *b, Stmt *s, const Context *context, Block *block);

/* ---- Labels ---- */

static Label *find_label(Branches *b, const char *name) {
  for (int i = 0; i < b->labels.len; i++)
    if (b->labels.at[i].stmt->labeled.name->ident.name == name)
      return &b->labels.at[i];
  return NULL;
}

static void declare_label(Branches *b, Stmt *s, Block *block) {
  const Expr *name = s->labeled.name;
  if (name->ident.name == intern_string("_"))
    return;
  Label *other = find_label(b, name->ident.name);
  if (other != NULL) {
    diag_error(name->pos, "label %s already defined at %s", name->ident.name,
               source_pos_string(other->stmt->labeled.name->pos));
    s->labeled.used = true; /* one complaint is enough */
    return;
  }
  Label label = {s, block};
  list_push(&b->labels, label);
}

/* ---- Break, continue, fallthrough ---- */

static bool is_loop(const Stmt *s) {
  return s->kind == STMT_FOR || s->kind == STMT_RANGE;
}

static bool is_breakable(const Stmt *s) {
  return is_loop(s) || s->kind == STMT_SWITCH || s->kind == STMT_TYPE_SWITCH ||
         s->kind == STMT_SELECT;
}

static void set_target(Stmt *branch, Stmt *target) {
  branch->branch.target = target;
  if (branch->branch.token == TOKEN_BREAK)
    target->has_break = true;
  else
    target->has_continue = true;
}

/* break or continue without label. */
static void resolve_plain(Stmt *s, const Context *context) {
  bool is_break = s->branch.token == TOKEN_BREAK;
  for (; context != NULL; context = context->outer) {
    if (context->stmt == NULL)
      continue;
    if (is_break ? is_breakable(context->stmt) : is_loop(context->stmt)) {
      set_target(s, context->stmt);
      return;
    }
  }
  diag_error(s->pos, is_break ? "break is not in a loop, switch, or select"
                              : "continue is not in a loop");
}

/* break or continue with a label, which must be that of an enclosing statement. */
static void resolve_labeled(Branches *b, Stmt *s, const Context *context) {
  const char *what = token_string(s->branch.token);
  const Expr *label = s->branch.label;
  Label *known = find_label(b, label->ident.name);
  for (; context != NULL; context = context->outer) {
    Stmt *around = context->stmt;
    if (around == NULL || around->label == NULL || label->ident.name == intern_string("_") ||
        around->label->labeled.name->ident.name != label->ident.name)
      continue;
    if (known != NULL && known->stmt != around->label)
      continue; /* a second declaration of the name counts for nothing */
    around->label->labeled.used = true;
    if (s->branch.token == TOKEN_BREAK ? is_breakable(around) : is_loop(around))
      set_target(s, around);
    else
      diag_error(label->pos, "invalid %s label %s", what, label->ident.name);
    return;
  }
  if (known != NULL) {
    known->stmt->labeled.used = true;
    diag_error(label->pos, "invalid %s label %s", what, label->ident.name);
  } else {
    diag_error(label->pos, "%s label not defined: %s", what, label->ident.name);
  }
}

static void visit_branch(Branches *b, Stmt *s, const Context *context, Block *block) {
  switch (s->branch.token) {
  case TOKEN_GOTO: {
    Goto jump = {s, block};
    list_push(&b->gotos, jump);
    break;
  }
  case TOKEN_FALLTHROUGH:
    if (context == NULL || context->final_fall != s)
      diag_error(s->pos, "fallthrough statement out of place");
    else if (context->no_fall != NULL)
      diag_error(s->pos, "%s", context->no_fall);
    break;
  default:
    if (s->branch.label != NULL)
      resolve_labeled(b, s, context);
    else
      resolve_plain(s, context);
    break;
  }
}

/* ---- Statements ---- */

/* Remembers the variables that a statement declares in its block. */
static void note_declared(Branches *b, const Stmt *s, Block *block) {
  if (s->kind == STMT_ASSIGN && s->assign.op == TOKEN_DEFINE) {
    const Expr *name = s->assign.lhs.at[0];
    Declared declared = {block, name, s->pos};
    list_push(&b->declared, declared);
  }
  if (s->kind == STMT_DECL)
    for (int i = 0; i < s->decl.decls.len; i++) {
      const Decl *decl = s->decl.decls.at[i];
      if (decl->kind != DECL_VAR)
        continue;
      Declared declared = {block, decl->var.names.at[0], decl->pos};
      list_push(&b->declared, declared);
    }
}

/* Strips labels. */
static Stmt *unlabeled(Stmt *s) {
  while (s->kind == STMT_LABELED)
    s = s->labeled.stmt;
  return s;
}

static void visit_list(Branches *b, const StmtList *list, const Context *context, Block *outer,
                       Pos start) {
  Block *block = arena_new(Block);
  *block = (Block){outer, start};
  for (int i = 0; i < list->len; i++) {
    note_declared(b, unlabeled(list->at[i]), block);
    visit(b, list->at[i], context, block);
  }
}

/* Returns the fallthrough that ends a clause's list, or NULL. Empty
 * statements behind it do not count. */
static Stmt *final_fallthrough(const StmtList *list) {
  int last = list->len - 1;
  while (last >= 0 && list->at[last]->kind == STMT_EMPTY)
    last--;
  if (last < 0)
    return NULL;
  Stmt *s = unlabeled(list->at[last]);
  bool falls = s->kind == STMT_BRANCH && s->branch.token == TOKEN_FALLTHROUGH;
  return falls ? s : NULL;
}

/* The clauses of an expression or type switch `s`. */
static void visit_cases(Branches *b, Stmt *s, StmtList *cases, const Context *context,
                        Block *block) {
  for (int i = 0; i < cases->len; i++) {
    Stmt *clause = cases->at[i];
    bool last = i == cases->len - 1;
    Stmt *fall = final_fallthrough(&clause->case_clause.body);
    Context inside = {context, s, fall, NULL};
    if (s->kind == STMT_TYPE_SWITCH)
      inside.no_fall = "cannot fallthrough in type switch";
    else if (last)
      inside.no_fall = "cannot fallthrough final case in switch";
    clause->case_clause.fallthrough = fall != NULL && inside.no_fall == NULL;
    visit_list(b, &clause->case_clause.body, &inside, block, clause->pos);
  }
}

/* A block inside the statement `s` that gives break and continue a target. */
static void visit_body(Branches *b, Stmt *s, Stmt *body, const Context *context, Block *block) {
  Context inside = {context, s, NULL, NULL};
  visit_list(b, &body->block.stmts, &inside, block, body->pos);
}

static void visit_if(Branches *b, Stmt *s, const Context *context, Block *block) {
  for (Stmt *clause = s; clause != NULL;) {
    if (clause->kind != STMT_IF) {
      visit_body(b, s, clause, context, block);
      return;
    }
    visit_body(b, s, clause->if_stmt.then, context, block);
    clause = clause->if_stmt.other;
  }
}

static void visit(Branches *b, Stmt *s, const Context *context, Block *block) {
  switch (s->kind) {
  case STMT_LABELED:
    declare_label(b, s, block);
    visit(b, s->labeled.stmt, context, block);
    break;
  case STMT_BRANCH:
    visit_branch(b, s, context, block);
    break;
  case STMT_BLOCK:
    visit_body(b, s, s, context, block);
    break;
  case STMT_IF:
    visit_if(b, s, context, block);
    break;
  case STMT_SWITCH:
    visit_cases(b, s, &s->switch_stmt.cases, context, block);
    break;
  case STMT_TYPE_SWITCH:
    visit_cases(b, s, &s->type_switch.cases, context, block);
    break;
  case STMT_SELECT:
    for (int i = 0; i < s->select.cases.len; i++) {
      Stmt *clause = s->select.cases.at[i];
      Context inside = {context, s, NULL, NULL};
      visit_list(b, &clause->comm_clause.body, &inside, block, clause->pos);
    }
    break;
  case STMT_FOR:
    visit_body(b, s, s->for_stmt.body, context, block);
    break;
  case STMT_RANGE:
    visit_body(b, s, s->range.body, context, block);
    break;
  default:
    break;
  }
}

/* ---- Goto ---- */

/* Returns the last variable of `block` declared between two positions. */
static const Declared *declared_between(const Branches *b, const Block *block, Pos from, Pos to) {
  for (int i = b->declared.len - 1; i >= 0; i--) {
    const Declared *declared = &b->declared.at[i];
    if (declared->block == block && declared->pos > from && declared->pos < to)
      return declared;
  }
  return NULL;
}

static void resolve_goto(Branches *b, const Goto *jump) {
  const Expr *name = jump->stmt->branch.label;
  Label *label = find_label(b, name->ident.name);
  if (label == NULL) {
    diag_error(name->pos, "label %s not defined", name->ident.name);
    return;
  }
  label->stmt->labeled.used = true;
  jump->stmt->branch.target = label->stmt;
  const Block *block = jump->block;
  while (block != NULL && block != label->block)
    block = block->outer;
  if (block == NULL) {
    diag_error(name->pos, "goto %s jumps into block starting at %s", name->ident.name,
               source_pos_string(label->block->start));
    return;
  }
  const Declared *passed = declared_between(b, block, jump->stmt->pos, label->stmt->pos);
  if (passed != NULL)
    diag_error(name->pos, "goto %s jumps over declaration of %s at %s", name->ident.name,
               expr_string(passed->name), source_pos_string(passed->pos));
}

void resolve_branches(Stmt *body) {
  Branches b = {0};
  visit_list(&b, &body->block.stmts, NULL, NULL, body->pos);
  for (int i = 0; i < b.gotos.len; i++)
    resolve_goto(&b, &b.gotos.at[i]);
  for (int i = 0; i < b.labels.len; i++) {
    const Stmt *label = b.labels.at[i].stmt;
    if (!label->labeled.used)
      diag_error(label->labeled.name->pos, "label %s defined and not used",
                 label->labeled.name->ident.name);
  }
}
