#include "links.h"

#include <stdio.h>

#include "check.h"

void test_links(void) {
  struct links links = {0};
  char name[32];
  const char* first;
  // Two devices, and inodes that differ only in high bits.
  for (int turn = 0; turn < 2; turn++)
    for (unsigned at = 0; at < 20000; at++) {
      const struct stat status = {.st_dev = 1 + at % 2, .st_ino = (ino_t)(at / 2) << (at % 40)};
      snprintf(name, sizeof name, "%u-%lu", (unsigned)status.st_dev, (unsigned long)status.st_ino);
      CHECK_NUMBER(links_first_name(&links, &status, name, &first), 0);
      if (turn == 1)
        CHECK_TEXT(first, name);
    }
  CHECK(links.count * 2 <= links.room);
  const struct stat one = {.st_dev = 77, .st_ino = 1};
  CHECK_NUMBER(links_first_name(&links, &one, "first", &first), 0);
  CHECK(first == NULL);
  CHECK_NUMBER(links_first_name(&links, &one, "second", &first), 0);
  CHECK_TEXT(first, "first");
  CHECK_NUMBER(links_first_name(&links, &one, "third", &first), 0);
  CHECK_TEXT(first, "first");
  links_free(&links);
}
