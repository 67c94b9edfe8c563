/* suspend.pml - stopping one goroutine at a safepoint.
 *
 * Stands for runtime/sched/suspend.c (preemptPark, claim, suspendG, resumeG),
 * runtime/sched/status.c, and execute, park_m, ready, preempt_check and goexit_on_g0
 * in runtime/sched/proc.c.
 *
 * Target: one goroutine on two threads.  It runs, yields, parks (a waker readies it),
 * makes system calls, ends and is born again, or computes for ever and only polls.
 * Two suspenders claim it twice each.  They ask again when nothing else moves any
 * more, as the runtime does after 100 us; with C1 they never do (C-1 needs that).
 * Pair: two goroutines that suspend each other while neither polls.
 *
 * Holds: nobody runs the goroutine while it is claimed; ready() finds it WAITING;
 * while it runs, g.m is the thread that runs it; every request is honoured; in the end
 * it is not left PREEMPTED; two who suspend each other get on.
 *
 * switch E2        the caller's goroutine stays RUNNING while it suspends (also E3)
 * switch E14       resumeG forgets to ready
 * switch E15       resumeG readies although it had not stopped the goroutine
 * switch E17       goexit leaves the request to stop
 * switch E18       preemptPark clears the scan bit before it lets go of the thread
 * switch E19       execute resets the requests after the change to RUNNING (with C1)
 * switch ONCE      without the repetition: execute leaves preempt_stop when it resets
 *                  the rest, so a suspender believes that its request still stands
 * variant C1       without it, and execute resets preempt_stop too
 */
#ifdef E19
#define C1
#endif
#if !defined(C1) && !defined(ONCE)
#define REPEAT
#endif

#define RUNNABLE 1
#define RUNNING 2
#define SYSCALL 3
#define WAITING 4
#define DEAD 5
#define PREEMPTED 6
#define SCAN 8
#define NONE 7
#ifndef EVENTS
#define EVENTS 3
#endif

byte status = RUNNABLE;
bool preempt_stop, preempt, guard; /* guard: poisoned */
bool queued = true;        /* on the run queue */
bool parked;               /* a waker may find it */
byte gm = NONE;            /* g.m */
byte claims;               /* ghost: who reads the stack */
byte events = EVENTS;      /* parks, calls, deaths and yields */
byte done;                 /* suspenders that have ended */

/* casgstatus: waits while the scan bit is set; anything else is a bug. */
inline cas(from, to) {
  atomic {
    status != (from | SCAN) ->
    assert(status == from);
    assert(claims == 0);
    status = to
  }
}

inline ready() { cas(WAITING, RUNNABLE); assert(!queued); queued = true }

proctype thread(byte me) {
end_schedule:
  atomic { queued -> queued = false };
  /* execute */
  atomic { assert(gm == NONE); gm = me };
#ifndef E19
  preempt = false;
  guard = false;
#endif
#ifdef C1
  preempt_stop = false;
#endif
  cas(RUNNABLE, RUNNING);
#ifdef E19
  preempt = false;
  guard = false;
#endif
run_it:
  atomic {
    assert(gm == me && claims == 0 && (status & ~SCAN) == RUNNING);
    if
    :: guard -> goto poll
    :: events > 0 -> events--; goto yield
    :: events > 0 -> events--; goto park
    :: events > 0 -> events--; goto call
    :: events > 0 -> events--; goto die
    :: true
    fi
  };
end_computes: /* for ever: only polls */
  guard;
poll: /* preempt_check */
  if
  :: preempt_stop -> goto preemptPark
  :: !preempt_stop && preempt -> goto yield
  :: else
  fi;
  guard = false; /* stack_reset_guard */
  if
  :: preempt || preempt_stop -> guard = true
  :: else
  fi;
  goto run_it;
preemptPark:
  atomic { status == RUNNING -> status = PREEMPTED | SCAN };
#ifdef E18
  atomic { assert(status == (PREEMPTED | SCAN)); status = PREEMPTED };
  gm = NONE;
#else
  gm = NONE; /* dropg */
  atomic { assert(status == (PREEMPTED | SCAN)); status = PREEMPTED };
#endif
  goto end_schedule;
yield:
  cas(RUNNING, RUNNABLE);
  gm = NONE;
  queued = true;
  goto end_schedule;
park:
  cas(RUNNING, WAITING);
  gm = NONE;
  parked = true;
  goto end_schedule;
call:
  cas(RUNNING, SYSCALL);
  cas(SYSCALL, RUNNING);
  guard = false; /* exitsyscall: stack_reset_guard */
  if
  :: preempt || preempt_stop -> guard = true
  :: else
  fi;
  goto run_it;
die:
  cas(RUNNING, DEAD);
#ifndef E17
  preempt_stop = false;
  preempt = false;
#endif
  gm = NONE;
  /* newproc */
  cas(DEAD, RUNNABLE);
  queued = true;
  goto end_schedule
}

