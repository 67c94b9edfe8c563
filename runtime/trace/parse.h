/* parse.h - reading a trace file: for `tern trace` and for tests, not for a running
 * program.  Plain C with malloc, without the rest of the runtime.
 */
#ifndef TERN_TRACE_PARSE_H
#define TERN_TRACE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/events.h"

struct trace_item {
  int64_t time; /* nanoseconds, of an arbitrary origin */
  uint64_t arg[TRACE_MAX_ARGS];
  const char *text; /* in the file, not NUL-terminated; or NULL */
  uint32_t text_len;
  int32_t thread;
  uint32_t order; /* as it was found in the file */
  uint8_t event;
};

struct trace_text {
  const char *p; /* not NUL-terminated */
  int len;
};

#define TRACE_TEXTS 64
struct trace_file {
  struct trace_item *items; /* by time */
  size_t n, cap;
  struct trace_name {
    uint64_t pc;
    struct trace_text text;
  } *names;
  size_t nnames, names_cap;
  struct trace_text texts[TRACE_TABLES][TRACE_TEXTS];
  int64_t lost;    /* events without memory */
  bool whole;      /* the end was found */
  char error[160]; /* what is wrong, "" if nothing */
};

/* Decodes a file, whose bytes must stay where they are.  False with f->error set if
 * it is broken; what came before the break is in f.  Free with trace_file_free. */
bool trace_parse(const uint8_t *data, size_t n, struct trace_file *f);
void trace_file_free(struct trace_file *f);

/* The function that begins at pc; an empty text if it is not known. */
struct trace_text trace_name(const struct trace_file *f, uint64_t pc);
/* The name of an event's kind. */
const char *trace_event_name(int event);
/* How many arguments it has. */
int trace_event_args(int event);

/* Plays the events in order of time against the states that goroutines, Ps, the
 * world and the collector can be in: nobody runs twice, every begin has its end, no
 * collection ends that did not begin.  False with f->error set at the first event
 * that does not fit.  Only for whole traces without lost events. */
bool trace_check(struct trace_file *f);

#endif
