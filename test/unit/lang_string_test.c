/* lang_string_test.c - strings and slices: UTF-8, growth of capacity, copies. */
#include "lang_types.h"

static tern_string str(const char *s) {
  return (tern_string){(const uint8_t *)s, (int64_t)strlen(s)};
}

START_RUNTIME_TEST(string_compare) {
  CHECK(tern_strcmp(str("abc"), str("abd")) < 0);
  CHECK(tern_strcmp(str("abc"), str("ab")) > 0);
  CHECK(tern_strcmp(str(""), str("")) == 0);
  CHECK(tern_strcmp(str("\x80"), str("\x7f")) > 0); /* bytes are unsigned */
  CHECK(tern_streq(str("abc"), tern_concat((tern_string[]){str("a"), str(""),
                                                           str("bc")}, 3)));
  tern_string one = str("only");
  CHECK(tern_concat((tern_string[]){str(""), one}, 2).ptr == one.ptr);
}

/* Each case: bytes, then the runes Go decodes them to. */
START_RUNTIME_TEST(string_utf8) {
  static const struct { const char *bytes; int n; int32_t runes[6]; } cases[] = {
      {"a\xC3\xA9", 2, {'a', 0xE9}},
      {"\xE4\xB8\x96", 1, {0x4E16}},
      {"\xF0\x9F\x98\x80", 1, {0x1F600}},
      {"\xC0\x80", 2, {0xFFFD, 0xFFFD}},             /* overlong */
      {"\xE0\x80\x80", 3, {0xFFFD, 0xFFFD, 0xFFFD}}, /* overlong */
      {"\xED\xA0\x80", 3, {0xFFFD, 0xFFFD, 0xFFFD}}, /* surrogate */
      {"\xF4\x90\x80\x80", 4, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
      {"\xE4\xB8z", 3, {0xFFFD, 0xFFFD, 'z'}},       /* cut short */
      {"\xFF", 1, {0xFFFD}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    tern_slice r = tern_runes_from_string(str(cases[i].bytes));
    CHECK(r.len == cases[i].n);
    for (int k = 0; k < cases[i].n; k++)
      CHECK(((int32_t *)r.ptr)[k] == cases[i].runes[k]);
  }
  for (int32_t r = 0; r <= 0x10FFFF; r += r < 0x800 ? 1 : 37) {
    bool surrogate = r >= 0xD800 && r < 0xE000;
    tern_string s = tern_string_from_rune(r);
    int32_t back;
    CHECK(tern_decoderune(s, 0, &back) == s.len);
    CHECK(back == (surrogate ? 0xFFFD : r));
  }
  CHECK(tern_streq(tern_string_from_rune(-1), str("\xEF\xBF\xBD")));
  CHECK(tern_streq(tern_string_from_rune(0x110000), str("\xEF\xBF\xBD")));
}

/* Capacities as Go 1.22 prints them when appending one by one. */
START_RUNTIME_TEST(slice_growth) {
  static const int64_t ints[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848,
                                 1280, 1792, 2560, 3408, 5120};
  tern_slice s = {0, 0, 0};
  size_t at = 0;
  for (int64_t i = 0; i < 5000; i++) {
    tern_slice old = s;
    s = tern_growslice(&t_int, s, i + 1);
    ((int64_t *)s.ptr)[i] = i;
    if (s.cap == old.cap) continue;
    CHECK(at < sizeof ints / sizeof ints[0] && s.cap == ints[at]);
    at++;
  }
  for (int64_t i = 0; i < 5000; i++) CHECK(((int64_t *)s.ptr)[i] == i);
  tern_slice b = tern_growslice(&t_uint8, (tern_slice){0, 0, 0}, 5);
  CHECK(b.len == 5 && b.cap == 8);
  tern_slice w = tern_growslice(&t_string, (tern_slice){0, 0, 0}, 5);
  CHECK(w.len == 5 && w.cap == 5);
  tern_slice e = tern_growslice(&t_empty, (tern_slice){0, 0, 0}, 1000);
  CHECK(e.len == 1000);
}

START_RUNTIME_TEST(slice_append_overlap) {
  tern_slice s = tern_makeslice(&t_int, 3, 10);
  int64_t *p = s.ptr;
  for (int i = 0; i < 3; i++) p[i] = i;
  s = tern_appendslice(&t_int, s, s);
  CHECK(s.len == 6 && s.ptr == p && p[3] == 0 && p[5] == 2);
  tern_slice head = {p, 5, 10}, tail = {p + 1, 5, 9};
  CHECK(tern_slicecopy(&t_int, tail, head) == 5);
  CHECK(p[1] == 0 && p[2] == 1 && p[5] == 1);
  tern_slice bytes = tern_appendstring((tern_slice){0, 0, 0}, str("hello"));
  CHECK(bytes.len == 5 && bytes.cap == 8 && memcmp(bytes.ptr, "hello", 5) == 0);
}

/* Longer than a chunk, overlapping both ways, with and without pointers. */
START_RUNTIME_TEST(copy_long_overlap) {
  const int64_t n = 300000;
  tern_slice s = tern_makeslice(&t_int, n + 1, n + 1);
  int64_t *p = s.ptr;
  for (int64_t i = 0; i < n; i++) p[i] = i;
  tern_copy(&t_int, p + 1, p, n);
  for (int64_t i = 0; i < n; i++) CHECK(p[i + 1] == i);
  tern_copy(&t_int, p, p + 1, n);
  for (int64_t i = 0; i < n; i++) CHECK(p[i] == i);
  tern_slice q = tern_makeslice(&t_int_ptr, n + 1, n + 1);
  int64_t **pp = q.ptr;
  for (int64_t i = 0; i < n; i++) tern_store_ptr(&pp[i], p + i);
  tern_copy(&t_int_ptr, pp + 1, pp, n);
  for (int64_t i = 0; i < n; i++) CHECK(pp[i + 1] == p + i);
  tern_clear(&t_int_ptr, pp, n + 1);
  for (int64_t i = 0; i <= n; i++) CHECK(pp[i] == NULL);
}

static void make_negative(void *arg) {
  (void)arg;
  tern_makeslice(&t_int, -1, -1);
}
static void make_bad_cap(void *arg) {
  (void)arg;
  tern_makeslice(&t_int, 2, 1);
}
static void make_huge(void *arg) {
  (void)arg;
  tern_makeslice(&t_int, (int64_t)1 << 60, (int64_t)1 << 60);
}

START_RUNTIME_TEST(slice_panics) {
  const char *len = "runtime error: makeslice: len out of range";
  CHECK(error_is(catch_panic(make_negative, NULL), len));
  CHECK(error_is(catch_panic(make_huge, NULL), len));
  CHECK(error_is(catch_panic(make_bad_cap, NULL),
                 "runtime error: makeslice: cap out of range"));
}

int main(void) {
  const runtime_test tests[] = {
      TEST(string_compare),       TEST(string_utf8),
      TEST(slice_growth),         TEST(slice_append_overlap),
      TEST(copy_long_overlap),    TEST(slice_panics)};
  return RUN_TESTS("lang_string", tests);
}
