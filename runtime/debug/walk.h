/* walk.h - the frames of one goroutine's stack, from the innermost outwards. */
#ifndef TERN_DEBUG_WALK_H
#define TERN_DEBUG_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "debug/symtab.h"
#include "sched/g.h"

/* One frame of a stack; begun by walk_parked, or by hand with gp and fp set to those
 * of the running function, then walk_next. */
struct walk {
  struct g *gp;    /* whose segments bound the walk; NULL: a thread's stack */
  uintptr_t pc, fp;
  bool exact;      /* pc is the instruction itself, not a return address */
  uintptr_t limit; /* thread's stack: fp must stay below */
  const struct segment *seg; /* where fp is; NULL: not looked for yet */
};

/* Steps to the caller; false at the end. */
bool walk_next(struct walk *w);
/* Begins at the innermost frame of a goroutine that is not running and lies still:
 * claimed, or the world is stopped.  False if its stack is not to be read. */
bool walk_parked(struct g *gp, struct walk *w);
/* An address inside the call instruction, for tables. */
uintptr_t lookup_pc(const struct walk *w);
/* How many of the innermost functions at a frame (logical.h) only wait for their
 * second call with more stack: 0 or 1.  The others, into which gcc has inlined
 * that one, are real. */
int waiting_levels(const struct walk *w);
/* The frame's function if it is to be shown, "" if only functions inlined in it are;
 * NULL if not.  runtime_too: C functions as well. */
const char *frame_name(const struct walk *w, bool runtime_too, int *n,
                       struct symbol *s);

/* The return addresses of the Go functions from w's frame outwards, as debug_callers
 * has them; returns how many. */
int walk_pcs(struct walk *w, int skip, uintptr_t *pcs, int max);

#endif
