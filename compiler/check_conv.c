/* check_conv.c - conversions T(x). */
#include <string.h>

#include "check_internal.h"
#include "utf8.h"

static bool is_bytes_or_runes(Type *u) {
  if (u->kind != T_SLICE) return false;
  TypeKind k = type_under(u->elem)->kind;
  return k == T_UINT8 || k == T_INT32;
}

/* A slice to an array, or to a pointer to one. */
static bool slice_to_array(Type *vu, Type *tu) {
  if (vu->kind != T_SLICE) return false;
  if (tu->kind == T_POINTER) tu = type_under(tu->elem);
  return tu->kind == T_ARRAY && type_identical(vu->elem, tu->elem);
}

static bool is_pointer_or_uintptr(Type *u) {
  return u->kind == T_POINTER || u->kind == T_UINTPTR;
}

/* Whether a value x that is no constant converts to t. */
static bool convertible(Operand *x, Type *t, const char **cause) {
  if (assignable(x, t, cause)) return true;
  Type *v = x->type, *vu = type_under(v), *tu = type_under(t);
  if (type_identical_but_tags(vu, tu)) return true;
  if (v->kind == T_POINTER && t->kind == T_POINTER &&
      type_identical_but_tags(type_under(v->elem), type_under(t->elem)))
    return true;
  if (type_is_numeric(vu) && type_is_numeric(tu)) return true;
  if ((type_is_integer(vu) || is_bytes_or_runes(vu)) && type_is_string(tu))
    return true;
  if (type_is_string(vu) && is_bytes_or_runes(tu)) return true;
  if (tu->kind == T_UNSAFE_POINTER && is_pointer_or_uintptr(vu)) return true;
  if (vu->kind == T_UNSAFE_POINTER && is_pointer_or_uintptr(tu)) return true;
  return slice_to_array(vu, tu);
}

static bool is_constant_type(Type *t) {
  TypeKind k = type_under(t)->kind;
  return k <= T_FLOAT64 ? k != T_INVALID : k == T_STRING;
}

/* Converts the constant x->val to t in place. */
static bool convert_constant(Operand *x, Type *t) {
  ConstValue *v;
  if (representable(x->val, t, &v)) {
    x->val = v;
    return true;
  }
  if (type_is_integer(t) && const_to_int(x->val)) x->val = const_to_int(x->val);
  if (!type_is_integer(x->type) || !type_is_string(t)) return false;
  uint64_t r;
  char buf[4];
  if (!const_uint64(x->val, &r) || r > UTF8_MAX_RUNE) r = UTF8_ERROR;
  x->val = const_string(buf, utf8_encode((uint32_t)r, buf));
  return true;
}

/* The type that an untyped operand of the conversion gets. */
static Type *operand_type(Operand *x, Type *t, bool constant) {
  if (x->type->kind == T_UNTYPED_NIL) return t;
  if (type_is_interface(t) || (constant && !is_constant_type(t)))
    return default_type(x->type);
  if (x->mode == MODE_CONSTANT && type_is_integer(x->type) && type_is_string(t))
    return x->type;
  return t;
}

void check_conversion(Operand *x, Type *t) {
  bool constant = x->mode == MODE_CONSTANT, ok;
  const char *cause = NULL;
  if (constant && is_constant_type(t)) {
    ok = convert_constant(x, t);
    if (!ok && type_is_integer(x->type) && type_is_integer(t)) {
      error_operand(x, "constant %s overflows %s", const_text(x->val),
                    TYPE_STR(t));
      x->mode = MODE_INVALID;
      return;
    }
  } else {
    ok = convertible(x, t, &cause);
    if (ok && x->mode != MODE_NIL) x->mode = MODE_VALUE;
    if (ok) x->mode = MODE_VALUE;
  }
  if (!ok) {
    error_operand(x, "cannot convert %s to type %s%s%s", operand_string(x),
                  TYPE_STR(t), cause && *cause ? ": " : "", cause ? cause : "");
    x->mode = MODE_INVALID;
    return;
  }
  if (type_is_untyped(x->type)) {
    /* The operand of a constant conversion is never looked at again; only a
     * shift inside or a value needs its type. */
    Type *final = operand_type(x, t, constant);
    if (!(constant && x->mode == MODE_CONSTANT)) update_type(x->expr, final);
  }
  x->type = t;
}
