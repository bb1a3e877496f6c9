/** `tests`: lists the suites. `tests NAME`: runs one; its exit status is 0 when all is as it should be. */
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "given.h"

struct suite {
  const char* name;
  void (*run)(void);
};

static const struct suite suites[] = {
    {"text", test_text},       {"buffer", test_buffer},       {"names", test_names},       {"files", test_files},
    {"walk", test_walk},       {"report", test_report},       {"pattern", test_pattern},   {"links", test_links},
    {"tar", test_tar},         {"normalise", test_normalise}, {"remove", test_remove},     {"scan", test_scan},
    {"archive", test_archive}, {"start", test_start},         {"run", test_run},           {"kept", test_kept},
    {"given", test_given},     {"supervise", test_supervise}, {"exchange", test_exchange}, {"stack", test_stack},
    {"digest", test_digest},   {"heap", test_heap},
};

enum { suite_count = sizeof suites / sizeof *suites };

static int run_inside(char** arguments) {
  if (strcmp(arguments[0], "given") == 0)
    return inside_given(arguments + 1);
  return strcmp(arguments[0], "supervise") == 0 ? inside_supervise(arguments + 1) : 2;
}

/** Whoever started the tests may have ignored or blocked signals. */
static void start_plainly(void) {
  sigset_t none;
  for (int number = 1; number < NSIG; number++)
    (void)signal(number, SIG_DFL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static int run_suite(const struct suite* suite) {
  start_plainly();
  given_remember();
  given_work();
  suite->run();
  leave_directory();
  return check_failures() == 0 ? 0 : 1;
}

int main(int count, char** arguments) {
  test_program = realpath("/proc/self/exe", NULL);
  if (test_program == NULL || getuid() != 0) {
    fprintf(stderr, "needs root and /proc\n");
    return 2;
  }
  if (count > 2 && strcmp(arguments[1], "--inside") == 0)
    return run_inside(arguments + 2);
  for (int at = 0; at < suite_count; at++)
    if (count == 1)
      printf("%s\n", suites[at].name);
    else if (strcmp(arguments[1], suites[at].name) == 0)
      return run_suite(suites + at);
  return count == 1 ? 0 : 2;
}
