/* main.c - the `tern` command: which command, with what. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver.h"

#define TERN_VERSION "0.1"

/* Prints a message and ends. */
void fail(int status, const char *format, ...) {
  va_list args;
  fputs("tern: ", stderr);
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fputc('\n', stderr);
  exit(status);
}

static const char usage_text[] =
    "Tern compiles a subset of Go to C and runs it on a runtime of its own.\n"
    "\n"
    "Usage:\n"
    "\n"
    "    tern <command> [arguments]\n"
    "\n"
    "The commands are:\n"
    "\n"
    "    run      compile and run a program\n"
    "    build    compile a program to an executable\n"
    "    emit     show the C that a program becomes\n"
    "    trace    make an execution trace readable for chrome://tracing\n"
    "    clean    remove cached executables\n"
    "    env      print where tern finds things\n"
    "    version  print the version\n"
    "    help     more about a command: tern help <command>\n"
    "\n"
    "More: tern help environment, tern help packages\n";

static const char *const topics[][2] = {
    {"run",
     "usage: tern run [-e] file.go... | folder [arguments]\n\n"
     "Compiles the files of package main (or those of the folder) and runs the program\n"
     "with the arguments that follow. Input, output, signals and the exit status are the\n"
     "program's. The executable is kept in the cache, so a second run starts at once.\n"},
    {"build",
     "usage: tern build [-o output] [-e] [-m] file.go... | folder\n\n"
     "Compiles a program to an executable named after the first file or the folder.\n\n"
     "    -o output   write this file (or into this folder)\n"
     "    -e          show all errors, not only the first ten\n"
     "    -m          show what escapes to the heap\n"},
    {"emit",
     "usage: tern emit [-o output] file.go... | folder\n\n"
     "Writes the C that tern makes of the program, with #line back to the source.\n"},
    {"trace",
     "usage: tern trace [-o output] [-c] file\n\n"
     "Turns an execution trace, which a program writes with package runtime/trace, into\n"
     "the JSON that chrome://tracing and https://ui.perfetto.dev show.\n\n"
     "    -o output   write this file instead of standard output\n"
     "    -c          only say what is in the trace, and whether it is possible\n"},
    {"env",
     "usage: tern env [name]\n\nPrints the settings, or the value of one:\n"
     "TERNROOT, TERNCACHE, CC, CFLAGS, TERNSRC.\n"},
    {"clean", "usage: tern clean\n\nRemoves the executables in the cache.\n"},
    {"version", "usage: tern version\n\nPrints the version.\n"},
    {"environment",
     "Programs read these names of Go's, with Go's meanings:\n\n"
     "    GOMAXPROCS   how many processors run goroutines at a time\n"
     "    GOGC         heap growth in percent before a collection starts; off\n"
     "    GOMEMLIMIT   soft limit of memory, such as 512MiB\n"
     "    GODEBUG      gctrace=1 and other switches, separated by commas\n"
     "    GOTRACEBACK  how much a crash shows: none, single, all, system, crash\n\n"
     "The command itself reads:\n\n"
     "    CC              the C compiler, with options (else gcc, else clang)\n"
     "    XDG_CACHE_HOME  where the cache is (else ~/.cache)\n"
     "    TMPDIR          where temporary files are (else /tmp)\n"},
    {"packages",
     "These packages can be imported, the part of each that programs without\n"
     "generics and reflection use:\n\n"
     "    bufio bytes context errors fmt io io/fs math math/bits math/rand os\n"
     "    runtime runtime/debug runtime/pprof runtime/trace sort strconv strings sync\n"
     "    sync/atomic syscall time unicode unicode/utf8 unsafe\n\n"
     "And one that is not Go's own, to call C functions in shared libraries; programs\n"
     "that import it need libffi:\n\n"
     "    github.com/ebitengine/purego\n\n"
     "Packages of your own are not supported: a program is one package main.\n"},
    {"help", "usage: tern help [command]\n\nPrints this.\n"},
};

static int misuse(const char *command) {
  for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
    if (strcmp(topics[i][0], command) == 0) fputs(topics[i][1], stderr);
  return EXIT_MISUSE;
}

