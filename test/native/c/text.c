#include "text.h"

#include <errno.h>
#include <string.h>

#include "check.h"

static ptrdiff_t bad(const char* bytes) {
  return text_bad_offset(bytes, strlen(bytes));
}

static void finds_the_first_byte_that_is_none(void) {
  CHECK_NUMBER(bad(""), -1);
  CHECK_NUMBER(bad("plain"), -1);
  CHECK_NUMBER(bad("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d"), -1);
  CHECK_NUMBER(bad("caf\xe9"), 3);
  CHECK_NUMBER(bad("ab\xff"), 2);
  CHECK_NUMBER(bad("\x80"), 0);
  CHECK_NUMBER(text_bad_offset("a\0b", 3), -1);
}

static void takes_no_sequence_that_is_cut_off(void) {
  CHECK_NUMBER(bad("a\xc3"), 1);
  CHECK_NUMBER(bad("a\xe2\x82"), 1);
  CHECK_NUMBER(bad("a\xf0\x9f\x90"), 1);
  CHECK_NUMBER(bad("\xe2\x82z"), 0);
}

static void takes_no_overlong_form_no_surrogate_nothing_beyond(void) {
  CHECK_NUMBER(bad("\xc0\xaf"), 0);
  CHECK_NUMBER(bad("\xc1\xbf"), 0);
  CHECK_NUMBER(bad("\xe0\x9f\xbf"), 0);
  CHECK_NUMBER(bad("\xe0\xa0\x80"), -1);
  CHECK_NUMBER(bad("\xf0\x8f\xbf\xbf"), 0);
  CHECK_NUMBER(bad("\xf0\x90\x80\x80"), -1);
  CHECK_NUMBER(bad("\xed\x9f\xbf"), -1);
  CHECK_NUMBER(bad("\xed\xa0\x80"), 0);
  CHECK_NUMBER(bad("\xf4\x8f\xbf\xbf"), -1);
  CHECK_NUMBER(bad("\xf4\x90\x80\x80"), 0);
  CHECK_NUMBER(bad("\xf5\x80\x80\x80"), 0);
}

/** Each character there is, and each pair of bytes against a second opinion. */
static void takes_every_character(void) {
  for (unsigned character = 0x80; character < 0x800; character++) {
    const char pair[] = {(char)(0xc0 | character >> 6), (char)(0x80 | (character & 0x3f))};
    if (text_bad_offset(pair, 2) != -1)
      CHECK_NUMBER(character, 0);
  }
  for (unsigned first = 0; first < 256; first++)
    for (unsigned second = 0; second < 256; second++) {
      const char pair[] = {(char)first, (char)second};
      const bool one = first >= 0xc2 && first <= 0xdf && second >= 0x80 && second <= 0xbf;
      const bool fine = one || (first < 0x80 && second < 0x80);
      if ((text_bad_offset(pair, 2) == -1) != fine)
        CHECK_NUMBER(first << 8 | second, 0);
    }
}

static void names_errors(void) {
  CHECK_TEXT(error_name(ENOENT), "ENOENT");
  CHECK_TEXT(error_name(ENOTSUP), "ENOTSUP");
  CHECK_TEXT(error_name(EAGAIN), "EAGAIN");
  CHECK(error_name(0) == NULL);
  CHECK(error_name(1234) == NULL);
  for (int error = 1; error <= 133; error++)
    // Two numbers were never given out.
    if (error_name(error) == NULL && error != 41 && error != 58)
      CHECK_NUMBER(error, 0);
}

void test_text(void) {
  finds_the_first_byte_that_is_none();
  takes_no_sequence_that_is_cut_off();
  takes_no_overlong_form_no_surrogate_nothing_beyond();
  takes_every_character();
  names_errors();
}
