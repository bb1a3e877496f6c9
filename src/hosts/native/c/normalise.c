#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "trees.h"
#include "walk.h"

struct normalise {
  struct walk walk;
  struct report* report;
  uid_t uid;
  /** Set once the system said that group 0 is not ours to give. */
  bool group_denied;
};

/** Group may read and write, and execute where its owner may and in directories (B75). */
static mode_t wanted_mode(mode_t mode) {
  return mode | 0060 | ((mode & 0100) != 0 || S_ISDIR(mode) ? 0010 : 0);
}

static bool needs_change(const struct stat* status) {
  return status->st_gid != 0 || (!S_ISLNK(status->st_mode) && wanted_mode(status->st_mode) != status->st_mode);
}

static void note(struct normalise* all, const char* name, int error) {
  report_once(all->report, walk_path_of(&all->walk, name), error);
}

/** False, with one note for the whole tree, when this user is no member of group 0 (B80). */
static bool give_group(struct normalise* all, const char* name) {
  if (!all->group_denied) {
    if (fchownat(walk_directory(&all->walk), name, (uid_t)-1, 0, AT_SYMLINK_NOFOLLOW) == 0)
      return true;
    note(all, name, -errno);
    all->group_denied = true;
  }
  all->report->skipped += 1;
  return false;
}

/** The kernel drops set-id bits with the group; they must not come back with the mode (K13). */
static mode_t mode_now(const struct normalise* all, const char* name, const struct stat* before) {
  struct stat now;
  if (before->st_gid == 0 || (before->st_mode & 06000) == 0)
    return before->st_mode;
  return status_at(walk_directory(&all->walk), name, &now) == 0 ? now.st_mode : before->st_mode & ~(mode_t)06000;
}

static void fix(struct normalise* all, const char* name, const struct stat* status) {
  if (all->uid != 0 && status->st_uid != all->uid) {
    all->report->skipped += 1;
    return;
  }
  const bool grouped = status->st_gid == 0 || give_group(all, name);
  if (S_ISLNK(status->st_mode)) {
    all->report->changed += grouped ? 1 : 0;
    return;
  }
  const mode_t mode = mode_now(all, name, status);
  const int failed =
      wanted_mode(mode) == mode ? 0 : change_mode_at(walk_directory(&all->walk), name, wanted_mode(mode) & 07777);
  if (failed == 0)
    all->report->changed += 1;
  else
    note(all, name, failed);
}

/** A directory that cannot be entered or read is passed over. -ESTALE when it was swapped meanwhile: that ends the
 * walk. */
static int enter(struct normalise* all, const char* name, const struct stat* status) {
  const int failed = walk_enter(&all->walk, name, status);
  if (failed == 0)
    return 0;
  if (failed == -ESTALE || failed == -ENOTDIR || failed == -ELOOP)
    return -ESTALE;
  // What somebody else keeps to himself is none of ours to change anyway (B77).
  if (status->st_uid == all->uid)
    note(all, name, failed);
  else
    all->report->skipped += 1;
  return 0;
}

static int visit(struct normalise* all, const char* name) {
  struct stat status;
  const int failed = status_at(walk_directory(&all->walk), name, &status);
  if (failed != 0) {
    // Gone meanwhile, unless it is the argument.
    if (failed != -ENOENT || all->walk.depth == 0)
      note(all, name, failed);
    return 0;
  }
  all->report->seen += 1;
  if (needs_change(&status))
    fix(all, name, &status);
  return S_ISDIR(status.st_mode) ? enter(all, name, &status) : 0;
}

static int visit_all(struct normalise* all, const char* path) {
  int failed = visit(all, path);
  while (failed == 0 && all->walk.depth > 0) {
    const char* name = walk_next(&all->walk);
    failed = name != NULL ? visit(all, name) : walk_leave(&all->walk);
  }
  return failed;
}

void normalise_tree(const char* path, struct report* report) {
  struct normalise all = {.report = report, .uid = getuid()};
  char* real = realpath(path, NULL);
  int failed = real != NULL ? walk_begin(&all.walk, path) : -errno;
  if (failed == 0) {
    failed = visit_all(&all, real);
    walk_end(&all.walk);
  }
  if (failed != 0)
    report_problem(report, path, failed);
  free(real);
}
