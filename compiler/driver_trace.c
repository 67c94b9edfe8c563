/* driver_trace.c - `tern trace`: an execution trace as Chrome's trace events.
 *
 * Four groups of tracks, as chrome://tracing and ui.perfetto.dev show them:
 *   processors   what ran on each P, with mark workers and assists inside
 *   goroutines   each one's states: running, runnable, syscall, why it waited
 *   runtime      stops of the world with their reasons, handshakes, collections
 *   program      regions, tasks and messages of package runtime/trace
 * and the heap as a counter.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "trace/parse.h"

enum { GROUP_PROCS = 1, GROUP_GOS, GROUP_RUNTIME, GROUP_PROGRAM };
enum { TRACK_WORLD = 1, TRACK_GC, TRACK_SWEEP };

typedef struct Go {
  uint64_t id;
  uint64_t pc;       /* its first function */
  const char *state; /* of the open slice, NULL none */
  int state_len;
  int64_t since;
} Go;

typedef struct Span {
  int64_t since; /* -1: not open */
  uint64_t arg;
} Span;

typedef struct Thread {
  int64_t proc; /* -1 none */
  uint64_t go;  /* 0 none */
  int64_t since;
  Span assist, worker;
} Thread;

typedef struct Writer {
  FILE *out;
  const struct trace_file *f;
  int64_t origin;
  bool comma;
  Go *gos;
  size_t gos_cap, ngos;
  Thread *threads;
  int nthreads;
  int procs;
  Span stop, handshake, cycle, phase, sweep;
  const char *phase_name;
} Writer;

/* ---- JSON -------------------------------------------------------------------------------- */

static void put_quoted(Writer *w, const char *s, size_t n) {
  putc('"', w->out);
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)s[i];
    if (c == '"' || c == '\\')
      fprintf(w->out, "\\%c", c);
    else if (c < 0x20 || c == 0x7f)
      fprintf(w->out, "\\u%04x", c);
    else
      putc(c, w->out);
  }
  putc('"', w->out);
}

/* Begins an object with what every event has. */
static void open_event(Writer *w, char kind, int64_t time, int group, uint64_t track) {
  fprintf(w->out, "%s{\"ph\":\"%c\",\"ts\":%.3f,\"pid\":%d,\"tid\":%llu", w->comma ? ",\n" : "",
          kind, (double)(time - w->origin) / 1000, group, (unsigned long long)track);
  w->comma = true;
}

static void slice(Writer *w, int64_t from, int64_t to, int group, uint64_t track,
                  const char *name, size_t n) {
  open_event(w, 'X', from, group, track);
  fprintf(w->out, ",\"dur\":%.3f,\"name\":", (double)(to - from) / 1000);
  put_quoted(w, name, n);
  putc('}', w->out);
}

static void slicef(Writer *w, int64_t from, int64_t to, int group, uint64_t track,
                   const char *format, ...) __attribute__((format(printf, 6, 7)));
static void slicef(Writer *w, int64_t from, int64_t to, int group, uint64_t track,
                   const char *format, ...) {
  char name[200];
  va_list args;
  va_start(args, format);
  vsnprintf(name, sizeof name, format, args);
  va_end(args);
  slice(w, from, to, group, track, name, strlen(name));
}

static void name_track(Writer *w, const char *what, int group, uint64_t track, const char *name,
                       size_t n) {
  open_event(w, 'M', w->origin, group, track);
  fprintf(w->out, ",\"name\":\"%s\",\"args\":{\"name\":", what);
  put_quoted(w, name, n);
  fputs("}}", w->out);
}

/* ---- Who is who -------------------------------------------------------------------------- */

static Go *go_of(Writer *w, uint64_t id) {
  if (w->ngos * 2 >= w->gos_cap) {
    Go *old = w->gos;
    size_t n = w->gos_cap;
    w->gos_cap = n ? n * 2 : 256;
    w->gos = calloc(w->gos_cap, sizeof *w->gos);
    if (!w->gos) fail(EXIT_INTERNAL, "out of memory");
    w->ngos = 0;
    for (size_t i = 0; i < n; i++)
      if (old[i].id) *go_of(w, old[i].id) = old[i];
    free(old);
  }
  size_t i = id * 0x9E3779B97F4A7C15u % w->gos_cap;
  while (w->gos[i].id && w->gos[i].id != id) i = (i + 1) % w->gos_cap;
  if (!w->gos[i].id) {
    w->gos[i].id = id;
    w->ngos++;
  }
  return &w->gos[i];
}

