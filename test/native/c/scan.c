#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "trees.h"

static char found[4096];

static int take(void* context, const char* name) {
  (void)context;
  strcat(strcat(found, found[0] == '\0' ? "" : " "), name);
  return 0;
}

/** `seen: hits: problems` */
static const char* scanned(const char* root, char* const* needles) {
  static char text[32 * 1024];
  struct report report = {0};
  found[0] = '\0';
  CHECK_NUMBER(scan_tree(root, needles, take, NULL, &report), 0);
  snprintf(text, sizeof text, "%.0f: %s: %s", report.seen, found, problems_of(&report));
  report_free(&report);
  return text;
}

static char* const secret[] = {"s3cret", "p\xc3\xa4ssword", "", NULL};

static void finds_bytes_in_files(void) {
  fresh_directory();
  shell("mkdir d; echo 'has s3cret' >a; echo no >clean; echo 'x s3cret' >d/x; : >empty; : >s3cret; mkfifo pipe;"
        "printf s3cret >e; printf s3cre >f; ln -s a l; ln -s .. d/up");
  CHECK_TEXT(scanned(".", secret), "7: a d/x e: ");
  CHECK_TEXT(scanned("a", secret), "1: : ");
  CHECK_TEXT(scanned("l", secret), "0: : ");
  CHECK_TEXT(scanned("missing", secret), "0: : ");
}

static void finds_them_across_every_border(void) {
  fresh_directory();
  FILE* file;
  char* large = malloc(1 << 20);
  memset(large, 'x', 1 << 20);
  for (int before = 256 * 1024 - 7; before <= 256 * 1024 + 1; before++) {
    file = fopen("file", "w");
    CHECK(file != NULL && fwrite(large, 1, (size_t)before, file) == (size_t)before);
    CHECK(fputs("s3cret", file) >= 0 && fwrite(large, 1, 1 << 20, file) == 1 << 20 && fclose(file) == 0);
    CHECK_TEXT(scanned(".", secret), "1: file: ");
  }
  free(large);
}

static void finds_needles_of_any_length(void) {
  fresh_directory();
  char* needle = malloc(700001);
  memset(needle, 'n', 700000);
  strcpy(needle + 699999, "!");
  make_file("holds", needle);
  needle[0] = 'x';
  make_file("holds-not", needle);
  needle[0] = 'n';
  char* const needles[] = {needle, NULL};
  CHECK_TEXT(scanned(".", needles), "2: holds: ");
  free(needle);
}

static void has_nothing_to_do_without_needles(void) {
  fresh_directory();
  make_file("file", "");
  char* const none[] = {NULL};
  char* const empty[] = {"", NULL};
  CHECK_TEXT(scanned(".", none), "0: : ");
  CHECK_TEXT(scanned(".", empty), "0: : ");
}

static void unreadable_as_another_user(void) {
  CHECK_TEXT(scanned(".", secret), "2: c: ./a EACCES, ./b EACCES");
}

static void passes_over_what_it_may_not_read(void) {
  fresh_directory();
  shell("echo s3cret | tee a c >d; mkdir -m 700 b; rm d; chmod 600 a");
  as_user(12345, 12345, unreadable_as_another_user);
}

static int refuse(void* context, const char* name) {
  (void)context, (void)name;
  return -1;
}

static void ends_when_told_so(void) {
  fresh_directory();
  shell("mkdir d; echo s3cret | tee a b >d/c");
  struct report report = {0};
  CHECK_NUMBER(scan_tree(".", secret, refuse, NULL, &report), -1);
  CHECK_NUMBER(report.seen, 1);
  report_free(&report);
}

void test_scan(void) {
  finds_bytes_in_files();
  finds_them_across_every_border();
  finds_needles_of_any_length();
  has_nothing_to_do_without_needles();
  passes_over_what_it_may_not_read();
  ends_when_told_so();
}
