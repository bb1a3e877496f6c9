#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report.h"
#include "text.h"

const char* test_program;
static int failures;

void check_that(bool fine, const char* condition, const char* file, int line) {
  if (fine)
    return;
  failures += 1;
  fprintf(stderr, "%s:%d: not so: %s (errno %d)\n", file, line, condition, errno);
}

void check_number(long long found, long long expected, const char* what, const char* file, int line) {
  if (found == expected)
    return;
  failures += 1;
  fprintf(stderr, "%s:%d: %s is %lld, not %lld\n", file, line, what, found, expected);
}

void check_text(const char* found, const char* expected, const char* what, const char* file, int line) {
  if (found != NULL && strcmp(found, expected) == 0)
    return;
  failures += 1;
  fprintf(stderr, "%s:%d: %s is \"%s\", not \"%s\"\n", file, line, what, found == NULL ? "(nothing)" : found, expected);
}

int check_failures(void) {
  return failures;
}

static char directory[64];

void shell(const char* command) {
  fflush(NULL);
  const int status = system(command);
  check_number(status, 0, command, __FILE__, __LINE__);
}

void leave_directory(void) {
  if (directory[0] == '\0')
    return;
  char command[256];
  CHECK(chdir("/") == 0);
  snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", directory, directory);
  shell(command);
  directory[0] = '\0';
}

const char* fresh_directory(void) {
  leave_directory();
  strcpy(directory, "/tmp/s2i-c-XXXXXX");
  if (mkdtemp(directory) == NULL || chmod(directory, 0755) != 0 || chdir(directory) != 0) {
    perror(directory);
    exit(2);
  }
  return directory;
}

void make_file(const char* path, const char* content) {
  FILE* file = fopen(path, "w");
  CHECK(file != NULL);
  if (file == NULL)
    return;
  CHECK(fputs(content, file) >= 0);
  CHECK(fclose(file) == 0);
  CHECK(chmod(path, 0644) == 0);
}

void make_directory(const char* path) {
  CHECK(mkdir(path, 0755) == 0);
  CHECK(chmod(path, 0755) == 0);
}

const char* content_of(const char* path) {
  static char content[64 * 1024 + 1];
  const int descriptor = open(path, O_RDONLY);
  if (descriptor < 0)
    return NULL;
  size_t length = 0;
  ssize_t count;
  while ((count = read(descriptor, content + length, sizeof content - 1 - length)) > 0)
    length += (size_t)count;
  close(descriptor);
  content[length] = '\0';
  return content;
}

const char* state_of(const char* path) {
  static char states[2][64];
  static int turn;
  struct stat status;
  turn = !turn;
  if (lstat(path, &status) != 0)
    return "none";
  snprintf(states[turn], sizeof states[turn], "%03o %u:%u", status.st_mode & 07777, status.st_uid, status.st_gid);
  return states[turn];
}

const char* problems_of(const struct report* report) {
  static char text[16 * 1024];
  size_t length = 0;
  text[0] = '\0';
  for (size_t at = 0; at < report->problem_count && length < sizeof text; at++) {
    const struct problem* problem = report->problems + at;
    const int count = snprintf(text + length, sizeof text - length, "%s%s %s", at == 0 ? "" : ", ", problem->name.data,
                               error_name(-problem->error));
    length += (size_t)count;
  }
  return text;
}

void as_user(uid_t uid, gid_t gid, void (*part)(void)) {
  const pid_t child = fork();
  if (child == 0) {
    const int before = failures;
    CHECK(setgroups(0, NULL) == 0 && setresgid(gid, gid, gid) == 0 && setresuid(uid, uid, uid) == 0);
    if (failures == before)
      part();
    fflush(NULL);
    _exit(failures == before ? 0 : 1);
  }
  int status = -1;
  CHECK(child > 0 && waitpid(child, &status, 0) == child);
  CHECK_NUMBER(status, 0);
}
