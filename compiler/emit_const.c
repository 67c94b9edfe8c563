/* emit_const.c - constants: as operands, and as static initialisers. */
#include "emit.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The literal for a string constant of Go. */
Cx string_const(const char *s, size_t n) {
  if (n == 0) return cx(P_POST, "(tern_string){}");
  return cx(P_POST, "TERN_STR(%s)", c_string(s, n));
}

static Cx int_const(ConstValue *v, Type *t) {
  if (type_is_unsigned(t)) {
    uint64_t u = const_low64(v);
    /* without the suffix a C compiler would take the next longer signed type, and
     * compute with 64 bits where Go has 32 */
    if (u > INT64_MAX || (u > INT32_MAX && type_bits(t) <= 32))
      return cx(P_POST, "%" PRIu64 "u", u);
    return cx(P_POST, "%" PRIu64, u);
  }
  int64_t i = (int64_t)const_low64(v);
  if (i == INT64_MIN) return cx(P_POST, "INT64_MIN");
  if (i == INT32_MIN && type_bits(t) == 32) return cx(P_POST, "INT32_MIN");
  return cx(i < 0 ? P_UNARY : P_POST, "%" PRId64, i);
}

static Cx float_const(ConstValue *v, Type *t) {
  bool single = type_under(t)->kind == T_FLOAT32;
  double d = const_float64(v);
  char buf[64];
  /* the shortest text that reads back as the same double */
  for (int digits = 1; digits <= 17; digits++) {
    snprintf(buf, sizeof buf, "%.*g", digits, d);
    double back;
    sscanf(buf, "%lf", &back);
    if (back == d) break;
  }
  const char *dot = strpbrk(buf, ".e") ? "" : ".0";
  return cx(d < 0 ? P_UNARY : P_POST, "%s%s%s", buf, dot, single ? "f" : "");
}

/* The constant as an operand of type t. */
Cx const_value(ConstValue *v, Type *t) {
  Type *u = type_under(t);
  switch (u->kind) {
    case T_BOOL: return cx(P_POST, v->boolean ? "true" : "false");
    case T_STRING: return string_const(v->str, v->len);
    case T_FLOAT32: case T_FLOAT64: return float_const(v, t);
    case T_UNSAFE_POINTER: case T_POINTER:
      return cx(P_UNARY, "(void *)%s", int_const(v, type_basic[T_UINTPTR]).s);
    default: break;
  }
  ConstValue *i = v->kind == CONST_INT ? v : const_to_int(v);
  return int_const(i ? i : v, t);
}

/* The constant as a static initialiser. */
const char *const_init(ConstValue *v, Type *t) {
  if (type_under(t)->kind == T_STRING)
    return v->len ? arena_printf("TERN_STR_INIT(%s)", c_string(v->str, v->len))
                  : "{}";
  return const_value(v, t).s;
}
