#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "programs.h"

static const struct setting plain = {.standard = {-1, -1, -1}, .terminal = -1};

static void starts_with_just_what_it_is_given(void) {
  fresh_directory();
  make_directory("place");
  struct program program =
      script("tr '\\0' '\\n' </proc/$$/environ >../environ; tr '\\0' '\\n' </proc/$$/cmdline >../cmdline;"
             "pwd -P >../pwd; exit 9");
  program.directory = "place";
  struct refusal refusal;
  const pid_t process = program_start(&program, &plain, &refusal);
  int status = -1;
  CHECK(process > 0 && waitpid(process, &status, 0) == process);
  CHECK_NUMBER(end_of(status).code, 9);
  CHECK_TEXT(content_of("environ"), "PATH=/usr/local/bin:/usr/bin:/bin\nBYTES=caf\xe9\nno-name\n");
  CHECK(strncmp(content_of("cmdline"), "sh\n-c\n", 6) == 0);
  CHECK(strstr(content_of("pwd"), "/place\n") != NULL);
}

static void keeps_or_closes_descriptors(void) {
  fresh_directory();
  const int low = open("/dev/null", O_RDONLY);
  CHECK_NUMBER(dup2(low, 300), 300);
  const struct program program = script("ls /proc/$$/fd | tr '\\n' ' ' >descriptors");
  struct setting setting = plain;
  struct refusal refusal;
  for (int keeps = 0; keeps <= 1; keeps++) {
    setting.keeps_descriptors = keeps;
    int status = -1;
    CHECK(waitpid(program_start(&program, &setting, &refusal), &status, 0) > 0 && status == 0);
    const bool found = strstr(content_of("descriptors"), " 300") != NULL;
    CHECK_NUMBER(found, keeps);
  }
  close(300);
  close(low);
}

static void says_why_it_cannot(void) {
  fresh_directory();
  make_file("file", "#!/no/where\n");
  struct program program = script("true");
  struct refusal refusal;
  program.directory = "missing";
  CHECK_NUMBER(program_start(&program, &plain, &refusal), -1);
  CHECK(refusal.error == -ENOENT && refusal.stage == stage_directory);
  program.directory = ".";
  program.file = "./file";
  CHECK_NUMBER(program_start(&program, &plain, &refusal), -1);
  CHECK(refusal.error == -EACCES && refusal.stage == stage_execute);
  shell("chmod +x file");
  CHECK_NUMBER(program_start(&program, &plain, &refusal), -1);
  CHECK(refusal.error == -ENOENT && refusal.stage == stage_execute);
  make_file("text", "true\n");
  shell("chmod +x text");
  program.file = "./text";
  CHECK_NUMBER(program_start(&program, &plain, &refusal), -1);
  CHECK(refusal.error == -ENOEXEC && refusal.stage == stage_execute);
  // Nothing is left to wait for.
  CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static void comes_back_when_it_cannot_execute(void) {
  fresh_directory();
  make_directory("place");
  make_file("place/file", "");
  char before[4096], after[4096];
  CHECK(getcwd(before, sizeof before) != NULL);
  struct program program = script("true");
  program.file = "./file";
  program.directory = "place";
  const struct refusal refusal = program_execute(&program);
  CHECK(refusal.error == -EACCES && refusal.stage == stage_execute);
  CHECK(getcwd(after, sizeof after) != NULL);
  CHECK_TEXT(after, before);
}

void test_start(void) {
  starts_with_just_what_it_is_given();
  keeps_or_closes_descriptors();
  says_why_it_cannot();
  comes_back_when_it_cannot_execute();
}
