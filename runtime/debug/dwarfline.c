/* dwarfline.c - from an address to a source line, by the DWARF line tables
 * (versions 2 to 5) that gcc and clang write into .debug_line.
 *
 * A line table is a program for a small machine that emits rows (address, file,
 * line) in ascending order, in sequences.
 *   1. The first question runs all programs once and keeps, for each sequence,
 *      its address range and where its unit begins: an index in an anonymous
 *      mapping, published by CAS as in symtab.c.
 *   2. Each question finds the unit in the index and runs its program up to the
 *      row that covers the address; the file's name is then looked up in the
 *      unit's header.
 * Compressed sections are not read.  Damaged tables end a look-up: every read is
 * checked against the section's end.
 */
#include "debug/dwarf.h"
#include "debug/symtab.h"
#include "heap/stats.h"
#include "os/os.h"
#include "sync/atomic.h"

/* ---- A unit's header ----------------------------------------------------------- */

struct unit {
  const uint8_t *next;    /* the unit after this one */
  struct reader tables;   /* directories and files */
  struct reader program;
  const uint8_t *oplens;  /* lengths of standard opcodes 1 .. opcode_base-1 */
  int version, offset_size, address_size;
  uint8_t min_inst, line_range, opcode_base;
  int8_t line_base;
};

static bool read_unit(struct reader *r, struct unit *u) {
  memset(u, 0, sizeof *u);
  uint64_t len = read_fixed(r, 4);
  u->offset_size = 4;
  if (len == 0xFFFFFFFF) {
    len = read_fixed(r, 8);
    u->offset_size = 8;
  }
  if (len == 0 || len > (uint64_t)(r->end - r->p)) return false;
  u->next = r->p + len;
  struct reader h = {r->p, u->next};
  u->version = (int)read_fixed(&h, 2);
  if (u->version < 2 || u->version > 5) return true; /* a unit to pass over */
  u->address_size = 8;
  if (u->version == 5) {
    u->address_size = read_u8(&h);
    read_u8(&h);
  }
  uint64_t header_len = read_fixed(&h, u->offset_size);
  if (header_len > (uint64_t)(h.end - h.p)) return false;
  u->program = (struct reader){h.p + header_len, u->next};
  h.end = h.p + header_len;
  u->min_inst = read_u8(&h);
  if (u->version >= 4) read_u8(&h); /* operations per instruction: 1 */
  read_u8(&h);                      /* default is_stmt */
  u->line_base = (int8_t)read_u8(&h);
  u->line_range = read_u8(&h);
  u->opcode_base = read_u8(&h);
  u->oplens = h.p;
  skip(&h, u->opcode_base > 0 ? u->opcode_base - 1u : 0);
  u->tables = h;
  return u->line_range != 0;
}

/* ---- The line machine ------------------------------------------------------------ */

struct row {
  uint64_t address, file;
  int64_t line;
};

struct machine {
  const struct unit *u;
  struct reader r;
  struct row row;
};

static void machine_reset(struct machine *m) {
  m->row = (struct row){0, 1, 1};
}

static void advance(struct machine *m, uint64_t ops) {
  m->row.address += ops * m->u->min_inst;
}

enum step { STEP_NONE, STEP_ROW, STEP_END_SEQUENCE };

static enum step extended_opcode(struct machine *m) {
  uint64_t len = read_uleb(&m->r);
  if (len == 0 || len > (uint64_t)(m->r.end - m->r.p)) {
    m->r.p = m->r.end;
    return STEP_NONE;
  }
  struct reader op = {m->r.p, m->r.p + len};
  m->r.p = op.end;
  switch (read_u8(&op)) {
    case 1: return STEP_END_SEQUENCE;
    case 2: m->row.address = read_fixed(&op, len == 5 ? 4 : 8); break;
    default: break; /* define_file, discriminators, vendors' */
  }
  return STEP_NONE;
}

