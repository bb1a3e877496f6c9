#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "given.h"
#include "programs.h"

/** What came, by stream; text of the first bytes. */
struct output {
  size_t length[3];
  char text[3][256];
  int answer;
};

static int take(void* context, int stream, const char* bytes, size_t length) {
  struct output* output = context;
  const size_t kept = output->length[stream] < 255 ? output->length[stream] : 255;
  const size_t added = length < 255 - kept ? length : 255 - kept;
  memcpy(output->text[stream] + kept, bytes, added);
  output->text[stream][kept + added] = '\0';
  output->length[stream] += length;
  return output->answer;
}

static struct run run_script(const char* text, double milliseconds, struct output* output) {
  const struct program program = script(text);
  struct run run;
  struct refusal refusal;
  CHECK(program_run(&program, milliseconds, take, output, &run, &refusal));
  return run;
}

static void gives_output_and_how_it_ended(void) {
  fresh_directory();
  struct output output = {0};
  struct run run = run_script("echo out; echo err >&2; cat; exit 3", 0, &output);
  CHECK(run.end.code == 3 && run.end.signal == 0 && !run.timed_out && run.signal_count == 0);
  CHECK_TEXT(output.text[1], "out\n");
  CHECK_TEXT(output.text[2], "err\n");
  run = run_script("kill -9 $$", 0, &output);
  CHECK(run.end.code == 0 && run.end.signal == SIGKILL && !run.timed_out);
  run = run_script("exec >&- 2>&-; exit 4", 0, &output);
  CHECK_NUMBER(run.end.code, 4);
}

static void is_a_session_with_nothing_of_ours(void) {
  fresh_directory();
  struct output output = {0};
  const int kept = open("/dev/null", O_RDONLY);
  run_script("cut -d' ' -f1,5,6 /proc/$$/stat; readlink /proc/$$/fd/0; grep SigBlk /proc/self/status", 0, &output);
  int process, group, session;
  char standard_input[32], blocked[32];
  CHECK_NUMBER(
      sscanf(output.text[1], "%d %d %d %31s SigBlk: %31s", &process, &group, &session, standard_input, blocked), 5);
  CHECK(process == group && process == session);
  CHECK_TEXT(standard_input, "/dev/null");
  CHECK_TEXT(blocked, "0000000000000000");
  struct output descriptors = {0};
  run_script("ls /proc/$$/fd", 0, &descriptors);
  CHECK_TEXT(descriptors.text[1], "0\n1\n2\n");
  close(kept);
}

static void takes_both_pipes_at_once(void) {
  struct output output = {0};
  const struct run run = run_script("head -c 10000000 /dev/zero & head -c 10000000 /dev/zero >&2; wait", 0, &output);
  CHECK_NUMBER(run.end.code, 0);
  CHECK_NUMBER(output.length[1], 10000000);
  CHECK_NUMBER(output.length[2], 10000000);
}

static void does_not_wait_for_what_is_left_running(void) {
  struct output output = {0};
  const struct run run = run_script("sleep 1000 & echo $!", 0, &output);
  CHECK_NUMBER(run.end.code, 0);
  int left = 0;
  CHECK_NUMBER(sscanf(output.text[1], "%d", &left), 1);
  // It holds the pipe, and is left alone.
  CHECK_NUMBER(kill(left, SIGKILL), 0);
}

static void ends_the_group_after_its_time(void) {
  struct output output = {0};
  struct run run = run_script("sleep 1000; echo never", 100, &output);
  CHECK(run.timed_out && run.end.signal == SIGTERM);
  run = run_script("trap 'echo asked; exit 5' TERM; while :; do sleep 0.05; done", 300, &output);
  CHECK(run.timed_out && run.end.code == 5);
  CHECK_TEXT(output.text[1], "asked\n");
  run = run_script("trap '' TERM; while :; do sleep 1; done", 100, &output);
  CHECK(run.timed_out && run.end.signal == SIGKILL);
  run = run_script("exit 6", 60000, &output);
  CHECK(!run.timed_out && run.end.code == 6);
}

static void ends_the_group_when_told_so(void) {
  fresh_directory();
  struct output output = {.answer = -1};
  const struct run run = run_script("echo x; exec sleep 1000", 0, &output);
  CHECK_NUMBER(run.taken, -1);
  CHECK_NUMBER(run.end.signal, SIGKILL);
}

static void says_why_it_cannot(void) {
  struct program program = script("true");
  struct output output = {0};
  struct run run;
  struct refusal refusal;
  program.file = "/no/where";
  CHECK(!program_run(&program, 0, take, &output, &run, &refusal));
  CHECK(refusal.error == -ENOENT && refusal.stage == stage_execute);
}

static void passes_signals_on(void) {
  fresh_directory();
  kept_signals_watch();
  struct output output = {0};
  // The program itself sends them: they come while it runs.
  struct run run =
      run_script("trap 'echo term' TERM; trap 'echo usr1' USR1; kill -TERM $PPID; kill -USR1 $PPID; kill -USR1 $PPID;"
                 "for i in 1 2 3 4 5 6; do sleep 0.1; done; exit 2",
                 0, &output);
  CHECK_NUMBER(run.end.code, 2);
  CHECK(strstr(output.text[1], "term\n") != NULL && strstr(output.text[1], "usr1\n") != NULL);
  CHECK_NUMBER(run.signal_count, 2);
  CHECK(run.signals[0] != run.signals[1]);
  CHECK_NUMBER(kept_signals_take(), 0);
  run = run_script("kill -HUP $PPID; sleep 1000", 0, &output);
  CHECK_NUMBER(run.end.signal, SIGHUP);
  CHECK(run.signal_count == 1 && run.signals[0] == SIGHUP);
}

void test_run(void) {
  gives_output_and_how_it_ended();
  is_a_session_with_nothing_of_ours();
  takes_both_pipes_at_once();
  does_not_wait_for_what_is_left_running();
  ends_the_group_after_its_time();
  ends_the_group_when_told_so();
  says_why_it_cannot();
  passes_signals_on();
}
