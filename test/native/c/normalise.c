#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "trees.h"

static struct report normalised(const char* path) {
  struct report report = {0};
  normalise_tree(path, &report);
  return report;
}

/** `seen changed skipped: problems` */
static const char* summary(struct report report) {
  static char text[16 * 1024];
  snprintf(text, sizeof text, "%.0f %.0f %.0f: %s", report.seen, report.changed, report.skipped, problems_of(&report));
  report_free(&report);
  return text;
}

static void gives_files_and_directories_their_modes(void) {
  static const mode_t files[][2] = {{0600, 0660}, {0644, 0664}, {0755, 0775}, {0700, 0770},   {0400, 0460},
                                    {0444, 0464}, {0, 060},     {01, 061},    {04755, 04775}, {010, 070}};
  static const mode_t directories[][2] = {{0700, 0770}, {0755, 0775}, {0, 070}, {02700, 02770}, {01777, 01777}};
  struct stat status;
  for (size_t at = 0; at < sizeof files / sizeof *files; at++) {
    fresh_directory();
    make_file("x", "");
    CHECK(chmod("x", files[at][0]) == 0);
    CHECK_TEXT(summary(normalised("x")), "1 1 0: ");
    CHECK(stat("x", &status) == 0);
    CHECK_NUMBER(status.st_mode & 07777, files[at][1]);
  }
  for (size_t at = 0; at < sizeof directories / sizeof *directories; at++) {
    fresh_directory();
    make_directory("x");
    CHECK(chmod("x", directories[at][0]) == 0);
    CHECK_TEXT(summary(normalised("x")), directories[at][0] == directories[at][1] ? "1 0 0: " : "1 1 0: ");
    CHECK(stat("x", &status) == 0);
    CHECK_NUMBER(status.st_mode & 07777, directories[at][1]);
  }
}

static void gives_the_group_to_every_name(void) {
  fresh_directory();
  shell(
      "mkdir t t/caf$(printf '\\351'); touch 't/a b' t/caf$(printf '\\351')/$(printf '\\377') \"$(printf 't/x\\ny')\";"
      "chown -R 12345:777 t");
  CHECK_TEXT(summary(normalised("t")), "5 5 0: ");
  CHECK_TEXT(state_of("t/caf\xe9/\xff"), "664 12345:0");
  CHECK_TEXT(state_of("t/x\ny"), "664 12345:0");
  CHECK_TEXT(summary(normalised("t")), "5 0 0: ");
}

static void loses_set_id_bits_with_the_group(void) {
  fresh_directory();
  make_file("tool", "");
  CHECK(chown("tool", 12345, 777) == 0 && chmod("tool", 06711) == 0);
  CHECK_TEXT(summary(normalised("tool")), "1 1 0: ");
  CHECK_TEXT(state_of("tool"), "771 12345:0");
}

static void follows_no_link_but_the_argument(void) {
  fresh_directory();
  shell("mkdir tree outside outside/sub; touch outside/secret; chmod -R go-rwx outside; chown -R 0:777 outside;"
        "cd tree; ln -s ../outside/secret f; ln -s ../outside d; ln -s /nowhere n; ln -s l l; ln -s .. u; chown -h "
        "0:777 *");
  CHECK_TEXT(summary(normalised("tree")), "6 6 0: ");
  CHECK_TEXT(state_of("outside"), "700 0:777");
  CHECK_TEXT(state_of("outside/secret"), "600 0:777");
  CHECK_TEXT(state_of("tree/d"), "777 0:0");
  shell("ln -s outside link");
  CHECK_TEXT(summary(normalised("link")), "3 3 0: ");
  CHECK_TEXT(state_of("outside/secret"), "660 0:0");
}

