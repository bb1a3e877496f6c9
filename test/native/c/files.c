#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "given.h"

static void reads_files_to_their_end(void) {
  fresh_directory();
  make_file("file", "content");
  struct buffer content = {0};
  CHECK_NUMBER(file_read("file", 7, &content), 0);
  CHECK_NUMBER(content.length, 7);
  CHECK(content.data != NULL && memcmp(content.data, "content", 7) == 0);
  buffer_free(&content);
  make_file("empty", "");
  CHECK_NUMBER(file_read("empty", 0, &content), 0);
  CHECK_NUMBER(content.length, 0);
  buffer_free(&content);
  // Its size is said to be 0.
  CHECK_NUMBER(file_read("/proc/self/status", 100000, &content), 0);
  CHECK(content.length > 100);
  buffer_free(&content);
}

static void says_what_it_does_not_read(void) {
  fresh_directory();
  struct buffer content = {0};
  make_file("file", "content");
  CHECK_NUMBER(file_read("file", 6, &content), -EFBIG);
  CHECK_NUMBER(file_read("/proc/self/status", 10, &content), -EFBIG);
  CHECK_NUMBER(file_read("missing", 10, &content), -ENOENT);
  CHECK_NUMBER(file_read(".", 10, &content), -EISDIR);
  CHECK_NUMBER(file_read("/dev/null", 10, &content), -ENOTSUP);
  CHECK(mkfifo("pipe", 0600) == 0);
  CHECK_NUMBER(file_read("pipe", 10, &content), -ENOTSUP);
  const int server = socket(AF_UNIX, SOCK_STREAM, 0);
  const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
  CHECK(bind(server, (const struct sockaddr*)&address, sizeof address) == 0);
  CHECK_NUMBER(file_read("socket", 10, &content), -ENOTSUP);
  close(server);
  CHECK(symlink("loop", "loop") == 0);
  CHECK_NUMBER(file_read("loop", 10, &content), -ELOOP);
  CHECK(content.data == NULL);
}

static void creates_files_with_their_mode(void) {
  fresh_directory();
  const mode_t before = umask(022);
  CHECK_NUMBER(file_create("plain", "a\0b", 3, 0666), 0);
  CHECK_TEXT(state_of("plain"), "644 0:0");
  CHECK_NUMBER(file_create("special", "abc", 3, 06777), 0);
  CHECK_TEXT(state_of("special"), "6755 0:0");
  umask(before);
  struct buffer content = {0};
  CHECK_NUMBER(file_read("plain", 10, &content), 0);
  CHECK(content.length == 3 && memcmp(content.data, "a\0b", 3) == 0);
  buffer_free(&content);
}

static void creates_nothing_where_something_stands(void) {
  fresh_directory();
  make_file("file", "kept");
  CHECK_NUMBER(file_create("file", "new", 3, 0600), -EEXIST);
  CHECK_TEXT(content_of("file"), "kept");
  CHECK(symlink("nowhere", "link") == 0);
  CHECK_NUMBER(file_create("link", "new", 3, 0600), -EEXIST);
  CHECK_TEXT(state_of("nowhere"), "none");
  CHECK_NUMBER(file_create("no/where", "", 0, 0600), -ENOENT);
}

static void special_bits_as_another_user(void) {
  CHECK_NUMBER(file_create("special", "abc", 3, 04755), 0);
  CHECK_TEXT(state_of("special"), "4755 12345:12345");
}

static void sets_special_bits_after_writing(void) {
  fresh_directory();
  CHECK(chmod(".", 0777) == 0);
  const mode_t before = umask(022);
  as_user(12345, 12345, special_bits_as_another_user);
  umask(before);
}

static void leaves_no_part_behind(void) {
  fresh_directory();
  char* large = calloc(1, 1 << 20);
  const struct rlimit small = {65536, RLIM_INFINITY};
  struct rlimit before;
  CHECK(getrlimit(RLIMIT_FSIZE, &before) == 0 && setrlimit(RLIMIT_FSIZE, &small) == 0);
  CHECK_NUMBER(file_create("large", large, 1 << 20, 0600), -EFBIG);
  CHECK_TEXT(state_of("large"), "none");
  CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
  CHECK_NUMBER(file_create("source", large, 1 << 20, 0600), 0);
  CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
  CHECK_NUMBER(file_copy("source", "copy"), -EFBIG);
  CHECK(setrlimit(RLIMIT_FSIZE, &before) == 0);
  CHECK_TEXT(state_of("copy"), "none");
  CHECK_NUMBER(signals_take(signal_bit(SIGXFSZ)), 0);
  free(large);
}

