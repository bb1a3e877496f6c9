#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "trees.h"

/** `removed: problems` */
static const char* removed(const char* path) {
  static char text[16 * 1024];
  struct report report = {0};
  remove_tree(path, &report);
  CHECK_NUMBER(report.seen, report.removed);
  snprintf(text, sizeof text, "%.0f: %s", report.removed, problems_of(&report));
  report_free(&report);
  return text;
}

static void removes_everything_and_follows_nothing(void) {
  fresh_directory();
  shell("mkdir -p keep t/d t/e; touch keep/x t/d/$(printf '\\377') t/f; ln -s ../keep t/l; mkfifo t/p");
  CHECK_TEXT(removed("t"), "7: ");
  CHECK_TEXT(state_of("t"), "none");
  CHECK_TEXT(state_of("keep/x"), "644 0:0");
  CHECK(symlink("keep", "l") == 0);
  CHECK_TEXT(removed("l"), "1: ");
  CHECK_TEXT(removed("keep/x"), "1: ");
  CHECK_TEXT(removed("missing"), "0: ");
  make_file("file", "");
  CHECK_TEXT(removed("file/x"), "0: ");
}

static void opens_what_is_mine(void) {
  CHECK_TEXT(removed("mine"), "8: ");
  CHECK_TEXT(removed("theirs"), "0: theirs/y EACCES, theirs ENOTEMPTY");
  CHECK_TEXT(removed("closed"), "0: closed EPERM");
}

static void opens_directories_of_its_user(void) {
  fresh_directory();
  shell("chmod 777 .; for mode in 0 444 111; do mkdir -p mine/$mode; touch mine/$mode/x; done; mkdir mine/a;"
        "chown -R 12345 mine; chmod 0 mine/0; chmod 444 mine/444; chmod 111 mine/111; chmod 0 mine;"
        "mkdir theirs closed; touch theirs/y closed/z; chmod 700 closed");
  as_user(12345, 12345, opens_what_is_mine);
  CHECK_TEXT(state_of("mine"), "none");
  CHECK_TEXT(state_of("closed/z"), "644 0:0");
}

static void goes_to_any_depth(void) {
  fresh_directory();
  shell("mkdir t; cd t; n=$(printf 'd%.0s' $(seq 200)); for i in $(seq 300); do mkdir $n a; touch a/x; cd -P $n; done");
  CHECK_TEXT(removed("t"), "901: ");
  CHECK_TEXT(state_of("t"), "none");
}

static void names_at_most_twenty(void) {
  CHECK_TEXT(removed("t/x"), "0: t/x EACCES");
  struct report report = {0};
  remove_tree("t", &report);
  CHECK_NUMBER(report.problem_count, 20);
  CHECK_NUMBER(report.removed, 0);
  report_free(&report);
}

static void stops_listing_problems(void) {
  fresh_directory();
  shell("mkdir t; cd t; touch x $(seq 50)");
  as_user(12345, 12345, names_at_most_twenty);
}

void test_remove(void) {
  removes_everything_and_follows_nothing();
  opens_directories_of_its_user();
  goes_to_any_depth();
  stops_listing_problems();
}
