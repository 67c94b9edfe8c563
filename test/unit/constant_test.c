/* constant_test.c - exact constants (compiler/constant.c, constant_big.c).
 *
 * The expected numbers come from Go's specification and from IEEE 754. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../../compiler/constant.h"

static ConstValue *integer(const char *s) {
  ConstValue *v = const_int_literal(s, strlen(s));
  ck_assert_ptr_nonnull(v);
  return v;
}

static ConstValue *number(const char *s) {
  ConstValue *v = const_float_literal(s, strlen(s));
  ck_assert_ptr_nonnull(v);
  return v;
}

#define TEXT(v, s) ck_assert_str_eq(const_text(v), s)

START_TEST(integer_literals) {
  TEXT(integer("0"), "0");
  TEXT(integer("1_000_000"), "1000000");
  TEXT(integer("0x_FF"), "255");
  TEXT(integer("0b1011"), "11");
  TEXT(integer("0o17"), "15");
  TEXT(integer("017"), "15");
  TEXT(integer("123456789012345678901234567890"),
       "123456789012345678901234567890");
}
END_TEST

START_TEST(float_literals) {
  ck_assert_double_eq(const_float64(number("0.1")), 0.1);
  ck_assert_double_eq(const_float64(number("1e308")), 1e308);
  ck_assert_double_eq(const_float64(number("0x1.8p1")), 3.0);
  ck_assert_double_eq(const_float64(number("0x.1p-4")), 0x.1p-4);
  ck_assert_double_eq(const_float64(number(".5")), 0.5);
  ck_assert_double_eq(const_float64(number("5.")), 5.0);
  ck_assert_double_eq(const_float64(number("1_0.2_5")), 10.25);
  TEXT(number("1e1000"), "1e+1000");
  ck_assert_ptr_null(const_float_literal("1e99999999999", 13));
}
END_TEST

/* Rounding is to nearest, ties to even, also among the subnormals. */
START_TEST(rounding) {
  ck_assert_double_eq(const_float64(integer("9007199254740993")),
                      9007199254740992.0);
  ck_assert_double_eq(const_float64(integer("9007199254740995")),
                      9007199254740996.0);
  ck_assert_double_eq(const_float64(number("5e-324")), 4.9406564584124654e-324);
  ck_assert_double_eq(const_float64(number("2e-324")), 0.0);
  ck_assert_double_eq(const_float64(number("1e-400")), 0.0);
  ck_assert_float_eq(const_float32(number("16777217.0")), 16777216.0f);
  ck_assert_float_eq(const_float32(number("1e-46")), 0.0f);
  ck_assert_ptr_null(const_round_float(number("1e39"), 32));
  ck_assert_ptr_null(const_round_float(number("1e309"), 64));
  ck_assert_ptr_nonnull(const_round_float(number("3.4028235e38"), 32));
}
END_TEST

START_TEST(random_doubles_survive) {
  const char *env = getenv("SEED");
  unsigned seed = env ? (unsigned)atoi(env) : 1;
  printf("seed %u\n", seed);
  srandom(seed);
  for (int i = 0; i < 20000; i++) {
    union {
      uint64_t bits;
      double d;
    } u = {((uint64_t)random() << 33) ^ ((uint64_t)random() << 11) ^
           (uint64_t)random()};
    if (!isfinite(u.d)) continue;
    char text[64];
    snprintf(text, sizeof text, "%.17g", fabs(u.d));
    if (!strpbrk(text, ".e")) strcat(text, ".0");
    ck_assert_msg(const_float64(number(text)) == fabs(u.d), "%s", text);
    float f = (float)fabs(u.d);
    if (isfinite(f))
      ck_assert_msg(const_float32(number(text)) == strtof(text, NULL), "%s",
                    text);
  }
}
END_TEST