static void copies_files(void) {
  fresh_directory();
  shell("head -c 3000000 /dev/urandom >source; chmod 4755 source; head -c 200000 /dev/urandom >hole; truncate -s 1M "
        "hole");
  CHECK_NUMBER(file_copy("source", "copy"), 0);
  CHECK_TEXT(state_of("copy"), "600 0:0");
  CHECK_NUMBER(file_copy("hole", "copy-of-hole"), 0);
  shell("cmp source copy && cmp hole copy-of-hole");
  make_file("empty", "");
  CHECK_NUMBER(file_copy("empty", "copy-of-empty"), 0);
  CHECK_TEXT(content_of("copy-of-empty"), "");
  // The kernel copies nothing of these, because their size is 0.
  CHECK_NUMBER(file_copy("/proc/version", "version"), 0);
  shell("cmp /proc/version version");
}

static void copies_only_what_is_a_file_to_where_nothing_is(void) {
  fresh_directory();
  make_file("source", "x");
  make_file("target", "kept");
  CHECK(symlink("source", "link") == 0);
  CHECK(mkfifo("pipe", 0600) == 0);
  CHECK_NUMBER(file_copy("source", "target"), -EEXIST);
  CHECK_TEXT(content_of("target"), "kept");
  CHECK_NUMBER(file_copy("link", "new"), -ELOOP);
  CHECK_NUMBER(file_copy(".", "new"), -EISDIR);
  CHECK_NUMBER(file_copy("pipe", "new"), -ENOTSUP);
  CHECK_NUMBER(file_copy("missing", "new"), -ENOENT);
  CHECK_TEXT(state_of("new"), "none");
}

/** Reads slowly from a pipe that does not block, so the writer has to wait. */
static void waits_for_a_slow_reader(void) {
  int ends[2];
  CHECK(pipe2(ends, O_NONBLOCK) == 0);
  const pid_t reader = fork();
  if (reader == 0) {
    char piece[8192];
    size_t sum = 0;
    close(ends[1]);
    CHECK(fcntl(ends[0], F_SETFL, 0) == 0);
    for (ssize_t count; (count = read(ends[0], piece, sizeof piece)) > 0; sum += (size_t)count)
      usleep(500);
    _exit(sum == 1000000 ? 0 : 1);
  }
  close(ends[0]);
  char* large = calloc(1, 1000000);
  CHECK_NUMBER(descriptor_write(ends[1], large, 1000000), 0);
  free(large);
  close(ends[1]);
  int status = -1;
  CHECK(waitpid(reader, &status, 0) == reader);
  CHECK_NUMBER(status, 0);
}

static void answers_when_nobody_reads(void) {
  int ends[2];
  CHECK(pipe(ends) == 0);
  close(ends[0]);
  CHECK_NUMBER(descriptor_write(ends[1], "x", 1), -EPIPE);
  close(ends[1]);
  // Nothing is left that would end the program we hand over to.
  CHECK_NUMBER(signals_take(signal_bit(SIGPIPE)), 0);
  const int full = open("/dev/full", O_WRONLY);
  CHECK_NUMBER(descriptor_write(full, "x", 1), -ENOSPC);
  close(full);
  CHECK_NUMBER(descriptor_write(-1, "x", 1), -EBADF);
  CHECK_NUMBER(descriptor_write(-1, "", 0), 0);
}

static void reads_links(void) {
  fresh_directory();
  CHECK(symlink("caf\xe9\n", "link") == 0);
  struct buffer target = {0};
  CHECK_NUMBER(link_read("link", &target), 0);
  CHECK(target.length == 5 && memcmp(target.data, "caf\xe9\n", 5) == 0);
  buffer_free(&target);
  CHECK_NUMBER(link_read(".", &target), -EINVAL);
  CHECK_NUMBER(link_read("missing", &target), -ENOENT);
  CHECK(target.data == NULL);
}

void test_files(void) {
  reads_files_to_their_end();
  says_what_it_does_not_read();
  creates_files_with_their_mode();
  creates_nothing_where_something_stands();
  sets_special_bits_after_writing();
  leaves_no_part_behind();
  copies_files();
  copies_only_what_is_a_file_to_where_nothing_is();
  waits_for_a_slow_reader();
  answers_when_nobody_reads();
  reads_links();
}
