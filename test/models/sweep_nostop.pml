/* sweep_nostop.pml - a design: the end of marking without a stop (MT-9, steps 2 to 4).
 *
 * Stands for no code of today: runtime/gc/cycle.c stops the world where this has two
 * handshakes.  The rest is sweep.pml, whose head tells the instance and the properties.
 *
 *   H3  every P drops its barrier; allocation stays black
 *   --  the heap's generation moves; who has not heard of it goes on in the old one: it
 *       takes, fills and puts back spans as if they were not to be swept
 *   H4  every P flushes its cache, adopts the generation and allocates white
 *   .   the sweep begins
 *
 * A P with the barrier on may shade any object that is in use, at any time.
 *
 * switch ONE        H3 and H4 are one handshake
 *                   (P 0 allocates white in the new generation; P 1 still shades that:
 *                   marked before the next cycle, it would never be scanned)
 * switch NO_H3      no handshake drops the barrier before the sweep
 * switch EARLY      the sweep begins when the generation moves, not after H4
 * switch WHITE      allocation turns white with H3
 * switch ADOPT      who has not heard of the new generation uses it when it refills
 *                   (it caches a new span, and its flush does not give it to the sweep)
 */
#ifndef FAULT
#define FAULT none
#endif
mtype = { none, ONE, NO_H3, EARLY, WHITE, ADOPT };

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
/* A P that has not adopted the new generation calls the old one h still. */
#define OWN(p, old_one, new_one) (old[p] -> old_one : new_one)
#define OWN_LIST(p) (unswept_list * old[p] + swept_list * (1 - old[p]))
#define FRESH(g) ((g) == SWEPT || (g) == CACHED)
byte gen[NS];
bool inuse[NS];
byte swept_list, unswept_list; /* the central lists, as bits */
byte mark[NS], alloc[NS], freeindex[NS]; /* bits of slots; of slots, so many */
byte live[NS];             /* ghost: handed out, and the program still has them */
bool swept[NS];            /* ghost: in this cycle */

byte cur[NP] = NONE, at[NP], to[NP]; /* the cursor: its span, what is left of its run */
bool black[NP], barrier[NP];
bool old[NP];              /* has not adopted the heap's generation */
bool idle[NP];             /* asleep, or stopped */

byte sweepers;             /* at work */
bool drained = true;
bool handshake[NP];
byte ack;                  /* the function of the handshake: H2, H3 or H4 */

#define RUNS(from, end) ((BIT(end) - 1) & ~(BIT(from) - 1))
#define FREE_LEFT(s) (freeindex[s] < 2 && (RUNS(freeindex[s], 2) & ~alloc[s]) != 0)

/* Of P's cache: by its owner, or by the collector for an idle one. */
inline return_run(p) {
  if
  :: at[p] < to[p] ->
    mark[cur[p]] = mark[cur[p]] &
      ~(black[p] -> RUNS(at[p], to[p]) : 0);
    freeindex[cur[p]] = at[p]; at[p] = 0; to[p] = 0
  :: else
  fi
}

inline put_back(p) {
  gen[cur[p]] = OWN(p, UNSWEPT, SWEPT);
  if
  :: old[p] -> unswept_list = unswept_list | BIT(cur[p])
  :: else -> swept_list = swept_list | BIT(cur[p])
  fi;
  cur[p] = NONE
}

inline serve(p) {
  if :: (ack == 2 || ack == 4) && cur[p] != NONE -> return_run(p) :: else fi;
  if
  :: ack == 2 -> black[p] = true; barrier[p] = true
  :: ack == 3 -> barrier[p] = (FAULT == NO_H3); black[p] = (FAULT != WHITE)
  :: ack == 4 ->
    if
    :: cur[p] != NONE ->
      assert(gen[cur[p]] == OWN(p, STALE, CACHED));
      put_back(p)
    :: else
    fi;
    black[p] = false; old[p] = false;
    barrier[p] = barrier[p] && FAULT == NO_H3
  fi;
  handshake[p] = false
}

inline register() {
  atomic { ok = !drained; sweepers = sweepers + ok }
}

inline deregister() { atomic { sweepers--; ok = false } }

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
      unswept_list = unswept_list & ~BIT(s);
      assert(gen[s] == UNSWEPT);
      gen[s] = SWEEPING
    :: else
    fi
  }
}

/* s: NONE if it was freed whole, or put on the swept list; that is done unless it has
 * room and the caller wants it.  Nobody else knows the span meanwhile. */