static int help(int argc, char **argv) {
  if (argc == 0) {
    fputs(usage_text, stdout);
    return 0;
  }
  for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
    if (strcmp(topics[i][0], argv[0]) == 0) {
      fputs(topics[i][1], stdout);
      return 0;
    }
  fprintf(stderr, "tern help %s: unknown topic. Run 'tern help'.\n", argv[0]);
  return EXIT_MISUSE;
}

/* ---- Options and arguments ---------------------------------------------- */

typedef struct Command {
  const char *output;
  FrontOptions front;
  StringList inputs; /* files, or a folder */
  char **rest;       /* the program's arguments */
  int nrest;
} Command;

static bool is_go_file(const char *s) {
  size_t n = strlen(s);
  return n > 3 && strcmp(s + n - 3, ".go") == 0;
}

/* Parses what follows the command's name; allowed lists the option letters. */
static bool parse(const char *name, int argc, char **argv, const char *allowed, Command *c) {
  int i = 0;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    const char *o = argv[i];
    if (strcmp(o, "--") == 0) {
      i++;
      break;
    }
    if (o[1] == '-') o++;
    char letter = o[1];
    bool joined = letter == 'o' && o[2] == '=';
    if (!letter || !strchr(allowed, letter) || (o[2] && !joined)) {
      fprintf(stderr, "tern %s: unknown option %s\n", name, argv[i]);
      return false;
    }
    if (letter == 'e') c->front.all_errors = true;
    if (letter == 'm') c->front.escapes = true;
    if (letter == 'o') {
      if (!joined && i + 1 >= argc) {
        fprintf(stderr, "tern %s: option -o needs a file name\n", name);
        return false;
      }
      c->output = joined ? o + 3 : argv[++i];
    }
  }
  if (i < argc && !is_go_file(argv[i])) {
    list_push(&c->inputs, argv[i]);
    i++;
  } else {
    for (; i < argc && is_go_file(argv[i]); i++) list_push(&c->inputs, argv[i]);
  }
  c->rest = argv + i;
  c->nrest = argc - i;
  c->front.program = true;
  if (c->inputs.len) return true;
  fprintf(stderr, "tern %s: no .go files listed\n", name);
  return false;
}

/* The name of the program: the first file without .go, or the folder's. */
static const char *program_name(Command *c) {
  char path[4096];
  const char *first = c->inputs.at[0];
  if (!is_go_file(first) && realpath(first, path)) first = path;
  const char *slash = strrchr(first, '/');
  const char *base = slash ? slash + 1 : first;
  size_t n = strlen(base);
  if (is_go_file(base)) n -= 3;
  return n ? arena_copy(base, n) : "main";
}

/* ---- Commands ----------------------------------------------------------- */

static const char *executable(Command *c) {
  StringList files = source_files(&c->inputs);
  for (int i = 0; i < files.len; i++)
    if (access(files.at[i], R_OK) != 0)
      fail(EXIT_ERRORS, "open %s: %s", files.at[i], strerror(errno));
  const char *key = build_key(&files, TERN_VERSION);
  const char *cached = c->front.escapes ? NULL : cache_find(key);
  if (cached) return cached;
  size_t len;
  const char *text = front(&files, &c->front, "prog.c", &len);
  const char *exe = arena_printf("%s/prog", temp_folder());
  compile_and_link(text, len, exe);
  return cache_add(key, exe);
}

static int cmd_run(int argc, char **argv) {
  Command c = {0};
  if (!parse("run", argc, argv, "e", &c)) return misuse("run");
  const char *exe = executable(&c);
  /* opened before the folder goes, so it may be run from there all the same */
  int fd = open(exe, O_RDONLY | O_CLOEXEC);
  if (fd < 0) fail(EXIT_INTERNAL, "open %s: %s", exe, strerror(errno));
  bool kept = !in_temp(exe);
  char **args = arena_array(char *, c.nrest + 2);
  args[0] = arena_copy(exe, strlen(exe));
  memcpy(args + 1, c.rest, sizeof(char *) * (size_t)c.nrest);
  remove_temp();
  if (kept)
    execv(exe, args);
  else
    execv(arena_printf("/proc/self/fd/%d", fd), args);
  fail(EXIT_INTERNAL, "cannot run %s: %s", exe, strerror(errno));
}

