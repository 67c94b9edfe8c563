/* driver_output.c - files that tern writes: whole or not at all.
 *
 * A regular file is made beside its place, under another name, and renamed.  What is
 * there and not a regular file, a device or a pipe, is written to: renamed over,
 * /dev/null would become a file.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver.h"

typedef struct Output {
  const char *path, *tmp; /* tmp NULL: path itself is written to */
  int fd;
} Output;

static bool output_open(Output *o, const char *path, int mode) {
  struct stat st;
  bool special = stat(path, &st) == 0 && !S_ISREG(st.st_mode);
  o->path = path;
  o->tmp = special ? NULL : arena_printf("%s.tern-%ld", path, (long)getpid());
  o->fd = special ? open(path, O_WRONLY | O_CLOEXEC)
                  : open(o->tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  return o->fd >= 0;
}

static bool output_write(Output *o, const char *text, size_t len) {
  while (len > 0) {
    ssize_t n = write(o->fd, text, len);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text += n;
    len -= (size_t)n;
  }
  return true;
}

/* ok: everything was written.  Keeps errno of what failed first. */
static bool output_close(Output *o, bool ok) {
  int err = errno;
  if (close(o->fd) != 0 && ok) {
    err = errno;
    ok = false;
  }
  if (!o->tmp) {
    errno = err;
    return ok;
  }
  if (ok && rename(o->tmp, o->path) == 0) return true;
  if (ok) err = errno;
  unlink(o->tmp);
  errno = err;
  return false;
}

bool write_file(const char *path, const char *text, size_t len) {
  Output o;
  return output_open(&o, path, 0666) && output_close(&o, output_write(&o, text, len));
}

bool copy_file(const char *from, const char *to, int mode) {
  int in = open(from, O_RDONLY | O_CLOEXEC);
  if (in < 0) return false;
  Output o;
  bool ok = output_open(&o, to, mode);
  if (ok) {
    char buf[65536];
    ssize_t n;
    while (ok && (n = read(in, buf, sizeof buf)) != 0)
      ok = n < 0 ? errno == EINTR : output_write(&o, buf, (size_t)n);
    ok = output_close(&o, ok);
  }
  int err = errno;
  close(in);
  errno = err;
  return ok;
}
