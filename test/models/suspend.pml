/* suspend.pml - claiming one goroutine, and sleeping until it is at rest.
 *
 * Stands for runtime/sched/suspend.c, runtime/sched/status.c and what they need of
 * execute, park_m, goschedImpl, preempt_check, g_clean, entersyscall and exitsyscall.
 * Who finds the goroutine RUNNING posts a request and a record of itself under the scan
 * bit, and sleeps; whoever moves the goroutine out of RUNNING wakes all whose records it
 * finds, and each tries again.  Any number may claim it at rest (C-2); until the last
 * claim is gone it changes between states at rest but does not run (C-3).
 * suspend_pair.pml has two goroutines that suspend each other.
 *
 * Target: one goroutine on two threads.  It runs, yields, parks (a waker may ready it),
 * makes system calls (one may last for ever), ends (and may be born again) or computes
 * for ever and only polls.  Two suspenders claim it once each.  Nothing is repeated
 * and no sleep ends by time.
 *
 * Holds: nobody runs the goroutine while it is claimed; it is queued once; a second
 * ready is a bug; no record is read after its owner has gone on; every suspender gets
 * its claims, so no wake-up is lost; in the end nobody is left PREEMPTED or owed.  LIVE:
 * the goroutine moves for ever, and under weak fairness a suspender that registered gets
 * its claim nevertheless.
 *
 * switch E14       the end of the last claim forgets who is owed (G stopped at a poll)
 * switch E15       it queues a goroutine that is not owed
 * switch E17       the exit leaves the request (one registers, G ends and is born again)
 * switch E18       preemptPark unlocks the word before it lets go of the thread
 *                  (delay it between; G is claimed, queued and run elsewhere)
 * switch E19       execute resets the requests after the change to RUNNING
 *                  (delay it between; a suspender registers)
 * switch CLAIMED   execute runs a goroutine that is claimed
 * switch QUEUE     the goroutine is queued before the last claim is dropped
 *                  (delay it between; execute finds it owed already)
 * switch PUSHLATE  the record is put on the list after the word is unlocked
 *                  (delay there; G parks or stops meanwhile)
 * switch TAKEEARLY the mover takes the list before it changes the state
 *                  (delay the mover there; a suspender registers meanwhile)
 * switch NEXTLATE  the mover reads a record's link after waking its owner (delay it there)
 * switch NOPARK    park_m does not wake (one registers, then G parks for ever)
 * switch NOCALL    entersyscall does not wake (one registers, then G calls for ever)
 * switch NOEXIT    the exit does not wake (one registers, then G ends, not to live again)
 * switch ONCE      a woken suspender that sees RUNNING sleeps again without registering
 *                  (delay it there; G has parked and runs again)
 * switch CLEAREARLY the exit clears the request before the change to DEAD
 *                  (delay it between the two; one registers; G is born again)
 * switch SUS9      a poll resets the guard without looking at the requests again
 *                  (delay the poll between its look and the reset; one registers)
 * switch CHASE (LIVE) the exit does not tell those whom it wakes
 *                  (delay the woken one until G lives again, again and again)
 * switch TAKELATE (LIVE) park_m takes the list when others can already run the goroutine
 *                  (it wakes one who registered since, whom the exit does not find then)
 * switch STARVE (LIVE) execute forgets the request to stop
 *                  (delay the woken one until G runs again, again and again)
 * variant LIVE     one suspender, one claim, no end of moves
 */
#ifndef FAULT
#define FAULT none
#endif
mtype = { none, E14, E15, E17, E18, E19, CLAIMED, QUEUE, PUSHLATE, TAKEEARLY,
  NEXTLATE, NOPARK, NOCALL, NOEXIT, ONCE, CLEAREARLY, SUS9, CHASE, STARVE,
  TAKELATE };

#include "status.inc"

#ifdef LIVE
#define MOVE true
#define FOREVER false
#else
#define MOVE events > 0 -> events--
#define FOREVER true
#endif

byte head = NONE, next[2] = NONE;  /* the list of records, taken by an exchange */
bool note[2];                      /* in the record: woken */
bool died[2];                      /* in the record: by goexit */
bool alive[2];                     /* ghost: the record's owner waits */
byte events = 3;
byte done;                         /* suspenders that have ended */

inline take() { atomic { taken = head; head = NONE } }

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

/* g_rested, g_exited: after the change of state. */
inline rested(to, forgets) {
  if :: FAULT != TAKEEARLY && !(forgets) -> take() :: else fi;
  wake(to)
}
inline early() { if :: FAULT == TAKEEARLY -> take() :: else fi }

inline poison_if_asked() { guard = guard || preempt || preempt_stop }