static int cmd_build(int argc, char **argv) {
  Command c = {0};
  if (!parse("build", argc, argv, "oem", &c) || c.nrest) {
    if (c.nrest) fprintf(stderr, "tern build: %s: not a .go file\n", c.rest[0]);
    return misuse("build");
  }
  const char *out = c.output ? c.output : program_name(&c);
  struct stat st;
  if (stat(out, &st) == 0 && S_ISDIR(st.st_mode)) {
    if (!c.output) fail(EXIT_ERRORS, "build output \"%s\" already exists and is a directory", out);
    out = arena_printf("%s/%s", out, program_name(&c));
  }
  const char *exe = executable(&c);
  if (!copy_file(exe, out, 0777)) fail(EXIT_ERRORS, "cannot write %s: %s", out, strerror(errno));
  return 0;
}

static int cmd_emit(int argc, char **argv) {
  Command c = {0};
  if (!parse("emit", argc, argv, "oe", &c) || c.nrest) return misuse("emit");
  StringList files = source_files(&c.inputs);
  size_t len;
  const char *name = arena_printf("%s.c", program_name(&c));
  const char *text = front(&files, &c.front, c.output ? c.output : name, &len);
  if (c.output) {
    if (!write_file(c.output, text, len))
      fail(EXIT_ERRORS, "cannot write %s: %s", c.output, strerror(errno));
  } else {
    fwrite(text, 1, len, stdout);
  }
  return fflush(stdout) == 0 ? 0 : EXIT_ERRORS;
}

/* tern compile-package PATH -o x.c: a standard package, when tern is built. */
static int cmd_compile_package(int argc, char **argv) {
  if (argc != 3 || strcmp(argv[1], "-o") != 0) {
    fputs("usage: tern compile-package path -o file.c\n", stderr);
    return EXIT_MISUSE;
  }
  StringList dir = {0};
  list_push(&dir, arena_printf("%s/%s", find_paths()->src, argv[0]));
  StringList files = source_files(&dir);
  FrontOptions options = {.all_errors = true, .package_path = argv[0]};
  size_t len;
  const char *text = front(&files, &options, argv[2], &len);
  if (!write_file(argv[2], text, len))
    fail(EXIT_ERRORS, "cannot write %s: %s", argv[2], strerror(errno));
  return 0;
}

static void print_list(StringList *l) {
  for (int i = 0; i < l->len; i++) printf("%s%s", i ? " " : "", l->at[i]);
  putchar('\n');
}

static int cmd_env(int argc, char **argv) {
  static const char *const names[] = {"TERNROOT", "TERNCACHE", "TERNSRC", "CC", "CFLAGS"};
  const Paths *p = find_paths();
  bool found = argc == 0;
  for (int i = 0; i < 5; i++) {
    if (argc && strcmp(argv[0], names[i]) != 0) continue;
    found = true;
    if (!argc) printf("%s=", names[i]);
    if (i == 0) puts(p->root);
    if (i == 1) puts(p->cache);
    if (i == 2) puts(p->src);
    if (i == 3) print_list(cc_command());
    if (i == 4) print_list(cc_flags());
  }
  return found ? 0 : misuse("env");
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fputs(usage_text, stderr);
    return EXIT_MISUSE;
  }
  const char *name = argv[1];
  argc -= 2;
  argv += 2;
  if (strcmp(name, "run") == 0) return cmd_run(argc, argv);
  if (strcmp(name, "build") == 0) return cmd_build(argc, argv);
  if (strcmp(name, "emit") == 0) return cmd_emit(argc, argv);
  if (strcmp(name, "compile-package") == 0) return cmd_compile_package(argc, argv);
  if (strcmp(name, "env") == 0) return cmd_env(argc, argv);
  if (strcmp(name, "trace") == 0) {
    int status = cmd_trace(argc, argv);
    return status < 0 ? misuse("trace") : status;
  }
  if (strcmp(name, "clean") == 0) {
    cache_clean();
    return 0;
  }
  if (strcmp(name, "version") == 0 || strcmp(name, "--version") == 0) {
    puts("tern version " TERN_VERSION " linux/amd64 (the language of go1.22)");
    return 0;
  }
  if (strcmp(name, "help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0)
    return help(argc, argv);
  fprintf(stderr, "tern %s: unknown command\nRun 'tern help' for usage.\n", name);
  return EXIT_MISUSE;
}
