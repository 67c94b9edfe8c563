/* tracer.c - starting, stopping and reading an execution trace.
 *
 *      OFF --tracer_start--> STARTING --> ON --tracer_stop--> STOPPING --> ENDING
 *       ^                                                                    |
 *       +------------------ the reader has taken everything -----------------+
 *
 * Both take gcsema before they stop the world, so a trace holds whole collections: a
 * trace never shows an end without its beginning (A6).  The stop that starts a trace
 * and the one that ends it are in it, too.
 *
 * Starting: tracing goes on with the world stopped; then the goroutines that are
 * there are listed.  Threads without a P are not stopped (STW-8): each writes its
 * event and changes the state in one section of trace.c, so the list has the new
 * state or the trace has the event.  A reader of the trace believes an event more
 * than the list.
 *
 * Reading: the reader sleeps until sysmon finds full buffers or half a second has
 * passed, and then moves the trace to its next generation, which brings the half
 * full ones.  Nobody who writes an event ever wakes anybody, so events can be
 * written under any lock; and since sysmon is no goroutine, a program that is dead
 * but for its reader is seen to be dead (golang/go#39004 is the opposite: a stop
 * that waited for a reader which nobody woke).
 */
#include "debug/tracer.h"

#include <string.h>

#include "debug/logical.h"
#include "debug/symtab.h"
#include "gc/gc.h"
#include "gc/malloc.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"
#include "trace/trace.h"

#define FLUSH_NS (500 * 1000 * 1000)

enum state { OFF, STARTING, ON, STOPPING, ENDING };

static struct {
  uint32_t state; /* atomic: enum state */
  mutex lock;
  /* guarded by lock; atomic for sysmon's look */
  struct g *reader; /* parked */
  int64_t flushed;  /* atomic: when the last generation began */
  /* the reader's own */
  enum { HEAD, BODY, DONE } at;
} tracer = {.lock = MUTEX_INIT(TRACE_READER)};

/* ---- On and off --------------------------------------------------------------------- */

static enum trace_status status_of(struct g *gp) {
  switch (G_STATE(readgstatus(gp))) {
    case _Grunnable: return TRACE_RUNNABLE;
    case _Grunning:
    case _Greleased: return TRACE_RUNNING;
    case _Gsyscall: return TRACE_SYSCALL;
    case _Gwaiting:
    case _Gpreempted: return TRACE_WAITING;
    default: return 0;
  }
}

static void forget_names(void);

static void start_on_g0(void *ok) {
  if (!trace_on()) return;
  *(bool *)ok = true;
  forget_names();
  struct g *me = getm()->curg;
  TRACE(STOP_BEGIN, STW_TRACE_START);
  TRACE(STOP_DONE);
  TRACE(PROCS, (uint64_t)gomaxprocs);
  TRACE(HEAP_LIVE, (uint64_t)load_rlx(&gc_heap_live));
  TRACE(HEAP_GOAL, (uint64_t)gc_totals.next_gc);
  TRACE(PROC_START, (uint64_t)getp()->id);
  struct allgs all = allgs_snapshot();
  for (int64_t i = 0; i < all.len; i++) {
    struct g *gp = all.ptr[i];
    enum trace_status s = gp == me ? TRACE_RUNNING : status_of(gp);
    if (s) TRACE(GO_STATUS, (uint64_t)gp->goid, s, gp->start_pc);
  }
}

bool tracer_start(void) {
  if (!cas_seq(&tracer.state, OFF, STARTING)) return false;
  bool ok = false;
  stopTheWorldGC(STW_TRACE_START);
  systemstack(start_on_g0, &ok);
  tracer.at = HEAD;
  store_rlx(&tracer.flushed, nanotime());
  store_rel(&tracer.state, ok ? ON : OFF);
  startTheWorldGC();
  return ok;
}

static void stop_on_g0(void *arg) {
  TRACE(STOP_END); /* of this stop; its real end is past the trace's */
  trace_off();
}

