/** SHA-256 (FIPS 180-4). */
#pragma once

#include <stddef.h>

enum { digest_digits = 64 };

/** Hexadecimal digest of some bytes, ended by a NUL. */
void digest_text(const void* bytes, size_t length, char digits[digest_digits + 1]);
