/* sweep.pml - sweeping beside the goroutines, and what a P has cached meanwhile.
 *
 * Stands for runtime/heap/sweep.c (begin, end, sweepone, central_take, sweep_span,
 * sweep_start, sweep_flushed, sweep_finish), runtime/heap/mcache.c (mcache_refill,
 * mcache_recolour, mcache_flush) and what runtime/gc/cycle.c does with them.
 *
 * Two Ps allocate from spans of two slots, cache spans, go idle; a background sweeper;
 * the collector runs cycle after cycle without end.  Generations are relative to the heap's
 * (-2 to 3), so that advancing it lowers those of all spans by 2.
 * Marking is one step (mark_start.pml and mark_end.pml are about it): what the program
 * still holds is marked, what it drops is not.  Each P answers a handshake and a stop at
 * a safepoint only; the collector answers for an idle one.
 *
 * Holds: no slot is handed out of a span that is not swept; no slot that is in use is
 * freed or handed out again; when marking begins, all spans are swept, each once in the
 * cycle, and all mark bits are clear; no free slot is marked (SW-3).
 *
 * switch E36        acquiring a P does not flush its cache, only the handshake does
 *                   (a P goes on allocating from the span that it cached before the stop)
 * switch NO_FLUSH   the end of the cycle does not flush the caches of idle Ps (MT-6)
 *                   (a P sleeps with its cache from one cycle to the next)
 * switch NOT_OPEN   the sweep is not held open for caches (MT-6)
 *                   (the sweeper finds nothing and says "drained" before the flush)
 * switch OPEN_LATE  a sweeper looks whether it is held open after its search
 *                   (a cache is flushed between the search and the look)
 * switch NO_BEGIN   a sweeper does not register (SW-1)
 * switch NO_WAIT    nobody waits for those who have registered
 *                   (both: nothing is left, and the last span is still being swept)
 * switch NO_FINISH  marking begins in the middle of the sweep (MS-2)
 * switch PEEK       a sweeper leaves its span on the list until it is swept
 *                   (golang/go#27997: another finds it there, swept or cached again)
 * switch PUT_EARLY  a span is put on the swept list before its bits are exchanged
 * switch E22        allocation is white while marking
 * switch E26        H2 leaves the white rest of a run in the cache
 * switch KEEP_MARKS a flush gives black slots back with their marks
 */
#ifndef FAULT
#define FAULT none
#endif
mtype = { none, E36, NO_FLUSH, NOT_OPEN, OPEN_LATE, NO_BEGIN, NO_WAIT, NO_FINISH,
  PEEK, PUT_EARLY, E22, E26, KEEP_MARKS };

#define NS 2
#define NP 2
#define NONE 7
#define BIT(i) (1 << (i))

/* gen: h-2, h-1, h, h+1 (cached since before the sweep began), h+3 */
#define UNSWEPT 6
#define SWEEPING 7
#define SWEPT 0
#define STALE 1
#define CACHED 3
#define FRESH(g) ((g) == SWEPT || (g) == CACHED)
byte gen[NS];
bool inuse[NS];
byte swept_list, unswept_list; /* the central lists, as bits */
byte mark[NS], alloc[NS], freeindex[NS]; /* bits of slots; of slots, so many */
byte live[NS];             /* ghost: handed out, and the program still has them */
bool swept[NS];            /* ghost: in this cycle */

byte cur[NP] = NONE, at[NP], to[NP]; /* the cursor: its span, what is left of its run */
bool black[NP], flushed[NP] = true;
bool idle[NP];             /* asleep, or stopped */

byte sweepers;             /* at work */
bool drained = true, open;
bool gcwaiting, handshake[NP];
bool recolour;             /* what the handshake is for: H2 or the flush */

#define RUNS(from, end) ((BIT(end) - 1) & ~(BIT(from) - 1))
#define FREE_LEFT(s) (freeindex[s] < 2 && (RUNS(freeindex[s], 2) & ~alloc[s]) != 0)

