/* driver_cc.c - running the C compiler; the temporary folder; signals.
 *
 * Everything temporary lies in one folder, which is removed on every way out:
 * at exit, and when a signal ends the command (the C compiler is ended first).
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "checker.h"
#include "driver.h"
#include "load.h"

extern char **environ;

/* The names of all files that may lie in the folder; fixed, so that a signal
 * handler can remove them. */
static const char *const temp_names[] = {"prog.c", "prog.o", "prog", "errors"};

static char temp_path[4096];
static char temp_files[4][4200];
static volatile sig_atomic_t child;

static void unlink_all(void) {
  if (!temp_path[0]) return;
  for (int i = 0; i < 4; i++) unlink(temp_files[i]);
  rmdir(temp_path);
}

/* Removes the temporary folder. */
void remove_temp(void) {
  unlink_all();
  temp_path[0] = 0;
}

static void on_signal(int sig) {
  if (child > 0) {
    kill(child, SIGTERM);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
    }
  }
  unlink_all();
  signal(sig, SIG_DFL);
  raise(sig);
}

/* The temporary folder's path; made when first asked for. */
const char *temp_folder(void) {
  if (temp_path[0]) return temp_path;
  const char *base = getenv("TMPDIR");
  if (!base || !*base || strlen(base) > 3000) base = "/tmp";
  char path[4096];
  snprintf(path, sizeof path, "%s/tern-XXXXXX", base);
  if (!mkdtemp(path))
    fail(EXIT_INTERNAL, "cannot make a temporary folder in %s: %s", base, strerror(errno));
  for (int i = 0; i < 4; i++)
    snprintf(temp_files[i], sizeof temp_files[i], "%s/%s", path, temp_names[i]);
  strcpy(temp_path, path);
  atexit(remove_temp);
  struct sigaction sa = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND | SA_NODEFER};
  sigemptyset(&sa.sa_mask);
  const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (int i = 0; i < 4; i++) {
    struct sigaction old;
    if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(signals[i], &sa, NULL);
  }
  return temp_path;
}

/* Whether the path lies in the temporary folder. */
bool in_temp(const char *path) {
  size_t n = strlen(temp_path);
  return n && strncmp(path, temp_path, n) == 0 && path[n] == '/';
}

static int run(StringList *cmd, const char *errors) {
  list_push(cmd, NULL);
  sigset_t block, old;
  sigfillset(&block);
  sigprocmask(SIG_BLOCK, &block, &old); /* the handler must know the child */
  pid_t pid = fork();
  if (pid < 0) fail(EXIT_INTERNAL, "cannot start %s: %s", cmd->at[0], strerror(errno));
  if (pid == 0) {
    signal(SIGINT, SIG_DFL);
    sigprocmask(SIG_SETMASK, &old, NULL);
    int fd = open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    int in = open("/dev/null", O_RDONLY);
    if (in >= 0) dup2(in, 0);
    if (fd >= 0) {
      dup2(fd, 1);
      dup2(fd, 2);
    }
    execv(cmd->at[0], (char **)(void *)cmd->at);
    _exit(127);
  }
  child = pid;
  sigprocmask(SIG_SETMASK, &old, NULL);
  int status;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  child = 0;
  return status;
}

static const char *first_error(const char *path) {
  FILE *f = fopen(path, "r");
  char buf[512], keep[512] = "";
  while (f && fgets(buf, sizeof buf, f)) {
    if (!keep[0]) strcpy(keep, buf);
    if (strstr(buf, "error:") || strstr(buf, "undefined reference") ||
        strstr(buf, "cannot find -l")) {
      strcpy(keep, buf);
      break;
    }
  }
  if (f) fclose(f);
  keep[strcspn(keep, "\n")] = 0;
  return arena_copy(keep, strlen(keep));
}

/* Packages whose runtime half stands on a shared library. */
static const struct {
  const char *package, *option, *debian;
} libraries[] = {{"github.com/ebitengine/purego", "-lffi", "libffi-dev"}};
enum { LIBRARIES = sizeof libraries / sizeof *libraries };

static bool imports(const char *path) {
  Package **list;
  int n = load_packages(&list);
  for (int i = 0; i < n; i++)
    if (strcmp(list[i]->path, path) == 0) return true;
  return false;
}

static void missing_library(const char *error) {
  for (int i = 0; i < LIBRARIES; i++)
    if (strstr(error, arena_printf("cannot find %s", libraries[i].option)))
      fail(EXIT_INTERNAL, "package %s needs a library that is not installed (Debian: %s)\n\t%s",
           libraries[i].package, libraries[i].debian, error);
}

/* C text to executable.  A failure is never the user's fault: exit 3. */
void compile_and_link(const char *c_text, size_t len, const char *out) {
  const Paths *p = find_paths();
  const char *tmp = temp_folder();
  const char *c = arena_printf("%s/prog.c", tmp), *errors = arena_printf("%s/errors", tmp);
  if (!write_file(c, c_text, len))
    fail(EXIT_INTERNAL, "cannot write %s: %s", c, strerror(errno));
  StringList cmd = {0};
  for (int i = 0; i < cc_command()->len; i++) list_push(&cmd, cc_command()->at[i]);
  for (int i = 0; i < cc_flags()->len; i++) list_push(&cmd, cc_flags()->at[i]);
  const char *link[] = {"-I", p->include, "-no-pie", "-Wl,-z,now", "-pthread", "-o", out, c,
                        p->library_a, p->runtime_a, "-lm"};
  for (size_t i = 0; i < sizeof link / sizeof *link; i++) list_push(&cmd, link[i]);
  for (int i = 0; i < LIBRARIES; i++)
    if (imports(libraries[i].package)) list_push(&cmd, libraries[i].option);
  int status = run(&cmd, errors);
  if (status == 0) return;
  if (WIFSIGNALED(status)) {
    remove_temp();
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
  }
  missing_library(first_error(errors));
  fail(EXIT_INTERNAL,
       "internal error: the C compiler did not accept the C made from this program.\n"
       "This is a bug in tern, not in the program; please report it.\n\t%s",
       first_error(errors));
}
