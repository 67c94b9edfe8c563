/* emit_desc.c - type descriptors.
 *
 * A mention queues the type; descs_finish writes the descriptors of the queue,
 * which grows as descriptors mention further types.  Descriptors are weak, and
 * named by the type, so the linker keeps one for each type.  Those of a named
 * type T and of *T live in T's package; other packages refer to them.
 */
#include "emit.h"

#include <inttypes.h>
#include <string.h>

#include "../runtime/heap/type.h"

static LIST_OF(Type *) queue;

typedef struct Known {
  const char *symbol, *name;
} Known;
static LIST_OF(Known) known;
static Known **known_table;
static size_t known_size;

static Known *lookup(const char *symbol) {
  if ((size_t)known.len * 2 >= known_size) {
    known_size = known_size ? known_size * 2 : 512;
    known_table = arena_array(Known *, known_size);
    for (int i = 0; i < known.len; i++) {
      size_t h = fnv1a(known.at[i].symbol) & (known_size - 1);
      while (known_table[h]) h = (h + 1) & (known_size - 1);
      Known *copy = arena_new(Known);
      *copy = known.at[i];
      known_table[h] = copy;
    }
  }
  size_t h = fnv1a(symbol) & (known_size - 1);
  while (known_table[h] && strcmp(known_table[h]->symbol, symbol) != 0)
    h = (h + 1) & (known_size - 1);
  if (!known_table[h]) {
    Known *k = arena_new(Known);
    k->symbol = symbol;
    known_table[h] = k;
    list_push(&known, *k);
  }
  return known_table[h];
}

static Type *named_in(Type *t) {
  if (t->kind == T_NAMED) return t;
  if (t->kind == T_POINTER && t->elem->kind == T_NAMED) return t->elem;
  return NULL;
}

/* The descriptor of a type: the name of a tern_type. */
const char *type_desc(Type *t) {
  const char *symbol = arena_printf("type:%s", type_link_string(t));
  Known *k = lookup(symbol);
  if (k->name) return k->name;
  k->name = c_symbol(arena_printf("type_%s", type_mangle(t)), symbol);
  Type *named = named_in(t);
  bool foreign = named && named->obj->pkg && named->obj->pkg != E.pkg;
  text_printf(&E.desc_decls, "extern tern_type %s %s%s;\n", k->name,
              sym("type:", type_link_string(t)), foreign ? "" : " TERN_WEAK");
  if (!foreign) list_push(&queue, t);
  return k->name;
}

/* ---- Pointer masks ------------------------------------------------------ */

static void set_bit(uint64_t *mask, int64_t offset) {
  mask[offset / 8 / 64] |= (uint64_t)1 << (offset / 8 % 64);
}

/* Sets the bits of the pointers of a t at this offset. */
void pointer_mask(Type *t, int64_t offset, uint64_t *mask) {
  Type *u = type_under(t);
  if (!type_has_pointers(u)) return;
  switch (u->kind) {
    case T_ARRAY: {
      int64_t size = type_size(u->elem);
      for (int64_t i = 0; i < u->len; i++) pointer_mask(u->elem, offset + i * size, mask);
      break;
    }
    case T_STRUCT:
      for (int i = 0; i < u->nfields; i++)
        pointer_mask(u->fields[i].type, offset + u->fields[i].offset, mask);
      break;
    case T_INTERFACE: set_bit(mask, offset + 8); break;
    default: set_bit(mask, offset); break;
  }
}

static void put_layout(Text *out, int64_t size, uint64_t *mask) {
  int64_t words = size / 8, last = words;
  while (last > 0 && !(mask[(last - 1) / 64] >> ((last - 1) % 64) & 1)) last--;
  text_printf(out, "  .size = %" PRId64 ",\n", size);
  if (!last) return;
  text_printf(out, "  .ptrdata = %" PRId64 ", .ptrmask = (const uint64_t[]){", last * 8);
  for (int64_t i = 0; i < (last + 63) / 64; i++)
    text_printf(out, "%s0x%" PRIx64, i ? (i % 8 ? ", " : ",\n    ") : "", mask[i]);
  text_add(out, "},\n");
}

