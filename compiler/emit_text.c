/* emit_text.c - growable text, and C lines that know their place in the source.
 *
 * A line is printed with #line in front only when the C compiler would
 * otherwise believe it to be elsewhere: lines that follow each other in the
 * source follow each other in C.
 */
#include "emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text_room(Text *t, size_t more) {
  if (t->len + more + 1 <= t->cap) return;
  size_t cap = t->cap ? t->cap * 2 : 256;
  while (cap < t->len + more + 1) cap *= 2;
  t->s = realloc(t->s, cap);
  if (!t->s) {
    fputs("tern: out of memory\n", stderr);
    exit(3);
  }
  t->cap = cap;
}

/* Appends n bytes; the text stays NUL-terminated. */
void text_addn(Text *t, const char *s, size_t n) {
  text_room(t, n);
  memcpy(t->s + t->len, s, n);
  t->len += n;
  t->s[t->len] = 0;
}

/* Appends a string. */
void text_add(Text *t, const char *s) { text_addn(t, s, strlen(s)); }

static void text_vprintf(Text *t, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, again);
  va_end(again);
  text_room(t, (size_t)n);
  vsnprintf(t->s + t->len, (size_t)n + 1, format, args);
  t->len += (size_t)n;
}

/* Appends formatted text. */
void text_printf(Text *t, const char *format, ...) {
  va_list args;
  va_start(args, format);
  text_vprintf(t, format, args);
  va_end(args);
}

/* Makes a piece of C whose outermost operator has precedence p. */
Cx cx(int p, const char *format, ...) {
  va_list args;
  va_start(args, format);
  Cx c = {arena_vprintf(format, args), p};
  va_end(args);
  return c;
}

/* The text of c where an operand of precedence p is wanted. */
const char *at(Cx c, int p) {
  return c.p < p ? arena_printf("(%s)", c.s) : c.s;
}

/* Adds statements to the prelude of the line being made. */
void pre(const char *format, ...) {
  va_list args;
  if (E.prelude.len) text_add(&E.prelude, " ");
  va_start(args, format);
  text_vprintf(&E.prelude, format, args);
  va_end(args);
}

static void place_line(void) {
  if (E.line_file == E.want_file &&
      (!E.want_file || E.line_no == E.want_line)) {
    E.line_no++;
    return;
  }
  if (!E.want_file)
    text_add(E.out, "#line @\n");
  else
    text_printf(E.out, "#line %d %s\n", E.want_line,
                c_string(E.want_file, strlen(E.want_file)));
  E.line_file = E.want_file;
  E.line_no = E.want_line + 1;
}

static void put_line(const char *s, size_t n) {
  place_line();
  for (int i = 0; i < E.depth; i++) text_add(E.out, "  ");
  text_addn(E.out, s, n);
  text_add(E.out, "\n");
}

/* Prints what the prelude holds. */
void flush(void) {
  if (!E.prelude.len) return;
  put_line(E.prelude.s, E.prelude.len);
  E.prelude.len = 0;
}

/* Prints the prelude followed by this, as one line of C. */
void line(const char *format, ...) {
  va_list args;
  if (E.prelude.len) text_add(&E.prelude, " ");
  va_start(args, format);
  text_vprintf(&E.prelude, format, args);
  va_end(args);
  flush();
}

/* Prints a line that holds no code. */
void line_free(const char *format, ...) {
  va_list args;
  flush();
  for (int i = 0; i < E.depth; i++) text_add(E.out, "  ");
  va_start(args, format);
  text_vprintf(E.out, format, args);
  va_end(args);
  text_add(E.out, "\n");
  E.line_no++;
}

/* Says where the next lines come from. */
void at_pos(Pos pos) {
  if (pos == NO_POS) return;
  E.want_file = intern_string(source_path(pos));
  E.want_line = source_line(pos);
}

/* The next lines are the emitter's own. */
void at_glue(void) { E.want_file = NULL; }

/* Moves the indentation. */
void indent(int by) { E.depth += by; }

enum { SMALL_VALUE = 32 };

static bool name_taken(const char *name) {
  for (int i = 0; i < E.active.len; i++)
    if (strcmp(E.active.at[i], name) == 0) return true;
  if (!E.func) return false;
  for (int i = 0; i < E.func->nlocals; i++)
    if (strcmp(E.func->locals[i]->name, name) == 0) return true;
  return false;
}

/* A name for a temporary, not used by the function's own variables. */
const char *temp_name(void) {
  const char *name;
  do name = arena_printf("t%d", ++E.temps);
  while (name_taken(name));
  return name;
}

/* Evaluates c now. */
Cx spill_c(Cx c, const char *ct) {
  const char *t = temp_name();
  const char *star = ct[strlen(ct) - 1] == '*' ? "" : " ";
  pre("%s%s%s = %s;", ct, star, t, at(c, P_ASSIGN));
  return cx(P_POST, "%s", t);
}

/* Evaluates c, of type t, now. */
Cx spill(Cx c, Type *t) {
  count_frame(t);
  return spill_c(c, ctype(t));
}

/* The frame holds another value of this type; small ones share places. */
void count_frame(Type *t) {
  int64_t size = t->kind == T_TUPLE ? 0 : type_size(t);
  for (int i = 0; t->kind == T_TUPLE && i < t->nvars; i++) size += type_size(t->vars[i]->type);
  if (size > SMALL_VALUE) E.frame_bytes += size;
}

/* Starts an empty prelude: for code that runs only under a condition. */
PreMark pre_begin(void) {
  PreMark m = {E.prelude};
  E.prelude = (Text){0};
  return m;
}

/* Ends it; returns its text, "" if nothing was added. */
const char *pre_end(PreMark m) {
  const char *s = E.prelude.len ? arena_copy(E.prelude.s, E.prelude.len) : "";
  free(E.prelude.s);
  E.prelude = m.saved;
  return s;
}
