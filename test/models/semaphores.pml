/* semaphores.pml - the four semaphores of the collector, and the phases.
 *
 * Stands for runtime/sched/sema.c (semacquire, semrelease), runtime/gc/cycle.c (gcStart,
 * gcMarkDone, finish), runtime/sched/stop.c (stopTheWorld, stopTheWorldGC) and their
 * callers in runtime/debug and runtime/trace.
 *
 * One goroutine starts collections, another ends them (SEM-3) after up to two retries;
 * one reads statistics in a loop (worldsema), one sets the number of Ps and one starts
 * and stops traces (gcsema, then worldsema).  All go on for ever.
 *
 * Holds: no deadlock; the number of Ps and the trace change only in phase OFF, with all
 * caches flushed; under worldsema one sees OFF or MARK, or does the work oneself; one
 * collection for each trigger; and under weak fairness all are served again and again.
 * LONG: marking never ends, and the statistics are served nevertheless.
 *
 * switch E10 (LONG)  worldsema is held across marking
 * switch E11         the setter of the number of Ps takes worldsema before gcsema
 *                    (delay it between; a collection starts)
 * switch E12         mark-done's retry keeps worldsema (the wave finds work)
 * switch E13         worldsema is released without hand-off
 *                    (delay the woken waiter until the reader of statistics has it again)
 * switch ADD_FIRST   hand-off as Go has it: the count is raised, and taken back for the
 *                    waiter; between the two anybody may take it
 *                    (delay the releaser there; the reader of statistics comes)
 * switch SHORT_GC    gcsema is released when marking begins
 *                    (the number of Ps is set while marking)
 * switch OPEN_START  worldsema is not held over the two handshakes
 *                    (statistics are read between H1 and H2)
 * switch NO_RETEST (TWO) the trigger is not tested again under startSema
 *                    (two goroutines see the trigger; delay one until the cycle is over)
 * variant LONG       marking lasts for ever
 * variant TWO        two goroutines start collections; no liveness
 */
#ifndef FAULT
#define FAULT none
#endif
mtype = { none, E10, E11, E12, E13, ADD_FIRST, SHORT_GC, OPEN_START, NO_RETEST };
mtype = { OFF, PREP, MARK, TERM };

#ifdef TWO
#define STARTERS 2
#else
#define STARTERS 1
#endif

#define START 0
#define GC 1
#define WORLD 2
#define DONE 3

byte value[4] = 1;
chan waiting0 = [2] of { byte }; /* one for each, in the order of arrival */
chan waiting1 = [3] of { byte };
chan waiting2 = [5] of { byte };
chan waiting3 = [1] of { byte };
bool woken[7], ticket[7];
mtype phase = OFF;
bool stats_served, procs_served, trace_served, cycle_served;
bool triggered;            /* the heap has grown to its goal */

/* Queues up, unless the semaphore is free by now; a woken one without a ticket tries again. */
inline acquire(s, queue) {
  do
  :: atomic { value[s] > 0 -> value[s]--; break }
  :: atomic { value[s] == 0 -> queue ! _pid };
    atomic { woken[_pid] -> woken[_pid] = false };
    if
    :: ticket[_pid] -> ticket[_pid] = false; break
    :: else
    fi
  od
}

/* handoff: to the longest waiter, without raising the count. */
inline release(s, queue, handoff) {
  if
  :: !(handoff) || FAULT == ADD_FIRST ->
    value[s]++;
    atomic {
      if
      :: queue ? w -> woken[w] = true;
        if
        :: (handoff) && value[s] > 0 -> value[s]--; ticket[w] = true
        :: else
        fi;
        w = 0
      :: empty(queue)
      fi
    }
  :: else ->
    atomic {
      if
      :: queue ? w -> ticket[w] = true; woken[w] = true; w = 0
      :: empty(queue) -> value[s]++
      fi
    }
  fi
}

#define HANDOFF (FAULT != E13)

active [STARTERS] proctype starter() { /* gcStart, by whoever allocates */
  byte w;
end:
  do
  :: atomic { !triggered && phase == OFF -> triggered = true }
  :: triggered && phase == OFF ->
    acquire(START, waiting0);
    if
    :: (triggered && phase == OFF) || FAULT == NO_RETEST ->
      acquire(GC, waiting1);
      acquire(WORLD, waiting2);
      atomic { assert(phase == OFF && triggered); triggered = false };
      phase = PREP;
      if :: FAULT == OPEN_START -> release(WORLD, waiting2, true) :: else fi;
      phase = MARK; /* H1 and H2 are over */
      if
      :: FAULT == E10 || FAULT == OPEN_START
      :: else -> release(WORLD, waiting2, HANDOFF)
      fi;
      if :: FAULT == SHORT_GC -> release(GC, waiting1, true) :: else fi
    :: else
    fi;
    release(START, waiting0, false)
  od
}

active proctype marker() { /* gcMarkDone, by the last who drained */
  byte w, retries;
end:
  do
  :: phase == MARK ->
#ifdef LONG
    end_marking: false;
#endif
    acquire(DONE, waiting3);
    retries = 0;
again:
    if :: FAULT != E10 -> acquire(WORLD, waiting2) :: else fi;
    if
    :: retries < 2 -> retries++; /* flushed work, or restart after the stop: SEM-6 */
      if
      :: FAULT == E12 || FAULT == E10
      :: else -> release(WORLD, waiting2, HANDOFF)
      fi;
      goto again
    :: true
    fi;
    phase = TERM; /* the stop, then the handshake that flushes the caches */
    phase = OFF;
    cycle_served = true;
    cycle_served = false;
    release(WORLD, waiting2, HANDOFF);
    if :: FAULT != SHORT_GC -> release(GC, waiting1, true) :: else fi;
    release(DONE, waiting3, false)
  od
}

active proctype stats() {
  byte w;
  do
  :: acquire(WORLD, waiting2);
    assert(phase == OFF || phase == MARK);
    stats_served = true;
    stats_served = false;
    release(WORLD, waiting2, HANDOFF)
  od
}

active proctype setter() { /* GOMAXPROCS */
  byte w;
  do
  :: if
    :: FAULT == E11 -> acquire(WORLD, waiting2); acquire(GC, waiting1)
    :: else -> acquire(GC, waiting1); acquire(WORLD, waiting2)
    fi;
    assert(phase == OFF);
    procs_served = true;
    procs_served = false;
    release(WORLD, waiting2, HANDOFF);
    release(GC, waiting1, true)
  od
}

active proctype tracer() { /* trace start and stop: no collection is cut in two */
  byte w;
  do
  :: acquire(GC, waiting1);
    acquire(WORLD, waiting2);
    assert(phase == OFF);
    trace_served = true;
    trace_served = false;
    release(WORLD, waiting2, HANDOFF);
    release(GC, waiting1, true)
  od
}

#ifdef LONG
ltl served { [] <> stats_served }
#endif
#if !defined(LONG) && !defined(TWO)
ltl served { [] <> stats_served && [] <> procs_served && [] <> trace_served && [] <> cycle_served }
#endif
