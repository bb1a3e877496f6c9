#include "buffer.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int buffer_reserve(struct buffer* buffer, size_t more) {
  if (more <= buffer->room - buffer->length)
    return 0;
  if (more > SIZE_MAX / 4 || buffer->length > SIZE_MAX / 4)
    return -ENOMEM;
  const size_t needed = buffer->length + more;
  const size_t doubled = buffer->room < 128 ? 256 : buffer->room * 2;
  const size_t room = needed > doubled ? needed : doubled;
  char* data = realloc(buffer->data, room);
  if (data == NULL)
    return -ENOMEM;
  buffer->data = data;
  buffer->room = room;
  return 0;
}

int buffer_add(struct buffer* buffer, const void* bytes, size_t length) {
  const int failed = buffer_reserve(buffer, length);
  if (failed != 0)
    return failed;
  if (length > 0)
    memcpy(buffer->data + buffer->length, bytes, length);
  buffer->length += length;
  return 0;
}

int buffer_add_text(struct buffer* buffer, const char* text) {
  const size_t length = strlen(text);
  const int failed = buffer_add(buffer, text, length + 1);
  if (failed == 0)
    buffer->length -= 1;
  return failed;
}

void buffer_free(struct buffer* buffer) {
  free(buffer->data);
  *buffer = (struct buffer){0};
}
