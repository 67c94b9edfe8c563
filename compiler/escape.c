/* escape.c - deciding what lives in the heap: functions in call order, tags of
 * parameters, the report of `tern build -m`. */
#include "escape.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "escape_internal.h"

typedef LIST_OF(FuncInfo *) FuncList;

/* One line of the report. */
typedef struct Note {
  Pos pos;
  const char *text;
} Note;
static LIST_OF(Note) notes;

/* The analysis' note on a declared function. */
FuncTags *tags_of(FuncInfo *f) {
  if (!f->emit) f->emit = arena_new(FuncNote);
  FuncNote *n = f->emit;
  if (!n->tags) n->tags = arena_new(FuncTags);
  return n->tags;
}

static void note(Pos pos, const char *text) {
  Note n = {pos, text};
  list_push(&notes, n);
}

/* ---- One batch ---------------------------------------------------------- */

static ParamTag tag_of(Object *o) {
  ParamTag t = {.heap = -1};
  Loc *l = var_of(o)->loc;
  for (int i = 0; i < MAX_RESULTS; i++) t.result[i] = l ? l->result_leak[i] : -1;
  if (l) t.heap = l->heap_leak;
  if (l && l->escapes && (t.heap < 0 || t.heap > 0)) t.heap = 0;
  return t;
}

static void make_tags(FuncInfo *f) {
  FuncTags *t = tags_of(f);
  Type *sig = type_under(f->sig);
  Object *recv = f->obj ? f->obj->type->recv : NULL;
  int n = sig->params->nvars + (recv != NULL), k = 0;
  t->params = arena_array(ParamTag, n + 1);
  t->n = n;
  if (recv) t->params[k++] = tag_of(recv);
  for (int i = 0; i < sig->params->nvars; i++) t->params[k++] = tag_of(sig->params->vars[i]);
  t->done = true;
}

static void note_param(Loc *l) {
  Object *o = l->obj;
  if (!type_has_pointers(o->type) || !o->name[0] || strcmp(o->name, "_") == 0) return;
  bool any = false;
  if (l->heap_leak >= 0) {
    note(o->pos, arena_printf("leaking param%s: %s", l->heap_leak ? " content" : "", o->name));
    any = true;
  }
  for (int i = 0; i < MAX_RESULTS && l->heap_leak != 0; i++)
    if (l->result_leak[i] >= 0) {
      Object *r = type_under(l->func->sig)->results->vars[i];
      note(o->pos, arena_printf("leaking param: %s to result %s level=%d", o->name,
                                r->name[0] ? r->name : arena_printf("~r%d", i),
                                l->result_leak[i]));
      any = true;
    }
  if (!any) note(o->pos, arena_printf("%s does not escape", o->name));
}

/* A type as gc's -m prints it: without the package's own name. */
static const char *short_type(Type *t) {
  const char *s = type_string(t);
  return strncmp(s, "main.", 5) == 0 ? s + 5 : s;
}

static const char *storage_name(Expr *e) {
  if (e->kind == EXPR_FUNC_LIT) return "func literal";
  if (e->kind == EXPR_CALL && e->call.kind == CALL_FUNCTION) return "... argument";
  if (e->kind == EXPR_UNARY)
    return arena_printf("&%s{...}", short_type(unparen(e->unary.x)->type));
  if (e->kind == EXPR_COMPOSITE)
    return arena_printf("%s%s{...}", e->composite.implicit_address ? "&" : "",
                        short_type(e->type));
  return expr_string(e);
}

/* Hands the decisions to the tree and the report. */
static void finish(void) {
  for (int i = 0; i < esc.locs.len; i++) {
    Loc *l = esc.locs.at[i];
    if (l->obj) {
      bool needs = l->obj->addrtaken || (l->obj->captured && !captured_by_value(l->obj)) ||
                   type_size(l->obj->type) > MAX_FRAME_VAR;
      var_of(l->obj)->heap = l->escapes && needs;
      if (l->escapes && needs) note(l->obj->pos, arena_printf("moved to heap: %s", l->obj->name));
      if (l->is_param) note_param(l);
    } else if (l->expr) {
      l->expr->escapes |= l->escapes;
      if (l->expr->kind == EXPR_FUNC_LIT &&
          ((FuncInfo *)l->expr->func_lit.captures)->ncaptures == 0 &&
          l->escapes == false)
        continue;
      note(expr_start(l->expr), arena_printf("%s %s", storage_name(l->expr),
                                             l->escapes ? "escapes to heap" : "does not escape"));
    }
  }
}

