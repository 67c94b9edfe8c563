/* local.c - thread-local storage for coroutines.
 *
 * A thread's locals are what lies around its fs base: below it the blocks of the
 * executable and its libraries, above it the C library's own record of the
 * thread.  A new thread gets a copy of all that, taken before the first thread
 * ran anything, with the record's two pointers to itself put right.  So nobody
 * keeps a list of the runtime's thread-locals, and the C library works, too.
 */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <link.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>

#include "os/os.h"
#include "os/sim/simp.h"

/* The thread record of glibc 2.36; what is not copied reads as zero. */
#define RECORD 2304
#define BELOW_MAX 16384
#define ALIGN 64

static char image[BELOW_MAX + RECORD] __attribute__((aligned(ALIGN)));
static size_t below; /* bytes of locals below the fs base */
static bool have_wrfsbase;

static uint64_t current(void) {
  uint64_t fs;
  __asm__ volatile("movq %%fs:0, %0" : "=r"(fs));
  return fs;
}

/* Makes fs the base of the running thread's locals. */
void sim_locals_use(uint64_t fs) {
  if (have_wrfsbase) {
    __asm__ volatile("wrfsbase %0" : : "r"(fs) : "memory");
    return;
  }
  long n = SYS_arch_prctl; /* not through syscall(), which may write errno */
  __asm__ volatile("syscall"
                   : "+a"(n)
                   : "D"((long)ARCH_SET_FS), "S"(fs)
                   : "rcx", "r11", "memory");
}

/* The lowest of the blocks that lie right below the fs base. */
static int visit(struct dl_phdr_info *info, size_t size, void *arg) {
  uint64_t fs = *(uint64_t *)arg, p = (uint64_t)info->dlpi_tls_data;
  if (p && p < fs && fs - p <= BELOW_MAX && fs - p > below)
    below = (size_t)(fs - p);
  return 0;
}

void sim_locals_init(void) {
  have_wrfsbase = getauxval(AT_HWCAP2) & 2;
  uint64_t fs = current();
  dl_iterate_phdr(visit, &fs);
  below = (below + ALIGN - 1) & ~(size_t)(ALIGN - 1);
  memcpy(image, (char *)fs - below, below + RECORD);
}

uint64_t sim_locals_new(void) {
  char *p = sim_map(BELOW_MAX + RECORD * 2);
  if (!p) return 0;
  memcpy(p, image, below + RECORD);
  uint64_t fs = (uint64_t)p + below;
  ((uint64_t *)fs)[0] = fs; /* the record, for %fs:0 */
  ((uint64_t *)fs)[2] = fs; /* the thread itself */
  return fs;
}
