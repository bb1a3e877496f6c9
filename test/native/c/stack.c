#include "stack.h"

#include <string.h>

#include "check.h"

static int deep(int levels) {
  volatile char frame[4096];
  frame[0] = (char)levels;
  return levels == 0 ? 0 : 1 + deep(levels - 1) + (frame[0] - (char)levels);
}

static void go_deep(void* depth) {
  *(int*)depth = deep(*(int*)depth);
}

void test_stack(void) {
  // 40 MiB, more than a shell usually allows.
  int depth = 10000;
  CHECK_NUMBER(stack_run(go_deep, &depth), 0);
  CHECK_NUMBER(depth, 10000);
  CHECK(stack_size() > (size_t)60 << 20);
}
