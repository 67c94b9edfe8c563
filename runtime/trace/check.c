/* check.c - is a trace possible?  Plays it against the state machines of sched and
 * gc (A1 to A4 in their READMEs).
 *
 * Time decides the order of different threads.  That is enough because an event is
 * written before its state changes (TR-2), with two exceptions.  A P is seen to be
 * taken out of a system call (PROC_STEAL) only after it was, so the thread that lost
 * it may be heard of first; and who was the last sweeper is known only when it has
 * gone (SWEEP_END), so the next cycle may be heard of first.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/parse.h"

enum { G_UNKNOWN, G_DEAD = 100 }; /* beside enum trace_status */

struct go {
  uint64_t id;
  int status;
  int32_t thread; /* of RUNNING and SYSCALL; -1: not known */
};

struct thread {
  int64_t proc;  /* the P it holds or had before its system call, -1 none */
  uint64_t go;   /* what it runs, 0 nothing or not known */
  bool syscall;  /* its P can be stolen */
  bool assist, worker;
};

struct player {
  struct trace_file *f;
  const struct trace_item *it; /* the event being played */
  struct go *gos;              /* open addressing */
  size_t ngos, gos_cap;
  struct thread *threads;
  size_t nthreads;
  int32_t holder[TRACE_MAX_P];       /* thread that has the P, 0 none, -1 not known */
  int stop;                    /* 0 none, 1 begun, 2 the world stands */
  bool handshake;
  int gc;                      /* event of the running cycle, 0 none */
  uint64_t cycle;              /* the last one seen */
};

/* ---- Helpers ---------------------------------------------------------------------- */

