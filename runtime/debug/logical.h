/* logical.h - from an address to the functions a programmer sees there. */
#ifndef TERN_DEBUG_LOGICAL_H
#define TERN_DEBUG_LOGICAL_H

#include "debug/symtab.h"

/* The length of a symbol without what the compilers append to parts and clones:
 * ".cold", "..body", ".constprop.0", ... */
int plain_length(const char *name);
/* True if the symbol is the function `name` or a part of it. */
bool is_part_of(const struct symbol *s, const char *name);
bool has_suffix(const char *s, const char *suffix);
/* The name a symbol is shown with; NULL: hidden.  *n is set to its length. */
const char *shown_name(const struct symbol *s, int *n);

/* A function as the programmer sees it: one of those at an address, inlined ones
 * included. */
struct logical {
  const char *name; /* NULL: hidden */
  int name_len;
  bool have_line;
  struct source_line line;
  char buf[96]; /* a name that was put together */
};
#define MAX_LOGICAL 12

/* All functions at pc, innermost first; the last is s itself.  Returns how many.
 * About 4 KiB of stack. */
int expand(uintptr_t pc, const struct symbol *s, struct logical *out);

#endif
