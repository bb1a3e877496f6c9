/** A tar stream in the GNU format, byte for byte what GNU tar writes (K18). */
#pragma once

#include <stdint.h>
#include <sys/stat.h>

#include "buffer.h"

struct tar {
  int descriptor;
  /** What was not written yet; whole records of 10 KiB leave it. */
  struct buffer waiting;
  uint64_t length;
};

/** All answer 0 or a negative errno. Owner and group are 0. */

/** `link` is the target of a symbolic link, or with `hard` the name of the entry that is the same file; else NULL. */
struct tar_entry {
  const char* name;
  const char* link;
  int hard;
  const struct stat* status;
};

int tar_header(struct tar* tar, const struct tar_entry* entry);
/** Content of the entry before it, in pieces. */
int tar_content(struct tar* tar, const char* bytes, size_t length);
/** Fills up to a whole block after the content. */
int tar_pad(struct tar* tar);
/** The end of the archive. */
int tar_end(struct tar* tar);
void tar_free(struct tar* tar);