static bool wrong(struct player *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static bool wrong(struct player *p, const char *format, ...) {
  char what[100];
  va_list args;
  va_start(args, format);
  vsnprintf(what, sizeof what, format, args);
  va_end(args);
  snprintf(p->f->error, sizeof p->f->error, "%s(%llu) on thread %d, event %zu: %s",
           trace_event_name(p->it->event), (unsigned long long)p->it->arg[0],
           p->it->thread, (size_t)(p->it - p->f->items), what);
  return false;
}

static struct go *find_go(struct player *p, uint64_t id) {
  if (p->ngos * 2 >= p->gos_cap) {
    struct go *old = p->gos;
    size_t n = p->gos_cap;
    p->gos_cap = n ? n * 2 : 256;
    p->gos = calloc(p->gos_cap, sizeof *p->gos);
    if (!p->gos) abort();
    p->ngos = 0;
    for (size_t i = 0; i < n; i++)
      if (old[i].id) *find_go(p, old[i].id) = old[i];
    free(old);
  }
  size_t i = id * 0x9E3779B97F4A7C15u % p->gos_cap;
  while (p->gos[i].id && p->gos[i].id != id) i = (i + 1) % p->gos_cap;
  if (!p->gos[i].id) {
    p->gos[i] = (struct go){.id = id, .status = G_UNKNOWN, .thread = -1};
    p->ngos++;
  }
  return &p->gos[i];
}

static struct thread *find_thread(struct player *p, int32_t id) {
  if ((size_t)id >= p->nthreads) {
    size_t n = (size_t)id + 16;
    p->threads = realloc(p->threads, n * sizeof *p->threads);
    if (!p->threads) abort();
    for (size_t i = p->nthreads; i < n; i++)
      p->threads[i] = (struct thread){.proc = -1};
    p->nthreads = n;
  }
  return &p->threads[id];
}

/* The thread's P was taken away during its system call, whoever tells it first. */
static void lose_proc(struct player *p, struct thread *t) {
  if (t->proc >= 0 && t->syscall) p->holder[t->proc] = 0;
  t->proc = -1;
  t->syscall = false;
}

/* ---- Ps ------------------------------------------------------------------------------ */

static bool play_proc(struct player *p, struct thread *t) {
  uint64_t id = p->it->arg[0];
  int32_t *holder = &p->holder[id];
  switch (p->it->event) {
    case TRACE_PROC_START:
      if (t->syscall) lose_proc(p, t);
      if (t->proc >= 0) return wrong(p, "the thread has P %d", (int)t->proc);
      if (*holder > 0) return wrong(p, "thread %d has it", *holder);
      *holder = p->it->thread;
      t->proc = (int64_t)id;
      return true;
    case TRACE_PROC_STOP:
      if (*holder != p->it->thread && *holder != -1)
        return wrong(p, "thread %d has it", *holder);
      *holder = 0;
      t->proc = -1;
      t->syscall = false;
      return true;
    default: /* TRACE_PROC_STEAL */
      if (*holder > 0) {
        struct thread *from = find_thread(p, *holder);
        if (!from->syscall) return wrong(p, "thread %d runs with it", *holder);
        lose_proc(p, from);
      }
      *holder = 0;
      return true;
  }
}

/* ---- Goroutines ------------------------------------------------------------------------- */

static bool known(const struct go *g, int status) {
  return g->status == G_UNKNOWN || g->status == status;
}

static bool here(struct player *p, const struct go *g) {
  return g->thread == -1 || g->thread == p->it->thread;
}

/* The goroutine stops running on this thread. */
static bool leaves(struct player *p, struct thread *t, struct go *g, int status) {
  if (!known(g, TRACE_RUNNING) || !here(p, g))
    return wrong(p, "it is %d on thread %d", g->status, g->thread);
  g->status = status;
  g->thread = -1;
  t->go = 0;
  return true;
}

static bool back_from_syscall(struct player *p, struct thread *t, struct go *g) {
  if (!known(g, TRACE_SYSCALL) || !here(p, g))
    return wrong(p, "it is %d on thread %d", g->status, g->thread);
  if (p->it->event == TRACE_GO_SYSCALL_WAIT) {
    lose_proc(p, t);
    g->status = TRACE_RUNNABLE;
    g->thread = -1;
    t->go = 0;
    return true;
  }
  g->status = TRACE_RUNNING;
  g->thread = p->it->thread;
  t->go = g->id;
  t->syscall = false;
  return true;
}

static bool play_go(struct player *p, struct thread *t) {
  struct go *g = find_go(p, p->it->arg[0]);
  switch (p->it->event) {
    case TRACE_GO_STATUS:
      if (g->status != G_UNKNOWN) return true; /* the trace knows better */
      g->status = (int)p->it->arg[1];
      if (g->status == TRACE_RUNNING) {
        g->thread = p->it->thread;
        t->go = g->id;
      }
      return true;
    case TRACE_GO_CREATE:
      if (g->status != G_UNKNOWN) return wrong(p, "it is there already");
      g->status = TRACE_RUNNABLE;
      return true;
    case TRACE_GO_START:
      if (!known(g, TRACE_RUNNABLE)) return wrong(p, "it is %d", g->status);
      if (t->go) return wrong(p, "the thread runs %llu", (unsigned long long)t->go);
      if (t->proc < 0) return wrong(p, "the thread has no P");
      if (p->stop == 2) return wrong(p, "the world stands");
      g->status = TRACE_RUNNING;
      g->thread = p->it->thread;
      t->go = g->id;
      return true;
    case TRACE_GO_END: return leaves(p, t, g, G_DEAD);
    case TRACE_GO_YIELD:
    case TRACE_GO_PREEMPT: return leaves(p, t, g, TRACE_RUNNABLE);
    case TRACE_GO_BLOCK: return leaves(p, t, g, TRACE_WAITING);
    case TRACE_GO_UNBLOCK:
      if (!known(g, TRACE_WAITING)) return wrong(p, "it is %d", g->status);
      g->status = TRACE_RUNNABLE;
      return true;
    case TRACE_GO_SYSCALL:
      if (!leaves(p, t, g, TRACE_SYSCALL)) return false;
      g->thread = p->it->thread;
      t->go = g->id;
      t->syscall = true;
      return true;
    default: return back_from_syscall(p, t, g);
  }
}

/* ---- The world and the collector ----------------------------------------------------------- */

static bool play_world(struct player *p) {
  int want = p->it->event == TRACE_STOP_BEGIN ? 0 : p->it->event == TRACE_STOP_DONE ? 1 : 2;
  switch (p->it->event) {
    case TRACE_STOP_BEGIN:
    case TRACE_STOP_DONE:
    case TRACE_STOP_END:
      if (p->stop != want) return wrong(p, "stop is at %d", p->stop);
      if (p->handshake) return wrong(p, "during a handshake");
      p->stop = (want + 1) % 3;
      return true;
    default:
      if (p->handshake == (p->it->event == TRACE_HANDSHAKE_BEGIN))
        return wrong(p, "not in turn");
      if (p->stop) return wrong(p, "during a stop");
      p->handshake = !p->handshake;
      return true;
  }
}

static bool play_gc(struct player *p) {
  static const int before[TRACE_EVENT_COUNT] = {
      [TRACE_GC_BEGIN] = 0, [TRACE_GC_H2] = TRACE_GC_BEGIN,
      [TRACE_GC_MARK] = TRACE_GC_H2, [TRACE_GC_TERM] = TRACE_GC_MARK,
      [TRACE_GC_END] = TRACE_GC_TERM};
  int e = p->it->event;
  uint64_t n = p->it->arg[0];
  if (e == TRACE_SWEEP_END) { /* the next cycle may have begun */
    if (p->cycle && n != p->cycle && n + 1 != p->cycle)
      return wrong(p, "the cycle was %d", (int)p->cycle);
    return true;
  }
  if (p->gc != before[e]) return wrong(p, "after %s", trace_event_name(p->gc));
  if (e == TRACE_GC_BEGIN ? p->cycle && n != p->cycle + 1 : n != p->cycle)
    return wrong(p, "the cycle was %d", (int)p->cycle);
  if (e == TRACE_GC_TERM && p->stop != 2) return wrong(p, "the world does not stand");
  p->cycle = n;
  p->gc = e == TRACE_GC_END ? 0 : e;
  return true;
}

static bool play_pair(struct player *p, bool *open, bool begin) {
  if (*open == begin) return wrong(p, "not in turn");
  *open = begin;
  return true;
}

static bool play(struct player *p) {
  struct thread *t = find_thread(p, p->it->thread);
  int e = p->it->event;
  if (e >= TRACE_PROC_START && e <= TRACE_PROC_STEAL) return play_proc(p, t);
  if (e >= TRACE_GO_STATUS && e <= TRACE_GO_SYSCALL_WAIT) return play_go(p, t);
  if (e >= TRACE_STOP_BEGIN && e <= TRACE_HANDSHAKE_END) return play_world(p);
  if (e >= TRACE_GC_BEGIN && e <= TRACE_SWEEP_END) return play_gc(p);
  if (e == TRACE_ASSIST_BEGIN || e == TRACE_ASSIST_END)
    return play_pair(p, &t->assist, e == TRACE_ASSIST_BEGIN);
  if (e == TRACE_WORKER_BEGIN || e == TRACE_WORKER_END)
    return play_pair(p, &t->worker, e == TRACE_WORKER_BEGIN);
  return true;
}

bool trace_check(struct trace_file *f) {
  struct player p = {.f = f};
  if (!f->whole || f->lost) {
    snprintf(f->error, sizeof f->error, "%s", f->lost ? "events were lost" : "cut off");
    return false;
  }
  for (int i = 0; i < TRACE_MAX_P; i++) p.holder[i] = -1;
  bool good = true;
  for (size_t i = 0; i < f->n && good; i++) {
    p.it = &f->items[i];
    good = play(&p);
  }
  if (good && (p.stop || p.handshake || p.gc)) {
    good = false;
    snprintf(f->error, sizeof f->error, "open at the end: stop %d, handshake %d, %s",
             p.stop, p.handshake, p.gc ? trace_event_name(p.gc) : "no cycle");
  }
  free(p.gos);
  free(p.threads);
  return good;
}
