/* symtab.h - names and source lines of addresses in this executable.
 *
 * Callable from any context, a dying one and a signal handler included: no lock,
 * no allocation but anonymous mappings, made once.
 */
#ifndef TERN_DEBUG_SYMTAB_H
#define TERN_DEBUG_SYMTAB_H

#include <stdbool.h>
#include <stdint.h>

struct symbol {
  const char *name; /* in the mapped file */
  uintptr_t addr, size;
};
/* The function that contains pc; false if none does or there are no symbols. */
bool symtab_find(uintptr_t pc, struct symbol *out);
/* The function with this name; 0 if there is none. */
uintptr_t symtab_address(const char *name);

struct source_line {
  const char *dir, *file; /* dir may be NULL or "" */
  int32_t line;
};
/* The source line of the instruction at pc; false if unknown. */
bool dwarf_find_line(uintptr_t pc, struct source_line *out);

/* A function that the compiler inlined at pc. */
struct inlined_call {
  const char *name; /* its symbol, or its C name; not NUL-terminated */
  int name_len;
  uint64_t file;    /* of the call, for dwarf_file_name */
  int32_t line;     /* of the call */
};
/* The inlined functions at pc, innermost first; returns how many.  *stmt_list
 * says which line table the files are in.  Needs 4 KiB of stack. */
int dwarf_inlined_at(uintptr_t pc, struct inlined_call *out, int max,
                     uint64_t *stmt_list);
/* The name of a file of a line table. */
bool dwarf_file_name(uint64_t stmt_list, uint64_t file,
                     struct source_line *out);

/* A section of the executable by name; NULL if there is none. */
struct section {
  const uint8_t *data;
  uint64_t size;
};
bool image_section(const char *name, struct section *out);
/* What to subtract from an address in memory to get one in the file. */
uintptr_t image_bias(void);

#endif
