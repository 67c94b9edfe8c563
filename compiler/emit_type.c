/* emit_type.c - C types for the language's types.
 *
 * Structs, arrays and result tuples become typedefs of C structs with the same
 * layout.  A mention makes a forward declaration; types_finish writes the
 * definitions, each after those it contains.  Named types of other kinds are
 * what they are made of, numbers with a typedef of their own.
 */
#include "emit.h"

#include <stdio.h>
#include <string.h>

/* What emission knows about a type; one for each link string. */
typedef struct TypeNote {
  const char *c;
  Type *type;
  bool done, doing;
} TypeNote;

static LIST_OF(TypeNote *) mentioned;
static TypeNote **notes;
static size_t notes_size, notes_count;

static TypeNote **note_slot(const char *key, Type *t) {
  (void)t;
  size_t i = fnv1a(key) & (notes_size - 1);
  while (notes[i] && strcmp(type_link_string(notes[i]->type), key) != 0)
    i = (i + 1) & (notes_size - 1);
  return &notes[i];
}

/* The note of a type that becomes a C struct or typedef; NULL c when new. */
static TypeNote *note_of(Type *t) {
  if (t->emit) return t->emit;
  if (notes_count * 2 >= notes_size) {
    TypeNote **old = notes;
    size_t n = notes_size;
    notes_size = n ? n * 2 : 512;
    notes = arena_array(TypeNote *, notes_size);
    for (size_t i = 0; i < n; i++)
      if (old[i])
        *note_slot(type_link_string(old[i]->type), old[i]->type) = old[i];
  }
  TypeNote **slot = note_slot(type_link_string(t), t);
  if (!*slot) {
    *slot = arena_new(TypeNote);
    (*slot)->type = t;
    notes_count++;
  }
  t->emit = *slot;
  return *slot;
}

static const char *const basic_c[] = {
    [T_BOOL] = "bool", [T_INT] = "int64_t", [T_INT8] = "int8_t",
    [T_INT16] = "int16_t", [T_INT32] = "int32_t", [T_INT64] = "int64_t",
    [T_UINT] = "uint64_t", [T_UINT8] = "uint8_t", [T_UINT16] = "uint16_t",
    [T_UINT32] = "uint32_t", [T_UINT64] = "uint64_t", [T_UINTPTR] = "uintptr_t",
    [T_FLOAT32] = "float", [T_FLOAT64] = "double",
};

/* A name for a type, of letters, digits and _. */
const char *type_mangle(Type *t) {
  const char *s;
  if (t->kind == T_NAMED) {
    Object *o = t->obj;
    s = o->pkg ? arena_printf("%s_%s", o->pkg->name, o->name) : o->name;
    if (o->local_index) s = arena_printf("%s_%d", s, o->local_index);
    return c_mangle(s);
  }
  switch (t->kind) {
    case T_POINTER: s = arena_printf("ptr_%s", type_mangle(t->elem)); break;
    case T_SLICE: s = arena_printf("slice_%s", type_mangle(t->elem)); break;
    case T_ARRAY:
      s = arena_printf("arr%lld_%s", (long long)t->len, type_mangle(t->elem));
      break;
    case T_MAP:
      s = arena_printf("map_%s_%s", type_mangle(t->key), type_mangle(t->elem));
      break;
    case T_CHAN: s = arena_printf("chan%d_%s", t->dir, type_mangle(t->elem)); break;
    case T_STRUCT: case T_FUNC: case T_INTERFACE: {
      const char *k = t->kind == T_STRUCT ? "struct"
                      : t->kind == T_FUNC ? "func" : "iface";
      if (t->kind == T_INTERFACE && t->nmethods == 0) return "any";
      s = arena_printf("%s_%08x", k, fnv1a(type_link_string(t)));
      break;
    }
    case T_TUPLE: {
      Text x = {0};
      text_add(&x, "ret");
      for (int i = 0; i < t->nvars; i++)
        text_printf(&x, "_%s", type_mangle(t->vars[i]->type));
      s = x.s;
      break;
    }
    default:
      s = t->kind == T_UNSAFE_POINTER ? "unsafe_Pointer" : t->obj->name;
      return c_mangle(s);
  }
  if (strlen(s) > 60) s = arena_printf("%.40s_%08x", s, fnv1a(s));
  return c_mangle(s);
}

static const char *struct_type(Type *t, const char *key) {
  TypeNote *n = note_of(t);
  if (!n->c) {
    n->c = c_symbol(type_mangle(t), arena_printf("T %s", key));
    text_printf(&E.forwards, "typedef struct %s %s;\n", n->c, n->c);
    list_push(&mentioned, n);
  }
  return n->c;
}

static const char *pointer_to(Type *elem) {
  static int depth;
  if (depth > 8) return "void *"; /* type P *P */
  depth++;
  const char *e = ctype(elem);
  depth--;
  return arena_printf("%s%s*", e, e[strlen(e) - 1] == '*' ? "" : " ");
}

