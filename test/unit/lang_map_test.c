/* lang_map_test.c - maps against a plain model, and Go's rules for them. */
#include "lang_types.h"

MAP_TYPE(t_map_int_int, t_int, t_int);
MAP_TYPE(t_map_int32_string, t_int32, t_string);
MAP_TYPE(t_map_string_int, t_string, t_int);
MAP_TYPE(t_map_float_int, t_float64, t_int);
MAP_TYPE(t_map_any_int, t_eface, t_int);
MAP_TYPE(t_map_ptr_empty, t_int_ptr, t_empty);

#define KEYS 5000

/* Checks that iteration yields exactly the model. */
static void check_iteration(tern_map *m, const int64_t *model, int64_t live) {
  static uint8_t seen[KEYS];
  memset(seen, 0, sizeof seen);
  int64_t n = 0;
  tern_mapiter it;
  tern_mapiterinit(&t_map_int_int, m, &it);
  for (; it.key; tern_mapiternext(&it)) {
    int64_t k = *(const int64_t *)it.key;
    CHECK(k >= 0 && k < KEYS && !seen[k]);
    CHECK(*(int64_t *)it.value == model[k]);
    seen[k] = 1;
    n++;
  }
  CHECK(n == live);
}

/* Random assignments, deletions and look-ups; key space swept over sizes. */
START_RUNTIME_TEST(map_model) {
  static int64_t model[KEYS]; /* 0: absent */
  int64_t live = 0;
  tern_map *m = tern_makemap(&t_map_int_int, 0);
  for (int round = 0; round < 400000; round++) {
    uint32_t space = round < 100000 ? 20 : KEYS;
    int64_t k = test_rand(space);
    switch (test_rand(round / 50000 % 2 ? 3 : 6)) {
      case 0: {
        tern_mapdelete(&t_map_int_int, m, &k);
        live -= model[k] != 0;
        model[k] = 0;
        break;
      }
      case 1: {
        int64_t *v = tern_mapaccess_64(&t_map_int_int, m, (uint64_t)k);
        CHECK((v ? *v : 0) == model[k]);
        break;
      }
      default: {
        int64_t *v = tern_mapassign_64(&t_map_int_int, m, (uint64_t)k);
        CHECK(*v == model[k]);
        live += model[k] == 0;
        *v = model[k] = round + 1;
      }
    }
    CHECK(tern_maplen(m) == live);
    if (round % 20000 == 0) check_iteration(m, model, live);
  }
  check_iteration(m, model, live);
  tern_mapclear(&t_map_int_int, m);
  CHECK(tern_maplen(m) == 0);
  memset(model, 0, sizeof model);
  check_iteration(m, model, 0);
}

/* A window of keys slides: memory must not grow without bound. */
START_RUNTIME_TEST(map_window) {
  tern_map *m = tern_makemap(&t_map_int_int, 100);
  for (uint64_t k = 0; k < 300000; k++) {
    *(int64_t *)tern_mapassign_64(&t_map_int_int, m, k) = (int64_t)k;
    uint64_t old = k - 1000;
    if (k >= 1000) tern_mapdelete(&t_map_int_int, m, &old);
    if (k >= 500) CHECK(tern_mapaccess_64(&t_map_int_int, m, k - 500) != NULL);
    if (k >= 1000) CHECK(tern_mapaccess_64(&t_map_int_int, m, old) == NULL);
  }
  CHECK(tern_maplen(m) == 1000);
}

START_RUNTIME_TEST(map_strings) {
  tern_map *m = tern_makemap(&t_map_string_int, 0);
  for (int i = 0; i < 20000; i++) {
    char buf[32];
    int n = os_format(buf, sizeof buf, "key-%d", i);
    tern_string k = tern_string_from_bytes((tern_slice){buf, n, n});
    *(int64_t *)tern_mapassign_str(&t_map_string_int, m, k) = i;
  }
  for (int i = 0; i < 20000; i++) {
    char buf[32];
    int n = os_format(buf, sizeof buf, "key-%d", i);
    tern_string k = {(const uint8_t *)buf, n};
    int64_t *v = tern_mapaccess(&t_map_string_int, m, &k);
    CHECK(v != NULL && *v == i);
    if (i % 2) tern_mapdelete(&t_map_string_int, m, &k);
  }
  CHECK(tern_maplen(m) == 10000);
}

