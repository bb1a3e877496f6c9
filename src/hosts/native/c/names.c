#include "names.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/** As the kernel writes it. */
struct kernel_entry {
  uint64_t inode;
  int64_t next;
  uint16_t length;
  uint8_t type;
  char name[];
};

static int add_start(struct names* names, size_t start) {
  if (start > UINT32_MAX)
    return -EOVERFLOW;
  if (names->count == names->room) {
    const size_t room = names->room == 0 ? 16 : names->room * 2;
    uint32_t* starts = reallocarray(names->starts, room, sizeof *starts);
    if (starts == NULL)
      return -ENOMEM;
    names->starts = starts;
    names->room = room;
  }
  names->starts[names->count++] = (uint32_t)start;
  return 0;
}

static int add(struct names* names, const char* name) {
  if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
    return 0;
  const size_t start = names->bytes.length;
  const int failed = buffer_add(&names->bytes, name, strlen(name) + 1);
  return failed != 0 ? failed : add_start(names, start);
}

static int by_bytes(const void* left, const void* right, void* bytes) {
  const char* base = bytes;
  return strcmp(base + *(const uint32_t*)left, base + *(const uint32_t*)right);
}

static int read_all(int directory, struct names* names) {
  _Alignas(struct kernel_entry) char entries[32 * 1024];
  for (;;) {
    const long length = syscall(SYS_getdents64, directory, entries, sizeof entries);
    if (length <= 0)
      return length == 0 ? 0 : -errno;
    for (long at = 0; at < length;) {
      const struct kernel_entry* entry = (const void*)(entries + at);
      const int failed = add(names, entry->name);
      if (failed != 0)
        return failed;
      at += entry->length;
    }
  }
}

int names_read(int directory, struct names* names) {
  *names = (struct names){0};
  const int failed = read_all(directory, names);
  if (failed != 0) {
    names_free(names);
    return failed;
  }
  if (names->count > 1)
    qsort_r(names->starts, names->count, sizeof *names->starts, by_bytes, names->bytes.data);
  return 0;
}

const char* names_at(const struct names* names, size_t index) {
  return names->bytes.data + names->starts[index];
}

void names_free(struct names* names) {
  buffer_free(&names->bytes);
  free(names->starts);
  *names = (struct names){0};
}
