/* emit_order.c - who must be evaluated first.
 *
 * Go orders calls, receives and panics within a statement; C does not.  The
 * emitter asks three questions about an operand: does it call (then it is put
 * into a temporary before its neighbours, as gc does), is it stable (no call can
 * change its value, so its place does not matter), may it panic.
 */
#include "emit.h"

/* Answers are kept in Expr.note: two bits a question, known and yes. */
enum { ASK_CALL = 1, ASK_PANIC = 4, ASK_STABLE = 16 };

static bool recall(Expr *e, int ask, bool (*find)(Expr *)) {
  uintptr_t bits = (uintptr_t)e->note;
  if (!(bits & (uintptr_t)ask)) {
    bool yes = find(e);
    bits = (uintptr_t)e->note | (uintptr_t)ask | (yes ? (uintptr_t)ask * 2 : 0);
    e->note = (void *)bits;
  }
  return bits & (uintptr_t)ask * 2;
}

static bool any(ExprList *l, bool (*ask)(Expr *)) {
  for (int i = 0; i < l->len; i++)
    if (ask(l->at[i])) return true;
  return false;
}

static bool builtin_calls(Expr *e) {
  switch (e->call.builtin) {
    case BUILTIN_LEN: case BUILTIN_CAP: case BUILTIN_NEW: case BUILTIN_MAKE:
    case BUILTIN_MIN: case BUILTIN_MAX: case BUILTIN_UNSAFE_ADD:
    case BUILTIN_UNSAFE_SLICE: case BUILTIN_UNSAFE_SLICEDATA:
    case BUILTIN_UNSAFE_STRING: case BUILTIN_UNSAFE_STRINGDATA:
    case BUILTIN_UNSAFE_SIZEOF: case BUILTIN_UNSAFE_ALIGNOF:
    case BUILTIN_UNSAFE_OFFSETOF:
      return any(&e->call.args, has_call);
    default:
      return true;
  }
}

static bool find_has_call(Expr *e) {
  switch (e->kind) {
    case EXPR_PAREN: return has_call(e->paren.x);
    case EXPR_STAR: return has_call(e->star.x);
    case EXPR_SELECTOR:
      return e->selector.selection.kind == SEL_METHOD_EXPR ||
                     e->selector.selection.kind == SEL_PACKAGE
                 ? false
                 : has_call(e->selector.x);
    case EXPR_INDEX: return has_call(e->index.x) || any(&e->index.index, has_call);
    case EXPR_SLICE:
      return has_call(e->slice.x) || has_call(e->slice.lo) ||
             has_call(e->slice.hi) || has_call(e->slice.max);
    case EXPR_TYPE_ASSERT: return has_call(e->type_assert.x);
    case EXPR_UNARY: return e->unary.op == TOKEN_ARROW || has_call(e->unary.x);
    case EXPR_BINARY: return has_call(e->binary.x) || has_call(e->binary.y);
    case EXPR_KEY_VALUE:
      return has_call(e->key_value.key) || has_call(e->key_value.value);
    case EXPR_COMPOSITE: return any(&e->composite.elems, has_call);
    case EXPR_CALL:
      if (e->call.kind == CALL_CONVERSION) return any(&e->call.args, has_call);
      if (e->call.kind == CALL_BUILTIN) return builtin_calls(e);
      return true;
    default: return false;
  }
}

static bool find_may_panic(Expr *e) {
  switch (e->kind) {
    case EXPR_PAREN: return may_panic(e->paren.x);
    case EXPR_STAR: return true;
    case EXPR_INDEX: case EXPR_SLICE: case EXPR_TYPE_ASSERT: return true;
    case EXPR_SELECTOR: {
      Selection *s = &e->selector.selection;
      if (s->kind == SEL_PACKAGE || s->kind == SEL_METHOD_EXPR) return false;
      if (s->kind != SEL_FIELD) return true;
      for (int i = 0; i < s->path_len; i++)
        if (s->path[i].deref) return true;
      return may_panic(e->selector.x);
    }
    case EXPR_UNARY: return may_panic(e->unary.x);
    case EXPR_BINARY:
      if ((e->binary.op == TOKEN_DIV || e->binary.op == TOKEN_REM) &&
          type_is_integer(e->type) && !e->binary.y->cval)
        return true;
      if ((e->binary.op == TOKEN_SHL || e->binary.op == TOKEN_SHR) &&
          !e->binary.y->cval && !type_is_unsigned(e->binary.y->type))
        return true;
      if (type_is_interface(e->binary.x->type)) return true;
      return may_panic(e->binary.x) || may_panic(e->binary.y);
    case EXPR_COMPOSITE: return any(&e->composite.elems, may_panic);
    case EXPR_KEY_VALUE: return may_panic(e->key_value.value);
    case EXPR_CALL: return any(&e->call.args, may_panic);
    default: return false;
  }
}

