/** Files that have more than one name, by the first name that was met. */
#pragma once

#include <stddef.h>
#include <sys/stat.h>

#include "buffer.h"

struct known_link {
  dev_t device;
  ino_t inode;
  /** Where its name begins; 0: an empty place. */
  size_t name;
};

struct links {
  struct known_link* places;
  /** A power of two, at most half full. */
  size_t room;
  size_t count;
  struct buffer names;
};

/** The first name of a file, NULL when this is the first; it is remembered then. 0 or -ENOMEM. */
int links_first_name(struct links* links, const struct stat* status, const char* name, const char** first);
void links_free(struct links* links);