static void wake_reader(void) {
  lock(&tracer.lock);
  struct g *gp = tracer.reader;
  store_rlx(&tracer.reader, (struct g *)0);
  unlock(&tracer.lock);
  if (!gp) return;
  if (getm()->p)
    goready(gp);
  else
    injectg(gp);
}

bool tracer_stop(void) {
  if (!cas_seq(&tracer.state, ON, STOPPING)) return false;
  stopTheWorldGC(STW_TRACE_STOP);
  systemstack(stop_on_g0, 0);
  store_rel(&tracer.state, ENDING);
  startTheWorldGC();
  wake_reader();
  return true;
}

/* ---- Names of functions ---------------------------------------------------------------- */

#define NAMES 1024
static struct {
  uintptr_t known[NAMES]; /* open addressing; at most half full */
  int n;
  uint8_t out[8 << 10]; /* name blocks that go with the current buffer */
  size_t len;
} names; /* the reader's own; cleared with the world stopped */

static void forget_names(void) {
  memset(names.known, 0, sizeof names.known);
  names.n = 0;
}

static size_t put_text(uint8_t *out, const char *text, size_t n) {
  uint8_t *p = trace_put(out, n);
  memcpy(p, text, n);
  return (size_t)(p - out) + n;
}

/* The name that Go gives the function of a statement go f(x): main_main__call1 is
 * main.main.gowrap1.  Assumes names without underscores, as logical.c does. */
static int wrapper_name(const char *symbol, char *out, int max) {
  const char *call = strstr(symbol, "__call");
  if (!call) return 0;
  int n = 0;
  for (const char *p = symbol; p < call && n < max - 40; p++)
    out[n++] = *p == '_' ? '.' : *p;
  return n + os_format(out + n, max - n, ".gowrap%s", call + strlen("__call"));
}

static void add_name(uintptr_t pc) {
  size_t i = pc * 0x9E3779B97F4A7C15u >> 54;
  while (names.known[i % NAMES] && names.known[i % NAMES] != pc) i++;
  if (names.known[i % NAMES] || names.n >= NAMES / 2) return;
  struct symbol s;
  int n;
  if (pc == 0 || !symtab_find(pc, &s)) return;
  const char *name = shown_name(&s, &n);
  char made[200];
  if (!name && (n = wrapper_name(s.name, made, sizeof made)) > 0) {
    name = made;
  } else if (!name) {
    name = strcmp(s.name, "run_main") == 0 ? "main.main" : s.name;
    n = (int)strlen(name);
  }
  if (n > 200) n = 200;
  if (names.len + (size_t)n + 24 > sizeof names.out) return;
  names.known[i % NAMES] = pc;
  names.n++;
  names.out[names.len++] = TRACE_BLOCK_NAME;
  names.len = (size_t)(trace_put(names.out + names.len, pc) - names.out);
  names.len += put_text(names.out + names.len, name, (size_t)n);
}

static const struct { uint8_t args, text; } kinds[TRACE_EVENT_COUNT] = {
#define TRACE_EVENT_KIND(name, args, text) [TRACE_##name] = {args, text},
    TRACE_EVENTS(TRACE_EVENT_KIND)
#undef TRACE_EVENT_KIND
};

static const uint8_t *get(const uint8_t *p, uint64_t *v) {
  *v = 0;
  for (int shift = 0;; shift += 7) {
    *v |= (uint64_t)(*p & 0x7f) << shift;
    if (!(*p++ & 0x80)) return p;
  }
}

/* Names of the functions that the buffer speaks of for the first time. */
static void collect_names(const struct trace_buffer *b) {
  const uint8_t *p = b->data, *end = p + b->len;
  names.len = 0;
  while (p < end) {
    int e = *p++;
    uint64_t v, a[TRACE_MAX_ARGS] = {0};
    p = get(p, &v);
    for (int i = 0; i < kinds[e].args; i++) p = get(p, &a[i]);
    if (kinds[e].text) {
      p = get(p, &v);
      p += v;
    }
    if (e == TRACE_GO_CREATE) add_name(a[1]);
    if (e == TRACE_GO_STATUS) add_name(a[2]);
  }
}

/* ---- Reading ------------------------------------------------------------------------------ */

