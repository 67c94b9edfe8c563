/* idle.pml - going to sleep without losing work.
 *
 * Stands for runtime/sched/proc.c (findRunnable, wakep, startm, resetspinning,
 * handoffp, stopm, checkdead, work_somewhere), runtime/sched/runq.c (runqput,
 * runqempty, runqsteal) and injectg.
 *
 * Three threads, two Ps with a local queue each, a global queue.  A goroutine runs
 * for ever once it has made its children, or ends; with CALLING it may also block in
 * a call, whose P is handed off.  A timer makes one goroutine, or an outsider without
 * a P injects one.
 *
 * Holds, whenever nothing moves any more: no goroutine is queued while a P is idle.
 * (Goroutines that compute for ever may keep the Ps; then the queued ones wait.)
 * And: the last thread to sleep leaves no work behind (checkdead); nmspinning is
 * never negative; a spinning thread has an empty queue.
 *
 * switch E42          stops counting as spinning only after the last look
 * switch E43          a spinner that found work wakes no successor
 * switch NO_LAST_LOOK no look at the queues after the P was dropped
 * switch NO_FENCE     who submits looks for spinners before the work is visible
 * switch RUN_10       checkdead minds a goroutine that an outsider has just queued
 *                     (the runtime injects only goroutines of its own)
 * switch HANDOFF (CALLING)  handoffp looks at the queues only before it drops the P
 *                     (hold it there until the last idle P is busy, and more is queued)
 * variant CALLING     with calls
 * variant E44         needspinning is ignored: the last look of every thread,
 *                     spinning or not, makes up for it
 */
#define NP 2
#define NM 3
#ifdef CALLING
#define CALLS 1
#define CHILDREN 2
#define OUTSIDE 0
#else
#define CALLS 0
#define CHILDREN 1
#define OUTSIDE 1
#endif
#define NONE 7
#define BIT(i) (1 << (i))

byte runq[NP], global;    /* how many are queued */
byte pidle, midle;         /* sets, as bits */
byte npidle, nmidle;
short nmspinning;
bool needspinning, lk;
bool timer;                /* armed and due */
bool injecting;
byte nextp[NM] = NONE;
bool spinning_next[NM];
byte children = CHILDREN, outside = OUTSIDE, calls = CALLS;

inline pidleget(q) {
  if
  :: pidle & BIT(0) -> q = 0; pidle = pidle & ~BIT(0); npidle--
  :: !(pidle & BIT(0)) && (pidle & BIT(1)) -> q = 1; pidle = pidle & ~BIT(1); npidle--
  :: pidle == 0 -> q = NONE
  fi
}

/* q: a P, or NONE for any.  Where the runtime would make a new thread, waits for
 * one that is on its way to sleep; there are always enough. */
inline startm(q, spin) {
  atomic {
    !lk && (midle != 0 || (q == NONE && pidle == 0)) ->
    if :: q == NONE -> pidleget(q) :: else fi;
    n = 0;
    if
    :: q == NONE -> n = (spin -> NM : 0)
    :: else ->
      do
      :: !(midle & BIT(n)) -> n++
      :: else -> break
      od;
      midle = midle & ~BIT(n); nmidle--; spinning_next[n] = spin; nextp[n] = q;
      q = NONE; n = 0
    fi
  };
  if :: n == NM -> atomic { n = 0; nmspinning--; assert(nmspinning >= 0) } :: else fi
}

inline wakep() {
  k = false;
  if
  :: npidle > 0 && nmspinning == 0 ->
    atomic {
      if :: nmspinning == 0 -> nmspinning = 1; k = true :: else fi
    };
    if :: k -> k = false; startm(q, true) :: else fi
  :: else
  fi
}

