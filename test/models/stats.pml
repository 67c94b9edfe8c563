/* stats.pml - heap statistics that add up at every moment.
 *
 * Stands for runtime/heap/stats.c: stats_acquire, stats_release (with a P: under a
 * sequence number; without: under noP.lock) and stats_read.
 *
 * One writer with a P, one without, one reader that reads three times.  A transaction
 * adds 1 to x and to y.  The P's stores go through a store buffer (as on x86: in
 * order, seen late); an atomic read-modify-write empties it.
 *
 * Holds: a read has all of a transaction or nothing (x = y); it has every
 * transaction that ended before it began and none that begins after it; the slot to
 * which writers move is zero.
 *
 * switch E49      the first step of the sequence number is a plain store
 * switch E49_GEN  the generation is read before it
 * switch E51      a writer without P takes no lock
 * switch NO_WAIT  the reader does not wait for even numbers
 * variant E50     two slots suffice here, since the sum is kept apart from them
 */
#ifdef E50
#define SLOTS 2
#else
#define SLOTS 3
#endif
#define READS 4
#define TRANSACTIONS 3

byte gen, seq;
byte x[SLOTS], y[SLOTS];   /* the P's slots */
byte nx[SLOTS], ny[SLOTS]; /* the slots of those without a P */
bool lk;
byte begun, ended;         /* ghosts: transactions */

/* The P's store buffer, oldest first. */
#define SEQ 0
#define X 1
#define Y 2
chan buffer = [3] of { byte, byte, byte }; /* what, slot, value */

inline drain_one() {
  buffer ? what, slot, value;
  if
  :: what == SEQ -> seq = value
  :: what == X -> x[slot] = value
  :: what == Y -> y[slot] = value
  fi;
  what = 0; slot = 0; value = 0
}

/* The processor: drains whenever it likes. */
proctype processor() {
  byte what, slot, value;
end:
  do
  :: atomic { drain_one() }
  od
}

proctype writer() {
  byte g, t = TRANSACTIONS;
  do
  :: t > 0 -> t--;
#ifdef E49_GEN
    g = gen;
#endif
#ifdef E49
    atomic { begun++; buffer ! SEQ, 0, 1 }
#else
    atomic { empty(buffer) -> begun++; seq++ }
#endif
#ifndef E49_GEN
    g = gen;
#endif
    /* A plain addition: nobody else adds here, so the buffer has no older value
     * of this slot (the release below emptied it). */
    buffer ! X, g, x[g] + 1;
    buffer ! Y, g, y[g] + 1;
    atomic { empty(buffer) -> seq = 0; ended++; g = 0 }
  :: else -> break
  od
}

proctype writer_without_p() {
  byte g, t = TRANSACTIONS;
  do
  :: t > 0 -> t--;
#ifndef E51
    atomic { !lk -> lk = true };
#endif
    begun++;
    g = gen;
    nx[g] = nx[g] + 1;
    ny[g] = ny[g] + 1;
    atomic { ended++; g = 0; lk = false }
  :: else -> break
  od
}

proctype reader() {
  byte prev, first, n = READS, sum_x, sum_y;
  do
  :: n > 0 -> n--;
    first = ended;
    prev = gen;
    atomic { !lk -> lk = true };
    atomic {
      gen = (prev + 1) % SLOTS;
      assert(x[gen] == 0 && y[gen] == 0 && nx[gen] == 0 && ny[gen] == 0)
    };
    lk = false;
#ifndef NO_WAIT
    seq == 0;
#endif
    sum_x = sum_x + x[prev]; x[prev] = 0;
    sum_y = sum_y + y[prev]; y[prev] = 0;
    sum_x = sum_x + nx[prev]; nx[prev] = 0;
    sum_y = sum_y + ny[prev]; ny[prev] = 0;
    assert(sum_x == sum_y);
    assert(sum_x >= first && sum_x <= begun);
    atomic { first = 0; prev = 0 }
  :: else -> break
  od
}

init { atomic { run processor(); run writer(); run writer_without_p(); run reader() } }
