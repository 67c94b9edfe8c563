/*
 * source.h - source files in memory and compact positions in them.
 *
 * A Pos is one 32-bit number: the files of a compilation lie one after the
 * other on a single line of bytes, and a Pos is a place on that line. Line and
 * column are looked up only when somebody wants to print them. Pos order is
 * (file in order of loading, byte offset), so positions compare with <.
 */
#ifndef TERN_COMPILER_SOURCE_H
#define TERN_COMPILER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t Pos;
#define NO_POS ((Pos)0)

/* Largest source file accepted; keeps every Pos in 32 bits. */
#define SOURCE_MAX_SIZE ((size_t)1 << 28)

/*
 * A source file. Made by source_load or source_from_memory, never freed.
 * text[size] == 0, so that a scanner may look one byte ahead.
 */
typedef struct Source Source;
struct Source {
  const char *path; /* as the user wrote it; printed in messages and #line */
  const char *text; /* the bytes, a leading byte order mark included */
  size_t size;
  Pos base;        /* Pos of the first byte; the end of file has a Pos too */
  uint32_t *lines; /* offset of the first byte of each line, ascending */
  int line_count;
  Source *next; /* in order of loading */
};

/* A Pos spelled out. Lines and columns count from 1; columns count bytes. */
typedef struct {
  const Source *source; /* NULL for NO_POS */
  int line;
  int column;
} Position;

/*
 * Reads a file. On failure (missing, unreadable, a directory, too large)
 * returns NULL and sets *error to a message of the form "open x.go: no such
 * file or directory". An empty file is no failure here: the parser says what
 * is missing in it.
 */
Source *source_load(const char *path, const char **error);

/* A source whose text is already in memory (copied); for tests. */
Source *source_from_memory(const char *path, const char *text, size_t size);

/* The source a Pos lies in, or NULL. */
Source *source_of(Pos pos);

/* Spells a Pos out. */
Position source_position(Pos pos);

/* Shorthands for emitting #line. */
int source_line(Pos pos);
const char *source_path(Pos pos);

/* "file:line:col" in the arena; "-" for NO_POS. */
const char *source_pos_string(Pos pos);

/* The text of a line (counting from 1) without its end; *length gets its size. */
const char *source_line_text(const Source *source, int line, size_t *length);

#endif
