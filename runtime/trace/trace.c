/* trace.c - buffers of events, one or two for each thread.
 *
 * A thread writes without a lock into a buffer of its own; a full one goes to the
 * list of readable ones and a free one takes its place, under the lock.
 *
 * TR-1.  Around each event the thread's sequence number is odd, and inside it reads
 * the generation, whose lowest bit chooses between two buffers.  Whoever changes
 * the generation stores it and waits until each thread's number is even once; the
 * old generation's buffers are then nobody's and can be read:
 *
 *      writer                         trace_advance
 *      seq = odd     (seq_cst)        gen = n + 1        (seq_cst)
 *      load gen      (seq_cst)        wait: seq even or changed
 *      write to buf[gen & 1]          take buf[n & 1] of every thread
 *      seq = even    (release)
 *
 * It is Dekker's pattern: either the writer sees the new generation, or the one who
 * waits sees its odd number.
 *
 * A thread is registered by its first event; when it ends, a new thread takes its
 * place, its number and what is in its buffers.  Differs from Go, which stamps a
 * status of every goroutine into each generation; here only the first has it, so a
 * trace is read from its start.
 */
#include "trace/trace.h"

#include <string.h>

#include "os/os.h"
#include "sync/lock.h"

uint32_t trace_gen;

struct trace_thread {
  uint32_t seq; /* atomic: odd inside a section */
  int32_t id;   /* constant */
  int32_t depth; /* the thread's own: sections it is in */
  struct trace_buffer *buf[2]; /* the thread's while seq is odd and the generation
                                  fits; then of whoever changed the generation */
  struct trace_thread *next;   /* constant; a list from the newest to the oldest */
  struct trace_thread *free;   /* guarded by trace.lock: one without a thread */
} __attribute__((aligned(64)));

static __thread struct trace_thread *self;

static struct {
  mutex lock;
  /* guarded by lock */
  struct trace_thread *unused, *unused_end; /* a page of threads to come */
  struct trace_thread *ended;               /* whose threads are gone */
  int32_t nthreads;
  struct trace_buffer *first, *last; /* readable, oldest first */
  struct trace_buffer *free;
  /* atomic */
  struct trace_thread *threads;
  uint32_t readable;
  int64_t lost, bytes;
  /* of whoever turns tracing on and off */
  uint32_t last_gen;
} trace = {.lock = MUTEX_INIT(TRACE)};

/* ---- Threads and buffers ------------------------------------------------------- */

static struct trace_thread *make_thread(void) {
  lock(&trace.lock);
  struct trace_thread *t = trace.ended;
  if (t) {
    trace.ended = t->free;
    unlock(&trace.lock);
    return self = t;
  }
  if (trace.unused == trace.unused_end) {
    size_t n = 64 * sizeof(struct trace_thread);
    trace.unused = os_map(n, &trace.bytes);
    if (!trace.unused) {
      trace.unused_end = NULL;
      unlock(&trace.lock);
      return NULL;
    }
    trace.unused_end = trace.unused + 64;
  }
  t = trace.unused++;
  t->id = ++trace.nthreads;
  t->next = trace.threads;
  store_seq(&trace.threads, t); /* pairs with wait_for_writers */
  unlock(&trace.lock);
  self = t;
  return t;
}

void trace_thread_end(void) {
  struct trace_thread *t = self;
  self = NULL;
  if (!t) return;
  lock(&trace.lock);
  t->free = trace.ended;
  trace.ended = t;
  unlock(&trace.lock);
}

/* lock held */
static void give_out(struct trace_buffer *b) {
  b->next = NULL;
  *(trace.last ? &trace.last->next : &trace.first) = b;
  trace.last = b;
  store_rlx(&trace.readable, 1);
}

/* Room for n bytes in the thread's buffer; NULL if there is no memory. */
static struct trace_buffer *room(struct trace_thread *t, uint32_t gen, size_t n) {
  struct trace_buffer **at = &t->buf[gen & 1], *b = *at;
  if (b && b->len + n <= TRACE_BUFFER_BYTES - sizeof *b) return b;
  lock(&trace.lock);
  if (b) give_out(b);
  b = trace.free;
  if (b) trace.free = b->next;
  unlock(&trace.lock);
  if (!b) b = os_map(TRACE_BUFFER_BYTES, &trace.bytes);
  *at = b;
  if (!b) return NULL;
  b->thread = t->id;
  b->gen = gen;
  b->len = 0;
  b->began = b->last = os_nanotime();
  return b;
}

/* ---- Writing --------------------------------------------------------------------- */

