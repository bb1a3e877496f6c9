#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "given.h"
#include "programs.h"

int inside_supervise(char** arguments) {
  given_remember();
  given_work();
  const struct program program = {.file = "/bin/sh", .arguments = arguments, .environment = environ, .directory = "."};
  struct refusal refusal;
  const int code = program_supervise(&program, &refusal);
  return code >= 0 ? code : 127;
}

/** In a child: becomes an init for a script. */
static _Noreturn void become_init(const char* text) {
  execl(test_program, "tests", "--inside", "supervise", "sh", "-c", text, (char*)NULL);
  _exit(126);
}

static pid_t start_init(const char* text) {
  const pid_t child = fork();
  if (child == 0)
    become_init(text);
  return child;
}

static int code_of(pid_t process) {
  int status = -1;
  CHECK(waitpid(process, &status, 0) == process);
  CHECK(WIFEXITED(status));
  return WEXITSTATUS(status);
}

/** Until a file holds a text. */
static void await(const char* path, const char* text) {
  for (int turn = 0; turn < 3000; turn++) {
    const char* content = content_of(path);
    if (content != NULL && strstr(content, text) != NULL)
      return;
    usleep(10000);
  }
  CHECK_TEXT(content_of(path), text);
}

static void ends_as_its_program_does(void) {
  CHECK_NUMBER(code_of(start_init("exit 0")), 0);
  CHECK_NUMBER(code_of(start_init("exit 7")), 7);
  CHECK_NUMBER(code_of(start_init("kill -TERM $$")), 143);
  CHECK_NUMBER(code_of(start_init("kill -KILL $$")), 137);
}

static void passes_on_every_signal(void) {
  static const struct {
    int number;
    const char* name;
  } all[] = {{SIGTERM, "TERM"}, {SIGINT, "INT"},   {SIGQUIT, "QUIT"},   {SIGHUP, "HUP"},
             {SIGUSR1, "USR1"}, {SIGUSR2, "USR2"}, {SIGWINCH, "WINCH"}, {SIGCONT, "CONT"},
             {SIGALRM, "ALRM"}, {SIGTSTP, "TSTP"}, {SIGTTIN, "TTIN"},   {SIGTTOU, "TTOU"},
             {SIGPIPE, "PIPE"}, {SIGIO, "IO"},     {SIGURG, "URG"},     {SIGPROF, "PROF"}};
  fresh_directory();
  const pid_t init =
      start_init("for s in TERM INT QUIT HUP USR1 USR2 WINCH CONT ALRM TSTP TTIN TTOU PIPE IO URG PROF; do "
                 "trap \"echo $s >>got\" $s; done; echo ready >>got;"
                 "until grep -q PROF got; do sleep 0.02; done; exit 3");
  await("got", "ready\n");
  for (size_t at = 0; at < sizeof all / sizeof *all; at++) {
    CHECK(kill(init, all[at].number) == 0);
    await("got", all[at].name);
  }
  CHECK_NUMBER(code_of(init), 3);
}

static void tells_the_program_only(void) {
  fresh_directory();
  const pid_t init = start_init("trap 'echo program >>got' USR1; (trap 'echo child >>got' USR1; echo ready >>got;"
                                "for i in 1 2 3 4 5; do sleep 0.1; done; echo end >>got) &"
                                "until grep -qs end got; do sleep 0.05; done");
  await("got", "ready\n");
  CHECK(kill(init, SIGUSR1) == 0);
  CHECK_NUMBER(code_of(init), 0);
  CHECK_TEXT(content_of("got"), "ready\nprogram\nend\n");
}

static void waits_for_orphans(void) {
  fresh_directory();
  const pid_t init =
      start_init("for i in $(seq 50); do (setsid sleep 0.1 >/dev/null &); done; echo started >got; sleep 0.1;"
                 "count() { grep -l \"^PPid:.$PPID$\" /proc/[0-9]*/status 2>/dev/null | wc -l; };"
                 "while [ $(count) -gt 1 ]; do sleep 0.1; done; exit 8");
  CHECK_NUMBER(code_of(init), 8);
}

/** A stopped program handles nothing: it is told to go on after what is to end it. */
static void ends_a_stopped_program(void) {
  fresh_directory();
  const pid_t init = start_init("trap 'exit 6' TERM; echo $$ >got; while :; do sleep 0.02; done");
  await("got", "\n");
  const pid_t program = atoi(content_of("got"));
  CHECK(kill(init, SIGTSTP) == 0);
  char status_path[64];
  snprintf(status_path, sizeof status_path, "/proc/%d/status", program);
  await(status_path, "State:\tT");
  CHECK(kill(init, SIGTERM) == 0);
  CHECK_NUMBER(code_of(init), 6);
}

