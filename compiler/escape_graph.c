/* escape_graph.c - locations, flows, and the solver of the escape analysis. */
#include "escape_internal.h"

Escape esc;

/* A new location at the place being walked. */
Loc *new_loc(Object *o, Expr *e) {
  Loc *l = arena_new(Loc);
  l->obj = o;
  l->expr = e;
  l->func = esc.func;
  l->depth = esc.depth;
  l->heap_leak = -1;
  for (int i = 0; i < MAX_RESULTS; i++) l->result_leak[i] = -1;
  Type *t = o ? o->type : NULL;
  if (t && type_size(t) > MAX_FRAME_VAR) l->escapes = true;
  if (esc.func && esc.func->has_goto) l->escapes = true; /* a hidden loop */
  list_push(&esc.locs, l);
  return l;
}

/* The location of a local variable; declared here if it is new. */
Loc *loc_of(Object *o) {
  Var *v = var_of(o);
  if (!v->loc) v->loc = new_loc(o, NULL);
  return v->loc;
}

Hole heap_hole(void) { return (Hole){&esc.heap, 0}; }
Hole discard_hole(void) { return (Hole){&esc.blank, 0}; }
Hole hole_of(Loc *l) { return (Hole){l, 0}; }

/* The hole for an operand whose pointee (by 1) or address (by -1) is meant. */
Hole deref_hole(Hole k, int by) {
  k.derefs += by;
  if (k.derefs < -1) k.derefs = -1;
  return k;
}

/* Adds a flow from src into the hole. */
void flow(Hole k, Loc *src) {
  if (k.dst == &esc.blank || k.dst == src) {
    if (!(k.dst == src && k.derefs < 0)) return;
  }
  if (src == &esc.heap) return;
  list_push(&k.dst->in, ((Flow){src, k.derefs}));
}

/* New storage whose address flows to k. */
Hole spill_hole(Hole k, Expr *e) {
  Loc *l = new_loc(NULL, e);
  flow(deref_hole(k, -1), l);
  return hole_of(l);
}

static bool inside(FuncInfo *inner, FuncInfo *outer) {
  for (; inner; inner = inner->outer)
    if (inner == outer) return true;
  return false;
}

/* Whether l may live longer than other. */
static bool outlives(Loc *l, Loc *other) {
  if (l->escapes || l->is_result) return true;
  if (l->func == other->func) return l->depth < other->depth;
  return other->func != l->func && inside(other->func, l->func);
}

static void leak(Loc *param, Loc *root, int derefs) {
  if (root->is_result && root->func == param->func && root->result < MAX_RESULTS &&
      !root->escapes) {
    int *r = &param->result_leak[root->result];
    if (*r < 0 || derefs < *r) *r = derefs;
  } else if (param->heap_leak < 0 || derefs < param->heap_leak) {
    param->heap_leak = derefs;
  }
}

typedef LIST_OF(Loc *) LocList;

static void enqueue(LocList *q, Loc *l) {
  if (l->queued) return;
  l->queued = true;
  list_push(q, l);
}

/* Follows flows backwards from root; finds what must not die before it. */
static void walk(Loc *root, int generation, LocList *queue) {
  LocList todo = {0};
  root->walk = generation;
  root->derefs = 0;
  list_push(&todo, root);
  while (todo.len) {
    Loc *l = todo.at[--todo.len];
    int derefs = l->derefs;
    bool address = derefs < 0;
    if (address) derefs = 0;
    if (l != root && outlives(root, l)) {
      if (l->is_param) leak(l, root, derefs);
      if (address && !l->escapes) {
        l->escapes = true;
        enqueue(queue, l);
        continue;
      }
    }
    for (int i = 0; i < l->in.len; i++) {
      Flow *f = &l->in.at[i];
      if (f->src->escapes && !f->src->is_param) continue;
      int d = derefs + f->derefs;
      if (f->src->walk == generation && f->src->derefs <= d) continue;
      f->src->walk = generation;
      f->src->derefs = d;
      list_push(&todo, f->src);
    }
  }
}

/* Decides for all locations. */
void solve(void) {
  static int generation;
  LocList queue = {0};
  enqueue(&queue, &esc.heap);
  for (int i = 0; i < esc.locs.len; i++) enqueue(&queue, esc.locs.at[i]);
  while (queue.len) {
    Loc *l = queue.at[--queue.len];
    l->queued = false;
    walk(l, ++generation, &queue);
  }
}