static Thread *thread_of(Writer *w, int id) {
  if (id >= w->nthreads) {
    w->threads = realloc(w->threads, (size_t)(id + 16) * sizeof *w->threads);
    if (!w->threads) fail(EXIT_INTERNAL, "out of memory");
    for (; w->nthreads < id + 16; w->nthreads++)
      w->threads[w->nthreads] = (Thread){.proc = -1, .assist.since = -1, .worker.since = -1};
  }
  return &w->threads[id];
}

/* Ends the goroutine's open slice; the next one begins, unless state is NULL. */
static void go_state(Writer *w, Go *g, int64_t now, const char *state, int len) {
  if (g->state) slice(w, g->since, now, GROUP_GOS, g->id, g->state, (size_t)g->state_len);
  g->state = state;
  g->state_len = len;
  g->since = now;
}
#define GO_STATE(w, g, now, text) go_state((w), (g), (now), text, (int)sizeof(text) - 1)

/* The goroutine leaves the P that it ran on. */
static void off_proc(Writer *w, Thread *t, int64_t now) {
  if (t->go && t->proc >= 0) {
    struct trace_text n = trace_name(w->f, go_of(w, t->go)->pc);
    slicef(w, t->since, now, GROUP_PROCS, (uint64_t)t->proc, "%.*s %llu", n.len, n.p,
           (unsigned long long)t->go);
  }
  t->go = 0;
}

static void on_proc(Thread *t, uint64_t go, int64_t now) {
  t->go = go;
  t->since = now;
}

/* ---- Events ------------------------------------------------------------------------------ */

static const char *reason(Writer *w, int table, uint64_t i, int *len) {
  const struct trace_text *t = i < TRACE_TEXTS ? &w->f->texts[table][i] : NULL;
  *len = t && t->p ? t->len : 7;
  return t && t->p ? t->p : "waiting";
}

static void go_event(Writer *w, const struct trace_item *it) {
  Thread *t = thread_of(w, it->thread);
  Go *g = go_of(w, it->arg[0]);
  int len;
  const char *why;
  switch (it->event) {
    case TRACE_GO_STATUS:
      g->pc = it->arg[2];
      if (g->state) break;
      if (it->arg[1] == TRACE_RUNNING) {
        GO_STATE(w, g, it->time, "running");
        on_proc(t, g->id, it->time);
      } else if (it->arg[1] == TRACE_RUNNABLE) {
        GO_STATE(w, g, it->time, "runnable");
      } else if (it->arg[1] == TRACE_SYSCALL) {
        GO_STATE(w, g, it->time, "syscall");
      } else {
        GO_STATE(w, g, it->time, "waiting");
      }
      break;
    case TRACE_GO_CREATE: g->pc = it->arg[1]; /* fall through */
    case TRACE_GO_UNBLOCK: GO_STATE(w, g, it->time, "runnable"); break;
    case TRACE_GO_START:
    case TRACE_GO_SYSCALL_END:
      GO_STATE(w, g, it->time, "running");
      on_proc(t, g->id, it->time);
      break;
    case TRACE_GO_END:
      off_proc(w, t, it->time);
      go_state(w, g, it->time, NULL, 0);
      break;
    case TRACE_GO_YIELD:
    case TRACE_GO_PREEMPT:
      off_proc(w, t, it->time);
      GO_STATE(w, g, it->time, "runnable");
      break;
    case TRACE_GO_BLOCK:
      off_proc(w, t, it->time);
      why = reason(w, TRACE_TABLE_WAIT, it->arg[1], &len);
      go_state(w, g, it->time, why, len);
      break;
    case TRACE_GO_SYSCALL:
      off_proc(w, t, it->time);
      GO_STATE(w, g, it->time, "syscall");
      break;
    case TRACE_GO_SYSCALL_WAIT: GO_STATE(w, g, it->time, "runnable"); break;
  }
}

static void open_span(Span *s, const struct trace_item *it) {
  *s = (Span){it->time, it->arg[0]};
}

static void gc_phase(Writer *w, const struct trace_item *it, const char *next) {
  if (w->phase_name)
    slicef(w, w->phase.since, it->time, GROUP_RUNTIME, TRACK_GC, "%s", w->phase_name);
  w->phase_name = next;
  w->phase.since = it->time;
}