proctype thread(byte me) {
  byte taken = NONE, link;
  bool ok;
end_schedule:
  atomic { queued -> queued = false; gm = me };
execute:
  if
  :: FAULT == E19 -> start(); preempt = false; guard = false
  :: FAULT == STARVE -> preempt = false; preempt_stop = false; guard = false; start()
  :: else -> preempt = false; guard = false; start()
  fi;
  if :: !ok -> goto end_schedule :: else fi;
  if :: FAULT != E19 -> guard = guard || preempt_stop :: else fi; /* SUS-7 */
run_it:
  atomic {
    assert(gm == me && readers == 0 && (status & ~SCAN) == RUNNING);
    ok = false;
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
  guard = false;
  if :: FAULT != SUS9 -> poison_if_asked() :: else fi;
  goto run_it;
preemptPark:
  early();
  atomic { status == RUNNING -> status = PREEMPTED | SCAN };
  if :: FAULT != TAKEEARLY -> take() :: else fi;
  if
  :: FAULT == E18 -> unlock_scan(PREEMPTED); gm = NONE
  :: else -> gm = NONE; unlock_scan(PREEMPTED)
  fi;
  wake(PREEMPTED);
  goto end_schedule;
yield:
  early();
  cas(RUNNING, RUNNABLE);
  gm = NONE;
  rested(RUNNABLE, false);
  enqueue();
  goto end_schedule;
park:
  early();
  cas(RUNNING, WAITING);
  gm = NONE;
  if :: FAULT != TAKEEARLY && FAULT != NOPARK && FAULT != TAKELATE -> take() :: else fi;
  parked = true; /* the unlock callback; others may run it from here on */
  if :: FAULT == TAKELATE -> take() :: else fi;
  wake(WAITING);
  goto end_schedule;
call:
  early();
  cas(RUNNING, SYSCALL);
  rested(SYSCALL, FAULT == NOCALL);
  if
  :: true
  :: FOREVER -> end_call: false
  fi;
  guard = false;
  end_syscall();
  if
  :: ok -> poison_if_asked(); goto run_it
  :: else -> make_runnable(SYSCALL); goto execute /* if the claims are gone by now */
  fi;
die:
  early();
  if :: FAULT == CLEAREARLY -> preempt_stop = false; preempt = false :: else fi;
  cas(RUNNING, DEAD);
  if
  :: FAULT != CLEAREARLY && FAULT != E17 -> preempt_stop = false; preempt = false
  :: else
  fi;
  gm = NONE;
  rested(DEAD, FAULT == NOEXIT);
  if
  :: true
  :: FOREVER -> end_dead: false
  fi;
  cas(DEAD, RUNNABLE); /* newproc */
  enqueue();
  goto end_schedule
}

/* A handshake: any poll will do for it. */
proctype poke() { end_poke: atomic { gm != NONE -> guard = true } }

proctype waker() {
end:
  do
  :: atomic { parked -> parked = false }; ready()
  :: atomic { parked && FOREVER -> parked = false; forever = true }
  od
}

proctype suspender(byte me) {
  byte s;
  bool owed;
again:
  atomic {
    s = status;
    if
    :: STATE(s) == DEAD -> goto out
    :: s == RUNNING -> goto register
    :: STATE(s) != DEAD && STATE(s) != RUNNING && !LOCKED(s) -> goto claim
    :: else
    fi
  };
  !LOCKED(status);
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
  :: died[me] -> died[me] = false; goto out
  :: FAULT == ONCE && status == RUNNING -> alive[me] = true; goto sleep
  :: else -> goto again
  fi;
claim:
  atomic {
    if
    :: status != s -> goto again
    :: else ->
      status = (s == PREEMPTED -> (WAITING | OWED) : s) + CLAIM;
      readers++; s = 0
    fi
  };
  preempt_stop = false; preempt = false;
  /* reads the stack, then resumeG */
  if :: FAULT == QUEUE && CLAIMS(status) == 1 && (status & OWED) -> enqueue() :: else fi;
  atomic {
    !LOCKED(status) ->
    assert(CLAIMS(status) > 0);
    readers--;
    owed = CLAIMS(status) == 1 && ((status & OWED) || FAULT == E15);
    status = (owed && FAULT != E14 -> RUNNABLE : status - CLAIM)
  };
  if :: owed && FAULT != E14 && FAULT != QUEUE -> owed = false; enqueue() :: else fi;
  owed = false;
out:
  s = 0;
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
    run suspender(1); run poke(); run observer();
#endif
    skip
  }
}

#ifdef LIVE
ltl served { [] (alive[0] -> <> (done == 1)) }
#endif