START_RUNTIME_TEST(map_kinds) {
  tern_map *a = tern_makemap(&t_map_int32_string, 0);
  for (uint32_t i = 0; i < 100; i++)
    tern_store_string(tern_mapassign_32(&t_map_int32_string, a, i),
                      tern_string_from_rune(i + 1));
  for (uint32_t i = 0; i < 100; i++) {
    tern_string *s = tern_mapaccess_32(&t_map_int32_string, a, i);
    CHECK(s->len == 1 && s->ptr[0] == i + 1);
  }
  tern_map *b = tern_makemap(&t_map_ptr_empty, 0);
  int64_t *keys[50];
  for (int i = 0; i < 50; i++) {
    keys[i] = tern_new(&t_int);
    tern_mapassign_64(&t_map_ptr_empty, b, (uintptr_t)keys[i]);
  }
  for (int i = 0; i < 50; i++)
    CHECK(tern_mapaccess_64(&t_map_ptr_empty, b, (uintptr_t)keys[i]) != NULL);
  CHECK(tern_maplen(b) == 50);
}

/* NaN keys: each assignment makes an entry that only iteration finds. */
START_RUNTIME_TEST(map_nan) {
  tern_map *m = tern_makemap(&t_map_float_int, 0);
  double nan = __builtin_nan("");
  for (int i = 0; i < 30; i++)
    *(int64_t *)tern_mapassign(&t_map_float_int, m, &nan) = i;
  CHECK(tern_maplen(m) == 30);
  CHECK(tern_mapaccess(&t_map_float_int, m, &nan) == NULL);
  tern_mapdelete(&t_map_float_int, m, &nan);
  int64_t n = 0, sum = 0;
  tern_mapiter it;
  tern_mapiterinit(&t_map_float_int, m, &it);
  for (; it.key; tern_mapiternext(&it)) n++, sum += *(int64_t *)it.value;
  CHECK(n == 30 && sum == 435);
  double plus = 0, minus = -plus;
  *(int64_t *)tern_mapassign(&t_map_float_int, m, &plus) = 1;
  *(int64_t *)tern_mapassign(&t_map_float_int, m, &minus) += 1;
  CHECK(tern_maplen(m) == 31);
  CHECK(*(int64_t *)tern_mapaccess(&t_map_float_int, m, &plus) == 2);
  tern_mapclear(&t_map_float_int, m);
  CHECK(tern_maplen(m) == 0);
}

/* Entries that live throughout come once, whatever happens meanwhile. */
START_RUNTIME_TEST(map_iterate_and_change) {
  static uint8_t seen[10000];
  for (int round = 0; round < 30; round++) {
    tern_map *m = tern_makemap(&t_map_int_int, 0);
    for (uint64_t k = 0; k < 100; k++)
      *(int64_t *)tern_mapassign_64(&t_map_int_int, m, k) = 1;
    memset(seen, 0, sizeof seen);
    uint64_t fresh = 1000;
    tern_mapiter it;
    tern_mapiterinit(&t_map_int_int, m, &it);
    for (; it.key; tern_mapiternext(&it)) {
      uint64_t k = *(const uint64_t *)it.key;
      CHECK(!seen[k]);
      seen[k] = 1;
      for (int i = 0; i < 20; i++)
        tern_mapassign_64(&t_map_int_int, m, fresh++ % 9000 + 1000);
      uint64_t victim = 50 + test_rand(50);
      if (!seen[victim]) seen[victim] = 1; /* may never come again */
      tern_mapdelete(&t_map_int_int, m, &victim);
    }
    for (uint64_t k = 0; k < 50; k++) CHECK(seen[k]);
  }
}

static void assign_nil(void *arg) {
  (void)arg;
  tern_mapassign_64(&t_map_int_int, NULL, 1);
}
static void assign_unhashable(void *m) {
  tern_slice s = {0, 0, 0};
  tern_eface k = {&t_int_slice, &s};
  tern_mapassign(&t_map_any_int, m, &k);
}
static void access_unhashable(void *arg) {
  (void)arg;
  tern_slice s = {0, 0, 0};
  tern_eface k = {&t_int_slice, &s};
  tern_mapaccess(&t_map_any_int, NULL, &k);
}

START_RUNTIME_TEST(map_panics) {
  CHECK(error_is(catch_panic(assign_nil, NULL), "assignment to entry in nil map"));
  tern_map *m = tern_makemap(&t_map_any_int, 0);
  const char *want = "runtime error: hash of unhashable type []int";
  CHECK(error_is(catch_panic(assign_unhashable, m), want));
  CHECK(error_is(catch_panic(access_unhashable, NULL), want));
  int64_t one = 1;
  tern_eface k = {&t_int, tern_box(&t_int, &one)};
  *(int64_t *)tern_mapassign(&t_map_any_int, m, &k) = 5;
  CHECK(*(int64_t *)tern_mapaccess(&t_map_any_int, m, &k) == 5);
  CHECK(tern_mapaccess_64(&t_map_int_int, NULL, 1) == NULL);
  tern_mapdelete(&t_map_int_int, NULL, &one);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(map_model), TEST(map_window), TEST(map_strings), TEST(map_kinds),
      TEST(map_nan), TEST(map_iterate_and_change), TEST(map_panics)};
  return RUN_TESTS("lang_map", tests);
}
