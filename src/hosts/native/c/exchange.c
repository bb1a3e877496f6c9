#include "exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "program.h"

union address {
  struct sockaddr any;
  struct sockaddr_in four;
  struct sockaddr_in6 six;
  struct sockaddr_un path;
};

static socklen_t parse_path(const char* path, union address* address) {
  *address = (union address){.path.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address->path.sun_path)
    return 0;
  strcpy(address->path.sun_path, path);
  return sizeof address->path;
}

static socklen_t parse(const struct question* question, union address* address) {
  if (question->address[0] == '/')
    return parse_path(question->address, address);
  if (question->port < 1 || question->port > 65535)
    return 0;
  const in_port_t port = htons((uint16_t)question->port);
  *address = (union address){0};
  if (inet_pton(AF_INET, question->address, &address->four.sin_addr) == 1) {
    address->four.sin_family = AF_INET;
    address->four.sin_port = port;
    return sizeof address->four;
  }
  *address = (union address){0};
  if (inet_pton(AF_INET6, question->address, &address->six.sin6_addr) != 1)
    return 0;
  address->six.sin6_family = AF_INET6;
  address->six.sin6_port = port;
  return sizeof address->six;
}

/** Until the connection is ready, or -ETIMEDOUT. */
static int wait_for(int connection, short events, double end) {
  for (;;) {
    const double left = end - monotonic();
    if (left <= 0)
      return -ETIMEDOUT;
    struct pollfd waiting = {.fd = connection, .events = events};
    const int ready = poll(&waiting, 1, left > 60e3 ? 60000 : (int)left + 1);
    if (ready > 0)
      return 0;
    if (ready < 0 && errno != EINTR)
      return -errno;
  }
}

static int open_connection(const union address* address, socklen_t length, double end) {
  const int connection = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (connection < 0)
    return -errno;
  int error = connect(connection, &address->any, length) == 0 ? 0 : errno;
  if (error == EINPROGRESS) {
    error = -wait_for(connection, POLLOUT, end);
    socklen_t size = sizeof error;
    if (error == 0 && getsockopt(connection, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
      error = errno;
  }
  if (error == 0)
    return connection;
  close(connection);
  return -error;
}

static int send_all(int connection, const char* bytes, size_t length, double end) {
  for (size_t at = 0; at < length;) {
    const ssize_t count = send(connection, bytes + at, length - at, MSG_NOSIGNAL);
    if (count >= 0)
      at += (size_t)count;
    else if (errno == EAGAIN) {
      const int failed = wait_for(connection, POLLOUT, end);
      if (failed != 0)
        return failed;
    } else if (errno != EINTR)
      return -errno;
  }
  return 0;
}

static int receive(int connection, size_t most, double end, struct buffer* answer) {
  while (answer->length < most) {
    int failed = buffer_reserve(answer, 4096);
    if (failed != 0)
      return failed;
    const size_t room = answer->room - answer->length;
    const size_t wanted = most - answer->length;
    const ssize_t count = recv(connection, answer->data + answer->length, room < wanted ? room : wanted, 0);
    if (count == 0)
      return 0;
    if (count > 0) {
      const bool ended = memchr(answer->data + answer->length, '\n', (size_t)count) != NULL;
      answer->length += (size_t)count;
      if (ended)
        return 0;
    } else if (errno == EAGAIN) {
      failed = wait_for(connection, POLLIN, end);
      if (failed != 0)
        return failed;
    } else if (errno != EINTR)
      return -errno;
  }
  return 0;
}

int exchange(const struct question* question, struct buffer* answer) {
  union address address;
  const socklen_t length = parse(question, &address);
  if (length == 0)
    return -EINVAL;
  const double end = monotonic() + question->milliseconds;
  const int connection = open_connection(&address, length, end);
  if (connection < 0)
    return connection;
  int result = 0;
  if (question->length > 0)
    result = send_all(connection, question->request, question->length, end);
  if (result == 0 && question->length > 0)
    result = receive(connection, question->most, end, answer);
  close(connection);
  if (result != 0)
    buffer_free(answer);
  return result;
}
