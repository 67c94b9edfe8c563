/* stop.pml - the stop of the world, the handshake, and system calls.
 *
 * Stands for runtime/sched/stop.c (stopTheWorldWithSema, startTheWorldWithSema,
 * forEachP, serve_syscalls, runSafePointFn, gcstopm), runtime/sched/syscall.c
 * (entersyscall, entersyscall_late, exitsyscall), runtime/sched/sysmon.c (retake)
 * and runtime/sched/proc.c (handoffp, stopm, acquirep).
 *
 * One caller holds worldsema and P 0; each of its rounds is a stop or a handshake.
 * Two threads run, enter and leave calls, go idle; a call may last for ever.
 * Sysmon takes Ps from calls a few times, and wakes threads.  Two things that help
 * in the runtime are left out on purpose: the caller's second look at system calls
 * and an ever-watchful sysmon.  So "done" here means done without their delay.
 *
 * Holds: stopwait and safe_point_wait never go below zero; a P is counted once; all
 * Ps are GCSTOP when a stop returns; fn has run exactly once on each P when a
 * handshake returns; both return; a P has one owner; who gets its own P back after
 * a call is the last one that used it (SYS-4).
 *
 * switch E1   the handshake uses the stop's counter and note, and a thread that saw
 *             gcwaiting acts on any SYSCALL it finds (golang/go#10618)
 * switch E4   entersyscall does not look at gcwaiting again after publishing
 * switch E5   nor at the handshake's flag
 * switch E6   the exchange on a P's word ignores the tick
 * switch E8   handoffp does not run the pending function
 * switch E9   going idle does not look at the flag under sched.lock
 * switch STALE_STOP   gcstopm counts without having moved its P
 * variant E1_COUNTER  only the shared counter: the other guards make up for it
 */
#ifndef NP
#define NP 2
#endif
#define NM 2
#ifndef ROUNDS
#define ROUNDS 2
#endif
#ifndef CALLS
#define CALLS 2
#endif
#define RETAKES 1
#define WAKES 2
#define NONE 15

#define IDLE 0
#define RUNNING 1
#define SYSCALL 2
#define GCSTOP 3
#define ST(w) ((w) & 7)
#define TICK 8
#define NEXT(w, s) ((((w) & 248) | (s)) + TICK)

byte word[NP];
bool flag[NP];           /* run_safe_point */
bool gcwaiting, stopnote, spnote, lk;
short stopwait, spwait;
byte pidle, midle;       /* sets, as bits */
byte nextp[NM] = NONE;
byte calls = CALLS;
byte owner[NP] = NONE;   /* ghosts from here: who runs on it */
byte last[NP] = NONE;    /* whose call was published last */
byte runs[NP];           /* how often fn ran in this handshake */
byte counted[NP];        /* how often it was counted in this stop */

#define LOCK atomic { !lk -> lk = true }
#define UNLOCK lk = false
#define BIT(i) (1 << (i))

#ifdef E6
#define SAME(p, w) (ST(word[p]) == ST(w))
#else
#define SAME(p, w) (word[p] == (w))
#endif

inline count_stop(p) {
  counted[p]++;
  assert(counted[p] == 1 && stopwait > 0);
  stopwait--;
  if
  :: stopwait == 0 -> stopnote = true
  :: else
  fi
}

inline count_fn() {
#if defined(E1) || defined(E1_COUNTER)
  assert(stopwait > 0);
  stopwait--;
  if
  :: stopwait == 0 -> stopnote = true
  :: else
  fi
#else
  assert(spwait > 0);
  spwait--;
  if
  :: spwait == 0 -> spnote = true
  :: else
  fi
#endif
}

inline run_fn(p) { runs[p]++; assert(runs[p] == 1) }

/* sched.lock held. */
inline serve_flag(p) {
  if
  :: flag[p] -> flag[p] = false; run_fn(p); count_fn()
  :: else
  fi
}

/* The owner, at a safepoint. */
inline runSafePointFn(p) {
  atomic {
    if
    :: flag[p] -> flag[p] = false; run_fn(p); k = 1
    :: else -> k = 0
    fi
  }
  if
  :: k -> LOCK; atomic { count_fn(); k = 0 }; UNLOCK
  :: else
  fi
}

