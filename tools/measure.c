// measure runs a command and reports what it took: wall clock, user and system
// time in seconds, and the peak resident memory in KiB, as the kernel counted
// them for this one child.
//
//     measure REPORT COMMAND [ARG...]
//
// The report is one line, "wall user sys rss status", written to the file
// REPORT; the command keeps standard input, output and error. bash's `time`
// knows nothing of memory, which is why this exists.

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: measure REPORT COMMAND [ARG...]\n");
    return 2;
  }
  double start = now();
  pid_t child = fork();
  if (child < 0) {
    perror("measure: fork");
    return 2;
  }
  if (child == 0) {
    execvp(argv[2], argv + 2);
    fprintf(stderr, "measure: %s: %s\n", argv[2], strerror(errno));
    _exit(127);
  }
  int status;
  struct rusage use;
  while (wait4(child, &status, 0, &use) < 0) {
    if (errno != EINTR) {
      perror("measure: wait4");
      return 2;
    }
  }
  double wall = now() - start;
  int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  FILE *report = fopen(argv[1], "w");
  if (report == NULL) {
    perror("measure: report");
    return 2;
  }
  fprintf(report, "%.4f %.4f %.4f %ld %d\n", wall, seconds(use.ru_utime),
          seconds(use.ru_stime), use.ru_maxrss, code);
  fclose(report);
  return code;
}
