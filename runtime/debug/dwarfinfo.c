/* dwarfinfo.c - which functions were inlined at an address, from .debug_info.
 *
 * A function that the C compiler inlined has no frame.  At -g1 gcc and clang
 * describe it as an entry (DIE) of tag inlined_subroutine with its address ranges,
 * the line it was called from, and a reference to the function.
 *   1. Find the unit whose root entry covers the address.
 *   2. Go through its entries in order; remember the inlined ones that cover the
 *      address.  Outer ones come first.
 *   3. Follow their abstract_origin to the name: the linkage name (gcc), which is
 *      the Go symbol, or else the C name.
 * DWARF 5; of version 4 only entries without range lists.  An unknown form ends the
 * search with what was found.
 */
#include "debug/dwarf.h"
#include "debug/symtab.h"

enum {
  TAG_INLINED = 0x1d, TAG_SUBPROGRAM = 0x2e,
  AT_SIBLING = 0x01, AT_NAME = 0x03, AT_STMT_LIST = 0x10, AT_LOW_PC = 0x11,
  AT_HIGH_PC = 0x12, AT_ORIGIN = 0x31, AT_RANGES = 0x55, AT_CALL_FILE = 0x58,
  AT_CALL_LINE = 0x59, AT_LINKAGE_NAME = 0x6e, AT_STR_BASE = 0x72,
  AT_ADDR_BASE = 0x73, AT_RNG_BASE = 0x74,
};

#define CACHED_ABBREVS 256

struct cu {
  const uint8_t *start, *end; /* of the unit, header included */
  struct reader entries;      /* after the header */
  struct reader abbrevs;
  int version;
  uint64_t str_base, addr_base, rng_base, low_pc;
  struct section addr, ranges; /* looked up once */
  const uint8_t *abbrev[CACHED_ABBREVS]; /* by code; NULL: not looked up */
};

/* An attribute's value; strings are looked up only when asked for. */
struct value {
  uint64_t u, form;
  const char *str; /* a string that stands here */
  bool is_address, is_index;
};

/* The attributes of one entry that matter here. */
struct entry {
  uint64_t tag; /* 0: end of a list of children */
  bool children, has_high, high_is_offset, has_ranges, ranges_indexed;
  bool has_origin;
  uint64_t low, high, ranges, origin, file, line, stmt_list, sibling;
  struct value name, linkage;
};

/* ---- Strings and addresses -------------------------------------------------- */

static uint64_t number_at(struct section s, uint64_t at, int size) {
  if (at >= s.size) return 0;
  struct reader r = {s.data + at, s.data + s.size};
  return read_fixed(&r, size);
}

static uint64_t address_at(const struct cu *cu, uint64_t index) {
  return number_at(cu->addr, cu->addr_base + 8 * index, 8);
}

static const char *string_at(const char *section, uint64_t at) {
  struct section s;
  if (!image_section(section, &s) || at >= s.size) return NULL;
  struct reader r = {s.data + at, s.data + s.size};
  return read_cstring(&r);
}

static const char *string_of(const struct cu *cu, const struct value *v) {
  struct section offsets;
  if (v->str != NULL) return v->str;
  if (v->form == 0x0e) return string_at(".debug_str", v->u);
  if (v->form == 0x1f) return string_at(".debug_line_str", v->u);
  if (v->form == 0x1a || (v->form >= 0x25 && v->form <= 0x28))
    return image_section(".debug_str_offsets", &offsets)
               ? string_at(".debug_str",
                           number_at(offsets, cu->str_base + 4 * v->u, 4))
               : NULL;
  return NULL;
}

/* ---- Attribute values --------------------------------------------------------- */

/* Bytes of a form of fixed size, or -1. */
static int form_size(uint64_t form) {
  switch (form) {
    case 0x0b: case 0x0c: case 0x11: case 0x25: case 0x29: return 1;
    case 0x05: case 0x12: case 0x26: case 0x2a: return 2;
    case 0x27: case 0x2b: return 3;
    case 0x06: case 0x13: case 0x28: case 0x2c: case 0x0e: case 0x10:
    case 0x17: case 0x1c: case 0x1d: case 0x1f: return 4;
    case 0x01: case 0x07: case 0x14: case 0x20: return 8;
    case 0x19: return 0;
    default: return -1;
  }
}

