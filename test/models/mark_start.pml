/* mark_start.pml - beginning to mark without stopping the world.
 *
 * Stands for runtime/gc/cycle.c (start_with_stack, h1_barrier_on, h2_allocate_black,
 * g_born), runtime/gc/store.h and barrier.c (tern_store_ptr, tern_wb, wb_flush),
 * runtime/gc/roots.c (roots_prepare, stack_job) and runtime/heap/mcache.c
 * (mcache_recolour).
 *
 * Two goroutines with one and two registers, on two Ps which they may exchange
 * (MIGRATE); a third that is born once, with one argument (GO).  Objects with one field:
 * s -> w at first, s known to goroutine 1 and perhaps to the global, w perhaps to
 * goroutine 1; one more can be allocated.  Each P has a run of slots of one colour (the tiny
 * block is one of them) and a barrier buffer of two.  A goroutine takes a few steps: load, store (flag test with barrier, then the
 * store), allocate, forget, exchange, go.  A P's acknowledgement is a step of the collector
 * while the P is at a safepoint: so it stands for a poll, for an idle P, and for one in a
 * call.
 *
 * Holds: when the goroutines have stopped and marking is complete, all that is
 * reachable is marked.  The counterexamples lie at the end: searched depth first.
 *
 * switch E23        H1 and H2 are one (delay P 1's acknowledgement; goroutine 0 allocates
 *                   black and publishes it, 1 hides w in it; then P 1 acknowledges)
 * switch NO_H2      allocation turns black without a handshake, P by P at some later time
 *                   (delay P 1's turn until goroutine 1 is scanned; it allocates white)
 * switch E24        stacks are scanned after H1
 *                   (delay P 1's second acknowledgement; as for NO_H2)
 * switch E25 (GO)     the goroutines are listed before H2
 *                   (1 starts a goroutine after the listing, which allocates white before H2)
 * switch E26        H2 leaves the P the white slot that it has, the tiny block
 *                   (1 allocates from it after its scan)
 * switch E20        no deletion half (scan 1; it loads w, then clears s.f before the drain)
 * switch E21        no insertion half (0 allocates black and publishes it; 1 stores w there
 *                   before its scan, and forgets w)
 * switch E22        allocation is white while marking (1 allocates after its scan)
 * switch E27 (GO)     the argument of go is not shaded (1 starts a goroutine with w after the
 *                   listing and forgets w before its own scan)
 * switch E30        a poll between the test of the flag and the store
 *                   (1 tests before H1 and stores after H2)
 * switch HEAP_EARLY the heap is scanned before H1 is complete
 *                   (1, without the barrier, moves w into an object already scanned)
 * variant MIGRATE   goroutines exchange their Ps
 * variant GO        a goroutine is born
 * variant GREY      one handshake, but allocation is grey until it is complete (MS-6)
 */
#ifdef GO
#define STEPS0 0
#define STEPS1 4
#define THIRD true
#define EXCHANGE false
#elif defined(MIGRATE)
#define STEPS0 1
#define STEPS1 3
#define THIRD false
#define EXCHANGE true
#else
#define STEPS0 2
#define STEPS1 3
#define THIRD false
#define EXCHANGE false
#endif
#ifndef FAULT
#define FAULT none
#endif
mtype = { none, E23, NO_H2, E24, E25, E26, E20, E21, E22, E27, E30, HEAP_EARLY };

#define NIL 7
#define NOBJ 3
#define BIT(i) (1 << (i))

byte f[4] = NIL;           /* the objects' fields, then the global */
byte marked, grey;         /* sets of objects, as bits; grey: marked and queued */
byte buf[2];               /* the Ps' barrier buffers, as sets */
bool wb_on, black[2], grey_now;
bool white_run[2] = true;
byte fresh = 2;            /* the next object to allocate */
byte r[5] = NIL;           /* goroutine 0: r[0]; 1: r[2], r[3]; the one born: r[4] */
byte pof[2];               /* whose P it is on */
bool mid[2];               /* between flag test and store: no safepoint */
bool acked[2];             /* the P has acknowledged the barrier */
bool born, listed;
byte at_end;

inline flush(p) { grey = grey | (buf[p] & ~marked); marked = marked | buf[p]; buf[p] = 0 }

inline shade(p, o) {
  if
  :: o != NIL ->
    if :: buf[p] & (buf[p] - 1) -> flush(p) :: else fi; /* it is full */
    buf[p] = buf[p] | BIT(o)
  :: else
  fi
}

/* Slot t := value v; here the flag test and the barrier.  Until its acknowledgement a P
 * may still see the flag as it was.  Goroutine 1 has a base in r[2], a value in r[3]. */
inline test_and_shade() {
  if
  :: g != 0 && r[2] != NIL -> t = r[2]
  :: t = 3
  fi;
  if
  :: v = r[3 * (g != 0)]
  :: v = NIL
  fi;
  if
  :: wb_on ->
    if :: FAULT != E20 -> shade(pof[g], f[t]) :: else fi;
    if :: FAULT != E21 -> shade(pof[g], v) :: else fi
  :: !acked[pof[g]]
  fi
}