static void says_what_is_not_there(void) {
  fresh_directory();
  CHECK_TEXT(summary(normalised("missing")), "0 0 0: missing ENOENT");
  CHECK_TEXT(summary(normalised("")), "0 0 0:  ENOENT");
  CHECK(symlink("/nowhere", "link") == 0);
  CHECK_TEXT(summary(normalised("link")), "0 0 0: link ENOENT");
  make_file("file", "");
  CHECK_TEXT(summary(normalised("file/x")), "0 0 0: file/x ENOTDIR");
  CHECK_TEXT(summary(normalised("file/")), "0 0 0: file/ ENOTDIR");
}

static void only_mine(void) {
  CHECK_TEXT(summary(normalised("t")), "4 2 1: ");
  CHECK_TEXT(state_of("t/mine"), "660 12345:0");
  CHECK_TEXT(state_of("t/theirs"), "600 0:0");
}

static void not_my_group(void) {
  CHECK_TEXT(summary(normalised("t")), "3 3 3: t EPERM");
  CHECK_TEXT(state_of("t/a"), "660 12345:12345");
  CHECK_TEXT(state_of("t/b"), "660 12345:12345");
}

static void closed_ones(void) {
  CHECK_TEXT(summary(normalised("t")), "5 4 2: t/closed EACCES");
}

static void keeps_to_what_the_user_may_change(void) {
  fresh_directory();
  shell("mkdir t; cd t; touch mine theirs fine; chmod 600 mine theirs; chmod 660 fine; chown 12345:0 . mine");
  as_user(12345, 0, only_mine);
  fresh_directory();
  shell("mkdir t; touch t/a t/b; chmod 600 t/*; chown -R 12345:12345 t");
  as_user(12345, 12345, not_my_group);
  fresh_directory();
  shell("mkdir -p t/closed t/half t/theirs; touch t/closed/x t/half/y t/z; chmod 0 t/closed; chmod 100 t/half;"
        "chown -R 12345:0 t; chown 0 t/theirs; chmod 700 t/theirs");
  as_user(12345, 0, closed_ones);
  CHECK_TEXT(state_of("t/closed"), "070 12345:0");
  CHECK_TEXT(state_of("t/half"), "170 12345:0");
  CHECK_TEXT(state_of("t/z"), "664 12345:0");
}

static void touches_fifos_and_sockets_without_opening_them(void) {
  fresh_directory();
  shell("mkfifo -m 600 pipe; mknod -m 600 device c 1 3");
  CHECK_TEXT(summary(normalised(".")), "3 3 0: ");
  CHECK_TEXT(state_of("pipe"), "660 0:0");
  CHECK_TEXT(state_of("device"), "660 0:0");
}

/** What upstream's script does with four passes of find. */
static void does_the_same_as_find(void) {
  fresh_directory();
  shell("mkdir ours theirs; for mode in $(seq 0 29 4095); do m=$(printf %04o $mode); for t in ours theirs; do "
        "touch $t/f$m; mkdir $t/d$m; chown $((mode % 3)):$((mode % 2)) $t/?$m; chmod $m $t/?$m; done; done; umask 0;"
        "cd theirs; find . ! -gid 0 -exec chgrp -h 0 {} +; find . ! -perm -g+rw -exec chmod g+rw {} +;"
        "find . -perm /u+x ! -perm /g+x -exec chmod g+x {} +; find . -type d ! -perm /g+x -exec chmod g+x {} +");
  CHECK(strstr(summary(normalised("ours")), ": ") != NULL);
  shell("for t in ours theirs; do (cd $t; find . ! -name . -printf '%P %m %U:%G\\n' | sort >../$t.list); done;"
        "test $(wc -l <ours.list) = 284 && cmp ours.list theirs.list");
}

void test_normalise(void) {
  gives_files_and_directories_their_modes();
  gives_the_group_to_every_name();
  loses_set_id_bits_with_the_group();
  follows_no_link_but_the_argument();
  says_what_is_not_there();
  keeps_to_what_the_user_may_change();
  touches_fifos_and_sockets_without_opening_them();
  does_the_same_as_find();
}
