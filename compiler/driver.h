/* driver.h - what the files of the `tern` command share.
 *
 *   main.c           the command line: which command, with what
 *   driver_front.c   files -> checked package -> C
 *   driver_paths.c   where the runtime, the cache and the C compiler are
 *   driver_cc.c      running the C compiler; the temporary folder; signals
 *   driver_cache.c   executables by content hash
 *   driver_trace.c   what becomes of an execution trace
 *
 * Exit statuses: 0 done, 1 the program has errors, 2 wrong use of the command,
 * 3 a failure of tern itself; `run` ends as the program does.
 */
#ifndef TERN_COMPILER_DRIVER_H
#define TERN_COMPILER_DRIVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

enum { EXIT_ERRORS = 1, EXIT_MISUSE = 2, EXIT_INTERNAL = 3 };

typedef LIST_OF(const char *) StringList;

/* Where things are; filled by find_paths. */
typedef struct Paths {
  const char *root;    /* "PREFIX/lib/tern" or the source tree */
  const char *include; /* holds lang/tern.h */
  const char *src;     /* holds the standard packages' source */
  const char *runtime_a, *library_a;
  const char *cache;   /* folder for executables, "" if there is none */
} Paths;

/* Prints "tern: ..." on stderr and ends. */
void fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));

/* ---- driver_paths.c ---- */
const Paths *find_paths(void);
/* The C compiler and its fixed flags; fails if there is none. */
StringList *cc_command(void);
StringList *cc_flags(void);
bool cc_is_clang(void);
bool make_folders(const char *path);

/* ---- driver_front.c ---- */
typedef struct FrontOptions {
  bool all_errors, escapes;
  bool program; /* package main, complete */
  const char *package_path;
} FrontOptions;
/* The .go files named by the arguments: files, or one folder. */
StringList source_files(StringList *args);
/* C text of the program; ends with EXIT_ERRORS if it has errors. */
const char *front(StringList *files, const FrontOptions *options, const char *c_name,
                  size_t *len);

/* ---- driver_cc.c ---- */
/* Makes the temporary folder; removed when tern ends, also by a signal. */
const char *temp_folder(void);
void remove_temp(void);
bool in_temp(const char *path);
/* Compiles and links C text to the executable `out`. */
void compile_and_link(const char *c_text, size_t len, const char *out);

/* ---- driver_cache.c ---- */
/* 32 hex digits over everything that decides about the executable. */
const char *build_key(StringList *files, const char *extra);
/* Path of the cached executable, NULL if there is none. */
const char *cache_find(const char *key);
/* Moves an executable into the cache; the path it has then, or `exe` itself if
 * the cache cannot be written. */
const char *cache_add(const char *key, const char *exe);
int cache_clean(void);

/* ---- driver_output.c ---- */
/* Both make a regular file whole or not at all, and write into what is another kind of
 * file; false with errno on failure. */
bool write_file(const char *path, const char *text, size_t len);
bool copy_file(const char *from, const char *to, int mode);

/* ---- driver_trace.c ---- */
/* tern trace; -1: wrong use. */
int cmd_trace(int argc, char **argv);

#endif