static bool stable_var(Object *o) {
  if (o->kind != OBJ_VAR) return true;
  if (o->is_global) return false;
  if (!o->captured && !o->addrtaken) return true;
  return o->captured && !o->addrtaken && captured_by_value(o);
}

static bool find_stable(Expr *e) {
  switch (e->kind) {
    case EXPR_PAREN: return is_stable(e->paren.x);
    case EXPR_IDENT: return !e->ident.obj || stable_var(e->ident.obj);
    case EXPR_LITERAL: return true;
    case EXPR_SELECTOR: {
      Selection *s = &e->selector.selection;
      if (s->kind == SEL_METHOD_EXPR) return true;
      if (s->kind == SEL_PACKAGE) return s->obj->kind != OBJ_VAR;
      if (s->kind != SEL_FIELD || may_panic(e)) return false;
      return is_stable(e->selector.x);
    }
    case EXPR_UNARY:
      if (e->unary.op == TOKEN_ARROW) return false;
      if (e->unary.op == TOKEN_AND) {
        Expr *x = unparen(e->unary.x);
        return x->kind == EXPR_IDENT;
      }
      return is_stable(e->unary.x);
    case EXPR_BINARY:
      return !may_panic(e) && is_stable(e->binary.x) && is_stable(e->binary.y);
    case EXPR_CALL:
      if (e->call.kind == CALL_CONVERSION)
        return is_scalar(e->type) && is_scalar(e->call.args.at[0]->type) &&
               is_stable(e->call.args.at[0]);
      if (e->call.kind == CALL_BUILTIN && e->call.builtin == BUILTIN_LEN) {
        Type *u = type_under(e->call.args.at[0]->type);
        return (u->kind == T_SLICE || u->kind == T_STRING || u->kind == T_ARRAY) &&
               is_stable(e->call.args.at[0]);
      }
      return false;
    default: return false;
  }
}

/* Whether evaluating e calls a function, receives, or changes memory. */
bool has_call(Expr *e) {
  if (!e || e->cval || e->mode == MODE_TYPE) return false;
  return recall(e, ASK_CALL, find_has_call);
}

/* Whether evaluating e can panic by itself, calls left aside. */
bool may_panic(Expr *e) {
  if (!e || e->cval || e->mode == MODE_TYPE) return false;
  return recall(e, ASK_PANIC, find_may_panic);
}

/* A variable or a field of one: its C text is an lvalue. */
bool is_variable(Expr *e) {
  e = unparen(e);
  if (e->kind == EXPR_IDENT) return e->ident.obj && e->ident.obj->kind == OBJ_VAR;
  return e->kind == EXPR_SELECTOR && e->selector.selection.kind == SEL_FIELD &&
         !may_panic(e) && is_variable(e->selector.x);
}

/* Whether no call can change e's value and e cannot panic. */
bool is_stable(Expr *e) {
  if (!e || e->cval || e->mode == MODE_TYPE || e->mode == MODE_NIL) return true;
  return recall(e, ASK_STABLE, find_stable);
}

typedef struct Mention {
  Object *obj;
  bool found;
} Mention;

static bool mention_hook(AstWalk *w, Expr *e) {
  Mention *m = w->data;
  if (e->kind == EXPR_IDENT && e->ident.obj == m->obj) m->found = true;
  return !m->found;
}

/* Whether o is named somewhere in e. */
bool mentions(Expr *e, Object *o) {
  Mention m = {o, false};
  AstWalk w = {.expr = mention_hook, .data = &m};
  ast_walk_expr(&w, e);
  return m.found;
}

static Cx operand(Expr *e, Type *to) {
  return to ? rvalue_as(e, to) : rvalue(e);
}

/* Evaluates operands left to right: what calls goes first, in order, into
 * temporaries, unless nothing else in the list could notice. */
void eval_list(Expr **e, Type **to, int n, Cx *out) {
  int calls = 0, unstable = 0, panics = 0, seen_panics = 0;
  for (int i = 0; i < n; i++) {
    if (has_call(e[i]))
      calls++;
    else if (!is_stable(e[i]))
      unstable++;
    if (may_panic(e[i])) panics++;
  }
  for (int i = 0; i < n; i++) {
    bool call = has_call(e[i]), panic = may_panic(e[i]);
    if (panic) seen_panics++;
    Type *t = to && to[i] ? to[i] : e[i]->type;
    out[i] = operand(e[i], to ? to[i] : NULL);
    if (call ? calls > 1 || unstable > 0
             : panic && seen_panics < panics && n > 2)
      out[i] = spill(out[i], t);
  }
}
