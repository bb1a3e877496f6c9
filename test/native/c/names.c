#include "names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static int names_of(const char* path, struct names* names) {
  const int directory = open(path, O_RDONLY | O_DIRECTORY);
  const int failed = names_read(directory, names);
  close(directory);
  return failed;
}

static void sorts_by_bytes_and_leaves_out_the_dots(void) {
  fresh_directory();
  static const char* const made[] = {"b", "B", "a\xff", "a", "a b", "\xc3\xbc", ".hidden", "..x", "\n", "-rf"};
  static const char* const sorted[] = {"\n", "-rf", "..x", ".hidden", "B", "a", "a b", "a\xff", "b", "\xc3\xbc"};
  for (size_t at = 0; at < sizeof made / sizeof *made; at++)
    make_file(made[at], "");
  struct names names;
  CHECK_NUMBER(names_of(".", &names), 0);
  CHECK_NUMBER(names.count, sizeof sorted / sizeof *sorted);
  for (size_t at = 0; at < names.count; at++)
    CHECK_TEXT(names_at(&names, at), sorted[at]);
  names_free(&names);
}

static void reads_more_than_one_piece(void) {
  fresh_directory();
  shell("seq -w 1 5000 | sed 's/$/-a-long-name-a-long-name-a-long-name/' | xargs touch");
  struct names names;
  CHECK_NUMBER(names_of(".", &names), 0);
  CHECK_NUMBER(names.count, 5000);
  for (size_t at = 1; at < names.count; at++)
    if (strcmp(names_at(&names, at - 1), names_at(&names, at)) >= 0)
      CHECK_NUMBER(at, -1);
  names_free(&names);
}

static void answers_errors_and_nothing(void) {
  fresh_directory();
  struct names names;
  CHECK_NUMBER(names_of(".", &names), 0);
  CHECK_NUMBER(names.count, 0);
  names_free(&names);
  make_file("file", "");
  const int file = open("file", O_RDONLY);
  CHECK_NUMBER(names_read(file, &names), -ENOTDIR);
  close(file);
  CHECK_NUMBER(names_read(-1, &names), -EBADF);
}

void test_names(void) {
  sorts_by_bytes_and_leaves_out_the_dots();
  reads_more_than_one_piece();
  answers_errors_and_nothing();
}