/* Of P's cache: by its owner, or by the collector for an idle one. */
inline return_run(p) {
  if
  :: at[p] < to[p] ->
    mark[cur[p]] = mark[cur[p]] &
      ~(black[p] && FAULT != KEEP_MARKS -> RUNS(at[p], to[p]) : 0);
    freeindex[cur[p]] = at[p]; at[p] = 0; to[p] = 0
  :: else
  fi
}

inline flush(p) {
  if
  :: !flushed[p] && cur[p] != NONE ->
    return_run(p);
    if
    :: gen[cur[p]] == STALE ->
      gen[cur[p]] = UNSWEPT; unswept_list = unswept_list | BIT(cur[p])
    :: else ->
      assert(gen[cur[p]] == CACHED);
      gen[cur[p]] = SWEPT; swept_list = swept_list | BIT(cur[p])
    fi;
    cur[p] = NONE
  :: else
  fi;
  black[p] = black[p] && flushed[p]; flushed[p] = true
}

/* The function of the handshake. */
inline serve(p) {
  if
  :: recolour -> if :: FAULT != E26 -> return_run(p) :: else fi; black[p] = (FAULT != E22)
  :: else -> flush(p)
  fi;
  handshake[p] = false
}

inline register() {
  atomic { ok = !drained; sweepers = sweepers + (ok && FAULT != NO_BEGIN) }
}

inline deregister() { atomic { sweepers = sweepers - (FAULT != NO_BEGIN); ok = false } }

/* s: a span of which cond is true. */
inline find(cond) {
  s = 0;
  do
  :: s < NS && !(cond) -> s++
  :: else -> s = (s == NS -> NONE : s); break
  od
}

/* Takes an unswept span and makes the caller its owner. */
inline take_unswept() {
  atomic {
    find(unswept_list & BIT(s));
    if
    :: s != NONE ->
      unswept_list = unswept_list & ~(FAULT == PEEK -> 0 : BIT(s));
      assert(gen[s] == UNSWEPT);
      gen[s] = SWEEPING
    :: else
    fi
  }
}

/* s: NONE if it was freed whole, or put on the swept list; that is done unless it has
 * room and the caller wants it.  Nobody else knows the span meanwhile. */
inline sweep_span(wanted) {
  if :: FAULT == PUT_EARLY -> gen[s] = SWEPT; swept_list = swept_list | BIT(s) :: else fi;
  atomic {
    assert(FAULT == PUT_EARLY || gen[s] == SWEEPING);
    assert(!swept[s] && (live[s] & ~mark[s]) == 0);
    assert((RUNS(freeindex[s], 2) & mark[s] & ~alloc[s]) == 0); /* SW-3 */
    swept[s] = true; gen[s] = SWEPT;
    alloc[s] = mark[s]; mark[s] = 0; freeindex[s] = 0;
    unswept_list = unswept_list & ~(FAULT == PEEK -> BIT(s) : 0);
    if
    :: alloc[s] == 0 -> inuse[s] = false; swept[s] = false; s = NONE
    :: alloc[s] != 0 && !(wanted && FREE_LEFT(s)) ->
      swept_list = swept_list | BIT(s); s = NONE
    :: else
    fi
  }
}

inline sweepone() {
  register();
  if
  :: ok ->
    held = open;
    take_unswept();
    if
    :: s != NONE -> sweep_span(false)
    :: else -> drained = drained || !(FAULT == OPEN_LATE -> open : held)
    fi;
    held = false;
    deregister()
  :: else
  fi
}

inline hand_out(p) {
  assert(gen[cur[p]] == CACHED && !(live[cur[p]] & BIT(at[p])));
  live[cur[p]] = live[cur[p]] | BIT(at[p]);
  at[p]++;
  if :: at[p] == to[p] -> at[p] = 0; to[p] = 0 :: else fi
}

/* The next run of the cached span, which the P alone knows; its first slot is handed
 * out.  ok: there was one. */
inline take_run(p) {
  ok = FREE_LEFT(cur[p]);
  if
  :: ok ->
    at[p] = freeindex[cur[p]] + ((alloc[cur[p]] >> freeindex[cur[p]]) & 1);
    to[p] = (at[p] == 0 && !(alloc[cur[p]] & 2) -> 2 : at[p] + 1);
    mark[cur[p]] = mark[cur[p]] | (black[p] -> RUNS(at[p], to[p]) : 0);
    freeindex[cur[p]] = to[p];
    hand_out(p)
  :: else
  fi
}

