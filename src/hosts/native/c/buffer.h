/** Bytes that grow. */
#pragma once

#include <stddef.h>

struct buffer {
  char* data;
  size_t length;
  size_t room;
};

/** Makes room for that many more bytes; 0 or -ENOMEM. */
int buffer_reserve(struct buffer* buffer, size_t more);
int buffer_add(struct buffer* buffer, const void* bytes, size_t length);
/** Adds a text and its NUL, which does not count. */
int buffer_add_text(struct buffer* buffer, const char* text);
void buffer_free(struct buffer* buffer);