static struct trace_thread *enter(void) {
  tern_locks++; /* no safepoint inside */
  struct trace_thread *t = self ? self : make_thread();
  if (t && t->depth++ == 0)
    store_seq(&t->seq, t->seq + 1); /* Dekker with wait_for_writers */
  return t;
}

static void leave(struct trace_thread *t) {
  if (t && --t->depth == 0) store_rel(&t->seq, t->seq + 1);
  tern_locks--;
}

void trace_section_begin(void) {
  struct trace_thread *t = enter();
  pseudo_lock(RANK_TRACE_SECTION, t);
}

void trace_section_end(void) {
  pseudo_unlock(RANK_TRACE_SECTION, self);
  leave(self);
}

static const uint8_t args_of[TRACE_EVENT_COUNT] = {
#define TRACE_EVENT_ARGS(name, args, string) [TRACE_##name] = args,
    TRACE_EVENTS(TRACE_EVENT_ARGS)
#undef TRACE_EVENT_ARGS
};

__attribute__((cold, noinline)) void trace_write(
    enum trace_event e, const uint64_t args[TRACE_MAX_ARGS], const char *text,
    size_t n) {
  struct trace_thread *t = enter();
  uint32_t gen = load_seq(&trace_gen);
  if (t && gen) {
    if (n > TRACE_MAX_STRING) n = TRACE_MAX_STRING;
    struct trace_buffer *b = room(t, gen, 64 + n);
    if (b) {
      uint8_t *p = b->data + b->len;
      int64_t now = os_nanotime();
      *p++ = (uint8_t)e;
      p = trace_put(p, (uint64_t)(now - b->last));
      b->last = now;
      for (int i = 0; i < args_of[e]; i++) p = trace_put(p, args[i]);
      if (text) {
        p = trace_put(p, n);
        memcpy(p, text, n);
        p += n;
      }
      b->len = (size_t)(p - b->data);
    }
    if (!b) add_rlx(&trace.lost, 1);
  } else if (gen) {
    add_rlx(&trace.lost, 1);
  }
  leave(t);
}

/* ---- Generations -------------------------------------------------------------------- */

/* Returns when every section that may have seen the old generation is over.
 * Sections are short and wait for nobody who could wait for us. */
static void wait_for_writers(void) {
  lock_may_acquire(RANK_TRACE_SECTION);
  for (struct trace_thread *t = load_seq(&trace.threads); t; t = t->next) {
    if (t == self) continue;
    uint32_t seq = load_seq(&t->seq);
    for (int i = 0; (seq & 1) && load_acq(&t->seq) == seq; i++) {
      if (i < 100)
        procyield(10);
      else
        os_yield();
    }
  }
}

/* Gives out what was written in generation gen. */
static void flush(uint32_t gen) {
  lock(&trace.lock);
  for (struct trace_thread *t = trace.threads; t; t = t->next) {
    struct trace_buffer *b = t->buf[gen & 1];
    t->buf[gen & 1] = NULL;
    if (b) give_out(b);
  }
  unlock(&trace.lock);
}

bool trace_on(void) {
  store_rlx(&trace.lost, 0);
  if (!self && !make_thread()) return false;
  store_seq(&trace_gen, ++trace.last_gen);
  wait_for_writers();
  return true;
}

void trace_advance(void) {
  uint32_t old = load_rlx(&trace_gen);
  store_seq(&trace_gen, ++trace.last_gen);
  wait_for_writers();
  flush(old);
}

void trace_off(void) {
  store_seq(&trace_gen, 0u);
  wait_for_writers();
  flush(0);
  flush(1);
}

/* ---- Reading --------------------------------------------------------------------------- */

bool trace_readable(void) { return load_rlx(&trace.readable) != 0; }

struct trace_buffer *trace_take(void) {
  lock(&trace.lock);
  struct trace_buffer *b = trace.first;
  if (b) trace.first = b->next;
  if (!trace.first) {
    trace.last = NULL;
    store_rlx(&trace.readable, 0);
  }
  unlock(&trace.lock);
  return b;
}

void trace_recycle(struct trace_buffer *b) {
  lock(&trace.lock);
  b->next = trace.free;
  trace.free = b;
  unlock(&trace.lock);
}

void trace_free_all(void) {
  lock(&trace.lock);
  struct trace_buffer *b = trace.free;
  trace.free = NULL;
  unlock(&trace.lock);
  while (b) {
    struct trace_buffer *next = b->next;
    os_unmap(b, TRACE_BUFFER_BYTES, &trace.bytes);
    b = next;
  }
}

int64_t trace_lost(void) { return load_rlx(&trace.lost); }
int64_t trace_memory(void) { return load_rlx(&trace.bytes); }
