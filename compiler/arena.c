/*
 * arena.c - memory of the compiler: an arena, interned strings, growable lists.
 *
 * The arena is a row of blocks from calloc; requests are cut off the current
 * block, big ones get a block of their own. Interned strings are in an
 * open-addressing hash table that doubles when half full.
 */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)1 << 20)
#define ALIGNMENT ((size_t)16)
/* With the address sanitizer each request has a block, so that it sees the ends.
 * A report is no compile error (status 1); that a command which is about to end frees
 * nothing is no report. */
#ifdef __SANITIZE_ADDRESS__
#define ALONE 1
const char *__asan_default_options(void);
const char *__asan_default_options(void) { return "exitcode=66:detect_leaks=0"; }
#else
#define ALONE 0
#endif

/* All blocks, so that they stay reachable and leak checkers stay quiet. */
typedef struct Block Block;
struct Block {
  _Alignas(16) Block *next;
};
static Block *blocks;

static char *block_free; /* next free byte of the current block */
static size_t block_left;
static size_t used;

static void *must(void *memory) {
  if (memory == NULL) {
    fputs("tern: out of memory\n", stderr);
    exit(1);
  }
  return memory;
}

/* Returns a new block of `size` zeroed bytes. */
static char *block_new(size_t size) {
  Block *block = must(calloc(1, sizeof(Block) + size));
  block->next = blocks;
  blocks = block;
  return (char *)(block + 1);
}

void *arena_alloc(size_t size) {
  if (size > SIZE_MAX / 2)
    return must(NULL);
  size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  used += size;
  if (ALONE || size > BLOCK_SIZE / 4)
    return block_new(size);
  if (size > block_left) {
    block_free = block_new(BLOCK_SIZE);
    block_left = BLOCK_SIZE;
  }
  void *memory = block_free;
  block_free += size;
  block_left -= size;
  return memory;
}

size_t arena_used(void) {
  return used;
}

char *arena_copy(const char *bytes, size_t len) {
  char *copy = arena_alloc(len + 1);
  memcpy(copy, bytes, len);
  return copy;
}

char *arena_vprintf(const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  int len = vsnprintf(NULL, 0, format, args);
  char *text = arena_alloc(len < 0 ? 1 : (size_t)len + 1);
  if (len >= 0)
    vsnprintf(text, (size_t)len + 1, format, again);
  va_end(again);
  return text;
}

char *arena_printf(const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *text = arena_vprintf(format, args);
  va_end(args);
  return text;
}

/* ---- Lists ---- */

void *list_room(void *items, int len, int *cap, size_t item_size) {
  if (len < *cap)
    return items;
  int bigger = *cap == 0 ? 4 : *cap * 2;
  void *moved = arena_alloc((size_t)bigger * item_size);
  if (len > 0)
    memcpy(moved, items, (size_t)len * item_size);
  *cap = bigger;
  return moved;
}

/* ---- Interned strings ---- */

typedef struct {
  const char *string; /* NULL: free */
  size_t len;
  uint64_t hash;
} InternEntry;

static InternEntry *table;
static size_t table_size; /* a power of two, or 0 before the first string */
static size_t table_count;

static uint64_t hash_bytes(const char *bytes, size_t len) {
  uint64_t hash = 14695981039346656037u; /* FNV-1a */
  for (size_t i = 0; i < len; i++)
    hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
  return hash;
}

/* Returns the entry of a string, or the free entry where it belongs. */
static InternEntry *find(const char *bytes, size_t len, uint64_t hash) {
  for (size_t i = hash & (table_size - 1);; i = (i + 1) & (table_size - 1)) {
    InternEntry *entry = &table[i];
    if (entry->string == NULL)
      return entry;
    if (entry->hash == hash && entry->len == len && memcmp(entry->string, bytes, len) == 0)
      return entry;
  }
}

static void grow_table(void) {
  InternEntry *old = table;
  size_t old_size = table_size;
  table_size = old_size == 0 ? 1024 : old_size * 2;
  table = must(calloc(table_size, sizeof *table));
  for (size_t i = 0; i < old_size; i++)
    if (old[i].string != NULL)
      *find(old[i].string, old[i].len, old[i].hash) = old[i];
  free(old);
}

const char *intern(const char *bytes, size_t len) {
  if (table_count * 2 >= table_size)
    grow_table();
  uint64_t hash = hash_bytes(bytes, len);
  InternEntry *entry = find(bytes, len, hash);
  if (entry->string == NULL) {
    *entry = (InternEntry){arena_copy(bytes, len), len, hash};
    table_count++;
  }
  return entry->string;
}

const char *intern_string(const char *string) {
  return intern(string, strlen(string));
}
