#include "tar.h"

#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "files.h"

enum { block = 512, record = 20 * block, most_waiting = 8 * record };

/** As it stands in the stream. */
struct header {
  char name[100], mode[8], uid[8], gid[8], size[12], modified[12], sum[8], type, link[100], magic[8], user[32],
      group[32];
  char major[8], minor[8], rest[167];
};
_Static_assert(sizeof(struct header) == block, "a header is one block");

static const char zeros[block];

static int flush(struct tar* tar) {
  const int failed = descriptor_write(tar->descriptor, tar->waiting.data, tar->waiting.length);
  tar->waiting.length = 0;
  return failed;
}

static int add(struct tar* tar, const void* bytes, size_t length) {
  const int failed = buffer_add(&tar->waiting, bytes, length);
  tar->length += length;
  return failed == 0 && tar->waiting.length >= most_waiting ? flush(tar) : failed;
}

int tar_content(struct tar* tar, const char* bytes, size_t length) {
  return add(tar, bytes, length);
}

int tar_pad(struct tar* tar) {
  const size_t over = tar->length % block;
  return over == 0 ? 0 : add(tar, zeros, block - over);
}

/** Octal digits and a NUL; where they do not fit, and for what is negative, the bytes of the number behind a mark. */
static void put_number(char* field, size_t size, int64_t number) {
  const int64_t limit = (int64_t)1 << (3 * (size - 1) < 62 ? 3 * (size - 1) : 62);
  uint64_t bits = (uint64_t)number;
  if (number >= 0 && number < limit) {
    for (size_t at = size - 1; at-- > 0; bits >>= 3)
      field[at] = (char)('0' + (bits & 7));
    field[size - 1] = '\0';
    return;
  }
  for (size_t at = size; at-- > 0; bits = bits >> 8 | (number < 0 ? (uint64_t)0xff << 56 : 0))
    field[at] = (char)(bits & 0xff);
  if (number >= 0)
    field[0] = (char)0x80;
}

static int put_header(struct tar* tar, struct header* header) {
  memcpy(header->magic, "ustar  ", sizeof header->magic);
  memset(header->sum, ' ', sizeof header->sum);
  const unsigned char* bytes = (const unsigned char*)header;
  unsigned sum = 0;
  for (size_t at = 0; at < sizeof *header; at++)
    sum += bytes[at];
  // Six digits, a NUL, and the space that is there already.
  put_number(header->sum, sizeof header->sum - 1, sum);
  return add(tar, header, sizeof *header);
}

static void put_common(struct header* header, mode_t mode, int64_t size, int64_t modified) {
  put_number(header->mode, sizeof header->mode, mode & 07777);
  put_number(header->uid, sizeof header->uid, 0);
  put_number(header->gid, sizeof header->gid, 0);
  put_number(header->size, sizeof header->size, size);
  put_number(header->modified, sizeof header->modified, modified);
}

/** A text for a field that may be filled to its last byte; a longer one goes into an entry of its own in front. */
static int put_text(struct tar* tar, char field[100], const char* text, char type) {
  const size_t length = strlen(text);
  memcpy(field, text, length < 100 ? length : 100);
  if (length <= 100)
    return 0;
  struct header header = {.name = "././@LongLink", .type = type};
  put_common(&header, 0644, (int64_t)length + 1, 0);
  int failed = put_header(tar, &header);
  if (failed == 0)
    failed = add(tar, text, length + 1);
  return failed == 0 ? tar_pad(tar) : failed;
}

static char type_of(const struct tar_entry* entry) {
  if (entry->hard)
    return '1';
  switch (entry->status->st_mode & S_IFMT) {
  case S_IFLNK:
    return '2';
  case S_IFCHR:
    return '3';
  case S_IFBLK:
    return '4';
  case S_IFDIR:
    return '5';
  case S_IFIFO:
    return '6';
  default:
    return '0';
  }
}

int tar_header(struct tar* tar, const struct tar_entry* entry) {
  const struct stat* status = entry->status;
  struct header header = {.type = type_of(entry)};
  int failed = entry->link != NULL ? put_text(tar, header.link, entry->link, 'K') : 0;
  if (failed == 0)
    failed = put_text(tar, header.name, entry->name, 'L');
  put_common(&header, status->st_mode, header.type == '0' ? status->st_size : 0, status->st_mtim.tv_sec);
  if (header.type == '3' || header.type == '4') {
    put_number(header.major, sizeof header.major, major(status->st_rdev));
    put_number(header.minor, sizeof header.minor, minor(status->st_rdev));
  }
  return failed == 0 ? put_header(tar, &header) : failed;
}

int tar_end(struct tar* tar) {
  int failed = add(tar, zeros, block);
  if (failed == 0)
    failed = add(tar, zeros, block);
  while (failed == 0 && tar->length % record != 0)
    failed = add(tar, zeros, block);
  return failed == 0 ? flush(tar) : failed;
}

void tar_free(struct tar* tar) {
  buffer_free(&tar->waiting);
}
