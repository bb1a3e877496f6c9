#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "given.h"

/** CLOSE_RANGE_CLOEXEC of Linux 5.11, which not every libc declares. */
enum { close_on_execute = 4 };

/** Everything from 3 on closes when the program is executed, the pipe that tells of a failure not before. */
static void close_others_on_execute(void) {
  if (syscall(SYS_close_range, 3, ~0U, close_on_execute) == 0)
    return;
  struct rlimit limit;
  const int most = 65536;
  const int end = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < (rlim_t)most ? (int)limit.rlim_cur : most;
  for (int descriptor = 3; descriptor < end; descriptor++)
    (void)fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

static int place_standard(const int standard[3]) {
  for (int descriptor = 0; descriptor <= 2; descriptor++)
    if (standard[descriptor] >= 0 && dup2(standard[descriptor], descriptor) < 0)
      return -errno;
  return 0;
}

static int separate(const struct setting* setting) {
  if (setting->session)
    return setsid() < 0 ? -errno : 0;
  if (setpgid(0, 0) != 0)
    return -errno;
  // A process in the background may do this only with SIGTTOU blocked, as it is until it is restored (K10).
  if (setting->terminal >= 0)
    (void)tcsetpgrp(setting->terminal, getpgrp());
  return 0;
}

static struct refusal become(const struct program* program) {
  if (chdir(program->directory) != 0)
    return (struct refusal){-errno, stage_directory};
  given_restore();
  execve(program->file, program->arguments, program->environment);
  return (struct refusal){-errno, stage_execute};
}

/** In the new process. */
static _Noreturn void begin(const struct program* program, const struct setting* setting, int report) {
  struct refusal refusal = {separate(setting), stage_execute};
  if (refusal.error == 0)
    refusal.error = place_standard(setting->standard);
  if (refusal.error == 0) {
    if (!setting->keeps_descriptors)
      close_others_on_execute();
    refusal = become(program);
  }
  (void)descriptor_write(report, (const char*)&refusal, sizeof refusal);
  _exit(127);
}

static int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR)
    continue;
  return status;
}

pid_t program_start(const struct program* program, const struct setting* setting, struct refusal* refusal) {
  int report[2];
  *refusal = (struct refusal){0, stage_execute};
  if (pipe2(report, O_CLOEXEC) != 0) {
    refusal->error = -errno;
    return -1;
  }
  const pid_t process = fork();
  if (process == 0)
    begin(program, setting, report[1]);
  if (process < 0)
    refusal->error = -errno;
  close(report[1]);
  // The end without a word: the program was executed.
  struct refusal told;
  if (process > 0 && descriptor_read(report[0], &told, sizeof told) == sizeof told) {
    (void)wait_for(process);
    *refusal = told;
  }
  close(report[0]);
  return refusal->error == 0 ? process : -1;
}

struct refusal program_execute(const struct program* program) {
  const int here = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  struct refusal refusal = become(program);
  given_work();
  kept_signals_again();
  if (here >= 0) {
    // No way back: then the directory is the reason that counts.
    if (fchdir(here) != 0)
      refusal.stage = stage_directory;
    close(here);
  }
  return refusal;
}

struct end end_of(int status) {
  if (WIFSIGNALED(status))
    return (struct end){0, WTERMSIG(status)};
  return (struct end){WEXITSTATUS(status), 0};
}
