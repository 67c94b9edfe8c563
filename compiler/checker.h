/* checker.h - the type checker: from parsed files to a decorated tree.
 *
 * Who calls it: the driver, after parsing without errors:
 *
 *     Package *pkg = check_package("main", files, nfiles, true);
 *     if (diag_flush(stderr) > 0) exit(1);
 *
 * What it leaves behind is described in types.h.  Imported packages are found
 * by load.h and are checked without their bodies.
 */
#ifndef TERN_COMPILER_CHECKER_H
#define TERN_COMPILER_CHECKER_H

#include "types.h"

/* Checks the files as the package of that import path; function bodies too if
 * `bodies`.  Never NULL; the errors are in diag.  Safe on any tree that was
 * parsed without errors. */
Package *check_package(const char *path, File **files, int nfiles, bool bodies);

#endif