inline allocate(x) {
  r[x] = fresh;
  if
  :: FAULT != E22 && black[pof[g]] && !white_run[pof[g]] ->
    marked = marked | BIT(fresh);
    if :: grey_now -> grey = grey | BIT(fresh) :: else fi
  :: else
  fi;
  white_run[pof[g]] = false;
  fresh++
}

proctype goroutine(byte g, n) {
  byte t, v;
  do
  :: atomic { n > 0 -> n--;
      if
      :: g == 0 && r[0] != NIL -> r[0] = f[r[0]] /* loads */
      :: g == 1 && r[2] != NIL -> r[3] = f[r[2]]
      :: g == 0 -> r[0] = f[3]
      :: g == 1 -> r[2] = f[3]
      :: g == 1 -> r[2] = NIL /* forgets */
      :: g == 1 -> r[3] = NIL
      :: fresh < NOBJ -> allocate(3 * g)
      :: fresh < NOBJ && g == 1 && born -> allocate(4) /* the one born, on the same P */
      :: EXCHANGE && !mid[1 - g] -> v = pof[0]; pof[0] = pof[1]; pof[1] = v
      :: THIRD && g == 1 && !born -> /* go */
        born = true; r[4] = r[3];
        if :: FAULT != E27 && wb_on -> shade(pof[1], r[4]) :: else fi
      fi;
      t = 0; v = 0
    }
  :: atomic { n > 0 -> n--; test_and_shade(); mid[g] = (FAULT != E30) };
    atomic { f[t] = v; mid[g] = false; t = 0; v = 0 }
  :: n == 0 -> break
  od;
  at_end++
}

#define SAFE(p) (!(mid[0] && pof[0] == p) && !(mid[1] && pof[1] == p))

inline h1(p) { atomic { SAFE(p) -> flush(p); acked[p] = true } }

inline h2(p) {
  atomic {
    SAFE(p) -> flush(p); acked[p] = true;
    black[p] = true; white_run[p] = (white_run[p] && FAULT == E26)
  }
}

inline shade_now(o) {
  if
  :: o != NIL && !(marked & BIT(o)) -> marked = marked | BIT(o); grey = grey | BIT(o)
  :: else
  fi
}

/* The one that is born is scanned only if it was listed; it runs no more. */
inline list() { listed = born }

inline scan_stacks() {
  atomic { !mid[0] -> shade_now(r[0]) };
  atomic { !mid[1] -> shade_now(r[2]); shade_now(r[3]) };
  if :: listed -> shade_now(r[4]) :: else fi
}

inline scan_global() { atomic { shade_now(f[3]) } }

inline drain() {
  do
  :: atomic { grey != 0 ->
      o = 0;
      do
      :: !(grey & BIT(o)) -> o++
      :: else -> break
      od;
      grey = grey & ~BIT(o); shade_now(f[o]); o = 0
    }
  :: grey == 0 -> break
  od
}

/* What is reachable from the global and all stacks, listed or not, is marked. */
inline verify() {
  atomic {
    flush(0); flush(1);
    drain();
    k = 0;
    for (o : 0 .. 4) {
      if :: r[o] != NIL -> k = k | BIT(r[o]) :: else fi
    };
    if :: f[3] != NIL -> k = k | BIT(f[3]) :: else fi;
    for (o : 0 .. 3 * NOBJ - 1) {
      if :: (k & BIT(o % NOBJ)) && f[o % NOBJ] != NIL -> k = k | BIT(f[o % NOBJ]) :: else fi
    };
    assert((k & ~marked) == 0)
  }
}

proctype collector() {
  byte o, k;
  wb_on = true; /* MS-3 */
#ifdef GREY
  grey_now = true;
#else
  if :: FAULT == HEAP_EARLY -> scan_global(); drain() :: else fi;
  if :: FAULT != E23 -> h1(0); h1(1) :: else fi; /* H1 */
  if :: FAULT == E24 -> list(); scan_stacks() :: else fi;
  if :: FAULT == E25 -> list() :: else fi;
#endif
  if :: FAULT != NO_H2 -> h2(0); h2(1) :: else fi; /* MS-4: H2 */
  grey_now = false;
  if :: FAULT != E24 && FAULT != E25 -> list() :: else fi; /* MS-5 */
  scan_global();
  drain();
  if :: FAULT != E24 -> scan_stacks() :: else fi;
  if :: FAULT == NO_H2 -> h2(0); h2(1) :: else fi;
  drain();
  at_end == 2;
  verify()
}

init {
  atomic {
    f[0] = 1; r[2] = 0;
    if :: f[3] = 0 :: true fi;
    if :: r[3] = 1 :: true fi;
    pof[1] = 1;
    run goroutine(0, STEPS0); run goroutine(1, STEPS1); run collector()
  }
}
