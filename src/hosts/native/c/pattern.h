/** Patterns for paths. */
#pragma once

#include <stdbool.h>

/** Whether a pattern stands for the whole path: `*` for any bytes but slashes, `?` for one. */
bool pattern_matches(const char* pattern, const char* path);