/* The C type for t, as it is written before a name. */
const char *ctype(Type *t) {
  Type *u = type_under(t);
  switch (u->kind) {
    case T_POINTER: return pointer_to(u->elem);
    case T_SLICE: return "tern_slice";
    case T_STRING: return "tern_string";
    case T_MAP: return "tern_map *";
    case T_CHAN: return "tern_chan *";
    case T_FUNC: return "tern_func";
    case T_INTERFACE: return u->nmethods ? "tern_iface" : "tern_eface";
    case T_UNSAFE_POINTER: return "void *";
    case T_STRUCT: return struct_type(t, type_link_string(t));
    case T_ARRAY: return struct_type(u, type_link_string(u));
    case T_TUPLE:
      if (u->nvars == 0) return "void";
      if (u->nvars == 1) return ctype(u->vars[0]->type);
      return struct_type(u, type_mangle(u));
    default: break;
  }
  if (t->kind == T_NAMED) {
    TypeNote *n = note_of(t);
    if (!n->c) {
      n->c = c_symbol(type_mangle(t), arena_printf("T %s", type_link_string(t)));
      text_printf(&E.forwards, "typedef %s %s;\n", basic_c[u->kind], n->c);
    }
    return n->c;
  }
  return basic_c[u->kind];
}

/* Whether C treats it as a single value: ?: and casts work. */
bool is_scalar(Type *t) {
  switch (type_under(t)->kind) {
    case T_STRUCT: case T_ARRAY: case T_STRING: case T_SLICE: case T_INTERFACE:
    case T_TUPLE:
      return false;
    default:
      return true;
  }
}

/* The C result type of a function of this signature. */
const char *cresult(Type *sig) {
  return ctype(type_under(sig)->results);
}

/* Whether a value of this type is passed by address.  The function makes its own copy,
 * in a frame that it has checked for; so neither its callers nor the glue between,
 * which checks nothing, needs stack for the value. */
bool by_address(Type *t) { return type_size(t) > 64; }

/* The C type of such a parameter. */
const char *cparam(Type *t) {
  return by_address(t) ? arena_printf("%s *", ctype(t)) : ctype(t);
}

/* Its parameter types, after `first` (NULL: none). */
const char *cparams(Type *sig, const char *first) {
  Type *p = type_under(sig)->params;
  Text x = {0};
  if (first) text_add(&x, first);
  for (int i = 0; i < p->nvars; i++)
    text_printf(&x, "%s%s", x.len ? ", " : "", cparam(p->vars[i]->type));
  return x.len ? x.s : "void";
}

/* The C type of a pointer to such a function. */
const char *cfn_type(Type *sig, const char *first) {
  return arena_printf("%s (*)(%s)", cresult(sig), cparams(sig, first));
}

/* A zero of the type. */
Cx zero_value(Type *t) {
  Type *u = type_under(t);
  switch (u->kind) {
    case T_BOOL: return cx(P_POST, "false");
    case T_FLOAT32: case T_FLOAT64: return cx(P_POST, "0");
    default:
      if (is_scalar(t)) return cx(P_POST, type_has_nil(t) ? "NULL" : "0");
      return cx(P_POST, "(%s){}", ctype(t));
  }
}

/* Width of an integer or float type. */
int type_bits(Type *t) { return (int)type_size(t) * 8; }

/* The suffix of the arithmetic helpers for an integer type. */
const char *type_suffix(Type *t) {
  return arena_printf("%c%d", type_is_unsigned(t) ? 'u' : 'i', type_bits(t));
}

/* ---- Definitions -------------------------------------------------------- */

static void define(TypeNote *n);

static void define_part(Type *t) {
  Type *u = type_under(t);
  if (u->kind == T_STRUCT) {
    ctype(t);
    define(note_of(t));
  } else if (u->kind == T_ARRAY) {
    ctype(u);
    define(note_of(u));
  }
}

static void member(Text *out, Type *t, const char *name) {
  const char *c = ctype(t);
  text_printf(out, "  %s%s%s;\n", c, c[strlen(c) - 1] == '*' ? "" : " ", name);
}

static void define_struct(TypeNote *n, Type *u) {
  Text body = {0};
  int64_t size = type_size(u), end = 0;
  for (int i = 0; i < u->nfields; i++) {
    define_part(u->fields[i].type);
    member(&body, u->fields[i].type, field_name(u, i));
    end = u->fields[i].offset + type_size(u->fields[i].type);
  }
  int64_t align = type_align(u);
  if (size > (end + align - 1) / align * align)
    text_add(&body, "  uint8_t tern_pad; /* so that &last is inside */\n");
  text_printf(&E.types, "struct %s {\n%s};\n", n->c, body.s ? body.s : "");
}

static void define(TypeNote *n) {
  if (n->done || n->doing) return;
  n->doing = true;
  Type *u = type_under(n->type);
  if (u->kind == T_STRUCT) {
    define_struct(n, u);
  } else if (u->kind == T_ARRAY) {
    define_part(u->elem);
    const char *e = ctype(u->elem);
    text_printf(&E.types, "struct %s {\n  %s%sa[%lld];\n};\n", n->c, e,
                e[strlen(e) - 1] == '*' ? "" : " ", (long long)u->len);
  } else { /* results */
    Text body = {0};
    for (int i = 0; i < u->nvars; i++) {
      define_part(u->vars[i]->type);
      member(&body, u->vars[i]->type, arena_printf("r%d", i));
    }
    text_printf(&E.types, "struct %s {\n%s};\n", n->c, body.s);
    n->done = true;
    return;
  }
  text_printf(&E.types, "_Static_assert(sizeof(struct %s) == %lld, \"layout\");\n",
              n->c, (long long)type_size(u));
  n->done = true;
}

/* Writes the definitions of all types mentioned so far. */
void types_finish(void) {
  for (int i = 0; i < mentioned.len; i++) define(mentioned.at[i]);
}
