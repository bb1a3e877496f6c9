/** A stack with room for deep recursion, whatever `ulimit -s` says. */
#pragma once

#include <stddef.h>

/**
 * Runs a function on it to its end; 0 or an errno. Not in a thread: that would have to be started, and be ended by the
 * execve of what is handed over to, which takes a tenth of a hook, and more where processors are busy.
 */
int stack_run(void (*function)(void*), void* argument);
/** Bytes that it has. */
size_t stack_size(void);
