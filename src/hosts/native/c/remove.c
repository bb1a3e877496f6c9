#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "trees.h"
#include "walk.h"

struct removal {
  struct walk walk;
  struct report* report;
  const char* path;
};

static void note(struct removal* all, const char* name, int error) {
  report_problem(all->report, walk_path_of(&all->walk, name), error);
}

static void remove_entry(struct removal* all, const char* name, int flags) {
  if (unlinkat(walk_directory(&all->walk), name, flags) == 0)
    all->report->removed += 1;
  else
    note(all, name, -errno);
}

static int enter(struct removal* all, const char* name, const struct stat* status) {
  const int failed = walk_enter(&all->walk, name, status);
  if (failed != -EACCES)
    return failed;
  const int refused = change_mode_at(walk_directory(&all->walk), name, 0700);
  return refused != 0 ? refused : walk_enter(&all->walk, name, status);
}

static void visit(struct removal* all, const char* name) {
  struct stat status;
  int failed = status_at(walk_directory(&all->walk), name, &status);
  if (failed == -ENOENT || failed == -ENOTDIR)
    return;
  if (failed == 0 && !S_ISDIR(status.st_mode)) {
    remove_entry(all, name, 0);
    return;
  }
  if (failed == 0)
    failed = enter(all, name, &status);
  if (failed != 0)
    note(all, name, failed);
}

/** Leaves a directory and removes it. */
static int finish_directory(struct removal* all) {
  const int failed = walk_leave(&all->walk);
  if (failed == 0)
    remove_entry(all, all->walk.depth > 0 ? walk_last(&all->walk) : all->path, AT_REMOVEDIR);
  return failed;
}

void remove_tree(const char* path, struct report* report) {
  struct removal all = {.report = report, .path = path};
  int failed = walk_begin(&all.walk, path);
  if (failed == 0)
    visit(&all, path);
  while (failed == 0 && all.walk.depth > 0) {
    const char* name = walk_next(&all.walk);
    if (name != NULL)
      visit(&all, name);
    else
      failed = finish_directory(&all);
  }
  walk_end(&all.walk);
  if (failed != 0)
    report_problem(report, path, failed);
  report->seen = report->removed;
}
