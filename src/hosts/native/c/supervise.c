#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "given.h"
#include "program.h"

/** A program and what watches over it. */
struct watch {
  pid_t process;
  /** -1: none. */
  int terminal;
  bool stopped;
  bool ended;
  int status;
};

/** All but what cannot be kept, what says that this process itself is broken, and what the libc uses. */
static signal_set forwarded(void) {
  static const int not_ours[] = {SIGKILL, SIGSTOP, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, 32, 33};
  signal_set set = ~(signal_set)0;
  for (size_t at = 0; at < sizeof not_ours / sizeof *not_ours; at++)
    set &= ~signal_bit(not_ours[at]);
  return set;
}

/** The terminal this process has the foreground of. */
static int find_terminal(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++)
    if (isatty(descriptor) && tcgetpgrp(descriptor) == getpgrp())
      return descriptor;
  return -1;
}

static bool has_foreground(const struct watch* watch, pid_t group) {
  return watch->terminal >= 0 && tcgetpgrp(watch->terminal) == group;
}

static void give_foreground(const struct watch* watch, pid_t group) {
  (void)tcsetpgrp(watch->terminal, group);
}

/**
 * The program was stopped (Ctrl-Z): the shell that started us sees that only when we stop as well. When we go on, so
 * does the program. Process 1 cannot be stopped, and without a terminal nobody watches.
 */
static void stop_along(struct watch* watch) {
  if (watch->terminal < 0 || getpid() == 1)
    return;
  if (has_foreground(watch, watch->process))
    give_foreground(watch, getpgrp());
  (void)kill(getpid(), SIGSTOP);
  if (has_foreground(watch, getpgrp()))
    give_foreground(watch, watch->process);
  (void)kill(-watch->process, SIGCONT);
  watch->stopped = false;
}

static void wait_for_all(struct watch* watch) {
  int status;
  pid_t process;
  while ((process = waitpid(-1, &status, WNOHANG | WUNTRACED | WCONTINUED)) > 0) {
    if (process != watch->process)
      continue;
    if (WIFSTOPPED(status)) {
      watch->stopped = true;
      stop_along(watch);
    } else if (WIFCONTINUED(status)) {
      watch->stopped = false;
    } else {
      watch->ended = true;
      watch->status = status;
    }
  }
}

static void pass_on(const struct watch* watch, int number) {
  (void)kill(watch->process, number);
  // What is stopped handles nothing, so it would never end (K11).
  const bool ends = number == SIGTERM || number == SIGINT || number == SIGQUIT || number == SIGHUP;
  if (watch->stopped && ends)
    (void)kill(watch->process, SIGCONT);
}

int program_supervise(const struct program* program, struct refusal* refusal) {
  const signal_set set = forwarded();
  signals_block(set);
  if (getpid() != 1)
    // Orphans come to us as they do to process 1. Without this they go to whoever waits above us.
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  struct watch watch = {.terminal = find_terminal()};
  const struct setting setting = {.standard = {-1, -1, -1}, .keeps_descriptors = true, .terminal = watch.terminal};
  watch.process = program_start(program, &setting, refusal);
  if (watch.process < 0)
    return -1;
  while (!watch.ended) {
    const int number = signals_wait(set);
    if (number == SIGCHLD)
      wait_for_all(&watch);
    else
      pass_on(&watch, number);
  }
  // What comes after us in the same script may want to read.
  if (has_foreground(&watch, watch.process))
    give_foreground(&watch, getpgrp());
  const struct end end = end_of(watch.status);
  return end.signal != 0 ? 128 + end.signal : end.code;
}
