/* print.c - formatting without stdio, throw and fatal. */
#include "os/print.h"

#include <string.h>

#include "os/os.h"

void (*os_traceback_hook)(int is_throw);

struct out {
  char *p, *end;
};

static void put(struct out *o, char c) {
  if (o->p < o->end) *o->p++ = c;
}

static void put_str(struct out *o, const char *s, int width) {
  int n = (int)strlen(s);
  for (; width > n; width--) put(o, ' ');
  while (*s) put(o, *s++);
}

static void put_uint(struct out *o, uint64_t v, unsigned base, int width,
                     char pad, bool neg) {
  char d[24];
  int n = 0;
  do {
    d[n++] = "0123456789abcdef"[v % base];
    v /= base;
  } while (v);
  if (neg && pad == '0') put(o, '-');
  for (int w = n + neg; w < width; w++) put(o, pad);
  if (neg && pad != '0') put(o, '-');
  while (n > 0) put(o, d[--n]);
}

static void put_double(struct out *o, double f, int prec) {
  if (f < 0) {
    put(o, '-');
    f = -f;
  }
  uint64_t scale = 1;
  for (int i = 0; i < prec; i++) scale *= 10;
  uint64_t v = (uint64_t)(f * (double)scale + 0.5);
  put_uint(o, v / scale, 10, 0, ' ', false);
  if (prec == 0) return;
  put(o, '.');
  put_uint(o, v % scale, 10, prec, '0', false);
}

int os_vformat(char *buf, int n, const char *fmt, va_list ap) {
  struct out o = {buf, buf + n - 1};
  for (; *fmt; fmt++) {
    if (*fmt != '%') {
      put(&o, *fmt);
      continue;
    }
    fmt++;
    char pad = ' ';
    int width = 0, prec = 3, longs = 0;
    if (*fmt == '0') pad = '0', fmt++;
    while (*fmt >= '0' && *fmt <= '9') width = width * 10 + (*fmt++ - '0');
    if (*fmt == '.') {
      for (fmt++, prec = 0; *fmt >= '0' && *fmt <= '9'; fmt++)
        prec = prec * 10 + (*fmt - '0');
    }
    while (*fmt == 'l') longs++, fmt++;
    switch (*fmt) {
      case 's': put_str(&o, va_arg(ap, const char *), width); break;
      case 'c': put(&o, (char)va_arg(ap, int)); break;
      case 'd': {
        int64_t v = longs ? va_arg(ap, long) : va_arg(ap, int);
        put_uint(&o, v < 0 ? 0 - (uint64_t)v : (uint64_t)v, 10, width, pad,
                 v < 0);
        break;
      }
      case 'u':
      case 'x': {
        uint64_t v = longs ? va_arg(ap, unsigned long) : va_arg(ap, unsigned);
        put_uint(&o, v, *fmt == 'x' ? 16 : 10, width, pad, false);
        break;
      }
      case 'p':
        put_str(&o, "0x", 0);
        put_uint(&o, (uint64_t)va_arg(ap, void *), 16, width, pad, false);
        break;
      case 'f': put_double(&o, va_arg(ap, double), prec); break;
      default: put(&o, *fmt); break;
    }
  }
  *o.p = 0;
  return (int)(o.p - buf);
}

int os_format(char *buf, int n, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  int len = os_vformat(buf, n, fmt, ap);
  va_end(ap);
  return len;
}

void os_print(const char *fmt, ...) {
  char buf[512];
  va_list ap;
  va_start(ap, fmt);
  int n = os_vformat(buf, sizeof buf, fmt, ap);
  va_end(ap);
  os_write(2, buf, (size_t)n);
}

/* The first thread to die speaks; others wait for the end. */
static int dying;
static __thread bool thread_is_dying;

bool os_thread_is_dying(void) { return thread_is_dying; }

__attribute__((noreturn)) static void die(const char *fmt, va_list ap,
                                          int is_throw) {
  if (__atomic_exchange_n(&dying, 1, __ATOMIC_SEQ_CST)) {
    static __thread int again;
    if (again++) os_exit(2); /* died while dying */
    for (int i = 0; i < 100; i++) os_usleep(10000);
    os_exit(2);
  }
  thread_is_dying = true;
  os_dying();
  char buf[512];
  int n = os_vformat(buf, sizeof buf, fmt, ap);
  os_write(2, "fatal error: ", 13);
  os_write(2, buf, (size_t)n);
  os_write(2, "\n", 1);
  if (os_traceback_hook) os_traceback_hook(is_throw);
  os_exit(2);
}

void throw(const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  die(fmt, ap, 1);
}

void fatal(const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  die(fmt, ap, 0);
}
