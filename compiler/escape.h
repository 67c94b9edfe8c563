/* escape.h - deciding what lives in the heap.
 *
 * Called between check and emission.  Fills Var.heap of variables and
 * Expr.escapes of the expressions that make storage.
 */
#ifndef TERN_COMPILER_ESCAPE_H
#define TERN_COMPILER_ESCAPE_H

#include <stdio.h>

#include "types.h"

/* Analyses all functions of the package.  With report, prints the decisions as
 * `go build -gcflags=-m` words them. */
void escape_package(Package *pkg, FILE *report);

#endif
