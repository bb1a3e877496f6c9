/** Text: UTF-8 and the names of errors. */
#pragma once

#include <stddef.h>

/** Offset of the first byte that begins no UTF-8 sequence (overlong forms and surrogates are none); -1 when all is
 * UTF-8. */
ptrdiff_t text_bad_offset(const char* bytes, size_t length);

/** `ENOENT` for 2; NULL for a number without a name. */
const char* error_name(int error);
