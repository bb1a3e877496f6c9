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
    // Half as many more are spare, for sorting.
    uint32_t* starts = reallocarray(names->starts, room + room / 2, sizeof *starts);
    if (starts == NULL)
      return -ENOMEM;
    names->starts = starts;
    names->room = room;
  }
  names->starts[names->count++] = (uint32_t)start;
  return 0;
}

/** Whether one name stands before another. */
typedef bool precedes(const char* bytes, uint32_t one, uint32_t other);

static bool by_bytes(const char* bytes, uint32_t one, uint32_t other) {
  return strcmp(bytes + one, bytes + other) < 0;
}

static bool by_place(const char* bytes, uint32_t one, uint32_t other) {
  (void)bytes;
  return one < other;
}

/** By merging halves: musl's qsort takes three times as long for the names of a directory. `spare` has room for a half.
 */
static void sort_part(uint32_t* starts, uint32_t* spare, size_t count, precedes* first, const char* bytes) {
  if (count < 2)
    return;
  const size_t half = count / 2;
  sort_part(starts, spare, half, first, bytes);
  sort_part(starts + half, spare, count - half, first, bytes);
  memcpy(spare, starts, half * sizeof *spare);
  size_t left = 0, right = half, to = 0;
  while (left < half && right < count)
    starts[to++] = first(bytes, starts[right], spare[left]) ? starts[right++] : spare[left++];
  memcpy(starts + to, spare + left, (half - left) * sizeof *spare);
}

static void sort(struct names* names, precedes* first) {
  if (names->count > 1)
    sort_part(names->starts, names->starts + names->room, names->count, first, names->bytes.data);
}

/** Moves the names that are left to the front of the bytes. */
static void close_gaps(struct names* names) {
  sort(names, by_place);
  names->bytes.length = 0;
  for (size_t at = 0; at < names->count; at++) {
    const char* name = names_at(names, at);
    const size_t size = strlen(name) + 1;
    memmove(names->bytes.data + names->bytes.length, name, size);
    names->starts[at] = (uint32_t)names->bytes.length;
    names->bytes.length += size;
  }
}

/** Drops the names of the second half, which a later page will have. */
static void cut(struct names* names) {
  sort(names, by_bytes);
  names->count = (names->count + 1) / 2;
  const char* last = names_at(names, names->count - 1);
  // Where it will be cannot be told yet: whatever is before it in the bytes moves.
  size_t before = 0;
  for (size_t at = 0; at + 1 < names->count; at++)
    before += names_at(names, at) < last ? strlen(names_at(names, at)) + 1 : 0;
  close_gaps(names);
  names->last = (uint32_t)before;
  names->more = true;
}

static bool belongs(const struct names* names, const char* name, const char* after) {
  if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || (after != NULL && strcmp(name, after) <= 0))
    return false;
  return !names->more || strcmp(name, names->bytes.data + names->last) < 0;
}

static int add(struct names* names, const char* name) {
  const size_t start = names->bytes.length;
  int failed = buffer_add(&names->bytes, name, strlen(name) + 1);
  if (failed == 0)
    failed = add_start(names, start);
  if (failed == 0 && names->bytes.length > names->page)
    cut(names);
  return failed;
}

static int read_all(int directory, const char* after, struct names* names) {
  _Alignas(struct kernel_entry) char entries[32 * 1024];
  for (;;) {
    const long length = syscall(SYS_getdents64, directory, entries, sizeof entries);
    if (length <= 0)
      return length == 0 ? 0 : -errno;
    for (long at = 0; at < length;) {
      const struct kernel_entry* entry = (const void*)(entries + at);
      const int failed = belongs(names, entry->name, after) ? add(names, entry->name) : 0;
      if (failed != 0)
        return failed;
      at += entry->length;
    }
  }
}

static int read_sorted(int directory, const char* after, struct names* names) {
  const int failed = read_all(directory, after, names);
  if (failed == 0)
    sort(names, by_bytes);
  else
    names_free(names);
  return failed;
}

int names_read(int directory, size_t page, struct names* names) {
  *names = (struct names){.page = page};
  return read_sorted(directory, NULL, names);
}

int names_turn(int directory, struct names* names) {
  char* after = strdup(names_at(names, names->count - 1));
  if (after == NULL)
    return -ENOMEM;
  // In the same room: two pages are never held.
  names->bytes.length = 0;
  names->count = 0;
  names->more = false;
  const int failed = read_sorted(directory, after, names);
  free(after);
  return failed;
}

const char* names_at(const struct names* names, size_t index) {
  return names->bytes.data + names->starts[index];
}

void names_free(struct names* names) {
  buffer_free(&names->bytes);
  free(names->starts);
  *names = (struct names){0};
}
