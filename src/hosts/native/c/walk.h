/**
 * A walk down and up a tree of any depth. It stands in one directory at a time, by its descriptor, so names stay short
 * and no link on the way can lead it elsewhere: a directory is entered only if it is the one that was seen before.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "buffer.h"
#include "names.h"

struct level {
  /** -1 while it is closed for the sake of those below. */
  int descriptor;
  dev_t device;
  ino_t inode;
  struct names names;
  size_t next;
  /** Length of the path above. */
  size_t above;
};

struct walk {
  struct level* levels;
  size_t depth;
  size_t room;
  /** All levels above this one are closed. */
  size_t first_open;
  /** The argument, and the names of the directories that were entered below it. */
  struct buffer path;
  size_t argument;
  /** A negative errno once the rest of a directory could not be read. */
  int failed;
};

/** `argument` is what names begin with in messages. 0 or -ENOMEM. */
int walk_begin(struct walk* walk, const char* argument);
void walk_end(struct walk* walk);

/**
 * Enters a directory that may be read and searched; from outside the tree at first, by a path. `expected` is what was
 * seen there (NULL: anything, and a link to it will do): -ESTALE when it is another one by now. 0 or a negative errno.
 */
int walk_enter(struct walk* walk, const char* name, const struct stat* expected);
/** The next name in the directory it stands in, sorted by bytes; NULL after the last. Valid until
 * the next call. */
const char* walk_next(struct walk* walk);
/** The name that was given last. */
const char* walk_last(const struct walk* walk);
/** Goes back up. -ESTALE when there is no way back, another errno when not all of the directory could be read: the walk
 * is over then. */
int walk_leave(struct walk* walk);

/** The directory it stands in, for calls that take one and a name; that of the process when it is outside the tree. */
int walk_directory(const struct walk* walk);
/** Path of an entry of that directory, with the argument in front; until the next call. Outside the tree: the argument.
 */
const char* walk_path_of(struct walk* walk, const char* name);
/** The same without the argument. */
const char* walk_relative_of(struct walk* walk, const char* name);
/** Path, without the argument, of the directory of a level above or the one it stands in; not ended by a NUL. */
const char* walk_level_path(const struct walk* walk, size_t level, size_t* length);

/** What stands there; links are not followed. 0 or a negative errno. */
int status_at(int directory, const char* name, struct stat* status);
/** Changes a mode; links are not followed. 0 or a negative errno. */
int change_mode_at(int directory, const char* name, mode_t mode);
