/*
 * diag.c - error messages about the user's program.
 *
 * Errors wait in a list until diag_flush sorts and prints them. Duplicates
 * are dropped on arrival where they can be seen at once (equal to the last
 * one, or a second syntax error on its line) and again after sorting.
 *
 * An error prints as
 *
 *     prog.go:3:14: undefined: x
 *         return x + 1
 *                ^
 *
 * The excerpt is indented by the four columns of a tab. Tabs in the line are
 * kept and repeated before the caret; control characters show as '?' so that
 * a hostile file cannot drive the terminal; long lines are cut to a window
 * around the column.
 */
#include "diag.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "utf8.h"

/* Columns of an excerpt, enough for a terminal of 80 with its indent. */
#define EXCERPT_WIDTH 72
/* Columns of a cut excerpt before the caret. */
#define EXCERPT_LEFT 40

typedef struct Note Note;
struct Note {
  Pos pos;
  const char *text;
  Note *next;
};

typedef struct {
  Pos pos;
  int order; /* of arrival; keeps the sort stable */
  const char *text;
  bool syntax;
  Note *notes;
} Error;

static LIST_OF(Error) errors;
static int flushed; /* errors[0..flushed) are printed already */
static Error last_reported[2]; /* by `syntax`; to recognise duplicates on arrival */
static bool show_all;
static bool last_dropped;

void diag_show_all(bool all) {
  show_all = all;
}

int diag_count(void) {
  return errors.len;
}

void diag_reset(void) {
  errors.len = 0;
  flushed = 0;
  memset(last_reported, 0, sizeof last_reported);
}

/* ---- Reporting ---- */

static bool same_line(Pos a, Pos b) {
  Position p = source_position(a), q = source_position(b);
  return p.source == q.source && p.line == q.line;
}

/* Reports whether `error` adds nothing to `last`, the one of its sort before it. */
static bool duplicates(const Error *last, const Error *error) {
  if (last->text == NULL || (!error->syntax && strcmp(last->text, error->text) != 0))
    return false;
  return last->pos == error->pos || same_line(last->pos, error->pos);
}

void diag_verror(Pos pos, const char *format, va_list args) {
  Error error = {.pos = pos, .order = errors.len, .text = arena_vprintf(format, args)};
  error.syntax = strncmp(error.text, "syntax error", 12) == 0;
  last_dropped = duplicates(&last_reported[error.syntax], &error);
  if (last_dropped)
    return;
  last_reported[error.syntax] = error;
  list_push(&errors, error);
}

void diag_error(Pos pos, const char *format, ...) {
  va_list args;
  va_start(args, format);
  diag_verror(pos, format, args);
  va_end(args);
}

void diag_note(Pos pos, const char *format, ...) {
  if (last_dropped || errors.len == flushed)
    return;
  va_list args;
  va_start(args, format);
  Note *note = arena_new(Note);
  *note = (Note){pos, arena_vprintf(format, args), NULL};
  va_end(args);
  Note **end = &errors.at[errors.len - 1].notes;
  while (*end != NULL)
    end = &(*end)->next;
  *end = note;
}

/* ---- Printing ---- */

/* Columns a code point takes on a terminal: 2 for the wide scripts. */
static int display_width(uint32_t rune) {
  static const uint32_t wide[][2] = {
      {0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
      {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0x1F300, 0x1F64F}, {0x20000, 0x3FFFD},
  };
  for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
    if (rune >= wide[i][0] && rune <= wide[i][1])
      return 2;
  return 1;
}

/* Prints one line's bytes [from, to), made harmless. */
static void print_cleaned(FILE *out, const char *line, size_t from, size_t to) {
  while (from < to) {
    uint32_t rune;
    size_t size = utf8_decode(line + from, to - from, &rune);
    bool control = (rune < 0x20 && rune != '\t') || (rune >= 0x7F && rune < 0xA0) ||
                   (rune >= 0x200B && rune <= 0x200F) || (rune >= 0x2028 && rune <= 0x202E) ||
                   (rune >= 0x2060 && rune <= 0x206F) || rune == 0xFEFF;
    if (control || (rune == UTF8_ERROR && size == 1))
      fputc('?', out);
    else
      fwrite(line + from, 1, size, out);
    from += size;
  }
}

/* Prints what puts a caret under byte `column` of a line printed from `from`. */
static void print_padding(FILE *out, const char *line, size_t from, size_t column) {
  while (from < column) {
    uint32_t rune;
    size_t size = utf8_decode(line + from, column - from, &rune);
    if (rune == '\t')
      fputc('\t', out);
    else
      fprintf(out, "%*s", display_width(rune), "");
    from += size;
  }
}

/* Moves an offset to the start of the code point it lies in. */
static size_t rune_start(const char *line, size_t offset, size_t length) {
  while (offset > 0 && offset < length && ((unsigned char)line[offset] & 0xC0) == 0x80)
    offset--;
  return offset;
}

static void print_excerpt(FILE *out, Position position) {
  size_t length;
  const char *line = source_line_text(position.source, position.line, &length);
  size_t column = (size_t)position.column - 1;
  if (column > length)
    column = length;
  bool blank = true;
  for (size_t i = 0; i < length && blank; i++)
    blank = line[i] == ' ' || line[i] == '\t';
  if (blank)
    return;

  size_t from = 0, to = length;
  if (length > EXCERPT_WIDTH) {
    if (column > EXCERPT_LEFT)
      from = rune_start(line, column - EXCERPT_LEFT, length);
    if (to - from > EXCERPT_WIDTH)
      to = rune_start(line, from + EXCERPT_WIDTH, length);
  }
  fprintf(out, "    %s", from > 0 ? "..." : "");
  print_cleaned(out, line, from, to);
  fprintf(out, "%s\n    %s", to < length ? "..." : "", from > 0 ? "   " : "");
  print_padding(out, line, from, column);
  fputs("^\n", out);
}

static void print_error(FILE *out, const Error *error) {
  if (error->pos == NO_POS)
    fprintf(out, "%s\n", error->text);
  else
    fprintf(out, "%s: %s\n", source_pos_string(error->pos), error->text);
  for (Note *note = error->notes; note != NULL; note = note->next) {
    if (note->pos == NO_POS)
      fprintf(out, "\t%s\n", note->text);
    else
      fprintf(out, "\t%s: %s\n", source_pos_string(note->pos), note->text);
  }
  Position position = source_position(error->pos);
  if (position.source != NULL)
    print_excerpt(out, position);
}

static int by_position(const void *a, const void *b) {
  const Error *x = a, *y = b;
  if (x->pos != y->pos)
    return x->pos < y->pos ? -1 : 1;
  return x->order - y->order;
}

int diag_flush(FILE *out) {
  Error *first = errors.at + flushed;
  int count = errors.len - flushed;
  if (count > 0)
    qsort(first, (size_t)count, sizeof *first, by_position);
  int printed = 0;
  const Error *last = NULL;           /* printed */
  const Error *last_of[2] = {NULL};   /* printed, by `syntax` */
  for (int i = 0; i < count; i++) {
    const Error *error = &first[i];
    if (last_of[error->syntax] != NULL && duplicates(last_of[error->syntax], error))
      continue;
    if (printed == DIAG_LIMIT && !show_all) {
      if (last->pos != NO_POS)
        fprintf(out, "%s: ", source_pos_string(last->pos));
      fputs("too many errors\n", out);
      break;
    }
    print_error(out, error);
    last = last_of[error->syntax] = error;
    printed++;
  }
  flushed = errors.len;
  memset(last_reported, 0, sizeof last_reported);
  return printed;
}