/* p is IDLE and on no list. */
inline handoffp(p) {
  LOCK;
  atomic {
    if
    :: midle & BIT(0) -> k = 1
    :: midle & BIT(1) -> k = 2
    :: else -> k = 0
    fi
  };
  if
  :: k > 0 -> midle = midle & ~BIT(k - 1); nextp[k - 1] = p /* work: startm */
  :: true ->
    if
    :: gcwaiting -> atomic { word[p] = (word[p] & 248) | GCSTOP; count_stop(p) }
    :: else ->
#ifndef E8
      atomic { serve_flag(p) };
#endif
      pidle = pidle | BIT(p)
    fi
  fi;
  k = 0;
  UNLOCK
}

proctype thread(byte me) {
  byte p, w, k;
  bool saw;
asleep:
  p = NONE; w = 0; saw = false;
  LOCK; midle = midle | BIT(me); UNLOCK;
end_asleep:
  nextp[me] != NONE;
  atomic { p = nextp[me]; nextp[me] = NONE };
acquire:
  atomic {
    assert(ST(word[p]) == IDLE && owner[p] == NONE);
    word[p] = word[p] | RUNNING; owner[p] = me
  };
running:
  assert(ST(word[p]) == RUNNING && owner[p] == me);
end_running:
  if
  :: gcwaiting -> goto stop
  :: flag[p] -> runSafePointFn(p); goto running
  :: atomic { calls > 0 -> calls-- }; goto call
  :: goto idle
  fi;
stop: /* gcstopm */
#ifdef STALE_STOP
  LOCK; atomic { count_stop(p) }; UNLOCK;
#endif
  atomic { word[p] = word[p] & 248; owner[p] = NONE };
  LOCK;
#ifndef STALE_STOP
  atomic { word[p] = word[p] | GCSTOP; count_stop(p) };
#endif
  UNLOCK;
  goto asleep;
idle:
  LOCK;
  if
#ifdef E9
  :: gcwaiting -> UNLOCK; goto running
#else
  :: gcwaiting || flag[p] -> UNLOCK; goto running
#endif
  :: else ->
    atomic { word[p] = word[p] & 248; owner[p] = NONE; pidle = pidle | BIT(p) };
    UNLOCK; goto asleep
  fi;
call:
  if
  :: flag[p] -> runSafePointFn(p)
  :: else
  fi;
  atomic {
    w = NEXT(word[p], SYSCALL); word[p] = w;
    owner[p] = NONE; last[p] = me
  };
#ifndef E4
  saw = gcwaiting;
#endif
#ifndef E5
  if
  :: saw || flag[p]
#else
  if
  :: saw
#endif
    -> LOCK;
    atomic {
      if
#ifdef E1
      :: saw && stopwait > 0 && ST(word[p]) == SYSCALL ->
        word[p] = NEXT(word[p], GCSTOP); stopwait--;
        if
        :: stopwait == 0 -> stopnote = true
        :: else
        fi
#else
      :: saw && gcwaiting && stopwait > 0 && SAME(p, w) ->
        assert(last[p] == me);
        word[p] = NEXT(word[p], GCSTOP); count_stop(p)
#endif
      :: else ->
        if
        :: flag[p] && SAME(p, w) -> word[p] = NEXT(word[p], IDLE); k = 1; serve_flag(p)
        :: else
        fi
      fi
    };
    UNLOCK;
    if
    :: k -> handoffp(p)
    :: else
    fi
  :: else
  fi;
  saw = false;
  if
  :: true -> w = 0; k = 0;
end_call:
    false /* the call lasts for ever */
  :: true
  fi;
  atomic {
    if
    :: SAME(p, w) ->
      assert(last[p] == me && owner[p] == NONE);
      word[p] = (word[p] & 248) | RUNNING; owner[p] = me; w = 0; goto running
    :: else
    fi
  };
  LOCK;
  if
  :: gcwaiting || pidle == 0 -> UNLOCK; goto asleep
  :: else ->
    atomic {
      if
      :: pidle & BIT(1) -> p = 1
      :: else -> p = 2
      fi;
      pidle = pidle & ~BIT(p)
    };
    w = 0; UNLOCK; goto acquire
  fi
}

