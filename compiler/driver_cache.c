/* driver_cache.c - executables by content hash.
 *
 * The key covers everything that decides about the executable: the sources and
 * their names, the flags, the C compiler, tern itself, the runtime's archives and
 * headers (by size and time).  Entries come into the cache by rename, so another tern
 * sees a whole executable or none.  The oldest go when there are too many.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver.h"

enum { MAX_ENTRIES = 200 };

typedef struct Hash {
  uint64_t a, b;
} Hash;

static void add(Hash *h, const void *data, size_t n) {
  const uint8_t *p = data;
  for (size_t i = 0; i < n; i++) {
    h->a = (h->a ^ p[i]) * 0x100000001b3u;
    h->b = (h->b + p[i] + 1) * 0x9e3779b97f4a7c15u;
    h->b ^= h->b >> 29;
  }
  h->a ^= n;
}

static void add_string(Hash *h, const char *s) { add(h, s, strlen(s) + 1); }

static void add_identity(Hash *h, const char *path) {
  struct stat st;
  if (stat(path, &st) != 0) memset(&st, 0, sizeof st);
  add_string(h, path);
  add(h, &st.st_size, sizeof st.st_size);
  add(h, &st.st_mtim, sizeof st.st_mtim);
  add(h, &st.st_ino, sizeof st.st_ino);
}

static void add_contents(Hash *h, const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  char buf[65536];
  ssize_t n;
  while ((n = read(fd, buf, sizeof buf)) > 0) add(h, buf, (size_t)n);
  close(fd);
}

/* The key of the executable made from these files. */
const char *build_key(StringList *files, const char *extra) {
  static const char *const headers[] = {"lang/tern.h", "gc/store.h", "heap/type.h",
                                        "sched/ghead.h"};
  const Paths *p = find_paths();
  Hash h = {0xcbf29ce484222325u, 1};
  add_identity(&h, "/proc/self/exe");
  add_identity(&h, p->runtime_a);
  add_identity(&h, p->library_a);
  for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
    add_identity(&h, arena_printf("%s/%s", p->include, headers[i]));
  add_identity(&h, cc_command()->at[0]);
  for (int i = 0; i < cc_command()->len; i++) add_string(&h, cc_command()->at[i]);
  for (int i = 0; i < cc_flags()->len; i++) add_string(&h, cc_flags()->at[i]);
  add_string(&h, extra);
  for (int i = 0; i < files->len; i++) {
    add_string(&h, files->at[i]);
    add_contents(&h, files->at[i]);
  }
  return arena_printf("%016llx%016llx", (unsigned long long)h.a, (unsigned long long)h.b);
}

static const char *entry(const char *key) {
  const char *dir = find_paths()->cache;
  return *dir ? arena_printf("%s/%s", dir, key) : NULL;
}

/* The cached executable, marked as used now. */
const char *cache_find(const char *key) {
  const char *path = entry(key);
  if (!path || access(path, X_OK) != 0) return NULL;
  utimensat(AT_FDCWD, path, NULL, 0);
  return path;
}

static bool is_key(const char *name) {
  return strlen(name) == 32 && strspn(name, "0123456789abcdef") == 32;
}

typedef struct Entry {
  const char *path;
  struct timespec used;
} Entry;

static int by_age(const void *x, const void *y) {
  const Entry *a = x, *b = y;
  if (a->used.tv_sec != b->used.tv_sec) return a->used.tv_sec < b->used.tv_sec ? -1 : 1;
  return a->used.tv_nsec < b->used.tv_nsec ? -1 : a->used.tv_nsec > b->used.tv_nsec;
}

/* Removes the oldest entries but `keep`; returns how many went. */
static int trim(int keep) {
  const char *dir = find_paths()->cache;
  DIR *d = *dir ? opendir(dir) : NULL;
  if (!d) return 0;
  LIST_OF(Entry) list = {0};
  struct dirent *e;
  while ((e = readdir(d))) {
    struct stat st;
    Entry x = {arena_printf("%s/%s", dir, e->d_name), {0, 0}};
    bool left_over = strstr(e->d_name, ".tern-") != NULL;
    if ((!is_key(e->d_name) && !(left_over && keep == 0)) || stat(x.path, &st) != 0) continue;
    x.used = st.st_mtim;
    list_push(&list, x);
  }
  closedir(d);
  if (list.len) qsort(list.at, (size_t)list.len, sizeof(Entry), by_age);
  int n = list.len - keep;
  for (int i = 0; i < n; i++) unlink(list.at[i].path);
  return n > 0 ? n : 0;
}

/* Puts an executable into the cache. */
const char *cache_add(const char *key, const char *exe) {
  const char *path = entry(key);
  if (!path || !make_folders(find_paths()->cache) || !copy_file(exe, path, 0777)) return exe;
  trim(MAX_ENTRIES);
  return path;
}

/* Empties the cache. */
int cache_clean(void) { return trim(0); }
