#include "report.h"

void report_problem(struct report* report, const char* name, int error) {
  if (report->problem_count == most_problems)
    return;
  struct problem* problem = report->problems + report->problem_count++;
  *problem = (struct problem){.error = error};
  // Without memory for its name the problem still counts.
  (void)buffer_add_text(&problem->name, name);
}

void report_once(struct report* report, const char* name, int error) {
  for (size_t at = 0; at < report->problem_count; at++)
    if (report->problems[at].error == error)
      return;
  report_problem(report, name, error);
}

void report_free(struct report* report) {
  for (size_t at = 0; at < report->problem_count; at++)
    buffer_free(&report->problems[at].name);
  report->problem_count = 0;
}
