/* point.h - where a simulated thread may be taken off the processor.
 *
 * In the variant `sim`, and only there, sync/atomic.h and the few headers that
 * are inlined into emitted code call sim_point before each access to shared
 * memory and at each safepoint.
 */
#ifndef TERN_OS_SIM_POINT_H
#define TERN_OS_SIM_POINT_H

/* The running thread is about to do `op` ("load", "cas", ...) on *p, which the
 * source calls `what`, in line `line` of function `func`. */
void sim_point(const volatile void *p, const char *op, const char *what,
               const char *func, int line);
/* A named point of a protocol (sync/hook.h); p is what it works on. */
void sim_hook(const volatile void *p, const char *name, const char *func, int line);
/* The running thread spins: somebody else should run. */
void sim_spin(const char *func, int line);

#define SIM_POINT(p, op) sim_point((p), (op), #p, __func__, __LINE__)

#endif
