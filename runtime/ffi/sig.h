/* sig.h - signatures: what is known of a call before it is made.
 *
 * A Go func type is looked at once; libffi's call interface for C's side, the
 * places of the arguments on Go's side and the conversions between the two are
 * then found by the address of its descriptor.  They are never freed: there are
 * as many as func types in the program.
 */
#ifndef TERN_FFI_SIG_H
#define TERN_FFI_SIG_H

#include <ffi.h>

#include "ffi/goabi.h"

/* How an argument or a result gets from one side to the other. */
enum conversion {
  CONVERT_NONE,    /* same bytes; of a slice the first word */
  CONVERT_STRING,  /* copied, with a NUL on C's side */
  CONVERT_FUNC,    /* a callback; a C function as a Go function */
  CONVERT_PROMOTE, /* an argument for `...`: int and double at least */
  CONVERT_EMPTY,   /* an empty struct: C passes nothing for it */
};

enum { MAX_FUNC_ARGS = 8, MAX_ARGS = 256 };

/* What a call of a variadic function looks like with certain types for `...`.
 * Appended to signature.variants with release; constant then. */
struct variant {
  struct variant *next;
  int32_t nrest;
  const tern_type **types; /* of the values; NULL for a nil interface */
  uint8_t *conversions;
  int32_t split;           /* as in struct signature */
  ffi_cif cif;
};

struct signature {
  /* constant once published */
  const tern_type *type;      /* a func type */
  struct signature *next;     /* in the table */
  ffi_cif cif;                /* of a callback */
  ffi_cif call;               /* of a call, without the values for `...` */
  int32_t split;              /* c_split_argument: two in `call`; or -1 */
  int32_t nfixed;             /* arguments before `...` */
  int32_t nfixed_c;           /* of these C gets so many: not the empty structs */
  bool rest, has_strings, has_funcs;
  bool quick;                 /* no conversion of arguments */
  bool direct;                /* all in the same registers on both sides */
  uint8_t *conversions;       /* nfixed */
  enum conversion result;
  bool result_is_word;        /* one register, as libffi leaves it */
  const tern_type *result_type; /* or NULL */
  const char *not_a_callback; /* why C cannot call such a Go function, or NULL */
  struct variant *variants;   /* atomic, acquire */
  struct go_abi go;           /* last: its size varies */
};

/* Why a type does not do, as text. */
struct complaint {
  char text[256];
};

/* The signature of a func type; NULL and *why if C has nothing like it.  Any
 * goroutine; takes the room's lock. */
struct signature *signature_of(const tern_type *func, struct complaint *why);
/* The call interface for these values of `...`; NULL and *why as above.  Any
 * goroutine. */
struct variant *signature_variant(struct signature *s, const tern_eface *rest,
                                  int64_t n, struct complaint *why);

#endif
