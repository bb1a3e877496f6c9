#include "buffer.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "check.h"

static void grows_and_keeps_what_it_holds(void) {
  struct buffer buffer = {0};
  for (int at = 0; at < 100000; at++)
    CHECK_NUMBER(buffer_add(&buffer, "abc", 3), 0);
  CHECK_NUMBER(buffer.length, 300000);
  for (size_t at = 0; at < buffer.length; at += 3)
    if (memcmp(buffer.data + at, "abc", 3) != 0)
      CHECK_NUMBER(at, -1);
  buffer_free(&buffer);
  CHECK_NUMBER(buffer.length, 0);
  CHECK(buffer.data == NULL);
}

static void ends_a_text_with_a_nul_that_does_not_count(void) {
  struct buffer buffer = {0};
  CHECK_NUMBER(buffer_add_text(&buffer, "one "), 0);
  CHECK_NUMBER(buffer_add_text(&buffer, "two"), 0);
  CHECK_NUMBER(buffer.length, 7);
  CHECK_TEXT(buffer.data, "one two");
  CHECK_NUMBER(buffer_add(&buffer, NULL, 0), 0);
  buffer_free(&buffer);
}

static void says_what_is_too_much(void) {
  struct buffer buffer = {0};
  CHECK_NUMBER(buffer_reserve(&buffer, SIZE_MAX), -ENOMEM);
  CHECK_NUMBER(buffer_reserve(&buffer, SIZE_MAX / 2), -ENOMEM);
  CHECK_NUMBER(buffer.room, 0);
}

void test_buffer(void) {
  grows_and_keeps_what_it_holds();
  ends_a_text_with_a_nul_that_does_not_count();
  says_what_is_too_much();
}