/* Reads a value; false for a form that is not known. */
static bool read_value(const struct cu *cu, struct reader *r, uint64_t form,
                       int64_t implicit, struct value *v) {
  *v = (struct value){.form = form};
  int size = form_size(form);
  if (size >= 0) {
    v->u = size == 0 ? 1 : read_fixed(r, size);
  } else {
    switch (form) {
      case 0x0f: case 0x15: case 0x1a: case 0x1b: case 0x22: case 0x23:
        v->u = read_uleb(r);
        break;
      case 0x0d: v->u = (uint64_t)read_sleb(r); break;
      case 0x21: v->u = (uint64_t)implicit; break;
      case 0x08: v->str = read_cstring(r); return true;
      case 0x09: case 0x18: skip(r, read_uleb(r)); return true;
      case 0x0a: skip(r, read_fixed(r, 1)); return true;
      case 0x03: skip(r, read_fixed(r, 2)); return true;
      case 0x04: skip(r, read_fixed(r, 4)); return true;
      case 0x1e: skip(r, 16); return true;
      default: return false;
    }
  }
  if (form == 0x1b || (form >= 0x29 && form <= 0x2c)) {
    v->u = address_at(cu, v->u);
    v->is_address = true;
  }
  if (form == 0x01) v->is_address = true;
  if (form == 0x23) v->is_index = true;
  return true;
}

/* ---- Entries --------------------------------------------------------------------- */

/* The abbreviation with this code: its tag and what follows; NULL if none. */
static const uint8_t *find_abbrev(struct cu *cu, uint64_t code) {
  if (code < CACHED_ABBREVS && cu->abbrev[code] != NULL) return cu->abbrev[code];
  struct reader r = cu->abbrevs;
  while (r.p < r.end) {
    uint64_t c = read_uleb(&r);
    if (c == 0) return NULL;
    const uint8_t *body = r.p;
    if (c < CACHED_ABBREVS) cu->abbrev[c] = body;
    if (c == code) return body;
    read_uleb(&r);
    read_fixed(&r, 1);
    for (;;) {
      uint64_t at = read_uleb(&r), form = read_uleb(&r);
      if (form == 0x21) read_sleb(&r);
      if (at == 0 && form == 0) break;
      if (r.p >= r.end) return NULL;
    }
  }
  return NULL;
}

static void keep(struct entry *e, uint64_t at, const struct value *v) {
  switch (at) {
    case AT_SIBLING: e->sibling = v->u; break;
    case AT_NAME: e->name = *v; break;
    case AT_LINKAGE_NAME: e->linkage = *v; break;
    case AT_STMT_LIST: e->stmt_list = v->u; break;
    case AT_LOW_PC: e->low = v->u; break;
    case AT_HIGH_PC:
      e->has_high = true;
      e->high = v->u;
      e->high_is_offset = !v->is_address;
      break;
    case AT_RANGES:
      e->has_ranges = true;
      e->ranges = v->u;
      e->ranges_indexed = v->is_index;
      break;
    case AT_ORIGIN:
      e->has_origin = true;
      e->origin = v->u;
      break;
    case AT_CALL_FILE: e->file = v->u; break;
    case AT_CALL_LINE: e->line = v->u; break;
    default: break;
  }
}

/* Reads the entry at r; false at the end or when lost. */
static bool read_entry(struct cu *cu, struct reader *r, struct entry *e) {
  memset(e, 0, sizeof *e);
  if (r->p >= r->end) return false;
  uint64_t code = read_uleb(r);
  if (code == 0) return true;
  const uint8_t *body = find_abbrev(cu, code);
  if (body == NULL) return false;
  struct reader a = {body, cu->abbrevs.end};
  e->tag = read_uleb(&a);
  e->children = read_fixed(&a, 1) != 0;
  for (;;) {
    uint64_t at = read_uleb(&a), form = read_uleb(&a);
    int64_t implicit = form == 0x21 ? read_sleb(&a) : 0;
    struct value v;
    if (at == 0 && form == 0) break;
    if (a.p >= a.end || !read_value(cu, r, form, implicit, &v)) return false;
    keep(e, at, &v);
    if (at == AT_STR_BASE) cu->str_base = v.u;
    if (at == AT_ADDR_BASE) cu->addr_base = v.u;
    if (at == AT_RNG_BASE) cu->rng_base = v.u;
  }
  if (e->has_high && e->high_is_offset) e->high += e->low;
  return true;
}

/* ---- Ranges ------------------------------------------------------------------------ */

/* Looks through a range list of version 5. */
static bool in_range_list(const struct cu *cu, const struct entry *e,
                          uint64_t pc) {
  struct section s = cu->ranges;
  uint64_t at = e->ranges, base = cu->low_pc;
  if (cu->version < 5) return false;
  if (e->ranges_indexed)
    at = cu->rng_base + number_at(s, cu->rng_base + 4 * at, 4);
  if (at >= s.size) return false;
  struct reader r = {s.data + at, s.data + s.size};
  while (r.p < r.end) {
    uint64_t kind = read_fixed(&r, 1), lo = 0, hi = 0;
    switch (kind) {
      case 0: return false;
      case 1: base = address_at(cu, read_uleb(&r)); continue;
      case 2:
        lo = address_at(cu, read_uleb(&r));
        hi = address_at(cu, read_uleb(&r));
        break;
      case 3:
        lo = address_at(cu, read_uleb(&r));
        hi = lo + read_uleb(&r);
        break;
      case 4:
        lo = base + read_uleb(&r);
        hi = base + read_uleb(&r);
        break;
      case 5: base = read_fixed(&r, 8); continue;
      case 6: lo = read_fixed(&r, 8), hi = read_fixed(&r, 8); break;
      case 7: lo = read_fixed(&r, 8), hi = lo + read_uleb(&r); break;
      default: return false;
    }
    if (pc >= lo && pc < hi) return true;
  }
  return false;
}

