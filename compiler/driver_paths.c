/* driver_paths.c - where the runtime, the cache and the C compiler are.
 *
 * The command finds its installation through its own location, so that a copied
 * or moved tree works: BIN/../lib/tern when installed, else BIN/../build/release
 * and BIN/../runtime of the source tree.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver.h"

static bool exists(const char *path) { return access(path, F_OK) == 0; }

/* Makes a folder and those above it. */
bool make_folders(const char *path) {
  char *copy = arena_copy(path, strlen(path));
  for (char *p = copy + 1; *p; p++)
    if (*p == '/') {
      *p = 0;
      if (mkdir(copy, 0777) != 0 && errno != EEXIST) return false;
      *p = '/';
    }
  return mkdir(copy, 0777) == 0 || errno == EEXIST;
}

static const char *own_folder(void) {
  char buf[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", buf, sizeof buf - 1);
  if (n <= 0) fail(EXIT_INTERNAL, "cannot read /proc/self/exe");
  buf[n] = 0;
  *strrchr(buf, '/') = 0;
  return arena_copy(buf, strlen(buf));
}

static const char *cache_folder(void) {
  const char *xdg = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
  const char *dir = xdg && *xdg == '/' ? arena_printf("%s/tern", xdg)
                    : home && *home == '/' ? arena_printf("%s/.cache/tern", home) : NULL;
  return dir ? dir : "";
}

/* The path without "..": it is what tracebacks and profiles name. */
static const char *real_path(const char *path) {
  char real[PATH_MAX];
  return realpath(path, real) ? arena_copy(real, strlen(real)) : path;
}

/* All paths; fails if the runtime is not where it should be. */
const Paths *find_paths(void) {
  static Paths p;
  if (p.root) return &p;
  const char *bin = own_folder();
  const char *variant = getenv("TERN_VARIANT");
  const char *installed = real_path(arena_printf("%s/../lib/tern", bin));
  if (exists(arena_printf("%s/include/lang/tern.h", installed))) {
    p.root = installed;
    p.include = arena_printf("%s/include", installed);
    p.src = arena_printf("%s/src", installed);
    p.runtime_a = arena_printf("%s/libternrt.a", installed);
    p.library_a = arena_printf("%s/libternlib.a", installed);
  } else {
    const char *tree = arena_printf("%s/..", bin);
    if (!exists(arena_printf("%s/runtime/lang/tern.h", tree)))
      tree = arena_printf("%s/../../..", bin); /* build/VARIANT/bin */
    tree = real_path(tree);
    const char *build =
        arena_printf("%s/build/%s", tree, variant && *variant ? variant : "release");
    p.root = tree;
    p.include = arena_printf("%s/runtime", tree);
    p.src = arena_printf("%s/runtime/lib", tree);
    p.runtime_a = arena_printf("%s/libternrt.a", build);
    p.library_a = arena_printf("%s/libternlib.a", build);
  }
  if (!exists(arena_printf("%s/lang/tern.h", p.include)))
    fail(EXIT_INTERNAL, "the runtime is not beside the command (looked in %s); reinstall tern",
         installed);
  p.cache = cache_folder();
  return &p;
}

static const char *in_path(const char *name) {
  if (strchr(name, '/')) return access(name, X_OK) == 0 ? name : NULL;
  const char *path = getenv("PATH");
  for (const char *p = path ? path : "/usr/bin:/bin"; *p;) {
    size_t n = strcspn(p, ":");
    const char *full = arena_printf("%.*s/%s", (int)n, p, name);
    if (n && access(full, X_OK) == 0) return full;
    p += n + (p[n] == ':');
  }
  return NULL;
}

/* $CC, else gcc, else clang. */
StringList *cc_command(void) {
  static StringList cmd;
  if (cmd.len) return &cmd;
  const char *cc = getenv("CC");
  if (cc && *cc) {
    char *copy = arena_copy(cc, strlen(cc));
    for (char *w = strtok(copy, " "); w; w = strtok(NULL, " ")) list_push(&cmd, w);
  }
  if (cmd.len == 0) list_push(&cmd, in_path("gcc") ? "gcc" : "clang");
  const char *full = in_path(cmd.at[0]);
  if (!full)
    fail(EXIT_INTERNAL, cc && *cc ? "the C compiler \"%s\" of $CC was not found"
                                  : "no C compiler found: install gcc or clang%.0s",
         cc ? cc : "");
  cmd.at[0] = full;
  return &cmd;
}

/* Whether the C compiler is clang, judged by its name. */
bool cc_is_clang(void) { return strstr(cc_command()->at[0], "clang") != NULL; }

static const char *const common_flags[] = {
    "-std=gnu17", "-O2", "-g1", "-fno-omit-frame-pointer", "-fwrapv", "-fno-strict-aliasing",
    "-fno-delete-null-pointer-checks", "-ffp-contract=off", "-fno-math-errno", "-fno-pie",
    "-fno-stack-protector", "-fcf-protection=none", "-fno-stack-clash-protection",
    /* recursion without end must overflow the stack; callers stay in tracebacks */
    "-fno-optimize-sibling-calls",
};
static const char *const gcc_flags[] = {
    "-fnon-call-exceptions", "-fkeep-gc-roots-live", "-fno-inline-functions-called-once",
    /* what panics in copies of a function is not merged: each has its own line */
    "-fno-crossjumping",
    /* frames stay small and are made before the stack check looks */
    "-fno-shrink-wrap", "--param=large-stack-frame=256", "--param=large-stack-frame-growth=100",
    /* gas cannot name the cold half of a function with a quoted name */
    "-fno-reorder-blocks-and-partition", "-fno-partial-inlining", "-fno-tree-slp-vectorize",
    /* -O3's willingness to inline: fib takes 0.86 s instead of 1.95 s */
    "--param=max-inline-insns-auto=30", "--param=inline-min-speedup=15",
    /* deeper unfolding spills more than it saves: N-queens 1 % to 5 % slower with 4, 7 or 8 */
    "--param=max-inline-recursive-depth-auto=6",
};
static const char *const clang_flags[] = {
    "-mllvm", "-enable-shrink-wrap=false", "-fno-asynchronous-unwind-tables",
};

/* Programs for the builds of the runtime in build/{thread,address,undefined}. */
static const char *const sanitizer_flags[] = {
    "-O1", "-Wno-tsan",
    /* no call stacks: recursion is deeper than they are, recover leaves frames */
    "--param=tsan-instrument-func-entry-exit=0",
    /* frames stay on the stack, where the collector looks */
    "--param=asan-use-after-return=0",
    /* gas cannot name "__odr_asan." before a quoted name */
    "--param=asan-globals=0",
    /* a nil dereference is a fault and a panic, in its own way */
    "-fno-sanitize=null,nonnull-attribute", "-fno-sanitize-recover=undefined",
};

static void add_sanitizer(StringList *flags) {
  const char *variant = getenv("TERN_VARIANT");
  if (!variant || (strcmp(variant, "thread") != 0 && strcmp(variant, "address") != 0 &&
                   strcmp(variant, "undefined") != 0))
    return;
  list_push(flags, arena_printf("-fsanitize=%s", variant));
  for (size_t i = 0; i < sizeof sanitizer_flags / sizeof *sanitizer_flags; i++)
    list_push(flags, sanitizer_flags[i]);
}

/* What emitted C needs of the C compiler. */
StringList *cc_flags(void) {
  static StringList flags;
  if (flags.len) return &flags;
  for (size_t i = 0; i < sizeof common_flags / sizeof *common_flags; i++)
    list_push(&flags, common_flags[i]);
  bool clang = cc_is_clang();
  size_t n = clang ? sizeof clang_flags / sizeof *clang_flags
                   : sizeof gcc_flags / sizeof *gcc_flags;
  for (size_t i = 0; i < n; i++) list_push(&flags, clang ? clang_flags[i] : gcc_flags[i]);
  if (!clang) add_sanitizer(&flags);
  return &flags;
}
