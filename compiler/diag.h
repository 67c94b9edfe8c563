/*
 * diag.h - error messages about the user's program.
 *
 * Any stage reports with diag_error and goes on; the messages are kept, and
 * diag_flush prints them in source order when the stage that should stop the
 * compilation is over:
 *
 *     diag_error(x->pos, "undefined: %s", name);
 *     ...
 *     if (diag_flush(stderr) > 0)
 *         return 1;
 *
 * The wording of a message is gc's, without position and newline. Like gc we
 * show one syntax error a line, drop equal messages on one line, and stop
 * after ten errors unless all are wanted (-e).
 *
 * Invariant: diag_count() > 0 if and only if something was reported.
 */
#ifndef TERN_COMPILER_DIAG_H
#define TERN_COMPILER_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "source.h"

/* Errors shown before "too many errors". */
#define DIAG_LIMIT 10

/* Reports an error at a position (NO_POS: about no place in particular). */
void diag_error(Pos pos, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_verror(Pos pos, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/*
 * Adds a line to the error reported last, as gc does for "other declaration
 * of x": printed below it, indented, with its own position. Ignored when that
 * error was dropped as a duplicate.
 */
void diag_note(Pos pos, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Number of errors reported since the start or the last diag_reset. */
int diag_count(void);

/* Show all errors, not only the first ten. */
void diag_show_all(bool all);

/*
 * Prints what has been reported and not been printed yet, sorted by position:
 * message, source line, caret. Returns the number of errors printed.
 */
int diag_flush(FILE *out);

/* Forgets all errors; for tests that compile several programs. */
void diag_reset(void);

#endif
