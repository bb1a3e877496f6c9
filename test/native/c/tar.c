#include "tar.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static unsigned char header[512];

static void write_header(const struct stat* status) {
  fresh_directory();
  struct tar tar = {.descriptor = open("tar", O_WRONLY | O_CREAT, 0600)};
  const struct tar_entry entry = {.name = "name", .status = status};
  CHECK_NUMBER(tar_header(&tar, &entry), 0);
  CHECK_NUMBER(tar_end(&tar), 0);
  tar_free(&tar);
  close(tar.descriptor);
  const int descriptor = open("tar", O_RDONLY);
  CHECK_NUMBER(read(descriptor, header, sizeof header), 512);
  CHECK_NUMBER(lseek(descriptor, 0, SEEK_END), 10240);
  close(descriptor);
}

static void writes_numbers_that_fit_as_digits(void) {
  const struct stat most = {.st_mode = S_IFREG | 07777, .st_size = 077777777777, .st_mtim = {.tv_sec = 077777777777}};
  write_header(&most);
  CHECK(memcmp(header + 100, "0007777\0", 8) == 0);
  CHECK(memcmp(header + 124, "77777777777\0", 12) == 0);
  CHECK(memcmp(header + 136, "77777777777\0", 12) == 0);
  CHECK(header[156] == '0');
}

static void writes_others_as_bytes(void) {
  const struct stat more = {.st_mode = S_IFREG, .st_size = 0100000000000, .st_mtim = {.tv_sec = -2}};
  write_header(&more);
  CHECK(memcmp(header + 124, "\x80\0\0\0\0\0\0\x02\0\0\0\0", 12) == 0);
  CHECK(memcmp(header + 136, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xfe", 12) == 0);
}

static void says_when_it_cannot_write(void) {
  struct tar tar = {.descriptor = open("/dev/full", O_WRONLY)};
  CHECK_NUMBER(tar_end(&tar), -ENOSPC);
  tar_free(&tar);
  close(tar.descriptor);
}

void test_tar(void) {
  writes_numbers_that_fit_as_digits();
  writes_others_as_bytes();
  says_when_it_cannot_write();
}