/* Nobody turns it off meanwhile: this P does not stop. */
static void advance_on_g0(void *arg) {
  if (load_acq(&tracer.state) != ON) return;
  trace_advance();
  store_rlx(&tracer.flushed, nanotime());
}

static bool park_reader(struct g *gp, void *arg) {
  store_rlx(&tracer.reader, gp);
  unlock(&tracer.lock);
  return true;
}

/* Waits for a buffer; NULL when the trace is off and everything was taken. */
static struct trace_buffer *next_buffer(void) {
  for (;;) {
    uint32_t state = load_acq(&tracer.state); /* before the look: ENDING is final */
    struct trace_buffer *b = trace_take();
    if (b || state == ENDING || state == OFF) return b;
    if (state == ON && nanotime() - load_rlx(&tracer.flushed) >= FLUSH_NS) {
      systemstack(advance_on_g0, 0);
      continue;
    }
    lock(&tracer.lock);
    if (trace_readable() || load_acq(&tracer.state) == ENDING)
      unlock(&tracer.lock);
    else
      gopark(park_reader, 0, WAIT_IO);
  }
}

void tracer_tick(int64_t now) {
  if (!load_rlx(&tracer.reader)) return;
  if (trace_readable() || now - load_rlx(&tracer.flushed) >= FLUSH_NS) wake_reader();
}

/* The first bytes: what reasons mean. */
static size_t put_head(uint8_t *out) {
  memcpy(out, TRACE_MAGIC, 8);
  size_t n = 8;
  for (int table = 0; table < TRACE_TABLES; table++) {
    int count = table == TRACE_TABLE_WAIT ? (int)WAIT_COUNT : (int)STW_REASONS;
    for (int i = 0; i < count; i++) {
      const char *s =
          table == TRACE_TABLE_WAIT ? wait_reason_text[i] : stw_reason_text[i];
      if (!s) continue;
      out[n++] = TRACE_BLOCK_TEXT;
      out[n++] = (uint8_t)table;
      out[n++] = (uint8_t)i;
      n += put_text(out + n, s, strlen(s));
    }
  }
  return n;
}

static size_t put_tail(uint8_t *out) {
  uint8_t *p = out;
  if (trace_lost()) {
    *p++ = TRACE_BLOCK_LOST;
    p = trace_put(p, (uint64_t)trace_lost());
  }
  *p++ = TRACE_BLOCK_END;
  return (size_t)(p - out);
}

static size_t put_block(uint8_t *out, const struct trace_buffer *b) {
  memcpy(out, names.out, names.len);
  uint8_t *p = out + names.len;
  *p++ = TRACE_BLOCK_EVENTS;
  p = trace_put(p, (uint64_t)b->thread);
  p = trace_put(p, b->gen);
  p = trace_put(p, (uint64_t)b->began);
  p = trace_put(p, b->len);
  memcpy(p, b->data, b->len);
  return (size_t)(p - out) + b->len;
}

static void names_on_g0(void *b) { collect_names(b); }

static void read_with_stack(void *arg) {
  tern_slice *out = arg;
  size_t room = 4096;
  struct trace_buffer *b = NULL;
  *out = (tern_slice){0};
  if (tracer.at == DONE || load_acq(&tracer.state) == OFF) {
    if (load_acq(&tracer.state) == OFF) return;
    trace_free_all();
    store_rel(&tracer.state, OFF);
    return;
  }
  if (tracer.at == BODY && (b = next_buffer()) != NULL) {
    systemstack(names_on_g0, b);
    room = names.len + b->len + 64;
  }
  uint8_t *p = mallocgc((int64_t)room, 0, false);
  size_t n;
  if (tracer.at == HEAD) {
    n = put_head(p);
    tracer.at = BODY;
  } else if (b) {
    n = put_block(p, b);
    trace_recycle(b);
  } else {
    n = put_tail(p);
    tracer.at = DONE;
  }
  CHECK(n <= room);
  *out = (tern_slice){p, (int64_t)n, (int64_t)n};
}

tern_slice tracer_read(void) {
  tern_slice s;
  with_stack(8192, read_with_stack, &s);
  return s;
}