/* Runs one opcode. */
static enum step machine_step(struct machine *m) {
  const struct unit *u = m->u;
  uint8_t op = read_u8(&m->r);
  if (op >= u->opcode_base) {
    uint8_t adjusted = (uint8_t)(op - u->opcode_base);
    advance(m, adjusted / u->line_range);
    m->row.line += u->line_base + adjusted % u->line_range;
    return STEP_ROW;
  }
  switch (op) {
    case 0: return extended_opcode(m);
    case 1: return STEP_ROW;                                 /* copy */
    case 2: advance(m, read_uleb(&m->r)); break;             /* advance_pc */
    case 3: m->row.line += read_sleb(&m->r); break;          /* advance_line */
    case 4: m->row.file = read_uleb(&m->r); break;           /* set_file */
    case 5: read_uleb(&m->r); break;                         /* set_column */
    case 8: advance(m, (uint8_t)(255 - u->opcode_base) / u->line_range); break;
    case 9: m->row.address += read_fixed(&m->r, 2); break;   /* fixed_advance */
    default: /* one that needs nothing, or unknown: skip its operands */
      for (int n = u->oplens[op - 1]; n > 0; n--) read_uleb(&m->r);
  }
  return STEP_NONE;
}

/* ---- The index of sequences --------------------------------------------------------- */

struct sequence {
  uint64_t lo, hi;
  const uint8_t *unit;
};

struct line_index {
  uint64_t n;
  struct sequence seq[];
};

static struct line_index *line_index; /* atomic: release by CAS */
static struct line_index empty_index;

/* Calls found for each sequence of the section; returns their number. */
static uint64_t each_sequence(struct section s, struct line_index *out) {
  struct reader r = {s.data, s.data + s.size};
  uint64_t n = 0;
  while (r.p < r.end) {
    const uint8_t *start = r.p;
    struct unit u;
    if (!read_unit(&r, &u)) break;
    struct machine m = {.u = &u, .r = u.program};
    machine_reset(&m);
    uint64_t lo = 0;
    bool open = false;
    while (m.r.p < m.r.end) {
      enum step st = machine_step(&m);
      if (st == STEP_ROW && !open) lo = m.row.address, open = true;
      if (st != STEP_END_SEQUENCE) continue;
      /* Code that the linker dropped lies at 0. */
      if (open && lo != 0 && m.row.address > lo) {
        if (out != NULL)
          out->seq[n] = (struct sequence){lo, m.row.address, start};
        n++;
      }
      machine_reset(&m);
      open = false;
    }
    r.p = u.next;
  }
  return n;
}

static struct line_index *index_build(struct section s) {
  uint64_t n = each_sequence(s, NULL);
  uint64_t bytes = sizeof(struct line_index) + n * sizeof(struct sequence);
  struct line_index *ix = os_map(bytes, &sys_stats.other);
  if (ix == NULL) return &empty_index;
  ix->n = each_sequence(s, ix);
  return ix;
}

static const struct line_index *index_get(struct section s) {
  struct line_index *ix = load_acq(&line_index); /* pairs with the CAS */
  if (ix != NULL) return ix;
  ix = index_build(s);
  if (cas_seq(&line_index, NULL, ix)) return ix;
  return load_acq(&line_index);
}

/* ---- File names -------------------------------------------------------------------------- */

/* A string attribute of a version 5 table; other forms are skipped. */
static const char *form_string(struct reader *r, const struct unit *u,
                               uint64_t form) {
  const char *section = ".debug_str";
  switch (form) {
    case 0x08: return read_cstring(r);
    case 0x1f: section = ".debug_line_str"; break; /* line_strp */
    case 0x0e: break;                              /* strp */
    default: return NULL;
  }
  uint64_t at = read_fixed(r, u->offset_size);
  struct section s;
  if (!image_section(section, &s) || at >= s.size) return NULL;
  struct reader str = {s.data + at, s.data + s.size};
  return read_cstring(&str);
}

static uint64_t form_number(struct reader *r, uint64_t form) {
  switch (form) {
    case 0x0b: return read_fixed(r, 1); /* data1 */
    case 0x05: return read_fixed(r, 2); /* data2 */
    case 0x06: return read_fixed(r, 4); /* data4 */
    case 0x07: return read_fixed(r, 8); /* data8 */
    case 0x0f: return read_uleb(r);     /* udata */
    case 0x1e: skip(r, 16); return 0;   /* data16: a checksum */
    case 0x09: skip(r, read_uleb(r)); return 0; /* block */
    default: r->p = r->end; return 0;
  }
}

