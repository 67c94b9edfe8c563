/* scope.c - names: scopes as small hash tables, declaring, looking up. */
#include <locale.h>
#include <string.h>
#include <wctype.h>

#include "check_internal.h"
#include "utf8.h"

static uint32_t slot_of(const char *name) {
  uintptr_t p = (uintptr_t)name;
  return (uint32_t)((p >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

Scope *scope_new(Scope *outer, bool is_func) {
  Scope *s = arena_new(Scope);
  s->outer = outer;
  s->is_func = is_func;
  return s;
}

/* The slot where name is or belongs; the table has room. */
static Object **find(Scope *s, const char *name) {
  uint32_t mask = (uint32_t)s->size - 1;
  for (uint32_t i = slot_of(name) & mask;; i = (i + 1) & mask)
    if (!s->table[i] || s->table[i]->name == name) return &s->table[i];
}

static void grow(Scope *s) {
  Object **old = s->table;
  int size = s->size;
  s->size = size ? size * 2 : 8;
  s->table = arena_array(Object *, s->size);
  for (int i = 0; i < size; i++)
    if (old[i]) *find(s, old[i]->name) = old[i];
}

Object *scope_insert(Scope *s, Object *o) {
  if (s->count * 2 >= s->size) grow(s);
  Object **slot = find(s, o->name);
  if (*slot) return *slot;
  *slot = o;
  s->count++;
  return NULL;
}

Object *scope_lookup(Scope *s, const char *name) {
  return s->count ? *find(s, name) : NULL;
}

Object *scope_lookup_outward(Scope *s, const char *name) {
  for (; s; s = s->outer) {
    Object *o = scope_lookup(s, name);
    if (o) return o;
  }
  return NULL;
}

Object *object_new(ObjectKind kind, Pos pos, const char *name, Type *type) {
  Object *o = arena_new(Object);
  o->kind = kind;
  o->pos = pos;
  o->name = name;
  o->type = type;
  o->pkg = ck ? ck->pkg : NULL;
  return o;
}

bool name_exported(const char *name) {
  unsigned char c = (unsigned char)name[0];
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  static locale_t unicode;
  if (!unicode) unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  uint32_t rune;
  utf8_decode(name, strlen(name), &rune);
  return unicode && iswupper_l((wint_t)rune, unicode);
}

bool object_exported(const Object *o) { return name_exported(o->name); }

void report_other_declaration(Object *o) {
  if (o->pos != NO_POS) diag_note(o->pos, "other declaration of %s", o->name);
}

void declare(Scope *s, Object *o) {
  o->parent = s;
  if (strcmp(o->name, "_") == 0) return;
  Object *other = scope_insert(s, o);
  if (!other) return;
  o->used = true;
  error_at(o->pos, "%s redeclared in this block", o->name);
  report_other_declaration(other);
}