static void runtime_event(Writer *w, const struct trace_item *it) {
  int len;
  const char *why;
  unsigned long long n = it->arg[0];
  switch (it->event) {
    case TRACE_STOP_BEGIN: open_span(&w->stop, it); break;
    case TRACE_STOP_DONE:
      slicef(w, w->stop.since, it->time, GROUP_RUNTIME, TRACK_WORLD, "stopping");
      break;
    case TRACE_STOP_END:
      why = reason(w, TRACE_TABLE_STOP, w->stop.arg, &len);
      slicef(w, w->stop.since, it->time, GROUP_RUNTIME, TRACK_WORLD, "stop: %.*s", len, why);
      break;
    case TRACE_HANDSHAKE_BEGIN: open_span(&w->handshake, it); break;
    case TRACE_HANDSHAKE_END:
      slicef(w, w->handshake.since, it->time, GROUP_RUNTIME, TRACK_WORLD, "handshake");
      break;
    case TRACE_GC_BEGIN:
      open_span(&w->cycle, it);
      gc_phase(w, it, "barrier on (H1)");
      break;
    case TRACE_GC_H2: gc_phase(w, it, "allocate black (H2)"); break;
    case TRACE_GC_MARK: gc_phase(w, it, "mark"); break;
    case TRACE_GC_TERM: gc_phase(w, it, "mark termination"); break;
    case TRACE_GC_END:
      gc_phase(w, it, NULL);
      slicef(w, w->cycle.since, it->time, GROUP_RUNTIME, TRACK_GC, "GC %llu", n);
      open_span(&w->sweep, it);
      break;
    case TRACE_SWEEP_END:
      if (w->sweep.since >= 0)
        slicef(w, w->sweep.since, it->time, GROUP_RUNTIME, TRACK_SWEEP, "sweep %llu", n);
      w->sweep.since = -1;
      break;
  }
}

static void heap_event(Writer *w, const struct trace_item *it) {
  open_event(w, 'C', it->time, GROUP_RUNTIME, 0);
  fprintf(w->out, ",\"name\":\"%s\",\"args\":{\"bytes\":%llu}}",
          it->event == TRACE_HEAP_LIVE ? "heap live" : "heap goal",
          (unsigned long long)it->arg[0]);
}

static void program_event(Writer *w, const struct trace_item *it) {
  uint64_t go = thread_of(w, it->thread)->go;
  if (it->event == TRACE_LOG) {
    open_event(w, 'i', it->time, GROUP_PROGRAM, go);
    fputs(",\"s\":\"t\"", w->out);
  } else if (it->event == TRACE_TASK_BEGIN || it->event == TRACE_TASK_END) {
    open_event(w, it->event == TRACE_TASK_BEGIN ? 'b' : 'e', it->time, GROUP_PROGRAM, 0);
    fprintf(w->out, ",\"cat\":\"task\",\"id\":%llu", (unsigned long long)it->arg[0]);
  } else {
    open_event(w, it->event == TRACE_REGION_BEGIN ? 'B' : 'E', it->time, GROUP_PROGRAM, go);
  }
  fputs(",\"name\":", w->out);
  if (it->text)
    put_quoted(w, it->text, it->text_len);
  else
    fputs("\"task\"", w->out);
  putc('}', w->out);
}

static void close_span(Writer *w, Span *s, const struct trace_item *it, const char *name) {
  Thread *t = thread_of(w, it->thread);
  if (s->since >= 0 && t->proc >= 0)
    slicef(w, s->since, it->time, GROUP_PROCS, (uint64_t)t->proc, "%s", name);
  s->since = -1;
}

static void event(Writer *w, const struct trace_item *it) {
  static const char *const modes[] = {"mark worker", "mark worker (dedicated)",
                                      "mark worker (fractional)", "mark worker (idle)"};
  Thread *t = thread_of(w, it->thread);
  int e = it->event;
  if (e == TRACE_PROC_START) {
    t->proc = (int64_t)it->arg[0];
    if (t->proc >= w->procs) w->procs = (int)t->proc + 1;
  } else if (e == TRACE_PROC_STOP) {
    t->proc = -1;
  } else if (e >= TRACE_GO_STATUS && e <= TRACE_GO_SYSCALL_WAIT) {
    go_event(w, it);
  } else if (e >= TRACE_STOP_BEGIN && e <= TRACE_SWEEP_END) {
    runtime_event(w, it);
  } else if (e == TRACE_ASSIST_BEGIN) {
    open_span(&t->assist, it);
  } else if (e == TRACE_ASSIST_END) {
    close_span(w, &t->assist, it, "mark assist");
  } else if (e == TRACE_WORKER_BEGIN) {
    open_span(&t->worker, it);
  } else if (e == TRACE_WORKER_END) {
    close_span(w, &t->worker, it, modes[t->worker.arg & 3]);
  } else if (e == TRACE_HEAP_LIVE || e == TRACE_HEAP_GOAL) {
    heap_event(w, it);
  } else if (e >= TRACE_TASK_BEGIN) {
    program_event(w, it);
  }
}

