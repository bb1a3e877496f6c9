#include "given.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { last_signal = 64 };

/** As the kernel has it; the same on x86-64 and arm64. */
struct kernel_action {
  void (*handler)(int);
  unsigned long flags;
  void (*restorer)(void);
  signal_set mask;
};

static signal_set given_mask;
static signal_set given_ignore;

static int set_mask(int how, const signal_set* set, signal_set* old) {
  return (int)syscall(SYS_rt_sigprocmask, how, set, old, sizeof(signal_set));
}

static void remember_signals(void) {
  set_mask(SIG_BLOCK, NULL, &given_mask);
  for (int number = 1; number <= last_signal; number++) {
    struct kernel_action action = {0};
    if (syscall(SYS_rt_sigaction, number, NULL, &action, sizeof(signal_set)) == 0 && action.handler == SIG_IGN)
      given_ignore |= signal_bit(number);
  }
}

static void fill_standard_descriptors(void) {
  for (int descriptor = 0; descriptor <= 2; descriptor++)
    if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
      // The lowest free number is this one, because all below are open by now.
      (void)open("/", O_PATH | O_CLOEXEC);
}

void given_remember(void) {
  remember_signals();
  fill_standard_descriptors();
}

static void set_disposition(int number, void (*handler)(int)) {
  const struct kernel_action action = {.handler = handler};
  (void)syscall(SYS_rt_sigaction, number, &action, NULL, sizeof(signal_set));
}

void given_work(void) {
  const signal_set mask = given_mask | signal_bit(SIGPIPE) | signal_bit(SIGXFSZ) | signal_bit(SIGCHLD);
  if (given_ignored(SIGCHLD))
    set_disposition(SIGCHLD, SIG_DFL);
  set_mask(SIG_SETMASK, &mask, NULL);
}

void given_restore(void) {
  // No handler is installed anywhere.
  for (int number = 1; number <= last_signal; number++)
    if (given_ignored(number))
      set_disposition(number, SIG_IGN);
  set_mask(SIG_SETMASK, &given_mask, NULL);
}

bool given_ignored(int signal) {
  return (given_ignore & signal_bit(signal)) != 0;
}

bool given_blocked(int signal) {
  return (given_mask & signal_bit(signal)) != 0;
}

void signals_block(signal_set set) {
  set_mask(SIG_BLOCK, &set, NULL);
}

int signals_take(signal_set set) {
  const struct timespec now = {0};
  const long number = syscall(SYS_rt_sigtimedwait, &set, NULL, &now, sizeof(signal_set));
  return number > 0 ? (int)number : 0;
}

int signals_wait(signal_set set) {
  for (;;) {
    const long number = syscall(SYS_rt_sigtimedwait, &set, NULL, NULL, sizeof(signal_set));
    if (number > 0)
      return (int)number;
  }
}

int signals_descriptor(signal_set set) {
  const long descriptor = syscall(SYS_signalfd4, -1, &set, sizeof(signal_set), SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor >= 0 ? (int)descriptor : -errno;
}
