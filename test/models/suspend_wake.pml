/* suspend_wake.pml - stopping one goroutine, the suspender asleep until it is woken.
 *
 * Stands for runtime/sched/suspend.c and what it needs of execute, park_m, goschedImpl,
 * goexit_on_g0 and entersyscall: who finds the goroutine RUNNING posts a request and a
 * record of itself under the scan bit, and sleeps; whoever moves the goroutine out of
 * RUNNING wakes all whose records it finds, and each tries again.  suspend.pml is the
 * version that spins, suspend_hand.pml hands the goroutine over, suspend_pair.pml has
 * two who suspend each other.
 *
 * Target: one goroutine on two threads.  It runs, yields, parks (a waker may ready it),
 * makes system calls (one may last for ever), ends (and may be born again) or computes
 * for ever and only polls.  Two suspenders claim it twice each.  Nothing is repeated and
 * no sleep ends by time.
 *
 * Holds: nobody runs the goroutine while it is claimed; ready() finds it WAITING; no
 * record is read after its owner has gone on; every suspender gets its claims, so no
 * wake-up is lost; nobody stays PREEMPTED.  LIVE: the goroutine moves for ever, and under
 * weak fairness a suspender that registered gets its claim nevertheless.
 *
 * switch PUSHLATE  the record is put on the list after the scan bit is dropped
 *                  (delay there; G parks or stops meanwhile)
 * switch TAKEEARLY the mover takes the list before it changes the state
 *                  (delay the mover there; a suspender registers meanwhile)
 * switch TAKELATE  the mover takes the list when others can already run the goroutine
 *                  (delay the mover after the queue or the unlock callback; G runs
 *                  elsewhere, and one registers while the mover empties the list)
 * switch NEXTLATE  the mover reads a record's link after waking its owner (delay it there)
 * switch NOPARK    park_m does not wake (one registers, then G parks for ever)
 * switch NOCALL    entersyscall does not wake (one registers, then G calls for ever)
 * switch NOEXIT    goexit does not wake (one registers, then G ends, not to be born again)
 * switch ONCE      a woken suspender that sees RUNNING sleeps again without registering
 *                  (delay it there; G has parked and runs again)
 * switch CLEAREARLY goexit clears the request before the change to DEAD
 *                  (delay it between the two; one registers; G is born again)
 * switch E14       resumeG forgets to ready (G stopped at a poll)
 * switch E15       resumeG readies although it had not stopped the goroutine
 * switch E17       goexit leaves the request (one registers, G ends and is born again)
 * switch E18       preemptPark clears the scan bit before it lets go of the thread
 *                  (delay it between; G is claimed, readied and run elsewhere)
 * switch E19       execute resets the requests after the change to RUNNING
 *                  (delay it between; a suspender registers)
 * switch SUS9      a poll resets the guard without looking at the requests again
 *                  (delay the poll between its look and the reset; one registers)
 * switch CHASE (LIVE) goexit does not tell those whom it wakes
 *                  (delay the woken one until G lives again, again and again)
 * switch STARVE (LIVE) execute forgets the request to stop
 *                  (delay the woken one until G runs again, again and again)
 * variant LIVE     one suspender, one claim, no end of moves
 */
#ifndef FAULT
#define FAULT none
#endif
mtype = { none, PUSHLATE, TAKEEARLY, TAKELATE, NEXTLATE, NOPARK, NOCALL, NOEXIT, ONCE,
  CLEAREARLY, E14, E15, E17, E18, E19, SUS9, CHASE, STARVE };

#include "status.inc"

#ifdef LIVE
#define CLAIMS 1
#define MOVE true
#define FOREVER false
#else
#define CLAIMS 2
#define MOVE events > 0 -> events--
#define FOREVER true
#endif

byte head = NONE, next[2] = NONE;  /* the list of records; guarded by the scan bit */
bool note[2];                      /* in the record: woken */
bool died[2];                      /* in the record: by goexit */
bool alive[2];                     /* ghost: the record's owner waits */
byte events = 3;
byte done;                         /* suspenders that have ended */

inline take() { taken = head; head = NONE }

inline wake(to) {
  do
  :: taken != NONE ->
    assert(alive[taken]);
    link = next[taken];
    died[taken] = (to == DEAD && FAULT != CHASE);
    note[taken] = true;
    if :: FAULT == NEXTLATE -> assert(alive[taken]) :: else fi;
    taken = link
  :: else -> break
  od
}

/* The way out of RUNNING. */
inline leave(to, forgets) {
  if :: FAULT == TAKEEARLY -> take() :: else fi;
  cas(RUNNING, to);
  if
  :: FAULT != TAKEEARLY && FAULT != TAKELATE && !(forgets) -> take()
  :: else
  fi;
  wake(to)
}
inline public() {
  if :: FAULT == TAKELATE -> take(); wake(WAITING) :: else fi
}

inline reset_guard() {
  guard = false;
  if :: FAULT != SUS9 && (preempt || preempt_stop) -> guard = true :: else fi
}

