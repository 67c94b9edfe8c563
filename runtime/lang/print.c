/* print.c - the print and println builtins: to standard error, unbuffered.
 *
 * One print statement is a group: tern_print_lock .. tern_print_unlock, its
 * pieces collected in a buffer guarded by print_lock and written at the end of
 * the group, so that lines of different goroutines do not mix.  While the lock
 * is held the goroutine is not preemptible; the pieces are values, so no code of
 * the program runs in between.
 */
#include <string.h>

#include "lang/lang.h"
#include "os/os.h"

static mutex print_lock = MUTEX_INIT(PRINT);

/* guarded by print_lock */
static char buffer[1024];
static int64_t used;

static void flush(void) {
  os_write(2, buffer, (size_t)used);
  used = 0;
}

static void put(const void *p, int64_t n) {
  if (n > (int64_t)sizeof buffer - used) flush();
  if (n > (int64_t)sizeof buffer) {
    os_write(2, p, (size_t)n);
    return;
  }
  memcpy(buffer + used, p, (size_t)n);
  used += n;
}

/* Begins the output of one print statement. */
void tern_print_lock(void) { lock(&print_lock); }

/* Ends it: writes what was collected. */
void tern_print_unlock(void) {
  flush();
  unlock(&print_lock);
}

/* The pieces of a statement, each by the rules of Go's print for its type. */
void tern_print_string(tern_string v) { put(v.ptr, v.len); }

/* true or false. */
void tern_print_bool(bool v) {
  tern_print_string(v ? TERN_STR("true") : TERN_STR("false"));
}

/* Decimal digits. */
void tern_print_uint(uint64_t v) {
  char buf[20];
  int at = 20;
  do buf[--at] = (char)('0' + v % 10);
  while ((v /= 10) != 0);
  put(buf + at, 20 - at);
}

/* Decimal digits, after a minus if negative. */
void tern_print_int(int64_t v) {
  if (v < 0) put("-", 1);
  tern_print_uint(v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
}

static void print_hex(uint64_t v) {
  char buf[18];
  int at = 18;
  do buf[--at] = "0123456789abcdef"[v & 15];
  while ((v >>= 4) != 0);
  buf[--at] = 'x';
  buf[--at] = '0';
  put(buf + at, 18 - at);
}

/* Hexadecimal, also for maps, channels and functions. */
void tern_print_pointer(const void *v) { print_hex((uintptr_t)v); }

/* Go's fixed form +d.dddddde+ddd: seven digits, by repeated scaling, which is
 * inexact in the last digit in the same way as Go's. */
int64_t format_float(char *buf, double v) {
  enum { DIGITS = 7 };
  const char *special = v != v                ? "NaN"
                        : v + v == v && v > 0 ? "+Inf"
                        : v + v == v && v < 0 ? "-Inf"
                                              : NULL;
  if (special != NULL) {
    int64_t n = (int64_t)strlen(special);
    memcpy(buf, special, (size_t)n);
    return n;
  }
  int e = 0;
  buf[0] = '+';
  if (v == 0) {
    if (__builtin_signbit(v)) buf[0] = '-';
  } else {
    if (v < 0) v = -v, buf[0] = '-';
    while (v >= 10) e++, v /= 10;
    while (v < 1) e--, v *= 10;
    double half = 5;
    for (int i = 0; i < DIGITS; i++) half /= 10;
    v += half;
    if (v >= 10) e++, v /= 10;
  }
  for (int i = 0; i < DIGITS; i++) {
    int digit = (int)v;
    buf[i + 2] = (char)('0' + digit);
    v = (v - digit) * 10;
  }
  buf[1] = buf[2];
  buf[2] = '.';
  char *p = buf + DIGITS + 2;
  p[0] = 'e';
  p[1] = e < 0 ? '-' : '+';
  if (e < 0) e = -e;
  p[2] = (char)('0' + e / 100);
  p[3] = (char)('0' + e / 10 % 10);
  p[4] = (char)('0' + e % 10);
  return DIGITS + 7;
}

/* +d.dddddde+ddd. */
void tern_print_float(double v) {
  char buf[16];
  put(buf, format_float(buf, v));
}

/* (type word,data word). */
void tern_print_eface(tern_eface v) {
  put("(", 1);
  tern_print_pointer(v.type);
  put(",", 1);
  tern_print_pointer(v.data);
  put(")", 1);
}

/* [len/cap]pointer. */
void tern_print_slice(tern_slice v) {
  put("[", 1);
  tern_print_int(v.len);
  put("/", 1);
  tern_print_int(v.cap);
  put("]", 1);
  tern_print_pointer(v.ptr);
}
