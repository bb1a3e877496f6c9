#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Directories that are open at a time; those further up are opened again on the way back. */
enum { most_open = 32 };

/** Bytes of the names that are held for a directory; 100,000 ordinary ones are six pages. */
enum { page = 384 * 1024 };

int walk_begin(struct walk* walk, const char* argument) {
  *walk = (struct walk){.argument = strlen(argument)};
  return buffer_add_text(&walk->path, argument);
}

static struct level* top(const struct walk* walk) {
  return walk->levels + walk->depth - 1;
}

static void drop(struct walk* walk) {
  struct level* level = top(walk);
  if (level->descriptor >= 0)
    close(level->descriptor);
  names_free(&level->names);
  walk->path.length = level->above;
  walk->path.data[level->above] = '\0';
  walk->depth -= 1;
}

void walk_end(struct walk* walk) {
  while (walk->depth > 0)
    drop(walk);
  free(walk->levels);
  buffer_free(&walk->path);
}

/** False when only the directory it stands in is open. */
static bool close_highest(struct walk* walk) {
  if (walk->first_open + 1 >= walk->depth)
    return false;
  close(walk->levels[walk->first_open].descriptor);
  walk->levels[walk->first_open].descriptor = -1;
  walk->first_open += 1;
  return true;
}

static int open_at(struct walk* walk, const char* name, int flags) {
  for (;;) {
    const int descriptor = openat(walk_directory(walk), name, O_DIRECTORY | O_CLOEXEC | flags);
    if (descriptor >= 0)
      return descriptor;
    if ((errno != EMFILE && errno != ENFILE) || !close_highest(walk))
      return -errno;
  }
}

static int reserve_level(struct walk* walk) {
  if (walk->depth < walk->room)
    return 0;
  const size_t room = walk->room == 0 ? 16 : walk->room * 2;
  struct level* levels = reallocarray(walk->levels, room, sizeof *levels);
  if (levels == NULL)
    return -ENOMEM;
  walk->levels = levels;
  walk->room = room;
  return 0;
}

/** Fills a level from an open directory. */
static int look_into(struct level* level, const struct stat* expected) {
  struct stat found;
  // By the name `.`, because that takes the right to search it, which what comes next needs, too (K14).
  if (fstatat(level->descriptor, ".", &found, 0) != 0)
    return -errno;
  if (expected != NULL && (found.st_dev != expected->st_dev || found.st_ino != expected->st_ino))
    return -ESTALE;
  level->device = found.st_dev;
  level->inode = found.st_ino;
  return names_read(level->descriptor, page, &level->names);
}

int walk_enter(struct walk* walk, const char* name, const struct stat* expected) {
  struct level level = {.above = walk->path.length};
  int failed = reserve_level(walk);
  if (failed == 0 && walk->depth > 0)
    // The name first: what it points to must stay when this fails.
    failed = buffer_reserve(&walk->path, strlen(name) + 2);
  if (failed != 0)
    return failed;
  level.descriptor = open_at(walk, name, O_RDONLY | (expected != NULL ? O_NOFOLLOW : 0));
  if (level.descriptor < 0)
    return level.descriptor;
  failed = look_into(&level, expected);
  if (failed != 0) {
    close(level.descriptor);
    return failed;
  }
  if (walk->depth > 0) {
    if (walk->path.length > 0)
      walk->path.data[walk->path.length++] = '/';
    (void)buffer_add_text(&walk->path, name);
  }
  walk->levels[walk->depth++] = level;
  if (walk->depth - walk->first_open > most_open)
    (void)close_highest(walk);
  return 0;
}

/** Takes the next page of names into a level; none when that fails. */
static int turn_page(struct walk* walk, struct level* level) {
  // Anew: the descriptor may stand for the directory without the right to read it.
  const int descriptor = open_at(walk, ".", O_RDONLY);
  if (descriptor < 0)
    return descriptor;
  level->next = 0;
  const int failed = names_turn(descriptor, &level->names);
  close(descriptor);
  return failed;
}

const char* walk_next(struct walk* walk) {
  struct level* level = top(walk);
  if (level->next == level->names.count && level->names.more && walk->failed == 0)
    walk->failed = turn_page(walk, level);
  return level->next < level->names.count ? names_at(&level->names, level->next++) : NULL;
}

const char* walk_last(const struct walk* walk) {
  const struct level* level = top(walk);
  return names_at(&level->names, level->next - 1);
}

/** Opens the directory above, which was closed, by the way it came. */
static int open_above(struct walk* walk) {
  struct level* above = top(walk) - 1;
  const int descriptor = open_at(walk, "..", O_PATH);
  if (descriptor < 0)
    return -ESTALE;
  struct stat found;
  if (fstat(descriptor, &found) != 0 || found.st_dev != above->device || found.st_ino != above->inode) {
    close(descriptor);
    return -ESTALE;
  }
  above->descriptor = descriptor;
  walk->first_open = walk->depth - 2;
  return 0;
}

int walk_leave(struct walk* walk) {
  if (walk->failed != 0)
    return walk->failed;
  const bool closed = walk->depth > 1 && (top(walk) - 1)->descriptor < 0;
  const int failed = closed ? open_above(walk) : 0;
  if (failed == 0)
    drop(walk);
  return failed;
}

int walk_directory(const struct walk* walk) {
  return walk->depth > 0 ? top(walk)->descriptor : AT_FDCWD;
}

const char* walk_path_of(struct walk* walk, const char* name) {
  const size_t length = walk->path.length;
  const size_t separator = length > 0 ? 1 : 0;
  if (walk->depth > 0 && buffer_reserve(&walk->path, separator + strlen(name) + 1) == 0) {
    memcpy(walk->path.data + length, "/", separator);
    memcpy(walk->path.data + length + separator, name, strlen(name) + 1);
  }
  return walk->path.data;
}

/** Where the part below the argument begins. */
static size_t relative_start(const struct walk* walk) {
  return walk->argument > 0 ? walk->argument + 1 : 0;
}

const char* walk_relative_of(struct walk* walk, const char* name) {
  return walk->depth > 0 ? walk_path_of(walk, name) + relative_start(walk) : "";
}

const char* walk_level_path(const struct walk* walk, size_t level, size_t* length) {
  const size_t end = level + 1 < walk->depth ? walk->levels[level + 1].above : walk->path.length;
  *length = end - relative_start(walk);
  return walk->path.data + relative_start(walk);
}

int status_at(int directory, const char* name, struct stat* status) {
  return fstatat(directory, name, status, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : -errno;
}

int change_mode_at(int directory, const char* name, mode_t mode) {
  if (fchmodat(directory, name, mode, AT_SYMLINK_NOFOLLOW) == 0)
    return 0;
  // Before Linux 6.6 the libc does this by way of /proc, which may be missing (K15); and a filter may forbid the call
  // it does not know.
  if (errno != EOPNOTSUPP && errno != EPERM && errno != ENOSYS)
    return -errno;
  struct stat status;
  const int failed = status_at(directory, name, &status);
  if (failed != 0 || S_ISLNK(status.st_mode))
    return failed != 0 ? failed : -EOPNOTSUPP;
  return fchmodat(directory, name, mode, 0) == 0 ? 0 : -errno;
}