static bool covers(const struct cu *cu, const struct entry *e, uint64_t pc) {
  if (e->has_ranges) return in_range_list(cu, e, pc);
  return e->has_high && pc >= e->low && pc < e->high;
}

/* ---- Units -------------------------------------------------------------------------- */

/* Reads the unit header at r and steps past the unit; false when lost. */
static bool read_cu(struct reader *r, struct section abbrev, struct cu *cu) {
  struct section addr = cu->addr, ranges = cu->ranges;
  memset(cu, 0, sizeof *cu);
  cu->addr = addr;
  cu->ranges = ranges;
  cu->start = r->p;
  uint64_t len = read_fixed(r, 4);
  if (len == 0 || len > (uint64_t)(r->end - r->p)) return false;
  cu->end = r->p + len;
  struct reader h = {r->p, cu->end};
  r->p = cu->end;
  cu->version = (int)read_fixed(&h, 2);
  uint64_t at;
  if (cu->version == 5) {
    uint64_t type = read_fixed(&h, 1);
    read_fixed(&h, 1);
    at = read_fixed(&h, 4);
    if (type != 1) return true; /* not an ordinary unit: no entries */
  } else {
    at = read_fixed(&h, 4);
    read_fixed(&h, 1);
  }
  if (cu->version < 2 || cu->version > 5 || at >= abbrev.size) return true;
  cu->abbrevs = (struct reader){abbrev.data + at, abbrev.data + abbrev.size};
  cu->entries = h;
  /* Where the tables begin if the root entry does not say. */
  cu->str_base = cu->addr_base = 8;
  return true;
}

static bool find_cu(uint64_t pc, struct cu *cu, struct entry *root) {
  struct section info, abbrev;
  if (!image_section(".debug_info", &info) ||
      !image_section(".debug_abbrev", &abbrev))
    return false;
  if (!image_section(".debug_addr", &cu->addr)) cu->addr.size = 0;
  if (!image_section(".debug_rnglists", &cu->ranges)) cu->ranges.size = 0;
  struct reader r = {info.data, info.data + info.size};
  while (r.p < r.end && read_cu(&r, abbrev, cu)) {
    if (cu->entries.p == NULL) continue;
    struct reader e = cu->entries;
    if (!read_entry(cu, &e, root)) continue;
    /* The bases may come after the attributes that use them: read again. */
    e = cu->entries;
    read_entry(cu, &e, root);
    cu->low_pc = root->low;
    if (!covers(cu, root, pc)) continue;
    cu->entries = e;
    return true;
  }
  return false;
}

/* The name of the function an inlined entry stands for. */
static void find_name(struct cu *cu, uint64_t origin,
                      struct inlined_call *out) {
  struct entry e;
  for (int hops = 0; hops < 4; hops++) {
    struct reader r = {cu->start + origin, cu->end};
    if (origin >= (uint64_t)(cu->end - cu->start) || !read_entry(cu, &r, &e))
      return;
    const char *name = string_of(cu, &e.linkage);
    if (name == NULL) name = string_of(cu, &e.name);
    if (name != NULL) {
      int n = (int)strlen(name);
      if (n >= 2 && name[0] == '"') name++, n -= 2; /* gcc keeps our quotes */
      out->name = name;
      out->name_len = n;
      return;
    }
    if (!e.has_origin) return;
    origin = e.origin;
  }
}

int dwarf_inlined_at(uintptr_t pc, struct inlined_call *out, int max,
                     uint64_t *stmt_list) {
  struct cu cu;
  struct entry e;
  uint64_t address = pc - image_bias();
  if (!find_cu(address, &cu, &e)) return 0;
  *stmt_list = e.stmt_list;
  int n = 0;
  bool found = false;
  struct reader r = cu.entries;
  while (read_entry(&cu, &r, &e)) {
    bool inside = covers(&cu, &e, address);
    if (e.tag == TAG_INLINED && inside && n < max) {
      out[n] = (struct inlined_call){"", 0, e.file, (int32_t)e.line};
      if (e.has_origin) find_name(&cu, e.origin, &out[n]);
      n++;
    }
    if (e.tag != TAG_SUBPROGRAM) continue;
    if (found) break;
    found = inside;
    /* Pass over functions elsewhere where the compiler says how. */
    if (!inside && e.sibling != 0 && cu.start + e.sibling > r.p &&
        cu.start + e.sibling <= cu.end)
      r.p = cu.start + e.sibling;
  }
  for (int i = 0; i < n / 2; i++) { /* innermost first */
    struct inlined_call t = out[i];
    out[i] = out[n - 1 - i];
    out[n - 1 - i] = t;
  }
  return n;
}
