#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "check.h"

/** Makes a chain of directories and a file at its end; comes back. */
static void make_deep(int depth, const char* name) {
  const int here = open(".", O_PATH);
  for (int at = 0; at < depth; at++)
    if (mkdir(name, 0755) != 0 || chdir(name) != 0)
      CHECK_NUMBER(at, -1);
  make_file("file", "s3cret");
  CHECK(fchdir(here) == 0);
  close(here);
}

static int count_descriptors(void) {
  DIR* directory = opendir("/proc/self/fd");
  int count = 0;
  while (readdir(directory) != NULL)
    count++;
  closedir(directory);
  return count;
}

struct seen {
  size_t files, directories, deepest;
  int most_open;
};

static int visit(struct walk* walk, const char* name, struct seen* seen) {
  struct stat status;
  int failed = status_at(walk_directory(walk), name, &status);
  if (failed == 0 && S_ISDIR(status.st_mode)) {
    failed = walk_enter(walk, name, &status);
    seen->directories += failed == 0;
    seen->deepest = walk->depth > seen->deepest ? walk->depth : seen->deepest;
  } else {
    seen->files += failed == 0;
    const int open_now = count_descriptors();
    seen->most_open = open_now > seen->most_open ? open_now : seen->most_open;
  }
  return failed;
}

static int visit_all(const char* root, struct seen* seen) {
  struct walk walk;
  int failed = walk_begin(&walk, root);
  if (failed == 0)
    failed = visit(&walk, root, seen);
  while (failed == 0 && walk.depth > 0) {
    const char* name = walk_next(&walk);
    failed = name != NULL ? visit(&walk, name, seen) : walk_leave(&walk);
  }
  walk_end(&walk);
  return failed;
}

static void goes_through_everything_once(void) {
  fresh_directory();
  shell("mkdir -p a/b/c a/d e; touch a/b/c/1 a/b/2 a/3 e/4 5; ln -s ../.. a/up");
  struct seen seen = {0};
  CHECK_NUMBER(visit_all(".", &seen), 0);
  CHECK_NUMBER(seen.directories, 6);
  CHECK_NUMBER(seen.files, 6);
}

static void goes_to_any_depth_with_few_descriptors(void) {
  fresh_directory();
  const int before = count_descriptors();
  char name[201];
  memset(name, 'd', 200);
  name[200] = '\0';
  make_deep(2000, name);
  shell("mkdir x; touch x/y");
  struct seen seen = {0};
  CHECK_NUMBER(visit_all(".", &seen), 0);
  CHECK_NUMBER(seen.deepest, 2001);
  CHECK_NUMBER(seen.files, 2);
  CHECK(seen.most_open <= before + 34);
  CHECK_NUMBER(count_descriptors(), before);
}

static void makes_do_with_what_descriptors_there_are(void) {
  fresh_directory();
  make_deep(100, "d");
  struct rlimit before;
  CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
  const struct rlimit small = {(rlim_t)count_descriptors() + 2, before.rlim_max};
  CHECK(setrlimit(RLIMIT_NOFILE, &small) == 0);
  struct walk walk;
  CHECK_NUMBER(walk_begin(&walk, "."), 0);
  CHECK_NUMBER(walk_enter(&walk, ".", NULL), 0);
  int failed = 0;
  for (int at = 0; at < 100 && failed == 0; at++)
    failed = walk_enter(&walk, "d", NULL);
  CHECK_NUMBER(failed, 0);
  while (walk.depth > 0 && failed == 0)
    failed = walk_leave(&walk);
  CHECK_NUMBER(failed, 0);
  walk_end(&walk);
  CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
}

/** In a new directory, 3,000 files whose names take 600 kB, more than are held at a time. */
static void make_many(void) {
  fresh_directory();
  shell("name=$(printf %0200d 0); seq -w 1 3000 | sed \"s/$/-$name/\" | xargs touch; chmod 777 . *");
}

static void goes_through_a_large_directory_in_pieces(void) {
  make_many();
  // Deep enough that the large one is closed meanwhile.
  mkdir("0002-deep", 0755);
  CHECK(chdir("0002-deep") == 0);
  make_deep(60, "d");
  CHECK(chdir("..") == 0);
  struct seen seen = {0};
  CHECK_NUMBER(visit_all(".", &seen), 0);
  CHECK_NUMBER(seen.files, 3001);
  CHECK_NUMBER(seen.directories, 62);
}

static void large_directory_that_is_closed(void) {
  struct walk walk;
  CHECK_NUMBER(walk_begin(&walk, "."), 0);
  CHECK_NUMBER(walk_enter(&walk, ".", NULL), 0);
  CHECK(walk_next(&walk) != NULL);
  CHECK(chmod(".", 0300) == 0);
  int count = 1;
  while (walk_next(&walk) != NULL)
    count++;
  CHECK(count > 1000 && count < 3000);
  CHECK_NUMBER(walk_leave(&walk), -EACCES);
  walk_end(&walk);
}

static void says_that_a_rest_cannot_be_read(void) {
  make_many();
  shell("chown 12345 .");
  as_user(12345, 12345, large_directory_that_is_closed);
}

