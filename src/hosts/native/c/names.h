/** The names in a directory, sorted by their bytes, a page at a time: a directory may be larger than what is allowed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

struct names {
  struct buffer bytes;
  /** Where each name begins in the bytes, in order. */
  uint32_t* starts;
  size_t count;
  size_t room;
  /** Bytes that they may have, about. */
  size_t page;
  /** There are names behind these. */
  bool more;
  /** Then: where the last of these begins. */
  uint32_t last;
};

/**
 * Reads the first page of the directory a descriptor stands for, which stays open. 0 or a negative errno; then there is
 * nothing to free.
 */
int names_read(int directory, size_t page, struct names* names);
/** The page behind that one, where there is more; the descriptor is at the begin of the directory. The same answers. */
int names_turn(int directory, struct names* names);
const char* names_at(const struct names* names, size_t index);
void names_free(struct names* names);
