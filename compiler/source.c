/*
 * source.c - source files in memory and compact positions in them.
 *
 * Files are kept in order of loading; each occupies [base, base+size] of the
 * line of positions (the end of file is a position too), the first one starts
 * at 1 so that 0 can mean "nowhere".
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"

static Source *first_source, *last_source;

static Pos next_base(void) {
  return last_source == NULL ? 1 : last_source->base + (Pos)last_source->size + 1;
}

static void find_lines(Source *source) {
  int count = 1;
  for (size_t i = 0; i < source->size; i++)
    count += source->text[i] == '\n';
  source->lines = arena_array(uint32_t, count);
  source->line_count = count;
  int line = 1;
  for (size_t i = 0; i < source->size; i++)
    if (source->text[i] == '\n')
      source->lines[line++] = (uint32_t)i + 1;
}

/* Appends a source; `text` is NUL-terminated and stays. */
static Source *add_source(const char *path, const char *text, size_t size) {
  Source *source = arena_new(Source);
  source->path = intern_string(path);
  source->text = text;
  source->size = size;
  source->base = next_base();
  find_lines(source);
  if (last_source == NULL)
    first_source = source;
  else
    last_source->next = source;
  last_source = source;
  return source;
}

Source *source_from_memory(const char *path, const char *text, size_t size) {
  return add_source(path, arena_copy(text, size), size);
}

/* Reads everything from fd into the arena; NULL with errno set on failure. */
static char *read_all(int fd, size_t *size) {
  size_t cap = 1 << 16, len = 0;
  struct stat info;
  if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && (size_t)info.st_size < SOURCE_MAX_SIZE)
    cap = (size_t)info.st_size + 1;
  char *text = arena_alloc(cap + 1);
  for (;;) {
    ssize_t got = read(fd, text + len, cap - len);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return NULL;
    if (got == 0)
      break;
    len += (size_t)got;
    if (len > SOURCE_MAX_SIZE) {
      errno = EFBIG;
      return NULL;
    }
    if (len == cap) {
      char *bigger = arena_alloc(2 * cap + 1);
      memcpy(bigger, text, len);
      text = bigger;
      cap *= 2;
    }
  }
  text[len] = 0;
  *size = len;
  return text;
}

/* The system's words for an error, in the lower case that Go uses. */
static const char *error_words(int code) {
  char *words = arena_printf("%s", strerror(code));
  if (words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a' && words[1] <= 'z')
    words[0] += 'a' - 'A';
  return words;
}

Source *source_load(const char *path, const char **error) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    *error = arena_printf("open %s: %s", path, error_words(errno));
    return NULL;
  }
  size_t size = 0;
  char *text = read_all(fd, &size);
  int code = errno;
  close(fd);
  if (text == NULL) {
    *error = arena_printf("read %s: %s", path, error_words(code));
    return NULL;
  }
  if ((uint64_t)next_base() + size >= UINT32_MAX) {
    *error = arena_printf("read %s: more than 4 GB of source", path);
    return NULL;
  }
  return add_source(path, text, size);
}

/* ---- Positions ---- */

Source *source_of(Pos pos) {
  if (pos == NO_POS)
    return NULL;
  for (Source *source = first_source; source != NULL; source = source->next)
    if (pos >= source->base && pos - source->base <= source->size)
      return source;
  return NULL;
}

Position source_position(Pos pos) {
  Position position = {source_of(pos), 0, 0};
  if (position.source == NULL)
    return position;
  const Source *source = position.source;
  uint32_t offset = pos - source->base;
  int low = 0, high = source->line_count; /* lines[low] <= offset < lines[high] */
  while (high - low > 1) {
    int middle = low + (high - low) / 2;
    if (source->lines[middle] <= offset)
      low = middle;
    else
      high = middle;
  }
  position.line = low + 1;
  position.column = (int)(offset - source->lines[low]) + 1;
  return position;
}

int source_line(Pos pos) {
  return source_position(pos).line;
}

const char *source_path(Pos pos) {
  const Source *source = source_of(pos);
  return source == NULL ? "-" : source->path;
}

const char *source_pos_string(Pos pos) {
  Position position = source_position(pos);
  if (position.source == NULL)
    return "-";
  return arena_printf("%s:%d:%d", position.source->path, position.line, position.column);
}

const char *source_line_text(const Source *source, int line, size_t *length) {
  if (line < 1 || line > source->line_count) {
    *length = 0;
    return "";
  }
  size_t start = source->lines[line - 1];
  size_t end = line < source->line_count ? source->lines[line] - 1 : source->size;
  if (end > start && source->text[end - 1] == '\r')
    end--;
  *length = end - start;
  return source->text + start;
}
