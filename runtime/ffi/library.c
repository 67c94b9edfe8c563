/* library.c - shared libraries: dlopen and its kin as calls of C, and a list of
 * what is open, so that a handle that is none is an error instead of a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ffi/library.h"
#include "gc/malloc.h"
#include "heap/heap.h"
#include "heap/stats.h"
#include "lang/lang.h"
#include "lang/link.h"
#include "os/print.h"
#include "sched/sched.h"
#include "sched/stack.h"

static mutex libraries_lock = MUTEX_INIT(LIBRARIES);
static struct library *libraries; /* guarded by libraries_lock */

const char *ffi_heap_string(tern_string s) {
  static const uint8_t zero; /* of an empty string all that is left: not copied */
  tern_string parts[2] = {s, {&zero, 1}};
  return (const char *)tern_concat(parts, 2).ptr;
}

static tern_string go_string(const char *s) {
  int64_t n = (int64_t)strlen(s);
  return tern_string_from_bytes((tern_slice){(void *)s, n, n});
}

/* ---- The list ------------------------------------------------------------------ */

static struct library *find(void *handle) {
  struct library *l = libraries;
  while (l != NULL && (l->handle != handle || l->opened == 0)) l = l->next;
  return l;
}

struct library *library_of(void *handle) {
  lock(&libraries_lock);
  struct library *l = find(handle);
  unlock(&libraries_lock);
  return l;
}

static void note_open(void *handle) {
  lock(&libraries_lock);
  struct library *l = find(handle);
  if (l == NULL) {
    l = persistentalloc(sizeof *l, 16, &sys_stats.other);
    l->handle = handle;
    l->next = libraries;
    libraries = l;
  }
  store_rlx(&l->opened, l->opened + 1);
  unlock(&libraries_lock);
}

/* ---- On the thread's stack --------------------------------------------------------- */

struct dl_call {
  void *handle;
  const char *name;
  int mode;
  void *result;
  char message[512]; /* "" if all went well; dlerror's text is the thread's */
};

static void keep_error(struct dl_call *c) {
  const char *e = dlerror();
  snprintf(c->message, sizeof c->message, "%s", e != NULL ? e : "unknown error");
}

static void open_in_c(void *p) {
  struct dl_call *c = p;
  c->result = dlopen(c->name, c->mode);
  if (c->result == NULL) keep_error(c);
}

static void symbol_in_c(void *p) {
  struct dl_call *c = p;
  dlerror();
  c->result = dlsym(c->handle, c->name);
  if (c->result == NULL) keep_error(c);
}

static void close_in_c(void *p) {
  struct dl_call *c = p;
  if (dlclose(c->handle) != 0) keep_error(c);
}

static void name_in_c(void *p) {
  struct dl_call *c = p;
  Dl_info info;
  if (dladdr(c->handle, &info) != 0 && info.dli_sname != NULL && info.dli_saddr == c->handle)
    snprintf(c->message, sizeof c->message, "%s", info.dli_sname);
  else
    snprintf(c->message, sizeof c->message, "the C function at %p", c->handle);
}

/* ---- Calls ----------------------------------------------------------------------- */

struct dl_request {
  const char *what;
  void (*fn)(void *);
  void *handle;
  tern_string name;
  int mode;
  void *result;
  tern_string message;
};

/* With the stack that a dl_call needs. */
static void run_dl(void *p) {
  struct dl_request *r = p;
  struct dl_call c;
  memset(&c, 0, sizeof c);
  c.handle = r->handle;
  c.mode = r->mode;
  c.name = ffi_heap_string(r->name);
  ffi_run_c(r->what, r->fn, &c);
  r->result = c.result;
  r->message = go_string(c.message);
}

static struct dl_request dl(const char *what, void (*fn)(void *), void *handle,
                            tern_string name, int mode) {
  struct dl_request r = {.what = what, .fn = fn, .handle = handle, .name = name,
                         .mode = mode};
  with_stack(4096, run_dl, &r);
  return r;
}

void *library_open(tern_string path, int mode, tern_string *message) {
  struct dl_request r = dl("dlopen", open_in_c, NULL, path, mode);
  if (r.result != NULL) note_open(r.result);
  *message = r.message;
  return r.result;
}

/* In C.  A handle of glibc is the address of what its list has on the library;
 * result: that, or NULL. */
static int find_in_list(struct dl_phdr_info *info, size_t size, void *p) {
  (void)info;
  (void)size;
  struct dl_call *c = p;
  for (struct link_map *l = _r_debug.r_map; l != NULL; l = l->l_next)
    if (l == c->handle) c->result = l;
  return 1; /* once is enough: nobody loads or unloads meanwhile */
}

static void known_to_c(void *p) { dl_iterate_phdr(find_in_list, p); }

/* Whether this is a handle that the program has from C's own dlopen: never one of
 * ours, also when that is closed. */
static bool is_foreign(void *handle) {
  lock(&libraries_lock);
  struct library *l = libraries;
  while (l != NULL && l->handle != handle) l = l->next;
  unlock(&libraries_lock);
  return l == NULL &&
         dl("dl_iterate_phdr", known_to_c, handle, (tern_string){0, 0}, 0).result != NULL;
}

/* RTLD_DEFAULT and RTLD_NEXT are handles, too. */
static bool usable(void *handle) {
  return handle == RTLD_DEFAULT || handle == RTLD_NEXT || library_of(handle) != NULL ||
         is_foreign(handle);
}

void *library_symbol(void *handle, tern_string name, tern_string *message) {
  if (!usable(handle)) {
    tern_string parts[2] = {
        name, TERN_STR(": the library is closed, or this is no handle of one")};
    *message = tern_concat(parts, 2);
    return NULL;
  }
  struct dl_request r = dl("dlsym", symbol_in_c, handle, name, 0);
  *message = r.message;
  return r.result;
}

bool library_close(void *handle, tern_string *message) {
  lock(&libraries_lock);
  struct library *l = find(handle);
  if (l != NULL) store_rlx(&l->opened, l->opened - 1);
  unlock(&libraries_lock);
  if (l == NULL && !is_foreign(handle)) {
    *message = TERN_STR("Dlclose: the library is closed, or this is no handle of one");
    return false;
  }
  struct dl_request r = dl("dlclose", close_in_c, handle, (tern_string){0, 0}, 0);
  *message = r.message;
  return r.message.len == 0;
}

const char *library_name_of(void *address) {
  return ffi_heap_string(
      dl("dladdr", name_in_c, address, (tern_string){0, 0}, 0).message);
}

/* ---- The environment -------------------------------------------------------------- */

struct env_change {
  const char *name, *value; /* NULL: take the name out */
};

static void change_in_c(void *p) {
  struct env_change *c = p;
  if (c->value != NULL)
    setenv(c->name, c->value, 1);
  else
    unsetenv(c->name);
}

/* Called by package syscall, so that C sees what os.Setenv sets. */
void c_setenv(tern_string name, tern_string value, bool set) {
  struct env_change c = {ffi_heap_string(name), set ? ffi_heap_string(value) : NULL};
  ffi_run_c("setenv", change_in_c, &c);
}
