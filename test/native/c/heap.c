#include "heap.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "check.h"

static bool is_filled(const unsigned char* piece, size_t size, unsigned char with) {
  for (size_t at = 0; at < size; at++)
    if (piece[at] != with)
      return false;
  return true;
}

static void has_room_and_wastes_little(void) {
  for (size_t size = 1; size < 300000; size += size < 2000 ? 1 : size / 7) {
    void* piece = heap_take(size);
    CHECK(piece != NULL && (uintptr_t)piece % 16 == 0);
    CHECK(heap_room(piece) >= size);
    CHECK(heap_room(piece) <= size + 32 + size / 4);
    memset(piece, 1, heap_room(piece));
    heap_give(piece);
  }
}

static void uses_again_what_was_given_back(void) {
  void* piece = heap_take(100);
  heap_give(piece);
  void* other = heap_take(97);
  CHECK(other == piece);
  heap_give(other);
  heap_give(NULL);
  void* none = heap_take(0);
  CHECK(none != NULL && heap_room(none) > 0);
  heap_give(none);
}

static void keeps_what_a_piece_holds(void) {
  static const size_t sizes[] = {1, 24, 25, 1016, 1017, 5000, 131064, 131065, 4000000, 131064, 900, 3};
  unsigned char* piece = heap_resize(NULL, 1);
  size_t before = 1;
  *piece = 7;
  for (size_t at = 0; at < sizeof sizes / sizeof *sizes; at++) {
    piece = heap_resize(piece, sizes[at]);
    CHECK(piece != NULL && heap_room(piece) >= sizes[at]);
    CHECK(is_filled(piece, before < sizes[at] ? before : sizes[at], 7));
    before = sizes[at];
    memset(piece, 7, before);
  }
  heap_give(piece);
}

static void says_what_is_too_much(void) {
  CHECK(heap_take(SIZE_MAX) == NULL);
  CHECK(heap_take(SIZE_MAX - 8) == NULL);
  CHECK(heap_take((size_t)1 << 50) == NULL);
  unsigned char* small = heap_take(10);
  unsigned char* large = heap_take(1000000);
  memset(small, 3, 10);
  memset(large, 4, 1000000);
  CHECK(heap_resize(small, SIZE_MAX) == NULL);
  CHECK(heap_resize(large, SIZE_MAX) == NULL);
  CHECK(heap_resize(large, (size_t)1 << 50) == NULL);
  CHECK(is_filled(small, 10, 3) && is_filled(large, 1000000, 4));
  heap_give(small);
  heap_give(large);
}

/** A thousand pieces at a time, each with bytes of its own. */
static void gives_no_byte_twice(void) {
  enum { pieces = 1000, rounds = 100000 };
  static unsigned char* held[pieces];
  static size_t sizes[pieces];
  uint64_t state = 1;
  for (int round = 0; round < rounds; round++) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const size_t at = (state >> 33) % pieces;
    if (held[at] != NULL && !is_filled(held[at], sizes[at], (unsigned char)at))
      CHECK_NUMBER(round, -1);
    const size_t size = ((size_t)(state >> 40) % 4000) >> (state >> 60);
    if (state >> 63 != 0) {
      heap_give(held[at]);
      held[at] = NULL;
    }
    held[at] = heap_resize(held[at], size);
    sizes[at] = size;
    memset(held[at], (int)(unsigned char)at, size);
  }
  for (size_t at = 0; at < pieces; at++)
    heap_give(held[at]);
}

void test_heap(void) {
  has_room_and_wastes_little();
  uses_again_what_was_given_back();
  keeps_what_a_piece_holds();
  says_what_is_too_much();
  gives_no_byte_twice();
}
