/* ffi_signatures.h - writes a C library of random functions for ffi_test.c.
 *
 * For each signature the library has the same function six times over: as C has
 * it, as a C caller calls it, as emitted Go calls it through a closure, as emitted
 * Go defines it, and as a C caller calls it back; and its type descriptor.  What
 * arrives is summed up in a hash, and what is returned follows from the hash.
 */
#ifndef TERN_TEST_FFI_SIGNATURES_H
#define TERN_TEST_FFI_SIGNATURES_H

#include <stdint.h>
#include <stdio.h>

#include "ffi/goabi.h"
#include "lang_types.h"

/* One entry of the library's array `cases`. */
struct sig_case {
  const void *type;      /* tern_type of the function */
  void *c;               /* the C function */
  void *go;              /* the same as emitted Go would be */
  void (*fill)(void *in, uint64_t seed);
  void (*direct)(void *in, void *out);
  void (*through)(void *closure, void *in, void *out);
  void (*back)(void *code, void *in, void *out);
  uint64_t (*result_hash)(void *out);
  const char *text;
};

enum { SIG_STRUCTS = 60, SIG_SCALARS = 12, SIG_MAX_ARGS = 12, SIG_BYTES = 1 << 14 };

static const struct {
  const char *c, *kind;
} sig_scalar[SIG_SCALARS] = {
    {"bool", "BOOL"}, {"int8_t", "INT8"}, {"int16_t", "INT16"}, {"int32_t", "INT32"},
    {"int64_t", "INT64"}, {"uint8_t", "UINT8"}, {"uint16_t", "UINT16"},
    {"uint32_t", "UINT32"}, {"uint64_t", "UINT64"}, {"float", "FLOAT32"},
    {"double", "FLOAT64"}, {"pointer", "UNSAFE_POINTER"}};

/* Type number t: a scalar, then the structs. */
static const char *sig_name(uint32_t t) {
  static char buf[8][16];
  static int at;
  if (t < SIG_SCALARS) return sig_scalar[t].c;
  char *b = buf[at++ % 8];
  snprintf(b, sizeof buf[0], "S%u", t - SIG_SCALARS);
  return b;
}

static void sig_write_scalars(FILE *f) {
  fprintf(f, "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n"
             "#include <string.h>\n#include \"heap/type.h\"\n"
             "typedef void *pointer;\nuint64_t seen;\n"
             "static uint64_t mix(uint64_t h, const void *p, size_t n) {\n"
             "  uint64_t v = 0; memcpy(&v, p, n);\n"
             "  h = (h ^ v) * 0x9e3779b97f4a7c15u; return h ^ h >> 29; }\n"
             "static uint64_t next(uint64_t *s) { return *s = mix(*s + 1, s, 8); }\n");
  for (int i = 0; i < SIG_SCALARS; i++) {
    const char *c = sig_scalar[i].c;
    fprintf(f, "static tern_type t_%s = {.size = sizeof(%s), .kind = TERN_%s,\n"
               "  .align = sizeof(%s), .name = TERN_STR_INIT(\"%s\")};\n",
            c, c, sig_scalar[i].kind, c, c);
    fprintf(f, "static uint64_t hash_%s(uint64_t h, const %s *p) { return mix(h, p, "
               "sizeof *p); }\n", c, c);
    fprintf(f, "static void fill_%s(%s *p, uint64_t *s) { uint64_t v = next(s)%s; "
               "memcpy(p, &v, sizeof *p); }\n", c, c, i == 0 ? " & 1" : "");
  }
}

/* A call for field k, or for each of its len elements. */
static void sig_write_elements(FILE *f, const char *call, uint32_t type, uint32_t k,
                               uint32_t len, const char *rest) {
  for (uint32_t j = 0; j < (len ? len : 1); j++) {
    fprintf(f, " ");
    fprintf(f, call, sig_name(type));
    fprintf(f, "f%u", k);
    if (len) fprintf(f, "[%u]", j);
    fprintf(f, "%s);", rest);
  }
}

