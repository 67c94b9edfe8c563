/* suspend_pair.pml - two goroutines that suspend each other, and one that stops the world.
 *
 * Stands for suspendG and with_stack_released in runtime/sched/suspend.c and stop.c, seen
 * from the suspender's own goroutine (SUS-1, STW-3, FEP-8); suspend.pml has the rest.
 *
 * Two goroutines on two threads, both RUNNING, and neither polls.  0 suspends 1.  1
 * suspends 0, or stops the world: then it waits until 0, whose thread sleeps with its P,
 * has its claim.  Who suspends leaves RUNNING first (its own goroutine is RELEASED, its
 * thread on the system stack), registers with the other if that one runs, and sleeps.
 *
 * Holds: neither waits for ever.
 *
 * switch E2        the caller's goroutine stays RUNNING while it sleeps
 *                  (both register before either polls)
 * switch E3        the caller of a stop or a handshake stays RUNNING
 *                  (a suspender registers, then the goroutine stops the world)
 * switch NOWAKE    leaving RUNNING for RELEASED does not wake those who registered
 *                  (the same schedule as E3)
 * switch KEEP      back to RUNNING with the claim of the other one still held
 *                  (each claims the other before either goes back)
 * switch HOLD      the other's scan bit is held while the caller leaves RUNNING
 *                  (each holds the other's)
 */
#define RUNNING 2
#define RELEASED 4
#define DEAD 5
#define SCAN 8
#define CLAIM 16

byte state[2] = RUNNING;
bool registered[2]; /* [me]: the other one is on my list; guarded by my scan bit */
bool note[2];       /* woken */
bool got[2];        /* has had its claim, or has stopped the world */

/* The way out of RUNNING: waits for the scan bit, then wakes. */
inline leave(to) {
  atomic { state[me] == RUNNING -> state[me] = to };
  if
#ifdef NOWAKE
  :: registered[me] && to == DEAD
#else
  :: registered[me]
#endif
    -> registered[me] = false; note[1 - me] = true
  :: else
  fi
}

proctype goroutine(byte me) {
  if
  :: true -> goto suspends
  :: me == 1
  fi;
  /* stops the world */
#ifndef E3
  leave(RELEASED);
#endif
  got[0];
  got[1] = true;
#ifndef E3
  goto back;
#else
  goto out;
#endif
suspends:
#ifndef HOLD
#ifndef E2
  leave(RELEASED);
#endif
#endif
again:
  atomic {
    if
    :: state[1 - me] == RELEASED || state[1 - me] == DEAD ->
      state[1 - me] = state[1 - me] + CLAIM;
      goto claimed
    :: state[1 - me] == RUNNING -> state[1 - me] = RUNNING | SCAN
    fi
  };
  registered[1 - me] = true;
#ifdef HOLD
  leave(RELEASED);
#endif
  atomic { assert(state[1 - me] == (RUNNING | SCAN)); state[1 - me] = RUNNING };
  atomic { note[me] -> note[me] = false };
  goto again;
claimed:
#ifdef KEEP
  atomic { state[me] == RELEASED -> state[me] = RUNNING };
#endif
  /* reads the stack, then resumeG */
  atomic { assert(state[1 - me] & CLAIM); state[1 - me] = state[1 - me] - CLAIM };
  got[me] = true;
#ifdef KEEP
  goto out;
#endif
#ifdef E2
  goto out;
#endif
#ifdef HOLD
  if
  :: state[me] == RUNNING -> goto out
  :: else
  fi;
#endif
back:
  atomic { state[me] == RELEASED -> state[me] = RUNNING };
out:
  leave(DEAD)
}

init { atomic { run goroutine(0); run goroutine(1) } }
