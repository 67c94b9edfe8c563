/* load.c - finds and loads imported packages, once each.
 *
 * A package is the folder of its path below the library folder.  Loading
 * parses its files and checks its declarations, which loads what it imports in
 * turn; so `loaded` ends up in dependency order.
 */
#include "load.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "checker.h"
#include "diag.h"
#include "parser.h"
#include "universe.h"

/* A package asked for: pkg is NULL while it is being loaded or if it cannot
 * be. */
typedef struct Entry {
  const char *path; /* interned */
  Package *pkg;
  bool loading;
} Entry;

static const char *lib_dir = ".";
static LIST_OF(Entry *) entries;
static LIST_OF(Package *) loaded;

void load_set_lib_dir(const char *dir) { lib_dir = dir; }

int load_packages(Package ***list) {
  *list = loaded.at;
  return loaded.len;
}

/* ---- Folders ------------------------------------------------------------ */

static bool ends_with(const char *s, const char *end) {
  size_t n = strlen(s), m = strlen(end);
  return n >= m && strcmp(s + n - m, end) == 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

int load_dir(const char *dir, File ***files) {
  DIR *d = opendir(dir);
  if (!d) return -1;
  LIST_OF(char *) names = {0};
  for (struct dirent *e; (e = readdir(d));)
    if (ends_with(e->d_name, ".go") && !ends_with(e->d_name, "_test.go") &&
        e->d_name[0] != '.' && e->d_name[0] != '_')
      list_push(&names, arena_printf("%s/%s", dir, e->d_name));
  closedir(d);
  if (names.len) qsort(names.at, (size_t)names.len, sizeof *names.at, by_name);
  *files = arena_array(File *, names.len + 1);
  int n = 0;
  for (int i = 0; i < names.len; i++) {
    const char *error;
    Source *source = source_load(names.at[i], &error);
    if (source)
      (*files)[n++] = parse_file(source);
    else
      diag_error(NO_POS, "%s", error);
  }
  return n;
}

/* ---- Imports ------------------------------------------------------------ */

static Entry *entry_of(const char *path) {
  for (int i = 0; i < entries.len; i++)
    if (entries.at[i]->path == path) return entries.at[i];
  Entry *e = arena_new(Entry);
  e->path = path;
  list_push(&entries, e);
  return e;
}

/* Paths that could leave the library folder are not looked at. */
static bool sane_path(const char *path) {
  return path[0] != '/' && path[0] != '.' && !strstr(path, "..") &&
         !strchr(path, '\\');
}

/* Why there is nothing to import: Go's own packages have no dot in the first
 * element of their path, other people's have one. */
static void refuse(const char *path, Pos pos) {
  const char *dot = strchr(path, '.'), *slash = strchr(path, '/');
  if (dot && (!slash || dot < slash))
    diag_error(pos, "package %s is not in std, and packages of your own are not supported", path);
  else
    diag_error(pos,
               "package %s is not in std as Tern has it (tern help packages lists that)",
               path);
}

static Package *load(const char *path, Pos pos) {
  const char *dir = arena_printf("%s/%s", lib_dir, path);
  File **files;
  int before = diag_count();
  int n = sane_path(path) ? load_dir(dir, &files) : -1;
  if (n <= 0) {
    if (diag_count() == before)
      refuse(path, pos);
    return NULL;
  }
  if (diag_count() > before) return NULL;
  Package *pkg = check_package(path, files, n, false);
  list_push(&loaded, pkg);
  return pkg;
}

Package *load_import(const char *path, Pos pos) {
  path = intern_string(path);
  if (strcmp(path, "unsafe") == 0) return unsafe_package();
  int known = entries.len;
  Entry *e = entry_of(path);
  if (e->loading) {
    diag_error(pos, "import cycle not allowed: %s imports itself", path);
    return NULL;
  }
  if (entries.len == known) return e->pkg;
  e->loading = true;
  e->pkg = load(path, pos);
  e->loading = false;
  return e->pkg;
}
