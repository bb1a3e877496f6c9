#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "files.h"
#include "given.h"

/** Milliseconds from asking a group to end to ending it, and for output after the program's end. */
static const double kill_delay = 5000, lingering = 2000;

enum { first_pipe = 0, pipes = 2, signals = 2, polled = 3 };

/** A program while it runs. */
struct running {
  pid_t process;
  struct pollfd polled[polled];
  bool ended;
  /** Times; negative when there is none. */
  double limit, kill_at, last_output;
  take_output* take;
  void* context;
  struct run* run;
};

double monotonic(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void tell_group(const struct running* running, int number) {
  // The process is not waited for before everything is over, so its number is not given to another group meanwhile
  // (K9).
  (void)kill(-running->process, number);
}

static void note_signal(struct run* run, int number) {
  for (size_t at = 0; at < run->signal_count; at++)
    if (run->signals[at] == number)
      return;
  run->signals[run->signal_count++] = number;
}

static void look_at_process(struct running* running) {
  siginfo_t information = {0};
  const int answer = waitid(P_PID, (id_t)running->process, &information, WEXITED | WNOHANG | WNOWAIT);
  if (answer == 0 && information.si_pid == 0)
    return;
  running->ended = true;
  running->last_output = monotonic() + lingering;
}

static void take_signals(struct running* running) {
  struct signalfd_siginfo information;
  while (read(running->polled[signals].fd, &information, sizeof information) == sizeof information) {
    const int number = (int)information.ssi_signo;
    if (number == SIGCHLD) {
      if (!running->ended)
        look_at_process(running);
    } else {
      note_signal(running->run, number);
      tell_group(running, number);
    }
  }
}

static void take_pipe(struct running* running, int index) {
  static char piece[64 * 1024];
  const ssize_t count = descriptor_read(running->polled[index].fd, piece, sizeof piece);
  if (count > 0) {
    running->run->taken = running->take(running->context, index + 1, piece, (size_t)count);
  } else {
    close(running->polled[index].fd);
    running->polled[index].fd = -1;
  }
}

static bool passed(double time, double now) {
  return time >= 0 && now >= time;
}

static void keep_time(struct running* running) {
  const double now = monotonic();
  if (passed(running->limit, now)) {
    running->run->timed_out = true;
    running->limit = -1;
    running->kill_at = now + kill_delay;
    tell_group(running, SIGTERM);
  }
  if (passed(running->kill_at, now)) {
    running->kill_at = -1;
    tell_group(running, SIGKILL);
  }
}

/** Milliseconds until something is to be done; -1: for ever. */
static int patience(const struct running* running) {
  const double times[] = {running->limit, running->kill_at, running->last_output};
  const double now = monotonic();
  double least = -1;
  for (size_t at = 0; at < sizeof times / sizeof *times; at++) {
    const double left = times[at] > now ? times[at] - now : 0;
    if (times[at] >= 0 && (least < 0 || left < least))
      least = left;
  }
  // Rounded up, and at most a day: then it asks again.
  return least < 0 ? -1 : least > 86400e3 ? 86400000 : (int)least + 1;
}

static bool is_over(const struct running* running) {
  if (running->run->taken != 0)
    return true;
  const bool silent = running->polled[0].fd < 0 && running->polled[1].fd < 0;
  return running->ended && (silent || passed(running->last_output, monotonic()));
}

static void follow(struct running* running) {
  look_at_process(running);
  while (!is_over(running)) {
    if (poll(running->polled, polled, patience(running)) < 0 && errno != EINTR)
      break;
    if (running->polled[signals].revents != 0)
      take_signals(running);
    for (int index = first_pipe; index < pipes && running->run->taken == 0; index++)
      if (running->polled[index].fd >= 0 && running->polled[index].revents != 0)
        take_pipe(running, index);
    keep_time(running);
  }
}

static void finish(struct running* running) {
  if (running->run->taken != 0 || running->run->timed_out || !running->ended)
    tell_group(running, SIGKILL);
  int status = 0;
  while (waitpid(running->process, &status, 0) < 0 && errno == EINTR)
    continue;
  running->run->end = end_of(status);
}

static void close_all(const int* descriptors, size_t count) {
  for (size_t at = 0; at < count; at++)
    if (descriptors[at] >= 0)
      close(descriptors[at]);
}

/** A descriptor that is at its end at once. */
static int open_empty(void) {
  const int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0)
    return descriptor;
  // A root with nothing in it has no such device.
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return -errno;
  close(ends[1]);
  return ends[0];
}

/** Opens the signals, stdin and both pipes' ends: ours at 2 and 3, the program's at 4 and 5. 0 or a negative errno. */
static int open_descriptors(int descriptors[6]) {
  descriptors[0] = kept_signals_descriptor();
  if (descriptors[0] < 0)
    return descriptors[0];
  descriptors[1] = open_empty();
  if (descriptors[1] < 0)
    return descriptors[1];
  for (int stream = 0; stream < pipes; stream++) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
      return -errno;
    descriptors[2 + stream] = ends[0];
    descriptors[4 + stream] = ends[1];
  }
  return 0;
}

bool program_run(const struct program* program, double milliseconds, take_output* take, void* context, struct run* run,
                 struct refusal* refusal) {
  int descriptors[6] = {-1, -1, -1, -1, -1, -1};
  *run = (struct run){0};
  *refusal = (struct refusal){open_descriptors(descriptors), stage_execute};
  pid_t process = -1;
  if (refusal->error == 0) {
    const struct setting setting = {
        .session = true, .standard = {descriptors[1], descriptors[4], descriptors[5]}, .terminal = -1};
    process = program_start(program, &setting, refusal);
  }
  if (process < 0) {
    close_all(descriptors, 6);
    return false;
  }
  const int given_away[] = {descriptors[1], descriptors[4], descriptors[5]};
  close_all(given_away, 3);
  struct running running = {
      .process = process,
      .polled = {{descriptors[2], POLLIN, 0}, {descriptors[3], POLLIN, 0}, {descriptors[0], POLLIN, 0}},
      .limit = milliseconds > 0 ? monotonic() + milliseconds : -1,
      .kill_at = -1,
      .last_output = -1,
      .take = take,
      .context = context,
      .run = run,
  };
  follow(&running);
  finish(&running);
  const int ours[] = {running.polled[0].fd, running.polled[1].fd, running.polled[2].fd};
  close_all(ours, 3);
  return true;
}
