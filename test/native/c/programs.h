/** What tests of programs share. */
#pragma once

#include "program.h"

/** `sh -c SCRIPT` in this directory, with PATH and what else is given. */
struct program script(const char* text);
