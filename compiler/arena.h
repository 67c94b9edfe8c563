/*
 * arena.h - memory of the compiler: an arena, interned strings, growable lists.
 *
 * A compilation is short: everything it allocates lives until the process
 * ends, so there is nothing to free. All memory comes back zeroed. Running out
 * of memory ends the process with "tern: out of memory", never a NULL.
 *
 * Every identifier and every keyword is interned: two names are the same name
 * exactly when their pointers are equal.
 */
#ifndef TERN_COMPILER_ARENA_H
#define TERN_COMPILER_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/* Returns `size` zeroed bytes, aligned for any type; never NULL. */
void *arena_alloc(size_t size);

/* A zeroed T, or `count` of them. */
#define arena_new(T) ((T *)arena_alloc(sizeof(T)))
#define arena_array(T, count) ((T *)arena_alloc(sizeof(T) * (size_t)(count)))

/* Copies `len` bytes and adds a terminating NUL. */
char *arena_copy(const char *bytes, size_t len);

/* sprintf into the arena. */
char *arena_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *arena_vprintf(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* Bytes handed out so far; for `tern env` and tests. */
size_t arena_used(void);

/* Returns the one copy of this string: equal strings give equal pointers. */
const char *intern(const char *bytes, size_t len);
const char *intern_string(const char *string);

/*
 * Growable lists. LIST_OF(T) declares one, all zero is the empty list:
 *
 *     LIST_OF(Expr *) args = {0};
 *     list_push(&args, x);
 *     for (int i = 0; i < args.len; i++) use(args.at[i]);
 */
#define LIST_OF(T)  \
  struct {    \
    T *at;      \
    int len;    \
    int cap;    \
  }

#define list_push(list, item)                                                         \
  ((list)->at = list_room((list)->at, (list)->len, &(list)->cap, sizeof *(list)->at), \
   (void)((list)->at[(list)->len++] = (item)))

/* Makes room for one more element; part of list_push. */
void *list_room(void *items, int len, int *cap, size_t item_size);

#endif
