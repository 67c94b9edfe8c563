/* shadow.h - GODEBUG=gcshadow=1: a second copy of the heap's pointers.
 *
 * While marking, every pointer store goes through the write barrier, which here
 * also writes the value into a shadow word of the slot.  When marking ends, with
 * the world stopped, gc/shadow.c compares: a slot whose shadow differs was
 * written without a barrier.
 *
 * The shadow of 4 MiB of heap is mapped when it is first needed.
 */
#ifndef TERN_HEAP_SHADOW_H
#define TERN_HEAP_SHADOW_H

#include <stdbool.h>
#include <stdint.h>

/* Atomic, relaxed; changes while the world is stopped: shadows are kept. */
extern bool shadow_on;

/* The slot may hold anything: written by an atomic operation, whose order among
 * others the shadow does not know. */
#define SHADOW_ANY 1u

/* The shadow of a word of the heap or a registered range; NULL: of neither. */
uintptr_t *shadow_word(const void *slot);
/* The store that a barrier announced. */
void shadow_store(const void *slot, const void *val);
/* Fresh memory for objects: [p, p+n) is zero. */
void shadow_zero(uintptr_t p, uintptr_t n);
/* Copies what [p, p+n) holds now.  World stopped. */
void shadow_copy(uintptr_t p, uintptr_t n);
/* A range outside the heap, before any other call; at most sixteen. */
void shadow_add_range(uintptr_t lo, uintptr_t n);

#endif
