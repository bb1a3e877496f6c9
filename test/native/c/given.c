#include "given.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "files.h"
#include "programs.h"
#include "stack.h"

/** Writes down what a program can see of how it was started, to where `state` leads. */
static const char describe[] =
    "(grep -E '^(Sig[^Q]|Shd|Threads)' /proc/$$/status; ls -l /proc/$$/fd | sed 's/.* \\([0-9]* ->\\)/\\1/';"
    "cat /proc/$$/limits /proc/$$/timerslack_ns /proc/$$/personality; umask; pwd -P;"
    "tr '\\0' '\\n' </proc/$$/environ) >$(cat state) 2>/dev/null";

static void start_strangely(int closed) {
  const signal_set blocked = signal_bit(SIGUSR1) | signal_bit(SIGTERM) | signal_bit(33) | signal_bit(40);
  static const int ignored[] = {SIGHUP, SIGPIPE, SIGCHLD, SIGINT, 34};
  for (size_t at = 0; at < sizeof ignored / sizeof *ignored; at++)
    CHECK(signal(ignored[at], SIG_IGN) != SIG_ERR);
  CHECK(syscall(SYS_rt_sigprocmask, SIG_SETMASK, &blocked, NULL, sizeof blocked) == 0);
  CHECK(dup2(1, 7) == 7);
  if (closed >= 0)
    close(closed);
}

static void hand_over(void* argument) {
  (void)argument;
  given_work();
  kept_signals_watch();
  // Ignored and blocked signals are none of ours.
  CHECK(kill(getpid(), SIGHUP) == 0 && kill(getpid(), SIGQUIT) == 0);
  CHECK_NUMBER(kept_signals_take(), SIGQUIT);
  CHECK_NUMBER(kept_signals_take(), 0);
  // Nothing that is opened gets the number of a closed standard descriptor.
  const int opened = open("/dev/null", O_RDONLY | O_CLOEXEC);
  CHECK(opened > 2);
  // Children can be waited for although SIGCHLD was ignored.
  struct program program = script("exit 5");
  struct refusal refusal;
  const struct setting plain = {.standard = {-1, -1, -1}, .terminal = -1};
  int status = -1;
  CHECK(waitpid(program_start(&program, &plain, &refusal), &status, 0) > 0);
  CHECK_NUMBER(end_of(status).code, 5);
  int ends[2];
  CHECK(pipe2(ends, O_CLOEXEC) == 0 && close(ends[0]) == 0);
  CHECK_NUMBER(descriptor_write(ends[1], "x", 1), -EPIPE);
  program = script(describe);
  if (check_failures() == 0)
    program_execute(&program);
}

int inside_given(char** arguments) {
  (void)arguments;
  given_remember();
  stack_run(hand_over, NULL);
  return 1;
}

/** Starts this program, or the shell at once, as strangely as can be. */
static void run_child(bool directly, int closed, const char* state) {
  make_file("state", state);
  const pid_t child = fork();
  if (child == 0) {
    start_strangely(closed);
    struct program program = script(describe);
    if (!directly) {
      program.file = test_program;
      static const char* const inside[] = {"tests", "--inside", "given", NULL};
      program.arguments = (char* const*)inside;
    }
    execve(program.file, program.arguments, program.environment);
    _exit(1);
  }
  int status = -1;
  CHECK(waitpid(child, &status, 0) == child);
  CHECK_NUMBER(status, 0);
}

void test_given(void) {
  for (int closed = -1; closed <= 2; closed++) {
    fresh_directory();
    run_child(true, closed, "directly");
    run_child(false, closed, "handed-over");
    shell("test $(wc -l <directly) -gt 25 && diff directly handed-over");
  }
}
