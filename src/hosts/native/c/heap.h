/**
 * Memory in small pieces that are taken and given back all the time: what the engine needs. One thread may use it, and
 * after a fork the new process has one of its own.
 */
#pragma once

#include <stddef.h>

/** At least that many bytes, aligned to 16; NULL when there are none. */
void* heap_take(size_t size);
/** NULL is nothing to give back. */
void heap_give(void* piece);
/** The same bytes in a piece of another size, which may be another piece. NULL: there is no room, and the piece is as
 * it was. */
void* heap_resize(void* piece, size_t size);
/** How many bytes of a piece may be used. */
size_t heap_room(const void* piece);
