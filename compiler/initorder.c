/* initorder.c - in which order package-level variables are initialised.
 *
 * The rule: always the earliest in declaration order whose initialiser depends
 * on no variable that waits, where an initialiser depends on what it mentions
 * and on what the functions it mentions mention, and so on.
 *
 *   1. One node for each initialisation (a, b = f() is one).
 *   2. A walk from each node through functions finds the nodes it waits for.
 *   3. A heap of ready nodes gives the order; nodes left over form cycles.
 */
#include <string.h>

#include "check_internal.h"

/* One initialisation. */
typedef struct Init {
  InitAssign assign;
  LIST_OF(int) dependents; /* nodes that wait for this one */
  int waiting;             /* for so many others */
} Init;

static LIST_OF(Init) nodes;
static LIST_OF(int) ready; /* a heap, the smallest first */
static LIST_OF(InitAssign) order;

/* ---- The heap ----------------------------------------------------------- */

static void push_ready(int n) {
  list_push(&ready, n);
  int i = ready.len - 1;
  for (; i > 0 && ready.at[(i - 1) / 2] > n; i = (i - 1) / 2)
    ready.at[i] = ready.at[(i - 1) / 2];
  ready.at[i] = n;
}

static int pop_ready(void) {
  int top = ready.at[0], last = ready.at[--ready.len], i = 0;
  for (;;) {
    int child = 2 * i + 1;
    if (child >= ready.len) break;
    if (child + 1 < ready.len && ready.at[child + 1] < ready.at[child]) child++;
    if (ready.at[child] >= last) break;
    ready.at[i] = ready.at[child];
    i = child;
  }
  if (ready.len) ready.at[i] = last;
  return top;
}

/* ---- Dependencies ------------------------------------------------------- */

/* Objects already visited by the current walk have mark == walk; init_node is
 * the node of a variable, or -1. */
static int walk;

static void collect(Object *o, int from) {
  ObjectList *deps = dependencies(o);
  for (int i = 0; i < deps->len; i++) {
    Object *d = deps->at[i];
    struct ObjectChecking *c = d->checking;
    if (c->mark == walk) continue;
    c->mark = walk;
    if (d->kind == OBJ_FUNC) {
      collect(d, from);
    } else if (d->kind == OBJ_VAR && c->init_node > 0) {
      int node = c->init_node - 1;
      list_push(&nodes.at[node].dependents, from);
      nodes.at[from].waiting++;
    }
  }
}

static void make_nodes(void) {
  for (int i = 0; i < ck->vars.len; i++) {
    Object *v = ck->vars.at[i];
    struct ObjectChecking *c = v->checking;
    if (!c->init || c->init_node) continue;
    Init node = {.assign = {.rhs = c->init, .nlhs = 1}};
    node.assign.lhs = c->lhs;
    if (c->lhs) {
      node.assign.nlhs = c->nlhs;
    } else {
      node.assign.lhs = arena_array(Object *, 1);
      node.assign.lhs[0] = v;
    }
    list_push(&nodes, node);
    for (int j = 0; j < node.assign.nlhs; j++)
      node.assign.lhs[j]->checking->init_node = nodes.len;
  }
}

/* ---- Cycles ------------------------------------------------------------- */

/* Finds a way from o back to target; the objects on it are pushed, last
 * first. */
static bool find_path(Object *o, Object *target, ObjectList *path) {
  ObjectList *deps = dependencies(o);
  for (int i = 0; i < deps->len; i++) {
    Object *d = deps->at[i];
    if (d == target) {
      list_push(path, o);
      return true;
    }
    if (d->checking->mark == walk) continue;
    d->checking->mark = walk;
    if (find_path(d, target, path)) {
      list_push(path, o);
      return true;
    }
  }
  return false;
}

/* Reports a cycle; path is last object first. */
static void report_cycle(ObjectList *path) {
  int n = path->len;
  Object *o = path->at[n - 1];
  if (n == 1) {
    error_at(o->pos, "initialization cycle: %s refers to itself", o->name);
    return;
  }
  error_at(o->pos, "initialization cycle for %s", o->name);
  for (int i = n - 1; i >= 0; i--)
    diag_note(path->at[i]->pos, "%s refers to", path->at[i]->name);
  diag_note(o->pos, "%s", o->name);
}

/* A constant or variable that may be part of a cycle. */
typedef struct Suspect {
  Object *o;
  ObjectList succ; /* constants and variables it needs */
  int missing;     /* of these, still to be taken */
  bool taken;
} Suspect;

static void collect_values(Object *o, Suspect *s) {
  ObjectList *deps = dependencies(o);
  for (int i = 0; i < deps->len; i++) {
    Object *d = deps->at[i];
    if (d->checking->mark == walk) continue;
    d->checking->mark = walk;
    if (d->kind == OBJ_FUNC)
      collect_values(d, s);
    else
      list_push(&s->succ, d);
  }
}

/* Takes o out: nobody waits for it any more. */
static void take(Suspect *all, int n, Object *o) {
  for (int i = 0; i < n; i++)
    for (int j = 0; j < all[i].succ.len; j++)
      if (all[i].succ.at[j] == o) all[i].missing--;
}

/* There is a cycle somewhere: takes the objects one by one, those that need
 * the fewest others first, and reports those that need themselves. */
static void report_cycles(void) {
  int n = 0;
  Suspect *all = arena_array(Suspect, ck->objects.len + 1);
  for (int i = 0; i < ck->objects.len; i++) {
    Object *o = ck->objects.at[i];
    if (o->kind != OBJ_CONST && o->kind != OBJ_VAR) continue;
    all[n].o = o;
    walk++;
    collect_values(o, &all[n]);
    all[n].missing = all[n].succ.len;
    n++;
  }
  for (int round = 0; round < n; round++) {
    Suspect *least = NULL;
    for (int i = 0; i < n; i++)
      if (!all[i].taken && (!least || all[i].missing < least->missing))
        least = &all[i];
    least->taken = true;
    ObjectList path = {0};
    walk++;
    if (least->missing > 0 && find_path(least->o, least->o, &path))
      report_cycle(&path);
    take(all, n, least->o);
  }
}

/* ---- The order ---------------------------------------------------------- */

/* Whether a constant without a value, or a variable without a type, depends on
 * itself. */
static bool broken_cycle(void) {
  for (int i = 0; i < ck->objects.len; i++) {
    Object *o = ck->objects.at[i];
    ObjectList path = {0};
    walk++;
    bool broken = o->kind == OBJ_CONST ? !o->cval
                  : o->kind == OBJ_VAR
                      ? o->type->kind == T_INVALID || !o->checking->init
                      : false;
    if (broken && find_path(o, o, &path)) return true;
  }
  return false;
}

void init_order(void) {
  memset(&nodes, 0, sizeof nodes);
  memset(&ready, 0, sizeof ready);
  memset(&order, 0, sizeof order);
  bool cycle = broken_cycle();
  make_nodes();
  for (int i = 0; i < nodes.len; i++) {
    walk++;
    collect(nodes.at[i].assign.lhs[0], i);
    if (nodes.at[i].waiting == 0) push_ready(i);
  }
  while (ready.len > 0) {
    Init *n = &nodes.at[pop_ready()];
    list_push(&order, n->assign);
    for (int i = 0; i < n->dependents.len; i++)
      if (--nodes.at[n->dependents.at[i]].waiting == 0)
        push_ready(n->dependents.at[i]);
  }
  if (cycle || order.len < nodes.len) report_cycles();
  ck->pkg->inits = order.at;
  ck->pkg->ninits = order.len;
}