inline cache(p) {
  gen[s] = CACHED; cur[p] = s; s = NONE;
  take_run(p);
  assert(ok); ok = false
}

proctype allocator(byte p) {
  byte s = NONE;
  bool ok;
safepoint:
  if
  :: atomic { gcwaiting -> idle[p] = true; goto asleep }
  :: atomic { p == 1 && !gcwaiting && !handshake[p] -> idle[p] = true; goto asleep }
  :: atomic { handshake[p] -> serve(p); goto safepoint }
  :: atomic { at[p] < to[p] -> hand_out(p); goto safepoint }
  :: atomic { at[p] == to[p] && cur[p] != NONE -> /* mcache_refill */
      take_run(p);
      if :: ok -> ok = false; goto safepoint :: else fi;
      assert(gen[cur[p]] == CACHED); /* used up */
      gen[cur[p]] = SWEPT;
      swept_list = swept_list | BIT(cur[p]); cur[p] = NONE
    }
  :: at[p] == to[p] && cur[p] == NONE
  fi;
  atomic { /* central_take */
    find((swept_list & BIT(s)) && FREE_LEFT(s));
    if :: s != NONE -> swept_list = swept_list & ~BIT(s); cache(p); goto safepoint :: else fi
  };
  register();
  if
  :: ok -> take_unswept(); if :: s != NONE -> sweep_span(true) :: else fi; deregister()
  :: else
  fi;
  atomic {
    if
    :: s == NONE -> /* span_alloc; or no memory */
      find(!inuse[s]);
      if :: s == NONE -> goto safepoint :: else fi;
      assert(mark[s] == 0); inuse[s] = true; swept[s] = true
    :: else
    fi;
    cache(p);
    goto safepoint
  };
asleep:
  atomic {
    !gcwaiting -> idle[p] = false;
    if :: FAULT != E36 -> flush(p) :: else fi;
    goto safepoint
  }
}

proctype sweeper() {
  byte s = NONE;
  bool ok, held;
end:
  do :: !drained -> sweepone() od
}

/* forEachP, but for the sweeper's P, which has no cache. */
inline for_each_p(r) {
  atomic {
    recolour = r;
    if :: idle[0] -> serve(0) :: else -> handshake[0] = true fi;
    if :: idle[1] -> serve(1) :: else -> handshake[1] = true fi
  };
  !handshake[0] && !handshake[1]
}

proctype collector() {
  byte k;
  do
  :: FAULT == NO_FINISH || (drained && (sweepers == 0 || FAULT == NO_WAIT)) ->
    atomic { /* MS-2 */
      assert(FAULT == NO_FINISH || drained);
      for (k : 0 .. NS - 1) { assert(mark[k] == 0 && (!inuse[k] || FRESH(gen[k]))) };
      k = 0
    };
    for_each_p(true); /* H2 */
    atomic { /* marking: what is dropped before it was marked stays white */
      for (k : 0 .. NS - 1) {
        if :: true :: live[k] = live[k] & 2 :: live[k] = 0 fi;
        mark[k] = mark[k] | live[k]
      };
      k = 0
    };
    gcwaiting = true;
    atomic { /* the stop: sweep_start */
      idle[0] && idle[1] ->
      assert(FAULT == NO_FINISH || (drained && sweepers == 0));
      for (k : 0 .. NS - 1) { swept[k] = false; gen[k] = (gen[k] + 6 * inuse[k]) & 7 };
      k = unswept_list; unswept_list = swept_list; swept_list = k;
      open = (FAULT != NOT_OPEN); drained = false;
      flushed[0] = false; flushed[1] = false; k = 0;
      gcwaiting = false
    };
    if :: FAULT != NO_FLUSH -> for_each_p(false) :: else fi;
    open = false /* sweep_flushed */
  od
}

init { atomic { run allocator(0); run allocator(1); run sweeper(); run collector() } }
