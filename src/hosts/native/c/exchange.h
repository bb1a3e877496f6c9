/** One question over TCP or a Unix socket. */
#pragma once

#include "buffer.h"

struct question {
  /** `127.0.0.1` or `::1`, or the path of a socket. */
  const char* address;
  /** Nothing to a path. */
  int port;
  const char* request;
  /** 0: being connected is the answer. */
  size_t length;
  /** Bytes of the answer that are read at most. */
  size_t most;
  /** For all of it. */
  double milliseconds;
};

/** Connects, sends, and reads until a line has ended or the other side closes. 0 or a negative errno. */
int exchange(const struct question* question, struct buffer* answer);
