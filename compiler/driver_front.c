/* driver_front.c - from files to C: parse, check, escape analysis, emission. */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "checker.h"
#include "diag.h"
#include "driver.h"
#include "emit.h"
#include "escape.h"
#include "load.h"
#include "parser.h"

static bool ends_with(const char *s, const char *end) {
  size_t n = strlen(s), m = strlen(end);
  return n >= m && strcmp(s + n - m, end) == 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static StringList folder_files(const char *dir) {
  StringList list = {0};
  DIR *d = opendir(dir);
  if (!d) fail(EXIT_ERRORS, "cannot read folder %s: %s", dir, strerror(errno));
  struct dirent *e;
  while ((e = readdir(d))) {
    const char *n = e->d_name;
    if (n[0] == '.' || n[0] == '_' || !ends_with(n, ".go") || ends_with(n, "_test.go")) continue;
    list_push(&list, strcmp(dir, ".") == 0 ? arena_copy(n, strlen(n))
                                           : arena_printf("%s%s%s", dir,
                                                          ends_with(dir, "/") ? "" : "/", n));
  }
  closedir(d);
  if (!list.len) fail(EXIT_ERRORS, "no Go files in %s", dir);
  qsort(list.at, (size_t)list.len, sizeof *list.at, by_name);
  return list;
}

/* Files as given, or the .go files of a folder. */
StringList source_files(StringList *args) {
  struct stat st;
  if (args->len == 1 && stat(args->at[0], &st) == 0 && S_ISDIR(st.st_mode))
    return folder_files(args->at[0]);
  for (int i = 0; i < args->len; i++)
    if (!ends_with(args->at[i], ".go"))
      fail(EXIT_MISUSE, "%s: not a .go file%s", args->at[i],
           args->len == 1 ? " or a folder" : "");
  return *args;
}

typedef struct Job {
  StringList *files;
  const FrontOptions *options;
  const char *c_name, *text;
  size_t len;
  bool errors;
} Job;

static void work(Job *job) {
  StringList *names = job->files;
  File **files = arena_array(File *, names->len + 1);
  bool broken = false;
  for (int i = 0; i < names->len; i++) {
    const char *error;
    Source *s = source_load(names->at[i], &error);
    if (!s) {
      fprintf(stderr, "tern: %s\n", error);
      job->errors = true;
      return;
    }
    files[i] = parse_file(s);
    broken |= files[i]->broken;
  }
  const char *path = job->options->package_path ? job->options->package_path : "main";
  if (!broken && job->options->program)
    for (int i = 0; i < names->len; i++)
      if (strcmp(files[i]->package_name->ident.name, "main") != 0) {
        diag_flush(stderr);
        fprintf(stderr, "tern: %s: package %s is not a main package\n", names->at[i],
                files[i]->package_name->ident.name);
        job->errors = true;
        return;
      }
  load_set_lib_dir(find_paths()->src);
  Package *pkg = broken ? NULL : check_package(path, files, names->len, true);
  if (diag_count() > 0) {
    diag_flush(stderr);
    job->errors = true;
    return;
  }
  escape_package(pkg, job->options->escapes ? stderr : NULL);
  job->text = emit_package(pkg, job->c_name, job->options->program, &job->len);
}

static void *thread(void *p) {
  work(p);
  return NULL;
}

/* Runs the front end on a stack that any tree fits on. */
const char *front(StringList *files, const FrontOptions *options, const char *c_name,
                  size_t *len) {
  Job job = {.files = files, .options = options, .c_name = c_name};
  diag_show_all(options->all_errors);
  pthread_attr_t attr;
  pthread_t id;
  pthread_attr_init(&attr);
  pthread_attr_setstacksize(&attr, AST_STACK_SIZE);
  if (pthread_create(&id, &attr, thread, &job) != 0)
    work(&job);
  else
    pthread_join(id, NULL);
  if (job.errors) exit(EXIT_ERRORS);
  *len = job.len;
  return job.text;
}
