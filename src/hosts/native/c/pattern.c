#include "pattern.h"

#include <stddef.h>

bool pattern_matches(const char* pattern, const char* path) {
  // The last star, and where what it stands for ends. Going back to an earlier one finds nothing more.
  const char* star = NULL;
  const char* end = NULL;
  while (*path != '\0') {
    if (*pattern == '*') {
      star = pattern++;
      end = path;
    } else if (*pattern == *path || (*pattern == '?' && *path != '/')) {
      pattern++;
      path++;
    } else if (star != NULL && *end != '/') {
      pattern = star + 1;
      path = ++end;
    } else {
      return false;
    }
  }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}
