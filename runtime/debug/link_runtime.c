/* link_runtime.c - the C halves of packages runtime and runtime/debug.
 *
 * Called on goroutines' stacks; whatever may need more than a few hundred bytes
 * runs on the system stack.
 */
#include <string.h>

#include "debug/heapdump.h"
#include "debug/memstats.h"
#include "debug/profile.h"
#include "debug/traceback.h"
#include "gc/gc.h"
#include "gc/pin.h"
#include "lang/lang.h"
#include "lang/link.h"
#include "sched/sched.h"
#include "sched/stack.h"

void runtime_GC(void) TERN_SYMBOL("runtime.GC");
void runtime_Gosched(void) TERN_SYMBOL("runtime.Gosched");
void runtime_LockOSThread(void) TERN_SYMBOL("runtime.LockOSThread");
void runtime_UnlockOSThread(void) TERN_SYMBOL("runtime.UnlockOSThread");
void runtime_Goexit(void) TERN_SYMBOL("runtime.Goexit");
int64_t runtime_GOMAXPROCS(int64_t n) TERN_SYMBOL("runtime.GOMAXPROCS");
int64_t runtime_NumCPU(void) TERN_SYMBOL("runtime.NumCPU");
int64_t runtime_NumGoroutine(void) TERN_SYMBOL("runtime.NumGoroutine");
int64_t runtime_Stack(tern_slice buf, bool all) TERN_SYMBOL("runtime.Stack");
void runtime_ReadMemStats(struct mem_stats *m)
    TERN_SYMBOL("runtime.ReadMemStats");
int64_t runtime_Callers(int64_t skip, tern_slice pcs)
    TERN_SYMBOL("runtime.Callers");
int64_t runtime_goroutineProfile(tern_slice records)
    TERN_SYMBOL("runtime.goroutineProfile");

int32_t debug_setGCPercent(int32_t percent)
    TERN_SYMBOL("runtime/debug.setGCPercent");
int64_t debug_setMemoryLimit(int64_t limit)
    TERN_SYMBOL("runtime/debug.setMemoryLimit");
void debug_FreeOSMemory(void) TERN_SYMBOL("runtime/debug.FreeOSMemory");
void debug_WriteHeapDump(uintptr_t fd) TERN_SYMBOL("runtime/debug.WriteHeapDump");
void debug_setTraceback(tern_string level)
    TERN_SYMBOL("runtime/debug.setTraceback");

/* Go's limit for GOMAXPROCS. */
#define MAX_PROCS 1024

void runtime_GC(void) { gc_run(); }
void runtime_Gosched(void) { gosched(); }
void runtime_Goexit(void) { tern_goexit(); }
void runtime_LockOSThread(void) { runtime_lock_thread(); }
void runtime_UnlockOSThread(void) { runtime_unlock_thread(); }
int64_t runtime_NumCPU(void) { return ncpu; }
int64_t runtime_NumGoroutine(void) { return gcount(); }

/* Stops the world and changes the number of Ps; returns the old one. */
int64_t runtime_GOMAXPROCS(int64_t n) {
  int32_t old = gomaxprocs;
  if (n > MAX_PROCS) n = MAX_PROCS;
  if (n >= 1 && n != old) set_gomaxprocs((int32_t)n);
  return old;
}

int64_t runtime_Stack(tern_slice buf, bool all) {
  return debug_stack(buf.ptr, buf.len, all);
}

void runtime_ReadMemStats(struct mem_stats *m) { read_memstats(m); }

/* Bears a Go name and so is itself frame 0; for that it must not end in a jump
 * to debug_callers. */
int64_t runtime_Callers(int64_t skip, tern_slice pcs) {
  int64_t max = pcs.len < INT32_MAX ? pcs.len : INT32_MAX;
  int64_t n = debug_callers((int)skip, pcs.ptr, (int)max);
  __asm__ volatile("" : "+r"(n));
  return n;
}

struct pin *runtime_pinObject(tern_eface pointer) TERN_SYMBOL("runtime.pinObject");
void runtime_unpinObject(struct pin *pin) TERN_SYMBOL("runtime.unpinObject");