/* A struct of up to six fields; some are arrays, some earlier structs. */
static void sig_write_struct(FILE *f, uint32_t i) {
  uint32_t n = 1 + test_rand(i % 3 == 0 ? 6 : 3), type[6], len[6];
  bool same = test_rand(4) == 0; /* all of one kind, as vectors are */
  uint32_t first = test_rand(SIG_SCALARS);
  for (uint32_t k = 0; k < n; k++) {
    type[k] = same ? first : test_rand(SIG_SCALARS + (i > 8 && test_rand(3) == 0 ? i : 0));
    len[k] = test_rand(5) == 0 ? 1 + test_rand(4) : 0;
  }
  fprintf(f, "typedef struct {");
  for (uint32_t k = 0; k < n; k++) {
    fprintf(f, " %s f%u", sig_name(type[k]), k);
    if (len[k]) fprintf(f, "[%u]", len[k]);
    fprintf(f, ";");
  }
  fprintf(f, " } S%u;\n", i);
  for (uint32_t k = 0; k < n; k++)
    if (len[k])
      fprintf(f, "static tern_type t_S%u_%u = {.size = %u * sizeof(%s), .kind = TERN_ARRAY,"
                 " .align = 1, .elem = &t_%s, .len = %u, .name = TERN_STR_INIT(\"array\")};\n",
              i, k, len[k], sig_name(type[k]), sig_name(type[k]), len[k]);
  fprintf(f, "static const tern_field fields_S%u[] = {", i);
  for (uint32_t k = 0; k < n; k++) {
    fprintf(f, "{TERN_STR_INIT(\"f%u\"), &t_", k);
    if (len[k])
      fprintf(f, "S%u_%u", i, k);
    else
      fprintf(f, "%s", sig_name(type[k]));
    fprintf(f, ", offsetof(S%u, f%u), false, true, {0}},", i, k);
  }
  fprintf(f, "};\nstatic tern_type t_S%u = {.size = sizeof(S%u), .kind = TERN_STRUCT, "
             ".align = _Alignof(S%u), .nfields = %u, .fields = fields_S%u, "
             ".name = TERN_STR_INIT(\"S%u\")};\n", i, i, i, n, i, i);
  fprintf(f, "static uint64_t hash_S%u(uint64_t h, const S%u *p) {", i, i);
  for (uint32_t k = 0; k < n; k++)
    sig_write_elements(f, "h = hash_%s(h, &p->", type[k], k, len[k], "");
  fprintf(f, " return h; }\nstatic void fill_S%u(S%u *p, uint64_t *s) {", i, i);
  for (uint32_t k = 0; k < n; k++)
    sig_write_elements(f, "fill_%s(&p->", type[k], k, len[k], ", s");
  fprintf(f, " }\n");
}

/* Go functions take large values by address (ffi/goabi.h). */
static void sig_write_passing(FILE *f) {
  fprintf(f, "#define LARGE(T) (sizeof(T) > %d)\n"
             "#define GO(T) typeof(__builtin_choose_expr(LARGE(T), (T *)0, *(T *)0))\n"
             "#define PASS(x) __builtin_choose_expr(LARGE(x), &x, x)\n"
             "#define TAKEN(T, x) __builtin_choose_expr(LARGE(T), x, &x)\n", GO_BY_ADDRESS);
}

static void sig_write_params(FILE *f, bool go, const uint32_t *a, uint32_t n) {
  const char *before = go ? "void *self" : "";
  fprintf(f, "(%s", before);
  for (uint32_t i = 0; i < n; i++)
    fprintf(f, "%s%s%s%s a%u", i || go ? ", " : "", go ? "GO(" : "", sig_name(a[i]),
            go ? ")" : "", i);
  fprintf(f, "%s)", n || *before ? "" : "void");
}

/* A caller: calls `callee` with the values of *in. */
static void sig_write_call(FILE *f, uint32_t k, const char *head, const char *callee,
                           const char *before, uint32_t n, const char *result) {
  fprintf(f, "static void %s_%u(%svoid *in, void *out) { struct in_%u *v = in; (void)v; "
             "(void)out; ", head, k,
          strcmp(head, "direct") == 0 ? "" : "void *f, ", k);
  if (result) fprintf(f, "*(%s *)out = ", result);
  fprintf(f, "%s(%s", callee, before);
  bool go = *before;
  for (uint32_t i = 0; i < n; i++)
    fprintf(f, go ? "%sPASS(v->a%u)" : "%sv->a%u", i || go ? ", " : "", i);
  fprintf(f, "); }\n");
}