START_TEST(integer_arithmetic) {
  ConstValue *a = integer("7"), *b = integer("2");
  a = const_unary(CONST_NEG, a, 0);
  TEXT(const_binary(a, CONST_IDIV, b), "-3");
  TEXT(const_binary(a, CONST_REM, b), "-1");
  TEXT(const_binary(a, CONST_AND, b), "0");
  TEXT(const_binary(a, CONST_AND_NOT, b), "-7");
  TEXT(const_binary(a, CONST_XOR, b), "-5");
  TEXT(const_shift(a, CONST_SHR, 1), "-4");
  TEXT(const_shift(integer("1"), CONST_SHL, 100),
       "1267650600228229401496703205376");
  TEXT(const_unary(CONST_COM, integer("1"), 0), "-2");
  TEXT(const_unary(CONST_COM, integer("1"), 8), "254");
}
END_TEST

START_TEST(float_arithmetic) {
  ConstValue *third = const_binary(integer("1"), CONST_QUO, integer("3"));
  ConstValue *one = const_binary(third, CONST_MUL, integer("3"));
  ck_assert_ptr_nonnull(const_to_int(one)); /* exact */
  ConstValue *big = number("1e5000");
  ConstValue *back = const_binary(big, CONST_QUO, number("1e4999"));
  ck_assert_double_eq(const_float64(back), 10.0);
  ck_assert(const_compare(big, CONST_GTR, number("1e4999")));
  ck_assert(const_compare(big, CONST_EQL, number("1e5000")));
  ConstValue *sum = const_binary(big, CONST_ADD, integer("1"));
  ck_assert(const_compare(sum, CONST_GEQ, big));
  TEXT(const_binary(big, CONST_MUL, big), "1e+10000");
}
END_TEST

START_TEST(comparisons) {
  ConstValue *a = const_string("ab", 2), *b = const_string("abc", 3);
  ck_assert(const_compare(a, CONST_LSS, b));
  ck_assert(!const_compare(b, CONST_LEQ, a));
  ck_assert(const_compare(const_bool(true), CONST_NEQ, const_bool(false)));
  ck_assert(const_compare(integer("2"), CONST_EQL, number("2.0")));
  TEXT(const_binary(a, CONST_ADD, b), "\"ababc\"");
}
END_TEST

START_TEST(conversions) {
  int64_t i;
  uint64_t u;
  ck_assert(const_int64(number("3.0"), &i) && i == 3);
  ck_assert(!const_int64(number("3.5"), &i));
  ck_assert(const_uint64(integer("18446744073709551615"), &u) &&
            u == UINT64_MAX);
  ck_assert(!const_uint64(integer("18446744073709551616"), &u));
  ck_assert_uint_eq(const_low64(const_int(-1)), UINT64_MAX);
  ck_assert_ptr_null(const_to_int(const_string("1", 1)));
}
END_TEST

START_TEST(texts) {
  TEXT(number("1.50"), "1.5");
  TEXT(number("1.25e-7"), "1.25e-07");
  TEXT(const_string("a\n\"\xff\x01", 5), "\"a\\n\\\"\\xff\\x01\"");
  TEXT(const_string("\u4e16", 3), "\"\u4e16\"");
  char lots[200];
  memset(lots, 'x', sizeof lots);
  ck_assert_uint_eq(strlen(const_text(const_string(lots, sizeof lots))), 72);
}
END_TEST

int main(void) {
  TCase *t = tcase_create("constants");
  tcase_add_test(t, integer_literals);
  tcase_add_test(t, float_literals);
  tcase_add_test(t, rounding);
  tcase_add_test(t, random_doubles_survive);
  tcase_add_test(t, integer_arithmetic);
  tcase_add_test(t, float_arithmetic);
  tcase_add_test(t, comparisons);
  tcase_add_test(t, conversions);
  tcase_add_test(t, texts);
  Suite *s = suite_create("constant");
  suite_add_tcase(s, t);
  SRunner *r = srunner_create(s);
  srunner_run_all(r, CK_NORMAL);
  int failed = srunner_ntests_failed(r);
  srunner_free(r);
  return failed != 0;
}