proctype thread(byte me) {
  byte taken = NONE, link;
end_schedule:
  atomic { queued -> queued = false };
  atomic { assert(gm == NONE); gm = me };
  /* execute; a request to stop stands until it is met */
  if
  :: FAULT == E19 -> cas(RUNNABLE, RUNNING); preempt = false; guard = false
  :: FAULT == STARVE -> preempt = false; preempt_stop = false; guard = false;
    cas(RUNNABLE, RUNNING)
  :: else -> preempt = false; guard = preempt_stop; cas(RUNNABLE, RUNNING)
  fi;
run_it:
  atomic {
    assert(gm == me && claims == 0 && (status & ~SCAN) == RUNNING);
    if
    :: guard -> goto poll
    :: !guard ->
      if
      :: MOVE; goto yield
      :: MOVE; goto park
      :: MOVE; goto call
      :: MOVE; goto die
      :: true
      fi
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
  reset_guard();
  goto run_it;
preemptPark:
  if :: FAULT == TAKEEARLY -> take() :: else fi;
  atomic { status == RUNNING -> status = PREEMPTED | SCAN };
  if :: FAULT != TAKEEARLY -> take() :: else fi;
  if
  :: FAULT == E18 -> unlock_scan(PREEMPTED); gm = NONE
  :: else -> gm = NONE; unlock_scan(PREEMPTED)
  fi;
  wake(PREEMPTED);
  goto end_schedule;
yield:
  leave(RUNNABLE, false);
  gm = NONE;
  queued = true;
  public();
  goto end_schedule;
park:
  leave(WAITING, FAULT == NOPARK);
  gm = NONE;
  parked = true; /* the unlock callback */
  public();
  goto end_schedule;
call:
  leave(SYSCALL, FAULT == NOCALL);
  if
  :: true
  :: FOREVER -> end_call: false
  fi;
  cas(SYSCALL, RUNNING);
  reset_guard();
  goto run_it;
die:
  if
  :: FAULT == CLEAREARLY -> preempt_stop = false; preempt = false; leave(DEAD, false)
  :: else -> leave(DEAD, FAULT == NOEXIT)
  fi;
  if
  :: FAULT != CLEAREARLY && FAULT != E17 -> preempt_stop = false; preempt = false
  :: else
  fi;
  gm = NONE;
  public();
  if
  :: true
  :: FOREVER -> end_dead: false
  fi;
  cas(DEAD, RUNNABLE); /* newproc */
  queued = true;
  goto end_schedule
}

proctype waker() {
end:
  do
  :: atomic { parked -> parked = false }; ready()
  :: atomic { parked && FOREVER -> parked = false; forever = true }
  od
}

proctype suspender(byte me) {
  byte n = CLAIMS, s;
  bool stopped;
  do
  :: n > 0 -> n--;
again:
    atomic {
      s = status;
      if
      :: s == DEAD -> goto next_claim
      :: s == RUNNABLE || s == WAITING || s == SYSCALL || s == PREEMPTED -> goto claim
      :: s == RUNNING -> goto register
      :: else
      fi
    };
    (status & SCAN) == 0; /* another's claim, or its request */
    goto again;
register:
    atomic {
      if
      :: status == RUNNING -> status = RUNNING | SCAN
      :: else -> goto again
      fi
    };
    atomic { preempt_stop = true; preempt = true };
    guard = true;
    if :: FAULT == PUSHLATE -> unlock_scan(RUNNING) :: else fi;
    atomic { assert(!alive[me]); alive[me] = true; next[me] = head; head = me };
    if :: FAULT != PUSHLATE -> unlock_scan(RUNNING) :: else fi;
sleep:
    atomic { note[me] -> note[me] = false; alive[me] = false; s = 0 };
    if
    :: died[me] -> died[me] = false; goto next_claim
    :: FAULT == ONCE && status == RUNNING -> alive[me] = true; goto sleep
    :: else -> goto again
    fi;
claim:
    atomic {
      if
      :: status == s && s == PREEMPTED -> status = WAITING | SCAN; stopped = true
      :: status == s && s != PREEMPTED -> status = s | SCAN
      :: else -> goto again
      fi;
      claims++;
      assert(claims == 1)
    };
    atomic { preempt_stop = false; preempt = false; guard = false };
    /* reads the stack, then resumeG */
    atomic {
      assert(status == (WAITING | SCAN) || status == (s | SCAN));
      claims--; status = status & ~SCAN; s = 0
    };
    if :: FAULT == E15 || (stopped && FAULT != E14) -> ready() :: else fi;
    stopped = false;
next_claim:
    s = 0
  :: else -> break
  od;
  done++
}

proctype observer() {
end:
  done == 2;
  timeout -> assert(status == RUNNING || status == SYSCALL || status == DEAD ||
    (status == WAITING && forever))
}

init {
  atomic {
    run thread(0); run thread(1); run waker(); run suspender(0);
#ifndef LIVE
    run suspender(1); run observer();
#endif
    skip
  }
}

#ifdef LIVE
ltl served { [] (alive[0] -> <> (done == 1)) }
#endif
