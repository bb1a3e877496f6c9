/** What the tests say and how they fail. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct report;

#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_NUMBER(found, expected)                                                                                  \
  check_number((long long)(found), (long long)(expected), #found, __FILE__, __LINE__)
#define CHECK_TEXT(found, expected) check_text((found), (expected), #found, __FILE__, __LINE__)

void check_that(bool fine, const char* condition, const char* file, int line);
void check_number(long long found, long long expected, const char* what, const char* file, int line);
void check_text(const char* found, const char* expected, const char* what, const char* file, int line);
int check_failures(void);

/** A new directory that this process stands in from now on; removed, with what is in it, by the next call and at the
 * end. */
const char* fresh_directory(void);
void leave_directory(void);

/** A file of mode 0644 with this content, and a directory of mode 0755. */
void make_file(const char* path, const char* content);
void make_directory(const char* path);
/** What a file holds, up to 64 KiB; NULL when there is none. Until the next call. */
const char* content_of(const char* path);
/** `664 12345:0` of what stands there, `none` when nothing does. Until the call after the next. */
const char* state_of(const char* path);
/** `name ENOENT, other EACCES`. Until the next call. */
const char* problems_of(const struct report* report);
/** Runs a shell command that must end with 0. */
void shell(const char* command);
/** Runs a part of a test as another user. */
void as_user(uid_t uid, gid_t gid, void (*part)(void));

/** One for each file here. */
void test_text(void);
void test_buffer(void);
void test_names(void);
void test_files(void);
void test_walk(void);
void test_report(void);
void test_normalise(void);
void test_remove(void);
void test_scan(void);
void test_pattern(void);
void test_links(void);
void test_tar(void);
void test_archive(void);
void test_start(void);
void test_run(void);
void test_kept(void);
void test_given(void);
void test_supervise(void);
void test_exchange(void);
void test_stack(void);
void test_digest(void);
void test_heap(void);

/** Parts that need a process of their own: `tests --inside NAME ARGUMENT...`. */
int inside_given(char** arguments);
int inside_supervise(char** arguments);
/** The path of this program. */
extern const char* test_program;
