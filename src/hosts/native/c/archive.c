#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "links.h"
#include "pattern.h"
#include "tar.h"
#include "trees.h"
#include "walk.h"

/** A directory that is entered but not written yet: it may hold nothing but what is excluded. */
struct pending {
  bool written;
  struct stat status;
};

struct archive {
  struct walk walk;
  struct report* report;
  char* const* exclude;
  struct tar tar;
  struct links links;
  /** One for each level below the root. */
  struct pending* pending;
  size_t room;
  struct buffer name;
};

static void note(struct archive* archive, const char* name, int error) {
  report_problem(archive->report, walk_path_of(&archive->walk, name), error);
}

static bool is_excluded(const struct archive* archive, const char* path) {
  for (char* const* pattern = archive->exclude; *pattern != NULL; pattern++)
    if (pattern_matches(*pattern, path))
      return true;
  return false;
}

/** The header of a directory of which this much of the path is the name. */
static int write_directory(struct archive* archive, const char* path, size_t length, const struct stat* status) {
  archive->name.length = 0;
  int failed = buffer_add(&archive->name, path, length);
  if (failed == 0)
    failed = buffer_add_text(&archive->name, "/");
  archive->report->seen += 1;
  const struct tar_entry entry = {.name = archive->name.data, .status = status};
  return failed == 0 ? tar_header(&archive->tar, &entry) : failed;
}

/** Writes the directories above, now that something in them is written. */
static int write_above(struct archive* archive) {
  const struct walk* walk = &archive->walk;
  for (size_t level = 1; level < walk->depth; level++) {
    struct pending* pending = archive->pending + level;
    if (pending->written)
      continue;
    size_t length;
    const char* path = walk_level_path(walk, level, &length);
    const int failed = write_directory(archive, path, length, &pending->status);
    if (failed != 0)
      return failed;
    pending->written = true;
  }
  return 0;
}

static int write_entry(struct archive* archive, const struct tar_entry* entry) {
  archive->report->seen += 1;
  const int failed = write_above(archive);
  return failed == 0 ? tar_header(&archive->tar, entry) : failed;
}

/** Writes just as much as the header says: what came later is left out, what is missing is zeros. */
static int write_content(struct archive* archive, int descriptor, off_t size, bool* complete) {
  static char piece[64 * 1024];
  off_t left = size;
  *complete = true;
  while (left > 0) {
    const size_t wanted = left < (off_t)sizeof piece ? (size_t)left : sizeof piece;
    ssize_t count = *complete ? descriptor_read(descriptor, piece, wanted) : 0;
    if (count <= 0) {
      *complete = false;
      memset(piece, 0, wanted);
      count = (ssize_t)wanted;
    }
    const int failed = tar_content(&archive->tar, piece, (size_t)count);
    if (failed != 0)
      return failed;
    left -= count;
  }
  return tar_pad(&archive->tar);
}

static bool changed(const struct stat* before, const struct stat* after) {
  return before->st_size != after->st_size || before->st_ctim.tv_sec != after->st_ctim.tv_sec ||
         before->st_ctim.tv_nsec != after->st_ctim.tv_nsec;
}

static int write_open_file(struct archive* archive, const char* name, const char* path, int descriptor) {
  struct stat before, after;
  bool complete;
  if (fstat(descriptor, &before) != 0 || !S_ISREG(before.st_mode)) {
    note(archive, name, -ESTALE);
    return 0;
  }
  const struct tar_entry entry = {.name = path, .status = &before};
  int failed = write_entry(archive, &entry);
  if (failed == 0)
    failed = write_content(archive, descriptor, before.st_size, &complete);
  if (failed == 0 && (!complete || fstat(descriptor, &after) != 0 || changed(&before, &after)))
    note(archive, name, -ESTALE);
  return failed;
}

