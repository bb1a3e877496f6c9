#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "trees.h"

static char* const nothing[] = {NULL};

/** Writes `tar`; `seen: problems`. */
static const char* archived(const char* root, char* const* exclude) {
  static char text[16 * 1024];
  const int descriptor = open("tar", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  struct report report = {0};
  archive_tree(descriptor, root, exclude, &report);
  close(descriptor);
  snprintf(text, sizeof text, "%.0f: %s", report.seen, problems_of(&report));
  report_free(&report);
  return text;
}

/** The names were chosen here, so the same ones are given to tar in the same order. */
static void compare_with_tar(void) {
  shell(
      "(tar -tf tar --quoting-style=literal | sed 's,/$,,' >names; cd t; tar --create --file=../expected --format=gnu "
      "--owner=0 --group=0 --numeric-owner --no-recursion --verbatim-files-from -T ../names) && cmp tar expected");
}

static void writes_what_tar_writes(void) {
  fresh_directory();
  shell(
      "mkdir -p t/d t/empty t/$(printf 'd%.0s' $(seq 99))/$(printf 'e%.0s' $(seq 120)); cd t; echo hi >a; ln a b;"
      "ln -s a l; ln -s $(printf 't%.0s' $(seq 150)) long; mkfifo p; mknod c c 5 300; mknod k b 7 1; touch "
      "d/caf$(printf '\\351');"
      "head -c 100000 /dev/urandom >r; head -c 512 r >512; truncate -s 3M hole; touch -d @-5.5 old; touch -- -rf 'a b';"
      "for n in 99 100 101; do touch $(printf 'n%.0s' $(seq $n)); ln -s $(printf 'x%.0s' $(seq $n)) l$n; done;"
      "ln d/caf$(printf '\\351') $(printf 'h%.0s' $(seq 130)); chmod 6755 a; chmod 1777 d; chown 12345:777 r; touch "
      "a.b");
  CHECK_TEXT(archived("t", nothing), "26: ");
  compare_with_tar();
}

static void sorts_names_in_each_directory(void) {
  fresh_directory();
  shell("mkdir -p t/a t/b; touch t/a/x t/a.b t/a-b t/B");
  CHECK_TEXT(archived("t", nothing), "6: ");
  shell("test \"$(tar -tf tar | tr '\\n' ' ')\" = 'B a/ a/x a-b a.b b/ '");
}

static void leaves_out_what_is_excluded(void) {
  fresh_directory();
  shell("mkdir -p t/bin t/lib/a t/only/a/b t/empty t/mixed/c; cd t; touch bin/pip3 bin/python lib/a/b lib/cab pip a.b "
        "axb "
        "only/a/b/pyc mixed/c/pyc mixed/z");
  char* const exclude[] = {"bin/pip*", "lib/a", "*ip", "a.b", "only/*/b", "mixed/c/*", NULL};
  CHECK_TEXT(archived("t", exclude), "8: ");
  shell("test \"$(tar -tf tar | tr '\\n' ' ')\" = 'axb bin/ bin/python empty/ lib/ lib/cab mixed/ mixed/z '");
}

static void follows_the_argument_only(void) {
  fresh_directory();
  shell("mkdir t; touch t/x; ln -s t l; ln -s .. t/up");
  CHECK_TEXT(archived("l", nothing), "2: ");
  CHECK_TEXT(archived("missing", nothing), "0: missing ENOENT");
  shell("test ! -s tar");
  CHECK_TEXT(archived("t/x", nothing), "0: t/x ENOTDIR");
}

static void passes_over_sockets(void) {
  fresh_directory();
  shell("mkdir t; python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"t/s\")'; touch t/x");
  CHECK_TEXT(archived("t", nothing), "1: ");
}

static void unreadable_as_another_user(void) {
  CHECK_TEXT(archived("t", nothing), "1: t/a EACCES, t/b EACCES");
}

static void names_what_it_cannot_read(void) {
  fresh_directory();
  shell("mkdir -p t/b; touch t/a t/c tar; chmod 600 t/a; chmod 700 t/b; chmod 666 tar");
  as_user(12345, 12345, unreadable_as_another_user);
  shell("test \"$(tar -tf tar)\" = c");
}

static void says_when_nobody_takes_it(void) {
  fresh_directory();
  shell("mkdir t; head -c 1000000 /dev/zero >t/large");
  int ends[2];
  CHECK(pipe(ends) == 0);
  close(ends[0]);
  struct report report = {0};
  archive_tree(ends[1], "t", nothing, &report);
  CHECK_TEXT(problems_of(&report), "t EPIPE");
  report_free(&report);
  close(ends[1]);
}

/** A file that gets shorter, or longer, while it is read: the writer is held up by a full pipe meanwhile. */
static void keeps_to_the_size_it_wrote_down(off_t later) {
  fresh_directory();
  shell("mkdir t; head -c 3000000 /dev/zero | tr '\\0' x >t/a; echo next >t/b");
  int ends[2];
  CHECK(pipe(ends) == 0);
  const pid_t reader = fork();
  if (reader == 0) {
    char byte;
    close(ends[1]);
    _exit(read(ends[0], &byte, 1) == 1 && byte == 'a' && truncate("t/a", later) == 0 && dup2(ends[0], 0) == 0 &&
                  // The first byte is gone: put it back in front.
                  system("(printf a; cat) >tar") == 0
              ? 0
              : 1);
  }
  close(ends[0]);
  struct report report = {0};
  archive_tree(ends[1], "t", nothing, &report);
  close(ends[1]);
  int status = -1;
  CHECK(waitpid(reader, &status, 0) == reader && status == 0);
  CHECK_TEXT(problems_of(&report), "t/a ESTALE");
  report_free(&report);
  shell("tar -xf tar && test $(stat -c %s a) = 3000000 && test $(cat b) = next");
}

void test_archive(void) {
  writes_what_tar_writes();
  sorts_names_in_each_directory();
  leaves_out_what_is_excluded();
  follows_the_argument_only();
  passes_over_sockets();
  names_what_it_cannot_read();
  says_when_nobody_takes_it();
  keeps_to_the_size_it_wrote_down(1000);
  keeps_to_the_size_it_wrote_down(4000000);
}