static void keeps_what_its_program_is_given(void) {
  fresh_directory();
  CHECK_NUMBER(code_of(start_init(
                   "echo in | cat - >got; ls /proc/$$/fd | tr '\\n' ' ' >>got; grep SigBlk /proc/self/status >>got")),
               0);
  CHECK(strstr(content_of("got"), "SigBlk:\t0000000000000000") != NULL);
}

/** The same as process 1, where signals with a default action are not delivered at all. */
static void is_process_1(void) {
  fresh_directory();
  const pid_t outside = fork();
  if (outside == 0) {
    if (unshare(CLONE_NEWPID) != 0)
      _exit(errno == EPERM ? 77 : 1);
    const pid_t init = start_init("for i in $(seq 20); do (setsid sleep 0.05 >/dev/null &); done; sleep 0.5;"
                                  "[ $$ != 1 ] || exit 9; echo ready >got; sleep 1000");
    await("got", "ready");
    kill(init, SIGTERM);
    _exit(code_of(init) == 143 && check_failures() == 0 ? 0 : 1);
  }
  const int code = code_of(outside);
  // 77: not allowed here.
  CHECK(code == 0 || code == 77);
}

static int open_terminal(char* name, size_t size) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  CHECK(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0 && ptsname_r(master, name, size) == 0);
  return master;
}

/** An init on a terminal of its own, whose foreground it has. */
static pid_t start_on_terminal(const char* name, const char* text) {
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    const int terminal = open(name, O_RDWR);
    CHECK(terminal >= 0 && ioctl(terminal, TIOCSCTTY, 0) == 0);
    for (int descriptor = 0; descriptor <= 2; descriptor++)
      dup2(terminal, descriptor);
    become_init(text);
  }
  return child;
}

static void gives_its_program_the_terminal(void) {
  fresh_directory();
  char name[64];
  const int master = open_terminal(name, sizeof name);
  // A read that a signal interrupts is tried again.
  const pid_t init =
      start_on_terminal(name, "trap 'echo int >>got' INT; echo ready >got;"
                              "while :; do read x && echo \"read $x\" >>got; [ \"$x\" != three ] || exit 5; done");
  await("got", "ready");
  // Read from the foreground, or it would be stopped.
  CHECK(write(master, "one\n", 4) == 4);
  await("got", "read one");
  // Ctrl-C goes to the program and not to its init.
  CHECK(write(master, "\003", 1) == 1);
  await("got", "int");
  CHECK(write(master, "two\n", 4) == 4);
  await("got", "read two");
  // Ctrl-Z stops both, so that a shell takes notice.
  CHECK(write(master, "\032", 1) == 1);
  int status = 0;
  CHECK(waitpid(init, &status, WUNTRACED) == init);
  CHECK(WIFSTOPPED(status));
  CHECK(kill(init, SIGCONT) == 0);
  CHECK(write(master, "three\n", 6) == 6);
  await("got", "read three");
  CHECK_NUMBER(code_of(init), 5);
  close(master);
}

/** What comes after it in the same script can read from the terminal again. */
static void gives_the_terminal_back(void) {
  fresh_directory();
  char name[64], text[4096];
  const int master = open_terminal(name, sizeof name);
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    const int terminal = open(name, O_RDWR);
    CHECK(terminal >= 0 && ioctl(terminal, TIOCSCTTY, 0) == 0);
    for (int descriptor = 0; descriptor <= 2; descriptor++)
      dup2(terminal, descriptor);
    snprintf(text, sizeof text, "'%s' --inside supervise sh -c true; echo ready >got; read x; echo $x >got; exit 4",
             test_program);
    execl("/bin/sh", "sh", "-c", text, (char*)NULL);
    _exit(126);
  }
  await("got", "ready");
  CHECK(write(master, "line\n", 5) == 5);
  await("got", "line");
  CHECK_NUMBER(code_of(child), 4);
  close(master);
}

static void says_why_it_cannot(void) {
  struct program program = script("true");
  struct refusal refusal;
  program.file = "/no/where";
  CHECK_NUMBER(program_supervise(&program, &refusal), -1);
  CHECK(refusal.error == -ENOENT && refusal.stage == stage_execute);
}

void test_supervise(void) {
  ends_as_its_program_does();
  passes_on_every_signal();
  tells_the_program_only();
  waits_for_orphans();
  ends_a_stopped_program();
  keeps_what_its_program_is_given();
  is_process_1();
  gives_its_program_the_terminal();
  gives_the_terminal_back();
  says_why_it_cannot();
}
