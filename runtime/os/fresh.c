/* fresh.c - the first frame of a new stack, in the layout switch.S restores. */
#include "os/os.h"

extern void os_fresh_entry(void);

uintptr_t os_fresh_stack(uintptr_t top, void (*fn)(void *), void *arg) {
  /* r15 r14 r13 r12 rbx rbp, return address; rsp is 16-byte aligned after it. */
  uintptr_t *sp = (uintptr_t *)(top - 16) - 7;
  sp[0] = sp[1] = sp[2] = 0;
  sp[3] = (uintptr_t)arg;
  sp[4] = (uintptr_t)fn;
  sp[5] = 0;
  sp[6] = (uintptr_t)os_fresh_entry;
  sp[7] = 0; /* end of the frame chain */
  return (uintptr_t)sp;
}
