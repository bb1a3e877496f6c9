#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"

/**
 * The libc's names for memory, all of which comes from the heap: a libc that is made small gives every piece back to
 * the system at once, and takes half as long again for the start of the engine. There is one thread, so nothing is
 * locked.
 */
void* malloc(size_t size) {
  void* piece = heap_take(size);
  if (piece == NULL)
    errno = ENOMEM;
  return piece;
}

void free(void* piece) {
  const int error = errno;
  heap_give(piece);
  errno = error;
}

void* realloc(void* piece, size_t size) {
  void* other = heap_resize(piece, size);
  if (other == NULL)
    errno = ENOMEM;
  return other;
}

void* calloc(size_t count, size_t size) {
  size_t all;
  void* piece = __builtin_mul_overflow(count, size, &all) ? NULL : heap_take(all);
  if (piece == NULL) {
    errno = ENOMEM;
    return NULL;
  }
  return memset(piece, 0, all);
}

size_t malloc_usable_size(void* piece) {
  return piece == NULL ? 0 : heap_room(piece);
}