static void is_not_led_elsewhere(void) {
  fresh_directory();
  shell("mkdir tree outside other; touch outside/secret");
  struct stat status;
  struct walk walk;
  CHECK_NUMBER(status_at(AT_FDCWD, "tree", &status), 0);
  CHECK_NUMBER(walk_begin(&walk, "tree"), 0);
  shell("mv tree gone; ln -s outside tree");
  CHECK_NUMBER(walk_enter(&walk, "tree", &status), -ENOTDIR);
  shell("rm tree; mv other tree");
  CHECK_NUMBER(walk_enter(&walk, "tree", &status), -ESTALE);
  shell("rmdir tree; touch tree");
  CHECK_NUMBER(walk_enter(&walk, "tree", &status), -ENOTDIR);
  shell("rm tree");
  CHECK_NUMBER(walk_enter(&walk, "tree", &status), -ENOENT);
  CHECK_NUMBER(walk.depth, 0);
  walk_end(&walk);
}

/** The way back leads through `..`, which is another one after a directory was moved. */
static void notices_when_there_is_no_way_back(void) {
  fresh_directory();
  make_deep(50, "d");
  struct walk walk;
  CHECK_NUMBER(walk_begin(&walk, "d"), 0);
  for (int at = 0; at < 50; at++)
    CHECK_NUMBER(walk_enter(&walk, "d", NULL), 0);
  shell("mv d/d/d/d elsewhere");
  int failed = 0;
  while (walk.depth > 0 && failed == 0)
    failed = walk_leave(&walk);
  CHECK_NUMBER(failed, -ESTALE);
  CHECK_NUMBER(walk.depth, 4);
  walk_end(&walk);
}

static void names_what_it_sees(void) {
  fresh_directory();
  shell("mkdir -p tree/a/b; touch tree/a/b/file");
  struct walk walk;
  CHECK_NUMBER(walk_begin(&walk, "tree"), 0);
  CHECK_TEXT(walk_path_of(&walk, "ignored"), "tree");
  CHECK_TEXT(walk_relative_of(&walk, "ignored"), "");
  CHECK_NUMBER(walk_enter(&walk, "tree", NULL), 0);
  CHECK_TEXT(walk_next(&walk), "a");
  CHECK_TEXT(walk_path_of(&walk, "a"), "tree/a");
  CHECK_TEXT(walk_relative_of(&walk, "a"), "a");
  CHECK_NUMBER(walk_enter(&walk, "a", NULL), 0);
  CHECK_TEXT(walk_next(&walk), "b");
  CHECK_NUMBER(walk_enter(&walk, "b", NULL), 0);
  CHECK_TEXT(walk_path_of(&walk, "file"), "tree/a/b/file");
  CHECK_TEXT(walk_relative_of(&walk, "file"), "a/b/file");
  size_t length;
  const char* path = walk_level_path(&walk, 1, &length);
  CHECK(length == 1 && path[0] == 'a');
  path = walk_level_path(&walk, 2, &length);
  CHECK(length == 3 && strncmp(path, "a/b", 3) == 0);
  CHECK_NUMBER(walk_leave(&walk), 0);
  CHECK_TEXT(walk_path_of(&walk, "x"), "tree/a/x");
  CHECK_TEXT(walk_last(&walk), "b");
  walk_end(&walk);
}

static void closed_directory_as_another_user(void) {
  struct walk walk;
  struct stat status;
  CHECK_NUMBER(walk_begin(&walk, "."), 0);
  CHECK_NUMBER(walk_enter(&walk, ".", NULL), 0);
  static const char* const closed[] = {"none", "read", "search"};
  for (int at = 0; at < 3; at++) {
    CHECK_NUMBER(status_at(walk_directory(&walk), closed[at], &status), 0);
    CHECK_NUMBER(walk_enter(&walk, closed[at], &status), -EACCES);
  }
  CHECK_NUMBER(walk.depth, 1);
  walk_end(&walk);
}

static void enters_only_what_it_may_read_and_search(void) {
  fresh_directory();
  shell("mkdir -m 0 none; mkdir -m 444 read; mkdir -m 111 search; chown 12345 *");
  as_user(12345, 12345, closed_directory_as_another_user);
}

static void changes_modes_of_no_link(void) {
  fresh_directory();
  make_file("file", "");
  CHECK(symlink("file", "link") == 0);
  CHECK_NUMBER(change_mode_at(AT_FDCWD, "file", 0640), 0);
  CHECK_TEXT(state_of("file"), "640 0:0");
  CHECK(change_mode_at(AT_FDCWD, "link", 0777) < 0);
  CHECK_TEXT(state_of("file"), "640 0:0");
  CHECK_NUMBER(change_mode_at(AT_FDCWD, "missing", 0777), -ENOENT);
}

void test_walk(void) {
  goes_through_everything_once();
  goes_to_any_depth_with_few_descriptors();
  makes_do_with_what_descriptors_there_are();
  goes_through_a_large_directory_in_pieces();
  says_that_a_rest_cannot_be_read();
  is_not_led_elsewhere();
  notices_when_there_is_no_way_back();
  names_what_it_sees();
  enters_only_what_it_may_read_and_search();
  changes_modes_of_no_link();
}
