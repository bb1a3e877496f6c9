/** The engine with the application in it. */
#pragma once

#include <stddef.h>

/** What the application gets to see of its start. */
void engine_start(int count, char** arguments);

/**
 * Runs the application to its end, on a stack of that many bytes. An exit status: 70 when it ended by a mistake of
 * ours, which is then said on standard error; with a stack trace where S2I_DEBUG is set.
 */
int engine_run(size_t stack);
