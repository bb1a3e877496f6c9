/** What an operation on a whole tree did. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/** More problems than this are not listed; the first ones tell the cause. */
enum { most_problems = 20 };

struct problem {
  struct buffer name;
  /** Negative errno. */
  int error;
};

struct report {
  double seen, changed, removed, skipped;
  struct problem problems[most_problems];
  size_t problem_count;
};

void report_problem(struct report* report, const char* name, int error);
/** The same for the first entry of each error only. */
void report_once(struct report* report, const char* name, int error);
void report_free(struct report* report);
