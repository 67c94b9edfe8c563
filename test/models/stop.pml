/* stop.pml - the stop of the world, the handshake, and system calls.
 *
 * Stands for runtime/sched/stop.c (stopTheWorldWithSema, startTheWorldWithSema,
 * gcstopm), runtime/sched/handshake.c (begin, take, acknowledge, serve_syscalls),
 * runtime/sched/syscall.c, runtime/sched/sysmon.c (retake) and runtime/sched/proc.c
 * (handoffp, findRunnable, startm).
 *
 * One caller holds worldsema and P 0; each of its rounds is a stop or a handshake.
 * Two threads share P 1: they run, enter and leave calls, go idle; a call may last for
 * ever.  Who is idle may be woken twice, a call retaken once.  Two things that help in the runtime are left out
 * on purpose: sysmon's nudges, and that it is ever watchful.  So "done" here means done
 * without their delay.  A section under sched.lock is one step where the rest of what it
 * touches is one word; the caller's are not.
 *
 * Holds: stopwait and safe_point_wait never go below zero; a P is counted once; all
 * Ps are GCSTOP when a stop returns; fn has run exactly once on each P when a
 * handshake returns; both return; a P has one owner; who gets its own P back after
 * a call is the last one that used it (SYS-4).
 *
 * switch E1   the handshake uses the stop's counter, and a thread that saw gcwaiting
 *             acts on any SYSCALL that it finds (golang/go#10618: a thread is delayed
 *             after its look at gcwaiting, for the rest of that stop; its P is used by
 *             another in a call when the handshake begins)
 * switch E4   entersyscall does not look at gcwaiting again after publishing
 *             (the stop asks, and reads the P, before the call is published)
 * switch E5   nor at the handshake's flag (the same with a handshake)
 * switch E6   the exchange on a P's word ignores the tick
 *             (a stop takes the P from a call and another thread calls with it)
 * switch E8   handoffp does not run the pending function
 * switch E9   going idle does not look at the flag under sched.lock
 *             (the handshake begins after the last look at a safepoint)
 * switch STALE_STOP   gcstopm counts without having moved its P
 * variant COUNTER  only the shared counter: the other guards make up for it
 * variant PS_3     two Ps beside the caller's
 */
#ifdef COUNTER
#define FAULT E1_COUNTER
#endif
#ifndef FAULT
#define FAULT none
#endif
mtype = { none, E1, E4, E5, E6, E8, E9, STALE_STOP, E1_COUNTER };
#define SHARED (FAULT == E1 || FAULT == E1_COUNTER)

#ifdef PS_3
#define NP 3
#define ROUNDS 2
#else
#define NP 2
#define ROUNDS 3
#endif
#define RETAKES 1
#define CALLS 2
#define WAKES 2
#define NONE 15
#define BIT(i) (1 << (i))

#define IDLE 0
#define RUNNING 1
#define SYSCALL 2
#define GCSTOP 3
#define ST(w) ((w) & 7)
#define SET(p, s) word[p] = (word[p] & 248) | (s)
#define TAKE(p, s) word[p] = ((word[p] & 248) | (s)) + 8 /* with a new tick */
#define SAME(p, w) (FAULT == E6 -> ST(word[p]) == ST(w) : word[p] == (w))

byte word[NP];
bool flag[NP];           /* run_safe_point */
bool gcwaiting, lk;      /* lk: sched.lock, as the caller holds it */
short stopwait, spwait;
byte pidle, midle;       /* sets, as bits */
byte nextp[2] = NONE;
byte calls = CALLS;
byte owner[NP] = NONE;   /* ghosts from here: who runs on it */
byte last[NP] = NONE;    /* whose call was published last */
byte times[NP];          /* how often it was counted, or fn ran, in this round */

inline count_stop(p) {
  times[p]++;
  assert(times[p] == 1 && stopwait > 0);
  stopwait--
}

inline acknowledge() {
  if
  :: SHARED -> assert(stopwait > 0); stopwait--
  :: else -> assert(spwait > 0); spwait--
  fi
}

/* Under sched.lock. */
inline serve(p) {
  if
  :: flag[p] -> flag[p] = false; times[p]++; assert(times[p] == 1); acknowledge()
  :: else
  fi
}

/* By the owner, at a safepoint. */
inline runSafePointFn(p) {
  atomic { flag[p] = false; times[p]++; assert(times[p] == 1) };
  atomic { !lk -> acknowledge() }
}

/* p is IDLE and on no list. */
inline handoffp(p) {
  atomic {
    !lk ->
    if
    :: midle & BIT(0) -> midle = midle & ~BIT(0); nextp[0] = p /* there is work */
    :: !(midle & BIT(0)) && (midle & BIT(1)) -> midle = midle & ~BIT(1); nextp[1] = p
    :: gcwaiting -> SET(p, GCSTOP); count_stop(p)
    :: !gcwaiting ->
      if :: FAULT != E8 -> serve(p) :: else fi;
      pidle = pidle | BIT(p)
    fi
  }
}

inline pidleget(p) { p = (pidle & BIT(1) -> 1 : 2); pidle = pidle & ~BIT(p) }

