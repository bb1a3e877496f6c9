#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "given.h"

enum { chunk = 64 * 1024, page = 4096 };

ssize_t descriptor_read(int descriptor, void* room, size_t length) {
  ssize_t count;
  do
    count = read(descriptor, room, length);
  while (count < 0 && errno == EINTR);
  return count < 0 ? -errno : count;
}

static int open_file(const char* path, int flags) {
  const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags);
  if (descriptor >= 0)
    return descriptor;
  // A socket, or a device nobody serves (K17).
  return errno == ENXIO ? -ENOTSUP : -errno;
}

static int check_regular(int descriptor, struct stat* status) {
  if (fstat(descriptor, status) != 0)
    return -errno;
  if (S_ISDIR(status->st_mode))
    return -EISDIR;
  return S_ISREG(status->st_mode) ? 0 : -ENOTSUP;
}

/** Reads to the end, whatever the size was said to be. */
static int read_to_end(int descriptor, size_t expected, size_t most, struct buffer* content) {
  for (;;) {
    const size_t missing = expected > content->length ? expected - content->length : 0;
    // One byte more than expected shows the end.
    int failed = buffer_reserve(content, missing + 1);
    if (failed != 0)
      return failed;
    const ssize_t count = descriptor_read(descriptor, content->data + content->length, content->room - content->length);
    if (count <= 0)
      return (int)count;
    content->length += (size_t)count;
    if (content->length > most)
      return -EFBIG;
  }
}

int file_read(const char* path, size_t most, struct buffer* content) {
  const int descriptor = open_file(path, 0);
  if (descriptor < 0)
    return descriptor;
  struct stat status;
  int result = check_regular(descriptor, &status);
  if (result == 0 && (size_t)status.st_size > most)
    result = -EFBIG;
  if (result == 0)
    result = read_to_end(descriptor, status.st_size > 0 ? (size_t)status.st_size : page - 1, most, content);
  close(descriptor);
  if (result != 0)
    buffer_free(content);
  return result;
}

static int wait_until_writable(int descriptor) {
  struct pollfd waiting = {.fd = descriptor, .events = POLLOUT};
  return poll(&waiting, 1, -1) < 0 && errno != EINTR ? -errno : 0;
}

/** The signal that goes with the error is blocked; it must not come when it no longer is. */
static int write_error(void) {
  const int error = errno;
  if (error == EPIPE && !given_blocked(SIGPIPE))
    (void)signals_take(signal_bit(SIGPIPE));
  if (error == EFBIG && !given_blocked(SIGXFSZ))
    (void)signals_take(signal_bit(SIGXFSZ));
  return -error;
}

int descriptor_write(int descriptor, const char* content, size_t length) {
  for (size_t at = 0; at < length;) {
    const ssize_t count = write(descriptor, content + at, length - at);
    if (count >= 0) {
      at += (size_t)count;
    } else if (errno == EAGAIN || errno == EINTR) {
      const int failed = errno == EAGAIN ? wait_until_writable(descriptor) : 0;
      if (failed != 0)
        return failed;
    } else {
      return write_error();
    }
  }
  return 0;
}

/** The bits beyond 0777 do not survive writing, unless root wrote (K13). */
static int set_special_bits(int descriptor, mode_t made_with) {
  if ((made_with & 07000) == 0)
    return 0;
  return fchmod(descriptor, made_with & 07777) == 0 ? 0 : -errno;
}

static int close_written(int descriptor, const char* path, int result) {
  if (close(descriptor) != 0 && result == 0 && errno != EINTR)
    result = -errno;
  if (result != 0)
    (void)unlink(path);
  return result;
}

int file_create(const char* path, const char* content, size_t length, mode_t mode) {
  const int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY | O_CLOEXEC, mode);
  if (descriptor < 0)
    return -errno;
  struct stat made;
  int result = fstat(descriptor, &made) == 0 ? 0 : -errno;
  if (result == 0)
    result = descriptor_write(descriptor, content, length);
  if (result == 0)
    result = set_special_bits(descriptor, made.st_mode);
  return close_written(descriptor, path, result);
}

static int copy_by_hand(int from, int to) {
  char piece[chunk];
  for (;;) {
    const ssize_t count = descriptor_read(from, piece, sizeof piece);
    if (count <= 0)
      return (int)count;
    const int failed = descriptor_write(to, piece, (size_t)count);
    if (failed != 0)
      return failed;
  }
}

/** In the kernel, which shares blocks where the file system can; by hand where it cannot. */
static int copy_content(int from, int to) {
  ssize_t count;
  do
    count = copy_file_range(from, NULL, to, NULL, 1 << 30, 0);
  while (count > 0);
  if (count < 0)
    (void)write_error();
  // Nothing is left, or the rest shows why it did not go on.
  return copy_by_hand(from, to);
}

int file_copy(const char* from, const char* to) {
  const int source = open_file(from, O_NOFOLLOW);
  if (source < 0)
    return source;
  struct stat status;
  int result = check_regular(source, &status);
  if (result == 0) {
    const int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY | O_CLOEXEC, 0600);
    result = target < 0 ? -errno : close_written(target, to, copy_content(source, target));
  }
  close(source);
  return result;
}

int link_read(const char* path, struct buffer* target) {
  int failed = buffer_reserve(target, PATH_MAX + 1);
  if (failed != 0)
    return failed;
  const ssize_t length = readlink(path, target->data, PATH_MAX);
  if (length < 0) {
    failed = -errno;
    buffer_free(target);
    return failed;
  }
  target->length = (size_t)length;
  return 0;
}
