#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/**
 * Debian compiled the engine for glibc with its checks of sizes (Q9): it calls these four, which the libc that is
 * linked does not have. What would be written beyond its place ends the program, as there.
 */
void* __memcpy_chk(void* to, const void* from, size_t length, size_t room);
int __vsnprintf_chk(char* to, size_t length, int flag, size_t room, const char* format, va_list values);
int __snprintf_chk(char* to, size_t length, int flag, size_t room, const char* format, ...);
int __fprintf_chk(FILE* file, int flag, const char* format, ...);

void* __memcpy_chk(void* to, const void* from, size_t length, size_t room) {
  if (length > room)
    abort();
  return memcpy(to, from, length);
}

int __vsnprintf_chk(char* to, size_t length, int flag, size_t room, const char* format, va_list values) {
  (void)flag;
  if (length > room)
    abort();
  return vsnprintf(to, length, format, values);
}

int __snprintf_chk(char* to, size_t length, int flag, size_t room, const char* format, ...) {
  va_list values;
  va_start(values, format);
  const int written = __vsnprintf_chk(to, length, flag, room, format, values);
  va_end(values);
  return written;
}

int __fprintf_chk(FILE* file, int flag, const char* format, ...) {
  (void)flag;
  va_list values;
  va_start(values, format);
  const int written = vfprintf(file, format, values);
  va_end(values);
  return written;
}
