/* load.h - finding and loading the standard packages that a program imports.
 *
 * Who calls it: the driver sets the folder; the checker asks for packages.
 * Each package is loaded once.
 */
#ifndef TERN_COMPILER_LOAD_H
#define TERN_COMPILER_LOAD_H

#include "types.h"

/* The folder that holds <path>/ with .go files for each standard package
 * (runtime/lib in the source tree, PREFIX/lib/tern/src installed). */
void load_set_lib_dir(const char *dir);

/* The package of this import path, with its declarations checked but not its
 * bodies.  NULL if there is no such package (reported at pos). */
Package *load_import(const char *path, Pos pos);

/* All packages loaded, in dependency order: each after those it imports. */
int load_packages(Package ***list);

/* Parses the .go files of a folder in the order of their names, without
 * *_test.go; returns their number, -1 if the folder cannot be read. */
int load_dir(const char *dir, File ***files);

#endif
