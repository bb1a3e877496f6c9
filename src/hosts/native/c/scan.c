#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "trees.h"
#include "walk.h"

/** Bytes that are read at a time. */
enum { chunk = 256 * 1024 };

struct scan {
  struct walk walk;
  struct report* report;
  char* const* needles;
  /** Bytes of a chunk that are kept in front of the next one, so that a needle across the border is found. */
  size_t overlap;
  char* room;
  take_hit* take;
  void* context;
};

static size_t longest(char* const* needles) {
  size_t most = 0;
  for (; *needles != NULL; needles++)
    if (strlen(*needles) > most)
      most = strlen(*needles);
  return most;
}

static bool holds_one(const struct scan* scan, size_t length) {
  for (char* const* needle = scan->needles; *needle != NULL; needle++)
    if (**needle != '\0' && memmem(scan->room, length, *needle, strlen(*needle)) != NULL)
      return true;
  return false;
}

/** 1: it does, 0: it does not, or a negative errno. */
static int holds(const struct scan* scan, int descriptor) {
  size_t kept = 0;
  for (;;) {
    const ssize_t count = descriptor_read(descriptor, scan->room + kept, chunk);
    if (count <= 0)
      return (int)count;
    const size_t length = kept + (size_t)count;
    if (holds_one(scan, length))
      return 1;
    kept = length < scan->overlap ? length : scan->overlap;
    memmove(scan->room, scan->room + length - kept, kept);
  }
}

static int look_into(struct scan* scan, const char* name) {
  const int descriptor =
      openat(walk_directory(&scan->walk), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  const int found = descriptor < 0 ? -errno : holds(scan, descriptor);
  if (descriptor >= 0)
    close(descriptor);
  if (found < 0)
    report_problem(scan->report, walk_path_of(&scan->walk, name), found);
  return found == 1 ? scan->take(scan->context, walk_relative_of(&scan->walk, name)) : 0;
}

static int visit(struct scan* scan, const char* name) {
  struct stat status;
  int failed = status_at(walk_directory(&scan->walk), name, &status);
  if (failed == 0 && S_ISREG(status.st_mode)) {
    scan->report->seen += 1;
    return look_into(scan, name);
  }
  if (failed == 0 && S_ISDIR(status.st_mode))
    failed = walk_enter(&scan->walk, name, &status);
  if (failed != 0 && failed != -ENOENT && failed != -ENOTDIR)
    report_problem(scan->report, walk_path_of(&scan->walk, name), failed);
  return 0;
}

static int visit_all(struct scan* scan, const char* root) {
  int result = visit(scan, root);
  while (result == 0 && scan->walk.depth > 0) {
    const char* name = walk_next(&scan->walk);
    if (name != NULL) {
      result = visit(scan, name);
    } else {
      const int failed = walk_leave(&scan->walk);
      if (failed != 0) {
        report_problem(scan->report, root, failed);
        return 0;
      }
    }
  }
  return result;
}

int scan_tree(const char* root, char* const* needles, take_hit* take, void* context, struct report* report) {
  const size_t most = longest(needles);
  if (most == 0)
    return 0;
  struct scan scan = {.report = report, .needles = needles, .overlap = most - 1, .take = take, .context = context};
  scan.room = malloc(chunk + scan.overlap);
  int result = scan.room != NULL ? walk_begin(&scan.walk, root) : -ENOMEM;
  if (result == 0)
    result = visit_all(&scan, root);
  walk_end(&scan.walk);
  free(scan.room);
  return result;
}
