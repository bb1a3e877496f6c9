#include "report.h"

#include <errno.h>

#include "check.h"

static void lists_the_first_problems(void) {
  struct report report = {0};
  report_problem(&report, "a", -ENOENT);
  report_problem(&report, "caf\xe9", -ENOENT);
  CHECK_TEXT(problems_of(&report), "a ENOENT, caf\xe9 ENOENT");
  for (int at = 0; at < 100; at++)
    report_problem(&report, "more", -EIO);
  CHECK_NUMBER(report.problem_count, most_problems);
  report_free(&report);
  CHECK_NUMBER(report.problem_count, 0);
}

static void lists_each_error_once(void) {
  struct report report = {0};
  for (int at = 0; at < 100; at++) {
    report_once(&report, "a", -ENOENT);
    report_once(&report, "b", -EIO);
  }
  CHECK_TEXT(problems_of(&report), "a ENOENT, b EIO");
  report_free(&report);
}

void test_report(void) {
  lists_the_first_problems();
  lists_each_error_once();
}