/* Apart, because gas cannot name the cold half of a function with a Go name. */
static __attribute__((noinline)) struct pin *pin_checked(tern_eface pointer) {
  const tern_type *t = pointer.type;
  if (t == NULL) panic_runtime(TERN_STR("runtime.Pinner: argument is nil"));
  if (t->kind != TERN_POINTER && t->kind != TERN_UNSAFE_POINTER)
    panic_type(TERN_STR("runtime.Pinner: argument is not a pointer: "), t);
  return pin_object(pointer.data);
}
struct pin *runtime_pinObject(tern_eface pointer) { return pin_checked(pointer); }
void runtime_unpinObject(struct pin *pin) { unpin_object(pin); }

static __attribute__((noinline)) void pinner_leaks(void) {
  panic_runtime(TERN_STR(
      "runtime.Pinner: found leaking pinned pointer; forgot to call Unpin()?"));
}
void runtime_pinnerLeaks(void) TERN_SYMBOL("runtime.pinnerLeaks");
void runtime_pinnerLeaks(void) { pinner_leaks(); }

struct description {
  tern_string function, dir, file;
  int64_t line;
  uintptr_t entry;
  bool ok;
};
struct description runtime_describe(uintptr_t pc) TERN_SYMBOL("runtime.describe");

struct describe_call {
  uintptr_t pc;
  struct debug_frame frame;
  bool ok;
};

static void describe_on_system_stack(void *arg) {
  struct describe_call *c = arg;
  c->ok = debug_frame(c->pc, &c->frame);
}

static tern_string c_string(const char *s) {
  if (s == NULL) return (tern_string){NULL, 0};
  return (tern_string){(const uint8_t *)s, (int64_t)strlen(s)};
}

/* The file's strings lie in the program's own debug data, which stays mapped;
 * the name of an inlined function lies in the frame and is copied. */
struct description runtime_describe(uintptr_t pc) {
  struct describe_call c = {.pc = pc};
  systemstack(describe_on_system_stack, &c);
  if (!c.ok) return (struct description){0};
  return (struct description){
      .function = tern_string_from_bytes((tern_slice){
          (void *)c.frame.name, c.frame.name_len, c.frame.name_len}),
      .dir = c_string(c.frame.dir),
      .file = c_string(c.frame.file),
      .line = c.frame.line,
      .entry = c.frame.entry,
      .ok = true};
}

int32_t debug_setGCPercent(int32_t percent) { return gc_set_percent(percent); }

int64_t debug_setMemoryLimit(int64_t limit) { return gc_set_memory_limit(limit); }

int64_t debug_SetMaxStack(int64_t bytes) TERN_SYMBOL("runtime/debug.SetMaxStack");
int64_t debug_SetMaxStack(int64_t bytes) { return xchg_seq(&stack_limit, bytes); }

uint32_t sync_runtime_cycles(void) TERN_SYMBOL("sync.runtime_cycles");
uint32_t sync_runtime_cycles(void) { return load_rlx(&gc_totals.cycles); }

int64_t debug_SetMaxThreads(int64_t n) TERN_SYMBOL("runtime/debug.SetMaxThreads");
int64_t debug_SetMaxThreads(int64_t n) { return xchg_seq(&thread_limit, n); }

void debug_WriteHeapDump(uintptr_t fd) { debug_heap_dump((int)fd); }

int64_t pprof_stacks(tern_slice buf) TERN_SYMBOL("runtime/pprof.stacks");
int64_t pprof_stacks(tern_slice buf) {
  return debug_stacks_running(buf.ptr, buf.len);
}

int64_t runtime_goroutineProfile(tern_slice records) {
  return debug_goroutine_profile(records.ptr, records.len);
}

void debug_FreeOSMemory(void) { gc_free_os_memory(); }

void debug_setTraceback(tern_string level) {
  char text[16];
  int64_t n = level.len < 15 ? level.len : 15;
  memcpy(text, level.ptr, (size_t)n);
  text[n] = 0;
  debug_set_traceback(text);
}