proctype sysmon() {
  byte p, w, k, n = RETAKES, wakes = WAKES;
end:
  do
  :: n > 0 ->
    select(p : 1 .. NP - 1);
    w = word[p];
    if
    :: ST(w) == SYSCALL ->
      n--;
      atomic {
        if
        :: SAME(p, w) -> word[p] = NEXT(word[p], IDLE); k = 1
        :: else
        fi
      };
      if
      :: k -> handoffp(p)
      :: else
      fi
    :: else
    fi;
    w = 0; p = 0
  :: wakes > 0 && pidle > 0 && midle > 0 -> /* startm(0, false) */
    LOCK;
    atomic {
      if
      :: pidle > 0 && midle > 0 ->
        wakes--;
        if
        :: pidle & BIT(1) -> p = 1
        :: else -> p = 2
        fi;
        if
        :: midle & BIT(0) -> k = 0
        :: else -> k = 1
        fi;
        pidle = pidle & ~BIT(p); midle = midle & ~BIT(k); nextp[k] = p
      :: else
      fi;
      k = 0; p = 0
    };
    UNLOCK
  od
}

proctype caller() {
  byte p, w, k, n = ROUNDS, i;
  do
  :: n > 0 -> n--;
    if
    :: /* stopTheWorldWithSema */
      LOCK;
      atomic { stopwait = NP; stopnote = false; for (i : 0 .. NP - 1) { counted[i] = 0 } };
      gcwaiting = true;
      atomic { word[0] = GCSTOP; count_stop(0) };
      for (p : 1 .. NP - 1) {
        w = word[p];
        atomic {
          if
          :: ST(w) == SYSCALL && SAME(p, w) -> word[p] = NEXT(word[p], GCSTOP); count_stop(p)
          :: else
          fi
        }
      };
      atomic {
        for (i : 1 .. NP - 1) {
          if
          :: pidle & BIT(i) ->
            pidle = pidle & ~BIT(i); word[i] = (word[i] & 248) | GCSTOP; count_stop(i)
          :: else
          fi
        }
      };
      UNLOCK;
      stopnote;
      atomic {
        assert(stopwait == 0);
        for (i : 0 .. NP - 1) { assert(ST(word[i]) == GCSTOP) };
        stopnote = false; w = 0; p = 0
      };
      /* startTheWorldWithSema */
      LOCK;
      atomic {
        word[0] = RUNNING;
        for (i : 1 .. NP - 1) { word[i] = word[i] & 248; pidle = pidle | BIT(i) };
        i = 0
      };
      gcwaiting = false;
      UNLOCK
    :: /* forEachP */
      LOCK;
      atomic {
        assert(spwait == 0);
#if defined(E1) || defined(E1_COUNTER)
        stopwait = NP - 1; stopnote = false;
#else
        spwait = NP - 1; spnote = false;
#endif
        for (i : 0 .. NP - 1) { runs[i] = 0 };
        runs[0] = 1
      };
      for (p : 1 .. NP - 1) { flag[p] = true };
      atomic {
        for (i : 1 .. NP - 1) {
          if
          :: pidle & BIT(i) -> serve_flag(i)
          :: else
          fi
        }
      };
      UNLOCK;
      for (p : 1 .. NP - 1) { /* serve_syscalls, once */
        w = word[p];
        if
        :: flag[p] && ST(w) == SYSCALL ->
          atomic {
            if
            :: SAME(p, w) -> word[p] = NEXT(word[p], IDLE); k = 1
            :: else
            fi
          };
          if
          :: k -> handoffp(p)
          :: else
          fi
        :: else
        fi
      };
#if defined(E1) || defined(E1_COUNTER)
      stopnote;
#else
      spnote;
#endif
      atomic {
        for (i : 0 .. NP - 1) { assert(!flag[i] && runs[i] == 1) };
        i = 0; p = 0; w = 0; k = 0; spnote = false; stopnote = false
      }
    fi
  :: else -> break
  od
}

init {
  atomic {
    word[0] = RUNNING;
#if NP == 3
    pidle = BIT(1) | BIT(2);
#else
    pidle = BIT(1);
#endif
    run caller(); run sysmon(); run thread(0); run thread(1)
  }
}