static void names(Writer *w) {
  static const char *const groups[] = {0, "processors", "goroutines", "runtime", "program"};
  static const char *const tracks[] = {0, "world", "collector", "sweep"};
  for (int i = GROUP_PROCS; i <= GROUP_PROGRAM; i++)
    name_track(w, "process_name", i, 0, groups[i], strlen(groups[i]));
  for (int i = TRACK_WORLD; i <= TRACK_SWEEP; i++)
    name_track(w, "thread_name", GROUP_RUNTIME, (uint64_t)i, tracks[i], strlen(tracks[i]));
  for (int i = 0; i < w->procs; i++) {
    char p[32];
    int n = snprintf(p, sizeof p, "P %d", i);
    name_track(w, "thread_name", GROUP_PROCS, (uint64_t)i, p, (size_t)n);
  }
  for (size_t i = 0; i < w->gos_cap; i++) {
    if (!w->gos[i].id) continue;
    struct trace_text t = trace_name(w->f, w->gos[i].pc);
    char g[240];
    int n = snprintf(g, sizeof g, "%.*s %llu", t.len, t.p, (unsigned long long)w->gos[i].id);
    name_track(w, "thread_name", GROUP_GOS, w->gos[i].id, g, (size_t)n);
    name_track(w, "thread_name", GROUP_PROGRAM, w->gos[i].id, g, (size_t)n);
  }
}

/* False if it could not be written. */
static bool trace_json(const struct trace_file *f, FILE *out) {
  Writer w = {.out = out, .f = f, .sweep.since = -1};
  int64_t end = f->n ? f->items[f->n - 1].time : 0;
  w.origin = f->n ? f->items[0].time : 0;
  fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n", out);
  for (size_t i = 0; i < f->n; i++) event(&w, &f->items[i]);
  for (int i = 0; i < w.nthreads; i++) off_proc(&w, &w.threads[i], end);
  for (size_t i = 0; i < w.gos_cap; i++)
    if (w.gos[i].id) go_state(&w, &w.gos[i], end, NULL, 0);
  names(&w);
  fputs("\n]}\n", out);
  free(w.gos);
  free(w.threads);
  return fflush(out) == 0 && !ferror(out);
}

/* ---- The command ------------------------------------------------------------------------- */

static uint8_t *read_whole(const char *path, size_t *n) {
  FILE *in = fopen(path, "rb");
  if (!in) fail(EXIT_ERRORS, "open %s: %s", path, strerror(errno));
  uint8_t *p = NULL;
  size_t cap = 0;
  for (*n = 0;;) {
    if (*n == cap && !(p = realloc(p, cap = cap ? cap * 2 : 1 << 16)))
      fail(EXIT_INTERNAL, "out of memory");
    size_t got = fread(p + *n, 1, cap - *n, in);
    if (got == 0) break;
    *n += got;
  }
  if (ferror(in)) fail(EXIT_ERRORS, "read %s: %s", path, strerror(errno));
  fclose(in);
  return p;
}

/* Says what is in a trace, and whether it is possible. */
static int summary(struct trace_file *f, const char *path) {
  size_t cycles = 0, stops = 0, born = 0;
  for (size_t i = 0; i < f->n; i++) {
    cycles += f->items[i].event == TRACE_GC_END;
    stops += f->items[i].event == TRACE_STOP_DONE;
    born += f->items[i].event == TRACE_GO_CREATE;
  }
  double ms = f->n ? (double)(f->items[f->n - 1].time - f->items[0].time) / 1e6 : 0;
  bool good = trace_check(f);
  printf("%s: %zu events in %.3f ms, %zu goroutines born, %zu collections, %zu stops: %s\n", path,
         f->n, ms, born, cycles, stops, good ? "ok" : f->error);
  return good ? 0 : EXIT_ERRORS;
}

int cmd_trace(int argc, char **argv) {
  const char *output = NULL;
  bool check = false;
  int i = 0;
  for (; i < argc && argv[i][0] == '-'; i++) {
    if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
      output = argv[++i];
    else if (strcmp(argv[i], "-c") == 0)
      check = true;
    else
      return -1;
  }
  if (i != argc - 1) return -1;
  size_t n;
  uint8_t *data = read_whole(argv[i], &n);
  struct trace_file f;
  if (!trace_parse(data, n, &f)) fail(EXIT_ERRORS, "%s: %s", argv[i], f.error);
  int status = 0;
  if (check) {
    status = summary(&f, argv[i]);
  } else {
    if (!f.whole || f.lost)
      fprintf(stderr, "tern: %s: %s\n", argv[i], f.lost ? "events were lost" : "cut off");
    FILE *out = output ? fopen(output, "w") : stdout;
    if (!out || !trace_json(&f, out))
      fail(EXIT_ERRORS, "cannot write %s: %s", output ? output : "the output", strerror(errno));
  }
  trace_file_free(&f);
  free(data);
  return status;
}