proctype thread(byte me) {
  byte p = NONE, q = NONE, n;
  bool spin, was, k;
  if
  :: me == 0 -> p = 0; goto execute /* main */
  :: else -> goto end_asleep
  fi;
acquire:
  assert(!spin || runq[p] == 0); /* RUN-5 */
top:
  if
  :: timer ->
    atomic {
      if :: timer -> timer = false; runq[p]++; k = true :: else fi
    };
    if :: k -> wakep() :: else fi
  :: else
  fi;
  if :: atomic { runq[p] > 0 -> runq[p]--; goto found } :: else fi;
  if
  :: global > 0 ->
    atomic { !lk -> if :: global > 0 -> global--; goto found :: else fi }
  :: else
  fi;
  if
  :: spin || 2 * nmspinning < NP - npidle ->
    if :: !spin -> spin = true; nmspinning++; needspinning = false :: else fi;
    if :: atomic { runq[1 - p] > 0 -> runq[1 - p]--; goto found } :: else fi
  :: else
  fi;
  atomic {
    !lk ->
    if
    :: global > 0 -> global--; goto found
#ifndef E44
    :: global == 0 && !spin && needspinning -> lk = true
    :: global == 0 && (spin || !needspinning) ->
#else
    :: else ->
#endif
      pidle = pidle | BIT(p); npidle++; p = NONE
    fi
  };
  if
  :: p != NONE -> /* RUN-4 */
    atomic { spin = true; nmspinning++ };
    atomic { needspinning = false; lk = false };
    goto top
  :: else
  fi;
  was = spin;
#ifndef E42
  if :: spin -> atomic { spin = false; nmspinning--; assert(nmspinning >= 0) } :: else fi;
#endif
#ifndef NO_LAST_LOOK
  k = runq[0] > 0;
  k = k || runq[1] > 0;
  k = k || global > 0;
  k = k || timer;
#endif
#ifdef E42
  if :: spin -> atomic { spin = false; nmspinning--; assert(nmspinning >= 0) } :: else fi;
#endif
  if
  :: k -> k = false;
    atomic { !lk -> pidleget(p); if :: p == NONE -> needspinning = true :: else fi };
    if
    :: p != NONE ->
      if :: was -> spin = true; nmspinning++ :: else fi;
      was = false; goto top
    :: else
    fi
  :: else
  fi;
  was = false;
stopm:
  atomic {
    !lk ->
    midle = midle | BIT(me); nmidle++;
    /* checkdead; the timer's alarm clock is sysmon */
#ifdef RUN_10
    assert(nmidle < NM || runq[0] + runq[1] + global == 0)
#else
    assert(nmidle < NM || injecting || runq[0] + runq[1] + global == 0)
#endif
  };
end_asleep:
  atomic {
    nextp[me] != NONE ->
    p = nextp[me]; nextp[me] = NONE; spin = spinning_next[me]; spinning_next[me] = false
  };
  goto acquire;
found:
  if
  :: spin -> atomic { spin = false; nmspinning--; assert(nmspinning >= 0) };
#ifndef E43
    wakep()
#endif
  :: else
  fi;
execute:
  if
  :: atomic { children > 0 -> children-- };
#ifdef NO_FENCE
    k = npidle > 0 && nmspinning == 0;
    runq[p]++;
    if :: k -> k = false; wakep() :: else fi;
#else
    runq[p]++;
    wakep();
#endif
    goto execute
  :: goto top /* it ends, or parks */
  :: true -> /* it computes for ever */
end_run:
    false
  :: atomic { calls > 0 -> calls-- } /* into a call; somebody retakes the P */
  fi;
  atomic { q = p; p = NONE }; /* handoffp */
  if
  :: runq[q] > 0 || global > 0 -> startm(q, false)
  :: else ->
    k = nmspinning + npidle == 0;
    atomic {
      if
      :: k && nmspinning == 0 -> nmspinning = 1; needspinning = false
      :: else -> k = false
      fi
    };
    if
    :: k -> k = false; startm(q, true)
    :: else ->
      atomic {
        !lk ->
        if
        :: global > 0 || npidle == NP - 1
        :: else -> pidle = pidle | BIT(q); npidle++; q = NONE
        fi
      };
      if
      :: q != NONE -> startm(q, false)
      :: else ->
#ifndef HANDOFF
        if :: runq[0] > 0 || runq[1] > 0 || global > 0 || timer -> wakep() :: else fi;
#endif
        skip
      fi
    fi
  fi;
  if
  :: true ->
end_call:
    false
  :: true
  fi;
  /* exitsyscall_without_p */
  atomic { !lk -> pidleget(p); if :: p == NONE -> global++ :: else fi };
  if
  :: p == NONE -> goto stopm
  :: else -> goto execute
  fi
}

proctype sysmon() {
  byte q = NONE, n;
  bool k;
end:
  do
  :: timer && npidle > 0 && midle != 0 -> startm(q, false)
  :: atomic { outside > 0 -> outside--; timer = true } /* its time comes */
  :: atomic { outside > 0 && nmidle < NM -> outside-- }; /* injectg */
    atomic { !lk -> global++; injecting = true };
    wakep();
    injecting = false
  od
}

/* Nothing moves any more. */
proctype observer() {
  timeout -> assert(npidle == 0 || (runq[0] + runq[1] + global == 0 && !timer))
}

init {
  atomic {
    pidle = BIT(1); npidle = 1; midle = BIT(1) | BIT(2); nmidle = 2;
    run thread(0); run thread(1); run thread(2); run sysmon(); run observer()
  }
}