/* Reads a version 5 table up to entry `want` and past the end; the entry's name
 * and directory index. */
static const char *table_entry(struct reader *r, const struct unit *u,
                               uint64_t want, uint64_t *dir) {
  struct reader formats = *r;
  int nformats = read_u8(r);
  for (int i = 0; i < 2 * nformats; i++) read_uleb(r);
  uint64_t count = read_uleb(r);
  const char *name = NULL;
  for (uint64_t i = 0; i < count && r->p < r->end; i++) {
    struct reader f = formats;
    read_u8(&f);
    for (int k = 0; k < nformats; k++) {
      uint64_t content = read_uleb(&f), form = read_uleb(&f), number = 0;
      const char *s = NULL;
      if (form == 0x08 || form == 0x1f || form == 0x0e)
        s = form_string(r, u, form);
      else
        number = form_number(r, form);
      if (i != want) continue;
      if (content == 1) name = s;
      if (content == 2) *dir = number;
    }
  }
  return name;
}

/* The n-th string of a list that an empty one ends (versions 2 to 4). */
static const char *list_entry(struct reader *r, uint64_t want) {
  const char *found = NULL;
  for (uint64_t i = 1;; i++) {
    const char *s = read_cstring(r);
    if (*s == 0) return found;
    if (i == want) found = s;
  }
}

static void file_name(const struct unit *u, uint64_t file,
                      struct source_line *out) {
  struct reader r = u->tables, dirs = u->tables;
  uint64_t dir = 0, unused;
  out->dir = out->file = NULL;
  if (u->version == 5) {
    table_entry(&r, u, ~(uint64_t)0, &unused); /* pass the directories */
    out->file = table_entry(&r, u, file, &dir);
    out->dir = table_entry(&dirs, u, dir, &unused);
    return;
  }
  list_entry(&r, 0);
  for (uint64_t i = 1; r.p < r.end && *r.p != 0; i++) {
    const char *s = read_cstring(&r);
    uint64_t d = read_uleb(&r);
    read_uleb(&r);
    read_uleb(&r);
    if (i == file) out->file = s, dir = d;
  }
  out->dir = dir != 0 ? list_entry(&dirs, dir) : NULL;
}

/* ---- The question --------------------------------------------------------------------------- */

/* Runs the unit's program to the row that covers address. */
static bool find_row(const struct unit *u, uint64_t address, struct row *out) {
  struct machine m = {.u = u, .r = u->program};
  machine_reset(&m);
  struct row before = {0, 0, 0};
  while (m.r.p < m.r.end) {
    enum step st = machine_step(&m);
    if (st == STEP_NONE) continue;
    if (before.address != 0 && before.address <= address &&
        address < m.row.address) {
      *out = before;
      return true;
    }
    before = m.row;
    if (st == STEP_END_SEQUENCE) {
      before.address = 0;
      machine_reset(&m);
    }
  }
  return false;
}

bool dwarf_find_line(uintptr_t pc, struct source_line *out) {
  struct section s;
  if (!image_section(".debug_line", &s)) return false;
  uint64_t address = pc - image_bias();
  const struct line_index *ix = index_get(s);
  for (uint64_t i = 0; i < ix->n; i++) {
    if (address < ix->seq[i].lo || address >= ix->seq[i].hi) continue;
    struct reader r = {ix->seq[i].unit, s.data + s.size};
    struct unit u;
    struct row row;
    if (!read_unit(&r, &u) || !find_row(&u, address, &row)) return false;
    file_name(&u, row.file, out);
    out->line = (int32_t)row.line;
    return out->file != NULL;
  }
  return false;
}

bool dwarf_file_name(uint64_t stmt_list, uint64_t file,
                     struct source_line *out) {
  struct section s;
  struct unit u;
  if (!image_section(".debug_line", &s) || stmt_list >= s.size) return false;
  struct reader r = {s.data + stmt_list, s.data + s.size};
  if (!read_unit(&r, &u)) return false;
  file_name(&u, file, out);
  return out->file != NULL;
}