inline sweep_span(wanted) {
  atomic {
    assert(gen[s] == SWEEPING);
    assert(!swept[s] && (live[s] & ~mark[s]) == 0);
    assert((RUNS(freeindex[s], 2) & mark[s] & ~alloc[s]) == 0); /* SW-3 */
    swept[s] = true; gen[s] = SWEPT;
    alloc[s] = mark[s]; mark[s] = 0; freeindex[s] = 0;
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
    take_unswept();
    if
    :: s != NONE -> sweep_span(false)
    :: else -> drained = true
    fi;
    deregister()
  :: else
  fi
}

inline hand_out(p) {
  assert(gen[cur[p]] == OWN(p, STALE, CACHED) && !(live[cur[p]] & BIT(at[p])));
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
  gen[s] = (FAULT == ADOPT -> CACHED : OWN(p, STALE, CACHED)); cur[p] = s; s = NONE;
  take_run(p);
  assert(ok); ok = false
}

inline take_from_list() {
  if
  :: old[p] -> unswept_list = unswept_list & ~BIT(s)
  :: else -> swept_list = swept_list & ~BIT(s)
  fi
}

/* The barrier of a store: any object that is in use. */
inline shade() {
  if
  :: live[0] & 1 -> mark[0] = mark[0] | 1
  :: live[0] & 2 -> mark[0] = mark[0] | 2
  :: live[1] & 1 -> mark[1] = mark[1] | 1
  :: live[1] & 2 -> mark[1] = mark[1] | 2
  :: else
  fi
}

proctype allocator(byte p) {
  byte s = NONE;
  bool ok;
safepoint:
  if
  :: atomic { p == 1 && !handshake[p] -> idle[p] = true; goto asleep }
  :: atomic { barrier[p] -> shade(); goto safepoint }
  :: atomic { handshake[p] -> serve(p); goto safepoint }
  :: atomic { at[p] < to[p] -> hand_out(p); goto safepoint }
  :: atomic { at[p] == to[p] && cur[p] != NONE -> /* mcache_refill */
      take_run(p);
      if :: ok -> ok = false; goto safepoint :: else fi;
      put_back(p) /* used up */
    }
  :: at[p] == to[p] && cur[p] == NONE
  fi;
  atomic { /* central_take */
    find((OWN_LIST(p) & BIT(s)) && FREE_LEFT(s));
    if :: s != NONE -> take_from_list(); cache(p); goto safepoint :: else fi
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
      assert(mark[s] == 0); inuse[s] = true; swept[s] = !old[p]
    :: else
    fi;
    cache(p);
    goto safepoint
  };
asleep:
  atomic {
    idle[p] = false;
    goto safepoint
  }
}

proctype sweeper() {
  byte s = NONE;
  bool ok;
end:
  do :: !drained -> sweepone() od
}

/* forEachP, but for the sweeper's P, which has no cache. */
inline for_each_p(number) {
  atomic {
    ack = number;
    if :: idle[0] -> serve(0) :: else -> handshake[0] = true fi;
    if :: idle[1] -> serve(1) :: else -> handshake[1] = true fi
  };
  !handshake[0] && !handshake[1]
}

proctype collector() {
  byte k;
  do
  :: drained && sweepers == 0 ->
    atomic { /* MS-2 */
      for (k : 0 .. NS - 1) { assert(mark[k] == 0 && (!inuse[k] || FRESH(gen[k]))) };
      k = 0
    };
    for_each_p(2);
    atomic { /* marking: what is dropped before it was marked stays white */
      for (k : 0 .. NS - 1) {
        if :: true :: live[k] = live[k] & 2 :: live[k] = 0 fi;
        mark[k] = mark[k] | live[k]
      };
      k = 0
    };
    if :: FAULT != ONE && FAULT != NO_H3 -> for_each_p(3) :: else fi;
    atomic { /* the generation moves */
      for (k : 0 .. NS - 1) { swept[k] = false; gen[k] = (gen[k] + 6 * inuse[k]) & 7 };
      k = unswept_list; unswept_list = swept_list; swept_list = k;
      old[0] = true; old[1] = true; k = 0;
      drained = (FAULT != EARLY)
    };
    for_each_p(4);
    if :: FAULT != EARLY -> drained = false :: else fi
  od
}

init { atomic { run allocator(0); run allocator(1); run sweeper(); run collector() } }
