/* logical.c - what a function is called in a traceback, and which functions an
 * address belongs to once inlining is undone.
 *
 * Shown are Go functions, known by the dot in their symbol, under their names
 * without the compilers' suffixes; of the runtime's C functions only panic and
 * Goexit, under their Go names.
 */
#include "debug/logical.h"

#include <string.h>

/* ---- Names --------------------------------------------------------------------- */

/* The length of name[0, n) without `suffix`; n if it does not end so. */
static int without(const char *name, int n, const char *suffix) {
  int k = (int)strlen(suffix);
  return n > k && memcmp(name + n - k, suffix, (size_t)k) == 0 ? n - k : n;
}

/* Takes ".cold", "..body", ".constprop.0" and the like off the end.  A function of
 * the program may be called cold or part: main.cold, main.(*T).cold, main.part. */
int plain_length(const char *name) {
  static const char *const numbered[] = {".constprop", ".isra", ".part", ".lto_priv",
                                         ".llvm"};
  int n = (int)strlen(name), before;
  do {
    before = n;
    n = without(name, n, "..body");
    int cold = without(name, n, ".cold");
    bool in_main = cold == 4 && memcmp(name, "main", 4) == 0;
    if (!in_main && name[cold - 1] != ')') n = cold;
    int m = n;
    while (m > 0 && name[m - 1] >= '0' && name[m - 1] <= '9') m--;
    if (m == n || m == 0 || name[m - 1] != '.') continue; /* no ".0" */
    for (size_t i = 0; i < sizeof numbered / sizeof numbered[0]; i++) {
      int k = without(name, m - 1, numbered[i]);
      if (k < m - 1) n = k;
    }
  } while (n < before);
  return n;
}

bool is_part_of(const struct symbol *s, const char *name) {
  int n = (int)strlen(name);
  return plain_length(s->name) == n && memcmp(s->name, name, (size_t)n) == 0;
}

bool has_suffix(const char *s, const char *suffix) {
  size_t n = strlen(s), k = strlen(suffix);
  return n > k && strcmp(s + n - k, suffix) == 0;
}

/* The name a function is shown with; NULL: hidden.  *n: its length, in and out. */
static const char *visible(const char *name, int *n) {
  static const struct { const char *c, *go; } renamed[] = {
      {"tern_gopanic", "panic"}, {"tern_goexit", "runtime.Goexit"}};
  for (size_t i = 0; i < sizeof renamed / sizeof renamed[0]; i++)
    if ((int)strlen(renamed[i].c) == *n &&
        memcmp(name, renamed[i].c, (size_t)*n) == 0) {
      *n = (int)strlen(renamed[i].go);
      return renamed[i].go;
    }
  if (memchr(name, '.', (size_t)*n) == NULL) return NULL;
  if (*n > 8 && memcmp(name, "runtime.", 8) == 0 &&
      !(name[8] >= 'A' && name[8] <= 'Z'))
    return NULL;
  return name;
}

const char *shown_name(const struct symbol *s, int *n) {
  *n = plain_length(s->name);
  return visible(s->name, n);
}

/* A Go function that exists only inlined has no symbol, and its entry has the C
 * name alone: main_idx, main_main_func1, ptr_main_T_m.  Makes the Go name of it,
 * on the assumption that Go names have no underscores. */
static void go_name(struct logical *l, const char *c, int n) {
  if (!l->have_line || !has_suffix(l->line.file, ".go") || n + 4 > 96) return;
  bool pointer = n > 4 && memcmp(c, "ptr_", 4) == 0;
  if (pointer) c += 4, n -= 4;
  int len = 0, part = 0;
  for (int i = 0; i < n; i++) {
    if (c[i] != '_') {
      l->buf[len++] = c[i];
      continue;
    }
    if (i + 1 < n && c[i + 1] == '_') return; /* the compiler's own helper */
    part++;
    if (pointer && part == 2) l->buf[len++] = ')';
    l->buf[len++] = '.';
    if (pointer && part == 1) l->buf[len++] = '(', l->buf[len++] = '*';
  }
  if (part == 0) return;
  l->name = l->buf;
  l->name_len = len;
}

int expand(uintptr_t pc, const struct symbol *s, struct logical *out) {
  struct inlined_call in[MAX_LOGICAL - 1];
  uint64_t table = 0;
  int k = dwarf_inlined_at(pc, in, MAX_LOGICAL - 1, &table);
  for (int i = 0; i <= k; i++) {
    struct logical *l = &out[i];
    if (i == 0) {
      l->have_line = dwarf_find_line(pc, &l->line);
    } else { /* where the inner one was called */
      l->have_line = dwarf_file_name(table, in[i - 1].file, &l->line);
      l->line.line = in[i - 1].line;
    }
    if (i == k) {
      l->name = shown_name(s, &l->name_len);
      break;
    }
    l->name_len = in[i].name_len;
    l->name = visible(in[i].name, &l->name_len);
    if (l->name == NULL) go_name(l, in[i].name, in[i].name_len);
  }
  return k + 1;
}
