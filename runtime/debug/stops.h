/* stops.h - stops of the world in words. */
#ifndef TERN_DEBUG_STOPS_H
#define TERN_DEBUG_STOPS_H

#include <stdint.h>

struct stw_record;

/* One line without its end, such as
 *     ReadMemStats: 12 us to stop, 45 us in all; last P 1, goroutine 7 at main.f x.go:12
 * into buf; returns its length.  World stopped or worldsema held, since the ring of
 * records is guarded by it.  About 6 KiB of stack. */
int stop_describe(const struct stw_record *r, char *buf, int n);

#endif