proctype waker() {
end:
  do
  :: atomic { parked -> parked = false }; ready()
  od
}

/* sysmon's request to yield, once. */
proctype preemptone() {
  gm != NONE;
  preempt = true;
  guard = true
}

proctype suspender() {
  byte n = 2, s;
  bool stopped;
  do
  :: n > 0 -> n--;
again:
    atomic {
      s = status;
      if
      :: s == DEAD -> s = 0; goto next
      :: s == RUNNABLE || s == WAITING || s == SYSCALL || s == PREEMPTED -> goto claim
      :: s == RUNNING && !preempt_stop -> goto ask
      :: else -> s = 0
      fi
    };
    /* Asked already, or claimed by another: waits for a change. */
    if
    :: (status & SCAN) == 0 && (status != RUNNING || !preempt_stop) -> goto again
#ifdef REPEAT
    :: timeout -> goto ask /* 100 us have passed */
#endif
    fi;
ask:
    atomic {
      s = 0;
      if
      :: status == RUNNING -> status = RUNNING | SCAN
      :: else -> goto again
      fi
    };
    preempt_stop = true;
    preempt = true;
    guard = true;
    atomic { assert(status == (RUNNING | SCAN)); status = RUNNING };
    goto again;
claim:
    atomic {
      if
      :: status == s && s == PREEMPTED -> status = WAITING | SCAN; stopped = true
      :: status == s && s != PREEMPTED -> status = s | SCAN
      :: else -> s = 0; goto again
      fi;
      claims++;
      assert(claims == 1)
    };
    preempt_stop = false;
    preempt = false;
    guard = false;
    /* reads the stack, then resumeG */
    atomic {
      assert(status == (WAITING | SCAN) || status == (s | SCAN));
      claims--; status = status & ~SCAN; s = 0
    };
#ifdef E15
    stopped = true;
#endif
#ifndef E14
    if
    :: stopped -> stopped = false; ready()
    :: else
    fi;
#endif
    stopped = false;
next:
  :: else -> break
  od;
  done++
}

/* Each suspends the other once; neither polls meanwhile. */
byte state[2] = RUNNING;

proctype pair(byte me) {
#ifndef E2
  atomic { state[me] == RUNNING -> state[me] = WAITING }; /* with_stack_released */
#endif
  atomic { state[1 - me] == WAITING || state[1 - me] == DEAD ->
    state[1 - me] = state[1 - me] | SCAN };
  atomic { state[1 - me] = state[1 - me] & ~SCAN };
  atomic { (state[me] & SCAN) == 0 -> state[me] = DEAD } /* back, and on to its end */
}

proctype observer() {
end:
  done == 2;
  timeout -> assert(status == RUNNING && gm != NONE)
}

init {
  atomic {
    if
    :: run thread(0); run thread(1); run waker(); run preemptone(); run suspender(); run suspender(); run observer()
    :: run pair(0); run pair(1)
    fi
  }
}
