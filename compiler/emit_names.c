/* emit_names.c - C names and symbol labels.
 *
 * A Go name keeps its spelling unless C, a predefined macro, a type or function
 * of the emitted file, or a variable around it has the name already.
 */
#include "emit.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Words that C or its headers have taken. */
static const char *const reserved[] = {
    "auto", "break", "case", "char", "const", "continue", "default", "do",
    "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline",
    "int", "long", "register", "restrict", "return", "short", "signed",
    "sizeof", "static", "struct", "switch", "typedef", "typeof", "union",
    "unsigned", "void", "volatile", "while", "asm", "bool", "true", "false",
    "linux", "unix", "i386", "NULL", "offsetof", "size_t", "ptrdiff_t",
    "wchar_t", "max_align_t", "intptr_t", "uintptr_t", "intmax_t", "uintmax_t",
    "INT8_MAX", "INT16_MAX", "INT32_MAX", "INT64_MAX", "INT8_MIN", "INT16_MIN",
    "INT32_MIN", "INT64_MIN", "UINT8_MAX", "UINT16_MAX", "UINT32_MAX",
    "_Bool", "_Complex", "_Imaginary", "_Alignas", "_Alignof", "_Atomic", "_Generic",
    "_Noreturn", "_Static_assert", "_Thread_local", "UINT64_MAX", "SIZE_MAX", "INTPTR_MAX",
    "UINTPTR_MAX", "main",
};

/* FNV-1a. */
uint32_t fnv1a(const char *s) {
  uint32_t h = 2166136261u;
  for (; *s; s++) h = (h ^ (uint8_t)*s) * 16777619u;
  return h;
}

/* The name, with _ added where C would misunderstand it. */
const char *c_safe(const char *name) {
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (strcmp(name, reserved[i]) == 0) return arena_printf("%s_", name);
  if (strncmp(name, "__", 2) == 0 || strncmp(name, "tern_", 5) == 0 ||
      strncmp(name, "TERN_", 5) == 0 || strncmp(name, "type_", 5) == 0)
    return arena_printf("%s_", name);
  size_t n = strlen(name);
  if (n > 2 && strcmp(name + n - 2, "_t") == 0)
    return arena_printf("%s_", name);
  return name;
}

/* Every byte that is not fit for a C name becomes _; UTF-8 stays. */
const char *c_mangle(const char *s) {
  char *out = arena_copy(s, strlen(s));
  for (char *p = out; *p; p++)
    if (!isalnum((unsigned char)*p) && *p != '_' && !(*p & 0x80)) *p = '_';
  return out;
}

/* Open addressing from C name to symbol. */
typedef struct Entry {
  const char *name, *symbol;
} Entry;
static Entry *table;
static size_t table_size, table_count;

static Entry *find(const char *name) {
  size_t i = fnv1a(name) & (table_size - 1);
  while (table[i].name && strcmp(table[i].name, name) != 0)
    i = (i + 1) & (table_size - 1);
  return &table[i];
}

static void grow_table(void) {
  Entry *old = table;
  size_t n = table_size;
  table_size = n ? n * 2 : 1024;
  table = arena_array(Entry, table_size);
  for (size_t i = 0; i < n; i++)
    if (old[i].name) *find(old[i].name) = old[i];
}

/* A file-level C name for the thing called symbol: `wanted` if that is free. */
const char *c_symbol(const char *wanted, const char *symbol) {
  if (table_count * 2 >= table_size) grow_table();
  const char *name = wanted;
  for (int i = 2;; i++) {
    Entry *e = find(name);
    if (!e->name) {
      *e = (Entry){name, symbol};
      table_count++;
      return name;
    }
    if (strcmp(e->symbol, symbol) == 0) return e->name;
    name = arena_printf("%s_%d", wanted, i);
  }
}

/* prefix + name as a label; a hash stands for names of unusual form. */
const char *sym_label(const char *prefix, const char *name) {
  size_t n = strlen(name);
  bool odd = n > 120;
  for (const char *p = name; *p; p++)
    if (*p == '"' || *p == '\\' || *p == '\n' || *p == ';' || *p == '@' ||
        *p == '#' || (*p & 0x80))
      odd = true;
  if (!odd) return arena_printf("%s%s", prefix, name);
  uint32_t h = fnv1a(name), g = h;
  for (const char *p = name + n; p > name; p--)
    g = (g ^ (uint8_t)p[-1]) * 16777619u;
  return arena_printf("%s%08x%08x", *prefix ? prefix : "go.", h, g);
}

/* The declaration's label: __asm__("main.add"), or TERN_SYM for names that the
 * assembler needs quoted. */
const char *sym(const char *prefix, const char *name) {
  const char *label = sym_label(prefix, name);
  for (const char *p = label; *p; p++)
    if (!isalnum((unsigned char)*p) && *p != '_' && *p != '.' && *p != '$')
      return arena_printf("TERN_SYM(\"%s\")", label);
  return arena_printf("__asm__(\"%s\")", label);
}

static bool is_active(const char *name) {
  for (int i = E.active.len - 1; i >= 0; i--)
    if (strcmp(E.active.at[i], name) == 0) return true;
  for (int i = 0; i < E.hoisted.len; i++)
    if (strcmp(E.hoisted.at[i], name) == 0) return true;
  return false;
}

/* Brings a local of this name into scope. */
const char *local_name(const char *name) {
  const char *base = strcmp(name, "_") == 0 ? "blank" : c_safe(name);
  const char *c = base;
  for (int i = 2; is_active(c) || (table_size && find(c)->name); i++)
    c = arena_printf("%s_%d", base, i);
  list_push(&E.active, c);
  list_push(&E.used, c);
  return c;
}

/* The C name of a struct's i-th field. */
const char *field_name(Type *strukt, int i) {
  StructField *f = &type_under(strukt)->fields[i];
  if (strcmp(f->name, "_") == 0) return arena_printf("blank_%d", i);
  return c_safe(f->name);
}

/* The label of a function or method; init functions are numbered. */
const char *func_symbol(Object *f) {
  if (!f->type->recv && strcmp(f->name, "init") == 0 && f->pkg == E.pkg) {
    int n = 0;
    for (int i = 0; i < E.pkg->nfuncs && E.pkg->funcs[i] != f; i++)
      n += !E.pkg->funcs[i]->type->recv && strcmp(E.pkg->funcs[i]->name, "init") == 0;
    return arena_printf("%s.init.%d", f->pkg->path, n);
  }
  if (f->info && f->info->link_name) return f->info->link_name;
  const char *path = f->pkg ? f->pkg->path : "";
  if (!f->type->recv) return arena_printf("%s.%s", path, f->name);
  Type *r = f->type->recv->type;
  if (r->kind == T_POINTER)
    return arena_printf("%s.(*%s).%s", path, r->elem->obj->name, f->name);
  return arena_printf("%s.%s.%s", path, r->obj->name, f->name);
}

/* A C literal, printable, with a break where an octal escape could swallow. */
const char *c_string(const char *s, size_t n) {
  Text t = {0};
  text_add(&t, "\"");
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)s[i];
    if (c == '"' || c == '\\')
      text_printf(&t, "\\%c", c);
    else if (c == '\n')
      text_add(&t, "\\n");
    else if (c == '\t')
      text_add(&t, "\\t");
    else if (c < 32 || c == 127 || c >= 0x80 || (c == '?' && i && s[i - 1] == '?'))
      text_printf(&t, "\\%03o", c);
    else
      text_addn(&t, &s[i], 1);
  }
  text_add(&t, "\"");
  return t.s;
}
