#include "pattern.h"

#include "check.h"

void test_pattern(void) {
  CHECK(pattern_matches("lib/a", "lib/a"));
  CHECK(!pattern_matches("lib/a", "lib/ab"));
  CHECK(!pattern_matches("lib/a", "lib"));
  CHECK(pattern_matches("bin/pip*", "bin/pip"));
  CHECK(pattern_matches("bin/pip*", "bin/pip3.11"));
  CHECK(!pattern_matches("bin/*", "bin/a/b"));
  CHECK(!pattern_matches("*", "a/b"));
  CHECK(pattern_matches("*/*", "a/b"));
  CHECK(pattern_matches("*ip", "pipip"));
  CHECK(!pattern_matches("*ip", "pipi"));
  CHECK(pattern_matches("a?c", "abc"));
  CHECK(pattern_matches("a?c", "a\xff"
                               "c"));
  CHECK(!pattern_matches("a?c", "a/c"));
  CHECK(!pattern_matches("a?c", "ac"));
  CHECK(pattern_matches("a.b", "a.b"));
  CHECK(!pattern_matches("a.b", "axb"));
  CHECK(pattern_matches("[a]", "[a]"));
  CHECK(!pattern_matches("[a]", "a"));
  CHECK(pattern_matches("*a*b*c", "aabbcabc"));
  CHECK(pattern_matches("**", ""));
  CHECK(pattern_matches("", ""));
  CHECK(!pattern_matches("", "a"));
  CHECK(pattern_matches("*/x*/*y", "a/xb/cy"));
  CHECK(!pattern_matches("*/x*/*y", "a/b/xb/cy"));
  // As long as this is linear it takes no time.
  CHECK(!pattern_matches("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
                         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}
