/* hook.c - the table of installed hooks, and delays by chance. */
#include "sync/hook.h"

#include <string.h>

#include "os/os.h"

bool hooks_on;

static struct {
  hook_fn fn;      /* atomic */
  uint32_t max_us; /* atomic, relaxed */
} hooks[HOOK_COUNT];

static uint64_t seed;    /* set before the threads that draw from it */
static uint32_t ordinal; /* atomic: threads that have drawn */

static const char *const names[HOOK_COUNT] = {
#define TERN_HOOK_NAME(name, where) #name,
    TERN_HOOKS(TERN_HOOK_NAME)
#undef TERN_HOOK_NAME
};

const char *hook_name(enum tern_hook at) { return names[at]; }

/* splitmix64; Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", 2014. */
static uint64_t draw(void) {
  static __thread uint64_t state;
  static __thread bool seeded;
  if (!seeded) {
    seeded = true;
    state = seed + (uint64_t)add_seq(&ordinal, 1) * 0x9e3779b97f4a7c15u;
  }
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* A short delay keeps the core, a long one gives it away: both happen to threads. */
static void delay(uint32_t max_us) {
  uint64_t r = draw();
  if (r & 1) return;
  int64_t ns = (int64_t)((r >> 8) % (max_us * 1000ull + 1));
  if (r & 2) {
    os_yield();
  } else if (ns >= 100 * 1000) {
    os_usleep((uint32_t)(ns / 1000));
  } else {
    for (int64_t until = os_nanotime() + ns; os_nanotime() < until;) procyield(4);
  }
}

void hook_reached(enum tern_hook at, void *what) {
  hook_fn fn = load_acq(&hooks[at].fn);
  if (fn) fn(at, what);
  uint32_t us = load_rlx(&hooks[at].max_us);
  if (us) delay(us);
}

void hook_set(enum tern_hook at, hook_fn fn) {
  store_rel(&hooks[at].fn, fn); /* pairs with hook_reached */
  store_rlx(&hooks_on, true);
}

void hook_delay(enum tern_hook at, uint32_t max_us) {
  store_rlx(&hooks[at].max_us, max_us);
  store_rlx(&hooks_on, true);
}

void hook_seed(uint64_t s) { seed = s; }

static void delay_named(const char *name, size_t n, uint32_t us) {
  bool all = n == 3 && memcmp(name, "all", 3) == 0, known = all;
  for (int i = 0; i < HOOK_COUNT; i++)
    if (all || (strlen(names[i]) == n && memcmp(names[i], name, n) == 0)) {
      hook_delay((enum tern_hook)i, us);
      known = true;
    }
  if (known) return;
  char text[64] = {0};
  memcpy(text, name, n < sizeof text ? n : sizeof text - 1);
  os_print("GODEBUG=delay: there is no hook %s; the hooks are:", text);
  for (int i = 0; i < HOOK_COUNT; i++) os_print(" %s", names[i]);
  os_print("\n");
  os_exit(2);
}

void hooks_from_list(const char *s) {
  while (*s) {
    size_t n = strcspn(s, ":,=");
    if (s[n] != ':') return; /* the next switch of GODEBUG */
    uint32_t us = 0;
    const char *p = s + n + 1;
    for (; *p >= '0' && *p <= '9'; p++) us = us * 10 + (uint32_t)(*p - '0');
    delay_named(s, n, us);
    if (*p != ',') return;
    s = p + 1;
  }
}
