/* link_trace.c - the C half of package runtime/trace. */
#include "debug/tracer.h"
#include "lang/link.h"
#include "trace/trace.h"

bool trace_link_start(void) TERN_SYMBOL("runtime/trace.start");
void trace_link_stop(void) TERN_SYMBOL("runtime/trace.stop");
tern_slice trace_link_read(void) TERN_SYMBOL("runtime/trace.read");
bool trace_link_IsEnabled(void) TERN_SYMBOL("runtime/trace.IsEnabled");
void trace_link_emit(int64_t kind, uint64_t a, uint64_t b, tern_string text)
    TERN_SYMBOL("runtime/trace.emit");

bool trace_link_start(void) { return tracer_start(); }
void trace_link_stop(void) { tracer_stop(); }
tern_slice trace_link_read(void) { return tracer_read(); }
bool trace_link_IsEnabled(void) { return trace_enabled(); }

/* kind is one of the constants in trace.go. */
void trace_link_emit(int64_t kind, uint64_t a, uint64_t b, tern_string text) {
  static const struct { uint8_t event; bool text; } events[] = {
      {TRACE_TASK_BEGIN, true}, {TRACE_TASK_END, false},
      {TRACE_REGION_BEGIN, true}, {TRACE_REGION_END, true}, {TRACE_LOG, true}};
  if (!trace_enabled()) return;
  trace_write(events[kind].event, (const uint64_t[TRACE_MAX_ARGS]){a, b},
              events[kind].text ? (text.ptr ? (const char *)text.ptr : "") : 0,
              (size_t)text.len);
}