static int write_file(struct archive* archive, const char* name, const char* path) {
  const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  const int descriptor = openat(walk_directory(&archive->walk), name, flags);
  if (descriptor < 0) {
    note(archive, name, -errno);
    return 0;
  }
  const int failed = write_open_file(archive, name, path, descriptor);
  close(descriptor);
  return failed;
}

static int write_link(struct archive* archive, const char* name, const struct tar_entry* entry) {
  char target[PATH_MAX];
  const ssize_t length = readlinkat(walk_directory(&archive->walk), name, target, sizeof target - 1);
  if (length < 0) {
    note(archive, name, -errno);
    return 0;
  }
  target[length] = '\0';
  struct tar_entry with_target = *entry;
  with_target.link = target;
  return write_entry(archive, &with_target);
}

static int write_other(struct archive* archive, const char* name, const char* path, const struct stat* status) {
  struct tar_entry entry = {.name = path, .status = status};
  if (status->st_nlink > 1) {
    const int failed = links_first_name(&archive->links, status, path, &entry.link);
    if (failed != 0)
      return failed;
    entry.hard = entry.link != NULL;
  }
  if (entry.hard)
    return write_entry(archive, &entry);
  if (S_ISREG(status->st_mode))
    return write_file(archive, name, path);
  if (S_ISLNK(status->st_mode))
    return write_link(archive, name, &entry);
  // A socket is of no use elsewhere; tar passes over it, too.
  return S_ISSOCK(status->st_mode) ? 0 : write_entry(archive, &entry);
}

static int reserve_pending(struct archive* archive) {
  if (archive->walk.depth < archive->room)
    return 0;
  const size_t room = archive->room == 0 ? 16 : archive->room * 2;
  struct pending* pending = reallocarray(archive->pending, room, sizeof *pending);
  if (pending == NULL)
    return -ENOMEM;
  archive->pending = pending;
  archive->room = room;
  return 0;
}

static int visit_directory(struct archive* archive, const char* name, const struct stat* status) {
  int failed = reserve_pending(archive);
  if (failed != 0)
    return failed;
  archive->pending[archive->walk.depth] = (struct pending){.status = *status};
  failed = walk_enter(&archive->walk, name, status);
  if (failed != 0) {
    note(archive, name, failed);
    return 0;
  }
  // An empty one belongs to nothing that is excluded.
  const struct walk* walk = &archive->walk;
  return walk->levels[walk->depth - 1].names.count == 0 ? write_above(archive) : 0;
}

static int visit(struct archive* archive, const char* name) {
  const char* shown = walk_relative_of(&archive->walk, name);
  if (is_excluded(archive, shown))
    return 0;
  struct stat status;
  const int missing = status_at(walk_directory(&archive->walk), name, &status);
  if (missing != 0) {
    note(archive, name, missing);
    return 0;
  }
  if (S_ISDIR(status.st_mode))
    return visit_directory(archive, name, &status);
  // The walk's own text changes under way.
  char* path = strdup(shown);
  const int failed = path != NULL ? write_other(archive, name, path, &status) : -ENOMEM;
  free(path);
  return failed;
}

static int visit_all(struct archive* archive, const char* root) {
  int failed = walk_enter(&archive->walk, root, NULL);
  if (failed != 0)
    return failed;
  while (failed == 0 && archive->walk.depth > 0) {
    const char* name = walk_next(&archive->walk);
    failed = name != NULL ? visit(archive, name) : walk_leave(&archive->walk);
  }
  return failed == 0 ? tar_end(&archive->tar) : failed;
}

void archive_tree(int descriptor, const char* root, char* const* exclude, struct report* report) {
  struct archive archive = {.report = report, .exclude = exclude, .tar = {.descriptor = descriptor}};
  int failed = walk_begin(&archive.walk, root);
  if (failed == 0)
    failed = visit_all(&archive, root);
  if (failed != 0)
    report_problem(report, root, failed);
  walk_end(&archive.walk);
  tar_free(&archive.tar);
  links_free(&archive.links);
  buffer_free(&archive.name);
  free(archive.pending);
}
