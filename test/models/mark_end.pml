/* mark_end.pml - when is marking over?
 *
 * Stands for runtime/gc/cycle.c (mark_done_with_stack, wave_flush, grey_left, flip)
 * and runtime/gc/barrier.c and workbuf.c (wb_flush, gcw_get, gcw_dispose).
 *
 * Two Ps, each with a barrier buffer and a local queue; a global queue.  Four
 * objects with one field.  Stacks and globals are scanned: all that is held in
 * registers is black stack.  At any time a P drains (a worker or an assist) or its
 * goroutine loads and stores.  Grey = in a buffer or a queue; an object in a queue is
 * marked.  The collector's steps on a P are its acknowledgements.
 *
 * Holds: when the end is accepted nothing is grey and nothing white is reachable;
 * when goroutines stand still the end is accepted.
 *
 * switch E33          accepted after one clean wave
 * switch E32          neither the wave nor the stop flushes barrier buffers
 * switch E20          the barrier has no deletion half
 * switch TWO_WAVES    no stop: accepted after two clean waves
 * variant ACTIVITY    no stop: two clean waves, and nothing was greyed or taken
 *                     between the end of the first and of the second (MT-9)
 */
#define NP 2
#define NOBJ 4
#ifndef OPS
#define OPS 2
#endif
#define NIL 7
#define BIT(i) (1 << (i))
#ifdef ACTIVITY
#define BUMP activity++
#else
#define BUMP skip
#endif

byte f[NOBJ] = NIL;
byte marked, global;       /* sets of objects, as bits */
byte queue[NP], buf[NP];
bool communicated[NP], flushed;
byte ops[NP] = OPS;
byte r[NP];                /* one register each, plus object 0 in a global */
byte activity;
bool stopped, over;

/* Marks the objects of set; the new ones are queued on p. */
inline grey(p, set) {
  if
  :: (set) & ~marked -> BUMP; queue[p] = queue[p] | ((set) & ~marked); marked = marked | (set)
  :: else
  fi
}

inline flush(p) { grey(p, buf[p]); buf[p] = 0 }

/* Takes one object out of p's queue or the global one and scans it. */
inline drain(p) {
  if
  :: queue[p] > 0 -> t = queue[p]
  :: else -> t = global; communicated[p] = true
  fi;
  o = 0;
  do
  :: !(t & BIT(o)) -> o++
  :: else -> break
  od;
  queue[p] = queue[p] & ~BIT(o); global = global & ~BIT(o);
  BUMP;
  if
  :: f[o] != NIL -> grey(p, BIT(f[o]))
  :: else
  fi;
  o = 0; t = 0
}

proctype processor(byte p) {
  byte o, t, v;
end:
  do
  /* A barrier-store group is one step: it has no safepoint inside. */
  :: atomic { !stopped && !over && ops[p] > 0 && r[p] != NIL -> ops[p]--;
      if
      :: v = NIL
      :: v = r[p]
      fi;
      if
      :: t = 0 /* object 0 is known to all */
      :: t = r[p]
      fi;
#ifndef E20
      if
      :: f[t] != NIL -> buf[p] = buf[p] | BIT(f[t])
      :: else
      fi;
#endif
      if
      :: v != NIL -> buf[p] = buf[p] | BIT(v)
      :: else
      fi;
      f[t] = v; v = 0; t = 0
    }
  :: atomic { !stopped && !over && ops[p] > 0 -> ops[p]--; /* load */
      if
      :: r[p] = 0
      :: r[p] != NIL -> r[p] = f[r[p]]
      fi
    }
  :: atomic { !stopped && !over && (queue[p] > 0 || global > 0) -> drain(p) }
  :: atomic { !stopped && !over && buf[p] > 0 -> flush(p) }
  od
}

/* An acknowledgement of the wave (MT-2). */
inline wave_flush(p) {
  atomic {
#ifndef E32
    flush(p);
#endif
    if
    :: queue[p] > 0 -> global = global | queue[p]; queue[p] = 0; communicated[p] = true
    :: else
    fi;
    if
    :: communicated[p] -> communicated[p] = false; flushed = true
    :: else
    fi
  }
}

/* All that 0 and the registers lead to is marked, and nothing is grey. */
inline verify() {
  atomic {
    over = true;
    k = BIT(0);
    for (p : 0 .. NP - 1) {
      if
      :: r[p] != NIL -> k = k | BIT(r[p])
      :: else
      fi;
      assert(queue[p] == 0 && (buf[p] & ~marked) == 0)
    };
    assert(global == 0);
    for (p : 1 .. NOBJ) {
      for (o : 0 .. NOBJ - 1) {
        if
        :: (k & BIT(o)) && f[o] != NIL -> k = k | BIT(f[o])
        :: else
        fi
      }
    };
    assert((k & ~marked) == 0)
  }
}

proctype collector() {
  byte p, o, k, before;
candidate:
  global == 0; /* MT-1 */
  flushed = false;
  wave_flush(0);
  wave_flush(1);
  if
  :: flushed -> goto candidate
  :: else
  fi;
#if defined(TWO_WAVES) || defined(ACTIVITY)
  before = activity;
  if
  :: global > 0 -> goto candidate
  :: else
  fi;
  wave_flush(0);
  wave_flush(1);
#ifdef ACTIVITY
  if
  :: flushed || global > 0 || before != activity -> before = 0; goto candidate
  :: else
  fi;
#else
  if
  :: flushed || global > 0 -> goto candidate
  :: else
  fi;
#endif
#elif !defined(E33)
  stopped = true;
  atomic { /* grey_left */
    k = global;
    for (p : 0 .. NP - 1) {
#ifndef E32
      flush(p);
#endif
      k = k | queue[p]
    };
    p = 0
  };
  if
  :: k > 0 -> k = 0; stopped = false; goto candidate
  :: else
  fi;
#endif
  verify()
}

init {
  atomic {
    /* 0 -> 1 -> 2 -> 3, only 0 is grey; P 0's black stack has loaded 1 already. */
    f[0] = 1; f[1] = 2; f[2] = 3;
    marked = BIT(0);
    if
    :: queue[0] = BIT(0)
    :: queue[1] = BIT(0)
    fi;
    r[0] = 1; r[1] = 0;
    run processor(0); run processor(1); run collector()
  }
}
