/* parse.c - a trace file as one list of events in the order of time. */
#include "trace/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *name; int args; bool text; } kinds[] = {
    {"none", 0, false},
#define TRACE_EVENT_KIND(name, args, string) {#name, args, string},
    TRACE_EVENTS(TRACE_EVENT_KIND)
#undef TRACE_EVENT_KIND
};

const char *trace_event_name(int e) {
  return e > 0 && e < TRACE_EVENT_COUNT ? kinds[e].name : "?";
}
int trace_event_args(int e) {
  return e > 0 && e < TRACE_EVENT_COUNT ? kinds[e].args : 0;
}

/* ---- Numbers ------------------------------------------------------------------- */

struct reader {
  const uint8_t *at, *end;
  bool bad;
};

static uint64_t number(struct reader *r) {
  uint64_t v = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (r->at == r->end) break;
    uint8_t b = *r->at++;
    v |= (uint64_t)(b & 0x7f) << shift;
    if (b < 0x80) return v;
  }
  r->bad = true;
  return 0;
}

static struct trace_text string(struct reader *r) {
  uint64_t n = number(r);
  if (r->bad || n > (uint64_t)(r->end - r->at)) {
    r->bad = true;
    return (struct trace_text){NULL, 0};
  }
  struct trace_text t = {(const char *)r->at, (int)n};
  r->at += n;
  return t;
}

/* Doubles an array when it is full. */
static void *grow(void *p, size_t n, size_t *cap, size_t size) {
  if (n < *cap) return p;
  *cap = *cap ? *cap * 2 : 256;
  p = realloc(p, *cap * size);
  if (!p) abort();
  return p;
}

#define MAX_THREAD 1000000

/* Arguments that name a goroutine or a P are what they can be. */
static bool possible(const struct trace_item *it) {
  if (it->event >= TRACE_GO_STATUS && it->event <= TRACE_GO_SYSCALL_WAIT)
    return it->arg[0] != 0;
  if (it->event >= TRACE_PROC_START && it->event <= TRACE_PROC_STEAL)
    return it->arg[0] < TRACE_MAX_P;
  return true;
}

/* ---- Blocks ----------------------------------------------------------------------- */

static bool events(struct reader *r, struct trace_file *f) {
  int64_t thread = (int64_t)number(r);
  number(r); /* generation */
  int64_t time = (int64_t)number(r);
  uint64_t len = number(r);
  if (thread <= 0 || thread > MAX_THREAD) return false;
  if (r->bad || len > (uint64_t)(r->end - r->at)) return false;
  struct reader b = {r->at, r->at + len, false};
  r->at += len;
  while (b.at < b.end) {
    int e = *b.at++;
    if (e == 0 || e >= TRACE_EVENT_COUNT) return false;
    f->items = grow(f->items, f->n, &f->cap, sizeof *f->items);
    struct trace_item *it = &f->items[f->n];
    time += (int64_t)number(&b);
    *it = (struct trace_item){.time = time, .thread = (int32_t)thread, .event = (uint8_t)e,
                              .order = (uint32_t)f->n};
    for (int i = 0; i < kinds[e].args; i++) it->arg[i] = number(&b);
    if (kinds[e].text) {
      struct trace_text t = string(&b);
      it->text = t.p;
      it->text_len = (uint32_t)t.len;
    }
    if (b.bad || !possible(it)) return false;
    f->n++;
  }
  return true;
}

static void name(struct reader *r, struct trace_file *f) {
  uint64_t pc = number(r);
  struct trace_text t = string(r);
  f->names = grow(f->names, f->nnames, &f->names_cap, sizeof *f->names);
  f->names[f->nnames].pc = pc;
  f->names[f->nnames++].text = t;
}

static void text(struct reader *r, struct trace_file *f) {
  uint64_t table = number(r), index = number(r);
  struct trace_text t = string(r);
  if (table < TRACE_TABLES && index < TRACE_TEXTS) f->texts[table][index] = t;
}

static int by_time(const void *pa, const void *pb) {
  const struct trace_item *a = pa, *b = pb;
  if (a->time != b->time) return a->time < b->time ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

bool trace_parse(const uint8_t *data, size_t n, struct trace_file *f) {
  memset(f, 0, sizeof *f);
  if (n < 8 || memcmp(data, TRACE_MAGIC, 8) != 0) {
    snprintf(f->error, sizeof f->error, "not an execution trace");
    return false;
  }
  struct reader r = {data + 8, data + n, false};
  while (r.at < r.end && !r.bad && !f->whole) {
    const uint8_t *began = r.at;
    switch (*r.at++) {
      case TRACE_BLOCK_EVENTS:
        if (!events(&r, f)) r.bad = true;
        break;
      case TRACE_BLOCK_NAME: name(&r, f); break;
      case TRACE_BLOCK_TEXT: text(&r, f); break;
      case TRACE_BLOCK_LOST: f->lost += (int64_t)number(&r); break;
      case TRACE_BLOCK_END: f->whole = true; break;
      default: r.bad = true;
    }
    if (r.bad)
      snprintf(f->error, sizeof f->error, "broken block at byte %zu",
               (size_t)(began - data));
  }
  if (f->n) qsort(f->items, f->n, sizeof *f->items, by_time);
  return !r.bad;
}

void trace_file_free(struct trace_file *f) {
  free(f->items);
  free(f->names);
}

struct trace_text trace_name(const struct trace_file *f, uint64_t pc) {
  for (size_t i = 0; i < f->nnames; i++)
    if (f->names[i].pc == pc) return f->names[i].text;
  return (struct trace_text){"", 0};
}
