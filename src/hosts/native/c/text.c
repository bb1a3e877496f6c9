#include "text.h"

#include <stdbool.h>
#include <stdint.h>

/** Least second byte after a first byte that has overlong forms; otherwise any continuation. */
static uint8_t least_second(uint8_t first) {
  return first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
}

/** Greatest second byte: surrogates and what is beyond U+10FFFF are left out. */
static uint8_t greatest_second(uint8_t first) {
  return first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
}

static size_t length_by_first(uint8_t first) {
  if (first < 0x80)
    return 1;
  if (first < 0xc2 || first > 0xf4)
    return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Length of the sequence at the start; 0 when there is none. */
static size_t sequence_length(const uint8_t* bytes, size_t length) {
  const size_t wanted = length_by_first(bytes[0]);
  if (wanted == 0 || wanted > length)
    return 0;
  for (size_t at = 1; at < wanted; at++) {
    const uint8_t least = at == 1 ? least_second(bytes[0]) : 0x80;
    const uint8_t greatest = at == 1 ? greatest_second(bytes[0]) : 0xbf;
    if (bytes[at] < least || bytes[at] > greatest)
      return 0;
  }
  return wanted;
}

ptrdiff_t text_bad_offset(const char* bytes, size_t length) {
  const uint8_t* units = (const uint8_t*)bytes;
  size_t at = 0;
  while (at < length) {
    const size_t step = sequence_length(units + at, length - at);
    if (step == 0)
      return (ptrdiff_t)at;
    at += step;
  }
  return -1;
}