static uint64_t *new_mask(int64_t size) { return arena_array(uint64_t, size / 512 + 1); }

/* A descriptor for allocation only. */
const char *layout_desc(const char *name, Type **fields, int n) {
  const char *symbol = arena_printf("layout %s", name);
  Known *k = lookup(symbol);
  if (k->name) return k->name;
  k->name = c_symbol(arena_printf("layout_%s", name), symbol);
  int64_t size = 0, align = 8;
  for (int i = 0; i < n; i++) {
    int64_t a = type_align(fields[i]);
    size = (size + a - 1) / a * a + type_size(fields[i]);
  }
  size = (size + align - 1) / align * align;
  uint64_t *mask = new_mask(size);
  int64_t at_byte = 0;
  for (int i = 0; i < n; i++) {
    int64_t a = type_align(fields[i]);
    at_byte = (at_byte + a - 1) / a * a;
    pointer_mask(fields[i], at_byte, mask);
    at_byte += type_size(fields[i]);
  }
  text_printf(&E.desc_decls, "static tern_type %s;\n", k->name);
  text_printf(&E.descs, "static tern_type %s = {\n", k->name);
  put_layout(&E.descs, size, mask);
  text_printf(&E.descs,
              "  .kind = TERN_STRUCT, .align = 8, .name = TERN_STR_INIT(\"closure\"),\n};\n");
  return k->name;
}

/* ---- One descriptor ----------------------------------------------------- */

static bool plain_eq(Type *t) {
  Type *u = type_under(t);
  switch (u->kind) {
    case T_FLOAT32: case T_FLOAT64: case T_STRING: case T_INTERFACE: case T_SLICE: case T_MAP:
    case T_FUNC: case T_COMPLEX64: case T_COMPLEX128:
      return false;
    case T_ARRAY: return plain_eq(u->elem);
    case T_STRUCT: {
      int64_t end = 0;
      for (int i = 0; i < u->nfields; i++) {
        StructField *f = &u->fields[i];
        if (f->offset != end || !plain_eq(f->type) || strcmp(f->name, "_") == 0) return false;
        end += type_size(f->type);
      }
      return end == type_size(u);
    }
    default: return true;
  }
}

static const char *str(const char *s) {
  return *s ? arena_printf("TERN_STR_INIT(%s)", c_string(s, strlen(s))) : "{}";
}

static const char *unexported_path(Object *m) {
  return str(object_exported(m) || !m->pkg ? "" : m->pkg->path);
}

static void put_fields(Text *out, Type *u) {
  text_printf(out, "  .nfields = %d, .fields = (const tern_field[]){\n", u->nfields);
  for (int i = 0; i < u->nfields; i++) {
    StructField *f = &u->fields[i];
    bool exported = f->obj ? object_exported(f->obj) : f->name[0] >= 'A' && f->name[0] <= 'Z';
    text_printf(out, "    {%s, &%s, %" PRId64 ", %s, %s, %s},\n", str(f->name), type_desc(f->type),
                f->offset, f->embedded ? "true" : "false", exported ? "true" : "false",
                f->tag && f->tag_len
                    ? arena_printf("TERN_STR_INIT(%s)", c_string(f->tag, f->tag_len))
                                     : "{}");
  }
  text_add(out, "  },\n");
}

static void put_methods(Text *out, Type *t) {
  MethodSet *set = type_method_set(t);
  if (!set || set->n == 0) return;
  text_printf(out, "  .nmethods = %d, .methods = (const tern_method[]){\n", set->n);
  for (int i = 0; i < set->n; i++) {
    Object *m = set->sel[i]->obj;
    text_printf(out, "    {%s, %s, &%s, (void *)%s},\n", str(m->name), unexported_path(m),
                type_desc(m->type), method_ifn(t, set->sel[i]));
  }
  text_add(out, "  },\n");
}

