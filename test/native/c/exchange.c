#include "exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

static int listen_on(int family, int* port) {
  const int server = socket(family, SOCK_STREAM, 0);
  struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  const struct sockaddr* address = family == AF_INET ? (const void*)&four : (const void*)&six;
  socklen_t length = family == AF_INET ? sizeof four : sizeof six;
  if (server < 0 || bind(server, address, length) != 0 || listen(server, 1) != 0)
    return -1;
  struct sockaddr_in6 bound;
  length = sizeof bound;
  CHECK(getsockname(server, (struct sockaddr*)&bound, &length) == 0);
  *port = ntohs(bound.sin6_port);
  return server;
}

/** Answers one connection: reads a request unless that is 0 bytes, and sends an answer unless that is NULL. */
static pid_t serve(int server, size_t request, const char* answer, size_t times) {
  const pid_t child = fork();
  if (child != 0)
    return child;
  char room[65536];
  const int connection = accept(server, NULL, NULL);
  for (size_t got = 0; got < request;) {
    const ssize_t count = read(connection, room, sizeof room);
    if (count <= 0)
      _exit(1);
    got += (size_t)count;
  }
  for (size_t at = 0; answer != NULL && at < times; at++)
    if (send(connection, answer, strlen(answer), MSG_NOSIGNAL) < 0)
      break;
  if (answer == NULL)
    pause();
  _exit(0);
}

static void end(pid_t child) {
  kill(child, SIGKILL);
  CHECK(waitpid(child, NULL, 0) == child);
}

static void asks_and_reads_to_the_end(void) {
  struct buffer answer = {0};
  int port = 0;
  const int server = listen_on(AF_INET, &port);
  pid_t child = serve(server, 5, "answer", 1);
  struct question question = {"127.0.0.1", port, "hello", 5, 100, 20000};
  CHECK_NUMBER(exchange(&question, &answer), 0);
  CHECK(answer.length == 6 && memcmp(answer.data, "answer", 6) == 0);
  buffer_free(&answer);
  end(child);
  // No more than what was asked for.
  child = serve(server, 5, "0123456789", 10000);
  question.most = 12345;
  CHECK_NUMBER(exchange(&question, &answer), 0);
  CHECK_NUMBER(answer.length, 12345);
  buffer_free(&answer);
  end(child);
  close(server);
}

static void sends_more_than_fits_at_once(void) {
  static char large[4000000];
  struct buffer answer = {0};
  int port = 0;
  const int server = listen_on(AF_INET, &port);
  const pid_t child = serve(server, sizeof large, "ok", 1);
  const struct question question = {"127.0.0.1", port, large, sizeof large, 100, 20000};
  CHECK_NUMBER(exchange(&question, &answer), 0);
  CHECK_NUMBER(answer.length, 2);
  buffer_free(&answer);
  end(child);
  close(server);
}

static void is_content_with_a_connection(void) {
  struct buffer answer = {0};
  int port = 0;
  const int server = listen_on(AF_INET, &port);
  struct question question = {"127.0.0.1", port, "", 0, 100, 20000};
  CHECK_NUMBER(exchange(&question, &answer), 0);
  CHECK_NUMBER(answer.length, 0);
  close(server);
  CHECK_NUMBER(exchange(&question, &answer), -ECONNREFUSED);
  const int six = listen_on(AF_INET6, &port);
  if (six >= 0) {
    question = (struct question){"::1", port, "", 0, 100, 20000};
    CHECK_NUMBER(exchange(&question, &answer), 0);
    close(six);
  }
}

static void waits_only_so_long(void) {
  struct buffer answer = {0};
  int port = 0;
  const int server = listen_on(AF_INET, &port);
  const pid_t child = serve(server, 1, NULL, 0);
  const struct question question = {"127.0.0.1", port, "x", 1, 100, 100};
  CHECK_NUMBER(exchange(&question, &answer), -ETIMEDOUT);
  CHECK(answer.data == NULL);
  end(child);
  close(server);
}

static void reads_no_more_than_a_line(void) {
  struct buffer answer = {0};
  int port = 0;
  const int server = listen_on(AF_INET, &port);
  // It goes on for ever; what is waited for is the first line.
  const pid_t child = serve(server, 1, "HTTP/1.1 200 OK\r\nmore", SIZE_MAX);
  const struct question question = {"127.0.0.1", port, "x", 1, 1000, 20000};
  CHECK_NUMBER(exchange(&question, &answer), 0);
  CHECK(answer.length >= 17 && answer.length <= 1000 && memcmp(answer.data, "HTTP/1.1 200 OK\r\n", 17) == 0);
  buffer_free(&answer);
  end(child);
  close(server);
}

static void speaks_to_the_socket_at_a_path(void) {
  struct buffer answer = {0};
  char folder[] = "/tmp/s2i-exchange-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
  const struct question question = {address.sun_path, 0, "x", 1, 100, 20000};
  CHECK_NUMBER(exchange(&question, &answer), -ENOENT);
  const int server = socket(AF_UNIX, SOCK_STREAM, 0);
  CHECK(bind(server, (struct sockaddr*)&address, sizeof address) == 0 && listen(server, 1) == 0);
  const pid_t child = serve(server, 1, "answer", 1);
  CHECK_NUMBER(exchange(&question, &answer), 0);
  CHECK(answer.length == 6 && memcmp(answer.data, "answer", 6) == 0);
  buffer_free(&answer);
  end(child);
  close(server);
  CHECK_NUMBER(exchange(&question, &answer), -ECONNREFUSED);
  unlink(address.sun_path);
  rmdir(folder);
  char path[200] = {0};
  memset(path, 'x', sizeof path - 1);
  path[0] = '/';
  CHECK_NUMBER(exchange(&(struct question){path, 0, "", 0, 100, 1000}, &answer), -EINVAL);
}

static void takes_numeric_addresses_only(void) {
  struct buffer answer = {0};
  struct question question = {"localhost", 80, "", 0, 100, 1000};
  CHECK_NUMBER(exchange(&question, &answer), -EINVAL);
  question.address = "127.0.0.1";
  question.port = 0;
  CHECK_NUMBER(exchange(&question, &answer), -EINVAL);
  question.port = 65536;
  CHECK_NUMBER(exchange(&question, &answer), -EINVAL);
}

void test_exchange(void) {
  asks_and_reads_to_the_end();
  sends_more_than_fits_at_once();
  is_content_with_a_connection();
  waits_only_so_long();
  takes_numeric_addresses_only();
  reads_no_more_than_a_line();
  speaks_to_the_socket_at_a_path();
}