static void batch(FuncList *list) {
  esc.locs.len = 0;
  esc.heap = (Loc){.escapes = true};
  for (int i = 0; i < list->len; i++) tags_of(list->at[i])->in_batch = true;
  for (int i = 0; i < list->len; i++) esc_function(list->at[i]);
  solve();
  for (int i = 0; i < list->len; i++) make_tags(list->at[i]);
  finish();
}

/* ---- Call order (Tarjan) ------------------------------------------------ */

typedef struct Order {
  FuncList stack, callees;
  int counter;
} Order;

static bool callee_hook(AstWalk *w, Expr *e) {
  Object *o = e->kind == EXPR_IDENT ? e->ident.obj
              : e->kind == EXPR_SELECTOR ? e->selector.selection.obj : NULL;
  if (o && o->kind == OBJ_FUNC && o->info) {
    FuncList *list = w->data;
    list_push(list, o->info);
  }
  return true;
}

static void visit(Order *o, FuncInfo *f) {
  FuncTags *t = tags_of(f);
  t->index = t->low = ++o->counter;
  t->on_stack = true;
  list_push(&o->stack, f);
  FuncList callees = {0};
  AstWalk w = {.expr = callee_hook, .data = &callees};
  ast_walk_stmt(&w, f->body);
  for (int i = 0; i < callees.len; i++) {
    FuncTags *c = tags_of(callees.at[i]);
    if (!c->index) {
      visit(o, callees.at[i]);
      if (c->low < t->low) t->low = c->low;
    } else if (c->on_stack && c->index < t->low) {
      t->low = c->index;
    }
  }
  if (t->low != t->index) return;
  FuncList group = {0};
  FuncInfo *g;
  do {
    g = o->stack.at[--o->stack.len];
    tags_of(g)->on_stack = false;
    list_push(&group, g);
  } while (g != f);
  batch(&group);
}

/* ---- The package -------------------------------------------------------- */

static int by_pos(const void *x, const void *y) {
  const Note *a = x, *b = y;
  return a->pos < b->pos ? -1 : a->pos > b->pos ? 1 : strcmp(a->text, b->text);
}

static void print_notes(FILE *report) {
  if (notes.len) qsort(notes.at, (size_t)notes.len, sizeof(Note), by_pos);
  for (int i = 0; i < notes.len; i++) {
    if (i && notes.at[i].pos == notes.at[i - 1].pos &&
        strcmp(notes.at[i].text, notes.at[i - 1].text) == 0)
      continue;
    fprintf(report, "%s: %s\n", source_pos_string(notes.at[i].pos), notes.at[i].text);
  }
}

/* Analyses a package. */
void escape_package(Package *pkg, FILE *report) {
  esc.heap.escapes = true;
  Order o = {0};
  for (int i = 0; i < pkg->nfuncs; i++)
    if (pkg->funcs[i]->info && !tags_of(pkg->funcs[i]->info)->index) visit(&o, pkg->funcs[i]->info);
  /* package-level initialisers: what they make stays */
  esc.locs.len = 0;
  esc.heap = (Loc){.escapes = true};
  esc.func = NULL;
  for (int i = 0; i < pkg->ninits; i++) {
    InitAssign *a = &pkg->inits[i];
    Hole ks[a->nlhs + 1];
    for (int k = 0; k < a->nlhs; k++) ks[k] = heap_hole();
    if (a->nlhs == 1)
      esc_assign(heap_hole(), a->lhs[0]->type, a->rhs);
    else
      esc_call(ks, a->nlhs, unparen(a->rhs));
  }
  for (int i = 0; i < esc.locs.len; i++)
    if (!esc.locs.at[i]->func) esc.locs.at[i]->escapes = true;
  solve();
  finish();
  if (report) print_notes(report);
}
