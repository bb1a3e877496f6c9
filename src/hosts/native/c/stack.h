/** A thread with room for deep recursion, whatever `ulimit -s` says. */
#pragma once

#include <stddef.h>

/** Runs a function in a thread of its own to its end; 0 or an errno. */
int stack_run(void* (*function)(void*), void* argument);
/** Bytes its stack has. */
size_t stack_size(void);
