/** The names in a directory, sorted by their bytes. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

struct names {
  struct buffer bytes;
  /** Where each name begins in the bytes, in order. */
  uint32_t* starts;
  size_t count;
  size_t room;
};

/** Reads the directory a descriptor stands for, which stays open. 0 or a negative errno; then there is nothing to free.
 */
int names_read(int directory, struct names* names);
const char* names_at(const struct names* names, size_t index);
void names_free(struct names* names);
