/** Single files. Every function answers 0 or a negative errno. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

#include "buffer.h"

/** Content of a regular file (those of /proc, too): -EISDIR, -ENOTSUP for what is neither, -EFBIG when it is longer. */
int file_read(const char* path, size_t most, struct buffer* content);
/** A new file; what it made is removed when it fails. */
int file_create(const char* path, const char* content, size_t length, mode_t mode);
/** A new file of mode 0600 with the content of another one, sharing its blocks where the file system can. */
int file_copy(const char* from, const char* to);
/** Writes all, waiting where the descriptor is full and does not block. No signal: -EPIPE, -EFBIG. */
int descriptor_write(int descriptor, const char* content, size_t length);
/** Tries again after a signal; the count (0 at the end) or a negative errno. */
ssize_t descriptor_read(int descriptor, void* room, size_t length);
int link_read(const char* path, struct buffer* target);
