#include "names.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static int names_of(const char* path, struct names* names) {
  const int directory = open(path, O_RDONLY | O_DIRECTORY);
  const int failed = names_read(directory, SIZE_MAX, names);
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

/** Page by page: how many names there are in all, each larger than the one before it; 0 when one is not. */
static size_t count_in_pages(size_t page, size_t* pages) {
  char last[256] = "";
  size_t count = 0;
  bool more = true;
  struct names names;
  for (*pages = 0; more; ++*pages) {
    const int directory = open(".", O_RDONLY | O_DIRECTORY);
    CHECK_NUMBER(*pages > 0 ? names_turn(directory, &names) : names_read(directory, page, &names), 0);
    CHECK(names.bytes.length <= page + 256);
    close(directory);
    for (size_t at = 0; at < names.count; at++) {
      if (strcmp(last, names_at(&names, at)) >= 0)
        return 0;
      snprintf(last, sizeof last, "%s", names_at(&names, at));
    }
    count += names.count;
    more = names.more;
  }
  names_free(&names);
  return count;
}

static void reads_page_by_page(void) {
  size_t pages;
  fresh_directory();
  shell("seq 1 3000 | sed 's/$/-a-name/' | xargs touch; touch b");
  CHECK_NUMBER(count_in_pages(4096, &pages), 3001);
  CHECK(pages >= 9 && pages < 40);
  CHECK_NUMBER(count_in_pages(256, &pages), 3001);
  CHECK_NUMBER(count_in_pages(1024 * 1024, &pages), 3001);
  CHECK_NUMBER(pages, 1);
}

static void answers_errors_and_nothing(void) {
  fresh_directory();
  struct names names;
  CHECK_NUMBER(names_of(".", &names), 0);
  CHECK_NUMBER(names.count, 0);
  names_free(&names);
  make_file("file", "");
  const int file = open("file", O_RDONLY);
  CHECK_NUMBER(names_read(file, SIZE_MAX, &names), -ENOTDIR);
  close(file);
  CHECK_NUMBER(names_read(-1, SIZE_MAX, &names), -EBADF);
}

void test_names(void) {
  sorts_by_bytes_and_leaves_out_the_dots();
  reads_more_than_one_piece();
  reads_page_by_page();
  answers_errors_and_nothing();
}