static void sig_write_case(FILE *f, uint32_t k) {
  uint32_t n = test_rand(SIG_MAX_ARGS + 1), a[SIG_MAX_ARGS], r;
  for (uint32_t i = 0; i < n; i++)
    a[i] = test_rand(2) ? test_rand(SIG_SCALARS) : test_rand(SIG_SCALARS + SIG_STRUCTS);
  bool nothing = test_rand(10) == 0;
  r = test_rand(2) ? test_rand(SIG_SCALARS) : SIG_SCALARS + test_rand(SIG_STRUCTS);
  char callee[2000], result[20];
  snprintf(result, sizeof result, "%s", nothing ? "void" : sig_name(r));
  fprintf(f, "struct in_%u {", k);
  for (uint32_t i = 0; i < n; i++) fprintf(f, " %s a%u;", sig_name(a[i]), i);
  fprintf(f, " int none; };\n");
  for (int go = 0; go < 2; go++) {
    fprintf(f, "static %s %s_%u", result, go ? "go" : "c", k);
    sig_write_params(f, go, a, n);
    fprintf(f, " { uint64_t h = %u;", k);
    if (go) fprintf(f, " if (*(void **)self != (void *)go_%u) h++;", k);
    for (uint32_t i = 0; i < n; i++)
      if (go)
        fprintf(f, " h = hash_%s(h, TAKEN(%s, a%u));", sig_name(a[i]), sig_name(a[i]), i);
      else
        fprintf(f, " h = hash_%s(h, &a%u);", sig_name(a[i]), i);
    fprintf(f, " seen = h;");
    if (!nothing) fprintf(f, " %s r; fill_%s(&r, &h); return r;", result, result);
    fprintf(f, " }\n");
  }
  fprintf(f, "static void fill_in_%u(void *in, uint64_t s) { struct in_%u *v = in; v->none = 0;",
          k, k);
  for (uint32_t i = 0; i < n; i++) fprintf(f, " fill_%s(&v->a%u, &s);", sig_name(a[i]), i);
  fprintf(f, " }\n");
  snprintf(callee, sizeof callee, "c_%u", k);
  sig_write_call(f, k, "direct", callee, "", n, nothing ? NULL : result);
  for (int go = 0; go < 2; go++) {
    char *at = callee + snprintf(callee, sizeof callee, "((%s (*)(%s", result,
                                 go ? "void *" : "");
    for (uint32_t i = 0; i < n; i++)
      at += sprintf(at, "%s%s%s%s", i || go ? ", " : "", go ? "GO(" : "", sig_name(a[i]),
                    go ? ")" : "");
    sprintf(at, "%s))%sf)", n || go ? "" : "void", go ? "*(void **)" : "");
    sig_write_call(f, k, go ? "through" : "back", callee, go ? "f" : "", n,
                   nothing ? NULL : result);
  }
  fprintf(f, "static uint64_t result_%u(void *p) { (void)p; return ", k);
  if (nothing)
    fprintf(f, "0; }\n");
  else
    fprintf(f, "hash_%s(0, p); }\n", result);
  fprintf(f, "static const tern_type *const inout_%u[] = {", k);
  for (uint32_t i = 0; i < n; i++) fprintf(f, "&t_%s, ", sig_name(a[i]));
  fprintf(f, nothing ? "0};\n" : "&t_%s};\n", result);
  fprintf(f, "static tern_type t_f%u = {.size = 8, .kind = TERN_FUNC, .align = 8, .nin = %u, "
             ".nout = %d, .inout = inout_%u, .name = TERN_STR_INIT(\"func\")};\n",
          k, n, !nothing, k);
}

/* Writes the library with n functions. */
static void sig_write_library(FILE *f, uint32_t n) {
  sig_write_passing(f);
  sig_write_scalars(f);
  for (uint32_t i = 0; i < SIG_STRUCTS; i++) sig_write_struct(f, i);
  for (uint32_t k = 0; k < n; k++) sig_write_case(f, k);
  fprintf(f, "struct { const void *type; void *c, *go, *fill, *direct, *through, *back, "
             "*result; const char *text; } cases[] = {\n");
  for (uint32_t k = 0; k < n; k++)
    fprintf(f, "  {&t_f%u, c_%u, go_%u, fill_in_%u, direct_%u, through_%u, back_%u, result_%u,"
               " \"c_%u\"},\n", k, k, k, k, k, k, k, k, k);
  fprintf(f, "};\n");
}

#endif