proctype thread(byte me) {
  byte p, w;
  bool k;
asleep:
  atomic { !lk -> p = 0; w = 0; midle = midle | BIT(me) };
end_asleep:
  atomic { nextp[me] != NONE -> p = nextp[me]; nextp[me] = NONE };
acquire:
  atomic {
    assert(ST(word[p]) == IDLE && owner[p] == NONE);
    SET(p, RUNNING); owner[p] = me
  };
running:
  assert(ST(word[p]) == RUNNING && owner[p] == me);
end_running:
  if
  :: gcwaiting -> goto stop
  :: flag[p] -> runSafePointFn(p); goto running
  :: atomic { calls > 0 -> calls-- }; goto call
  :: atomic { !lk -> /* idle */
      if
      :: gcwaiting || (flag[p] && FAULT != E9) -> goto running
      :: else -> SET(p, IDLE); owner[p] = NONE; pidle = pidle | BIT(p); goto asleep
      fi
    }
  fi;
stop: /* gcstopm */
  if :: FAULT == STALE_STOP -> atomic { !lk -> count_stop(p) } :: else fi;
  atomic { SET(p, IDLE); owner[p] = NONE };
  atomic {
    !lk -> SET(p, GCSTOP);
    if :: FAULT != STALE_STOP -> count_stop(p) :: else fi
  };
  goto asleep;
call:
  if :: flag[p] -> runSafePointFn(p) :: else fi;
  atomic { TAKE(p, SYSCALL); w = word[p]; owner[p] = NONE; last[p] = me };
  if
  :: gcwaiting && FAULT != E4 -> /* entersyscall_late */
    atomic {
      !lk ->
      if
      :: FAULT == E1 && stopwait > 0 && ST(word[p]) == SYSCALL -> TAKE(p, GCSTOP); stopwait--
      :: FAULT != E1 && gcwaiting && stopwait > 0 && SAME(p, w) ->
        assert(last[p] == me);
        TAKE(p, GCSTOP); count_stop(p)
      :: else
      fi
    }
  :: flag[p] && FAULT != E5 ->
    atomic {
      !lk ->
      if :: flag[p] && SAME(p, w) -> TAKE(p, IDLE); serve(p); k = true :: else fi
    };
    if :: k -> k = false; handoffp(p) :: else fi
  :: (!gcwaiting || FAULT == E4) && (!flag[p] || FAULT == E5)
  fi;
  if
  :: true ->
end_call:
    false /* the call lasts for ever */
  :: true
  fi;
  atomic {
    if
    :: SAME(p, w) ->
      assert(last[p] == me && owner[p] == NONE);
      SET(p, RUNNING); owner[p] = me; w = 0; goto running
    :: else
    fi
  };
  atomic {
    !lk ->
    if
    :: gcwaiting || pidle == 0 -> goto asleep
    :: else -> pidleget(p); w = 0; goto acquire
    fi
  }
}

proctype sysmon() {
  byte p, w, n = RETAKES, wakes = WAKES;
  bool k;
end:
  do
  :: n > 0 -> /* retake */
    select(p : 1 .. NP - 1);
    w = word[p];
    if
    :: ST(w) == SYSCALL ->
      n--;
      atomic { if :: SAME(p, w) -> TAKE(p, IDLE); k = true :: else fi };
      if :: k -> k = false; handoffp(p) :: else fi
    :: else
    fi;
    w = 0; p = 0
  :: atomic { wakes > 0 && !lk && pidle > 0 && midle > 0 -> /* startm */
      wakes--;
      pidleget(p);
      w = (midle & BIT(0) -> 0 : 1);
      midle = midle & ~BIT(w); nextp[w] = p; p = 0; w = 0
    }
  od
}

proctype caller() {
  byte p, w, n = ROUNDS, i;
  bool k;
  do
  :: n > 0 -> n--;
    if
    :: /* stopTheWorldWithSema */
      atomic { lk = true; stopwait = NP; for (i : 0 .. NP - 1) { times[i] = 0 } };
      gcwaiting = true;
      atomic { SET(0, GCSTOP); count_stop(0) };
      for (p : 1 .. NP - 1) {
        w = word[p];
        atomic {
          if :: ST(w) == SYSCALL && SAME(p, w) -> TAKE(p, GCSTOP); count_stop(p) :: else fi
        }
      };
      atomic {
        for (i : 1 .. NP - 1) {
          if
          :: pidle & BIT(i) -> pidle = pidle & ~BIT(i); SET(i, GCSTOP); count_stop(i)
          :: else
          fi
        };
        w = 0; lk = false
      };
      atomic {
        stopwait == 0;
        for (i : 0 .. NP - 1) { assert(ST(word[i]) == GCSTOP) }
      };
      atomic { /* startTheWorldWithSema */
        SET(0, RUNNING);
        for (i : 1 .. NP - 1) { SET(i, IDLE); pidle = pidle | BIT(i) };
        i = 0; p = 0;
        gcwaiting = false
      }
    :: /* forEachP */
      atomic {
        assert(spwait == 0);
        lk = true;
        if :: SHARED -> stopwait = NP :: else -> spwait = NP fi;
        for (i : 0 .. NP - 1) { times[i] = 0 }
      };
      for (p : 1 .. NP - 1) { flag[p] = true };
      atomic {
        for (i : 1 .. NP - 1) { if :: pidle & BIT(i) -> serve(i) :: else fi };
        lk = false
      };
      for (p : 1 .. NP - 1) { /* serve_syscalls */
        w = word[p];
        if
        :: flag[p] && ST(w) == SYSCALL ->
          atomic { if :: SAME(p, w) -> TAKE(p, IDLE); k = true :: else fi };
          if :: k -> k = false; handoffp(p) :: else fi
        :: else
        fi
      };
      atomic { times[0]++; acknowledge(); w = 0; p = 0 };
      atomic { /* parked, and readied by the last one */
        (SHARED -> stopwait == 0 : spwait == 0);
        for (i : 0 .. NP - 1) { assert(!flag[i] && times[i] == 1) };
        i = 0
      }
    fi
  :: else -> break
  od
}

init {
  atomic {
    word[0] = RUNNING; pidle = (NP == 3 -> BIT(1) | BIT(2) : BIT(1));
    run caller(); run sysmon(); run thread(0); run thread(1)
  }
}