static void put_signature(Text *out, Type *u) {
  int nin = u->params->nvars, nout = u->results->nvars;
  if (nin + nout == 0) return;
  text_printf(out, "  .nin = %d, .nout = %d, .inout = (const tern_type *const[]){", nin, nout);
  for (int i = 0; i < nin + nout; i++)
    text_printf(out, "%s&%s", i ? ", " : "",
                type_desc(i < nin ? u->params->vars[i]->type : u->results->vars[i - nin]->type));
  text_add(out, "},\n");
}

static void put_kind(Text *out, Type *u) {
  if (u->kind == T_INTERFACE && u->nmethods) {
    text_printf(out, "  .nimethods = %d, .imethods = (const tern_imethod[]){\n", u->nmethods);
    for (int i = 0; i < u->nmethods; i++)
      text_printf(out, "    {%s, %s, &%s},\n", str(u->methods[i]->name),
                  unexported_path(u->methods[i]), type_desc(u->methods[i]->type));
    text_add(out, "  },\n");
  }
  if (u->kind == T_STRUCT && u->nfields) put_fields(out, u);
  if (u->kind == T_FUNC) put_signature(out, u);
  if (u->elem && u->kind != T_FUNC) text_printf(out, "  .elem = &%s,\n", type_desc(u->elem));
  if (u->kind == T_MAP) text_printf(out, "  .key = &%s,\n", type_desc(u->key));
  if (u->kind == T_ARRAY) text_printf(out, "  .len = %" PRId64 ",\n", u->len);
}

static void put_desc(Type *t) {
  Text out = {0};
  Type *u = type_under(t);
  int64_t size = type_size(t);
  bool is_named = t->kind == T_NAMED || (t->kind < T_ARRAY || t->kind == T_STRING);
  text_printf(&out, "tern_type %s TERN_WEAK = {\n", type_desc(t));
  uint64_t *mask = new_mask(size);
  if (type_has_pointers(t)) pointer_mask(t, 0, mask);
  put_layout(&out, size, mask);
  text_printf(&out,
              "  .hash = 0x%08x, .kind = %d, .align = %d, .flags = 0%s%s%s%s%s, .chandir = %d,\n",
              fnv1a(type_link_string(t)), (int)u->kind, (int)type_align(t),
              type_is_direct(t) ? " | TERN_DIRECT" : "", is_named ? " | TERN_NAMED" : "",
              type_comparable(t) && plain_eq(t) ? " | TERN_PLAIN_EQ" : "",
              type_comparable(t) ? " | TERN_COMPARABLE" : "",
              u->kind == T_FUNC && u->variadic ? " | TERN_VARIADIC" : "",
              u->kind == T_CHAN ? u->dir : 0);
  text_printf(&out, "  .name = %s,\n", str(type_string(t)));
  if (t->kind == T_NAMED && t->obj->pkg)
    text_printf(&out, "  .pkgpath = %s,\n", str(t->obj->pkg->path));
  put_kind(&out, u);
  if (u->kind != T_INTERFACE && (named_in(t) || u->kind == T_STRUCT ||
                                 (u->kind == T_POINTER && u->elem->kind == T_STRUCT)))
    put_methods(&out, t);
  text_add(&out, "};\n");
  text_add(&E.descs, out.s);
}

/* A library package defines the descriptors of all its types. */
void own_types(void) {
  if (E.is_main) return;
  for (int i = 0; i < E.pkg->ntypes; i++) {
    Object *o = E.pkg->types[i];
    if (o->alias || o->type->kind != T_NAMED) continue;
    type_desc(o->type);
    type_desc(type_new_pointer(o->type));
  }
}

/* Writes all descriptors mentioned. */
void descs_finish(void) {
  for (int i = 0; i < queue.len; i++) put_desc(queue.at[i]);
}
