/** Starting programs. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct program {
  /** Holds a slash; not searched. */
  const char* file;
  char* const* arguments;
  /** `NAME=value` each. */
  char* const* environment;
  const char* directory;
};

enum stage { stage_directory = 1, stage_execute = 2 };

/** Why a program could not be started. */
struct refusal {
  /** Negative errno. */
  int error;
  enum stage stage;
};

/** How a new process differs from this one. */
struct setting {
  /** A session of its own without a terminal; else a process group of its own. */
  bool session;
  /** Descriptors that become 0 to 2; -1: as it is. */
  int standard[3];
  /** Whether it keeps descriptors from 3 on. */
  bool keeps_descriptors;
  /** A terminal whose foreground the process becomes; -1: none. */
  int terminal;
};

/** Starts a program; -1 and why not, or its process. It has been executed when this answers. */
pid_t program_start(const struct program* program, const struct setting* setting, struct refusal* refusal);

/** Replaces this process; comes back only when that was not possible, with everything as before. */
struct refusal program_execute(const struct program* program);

/** How a program ended: its exit code, or the signal that ended it. */
struct end {
  int code;
  int signal;
};

struct end end_of(int status);

/** Takes output of stream 1 or 2; anything but 0 ends the program. */
typedef int take_output(void* context, int stream, const char* bytes, size_t length);

/** What a run came to. */
struct run {
  struct end end;
  bool timed_out;
  /** The kept signals that came meanwhile, each once, in the order of their coming. */
  int signals[64];
  size_t signal_count;
  /** What the taker answered last. */
  int taken;
};

/**
 * Runs a program in a session of its own to its end, stdin empty, and gives its output as it comes. Kept signals are
 * passed on to its group. After `milliseconds` (0: never) the group gets TERM, five seconds later KILL. Output that
 * something it left running holds open is waited for two seconds. True when it was started.
 */
bool program_run(const struct program* program, double milliseconds, take_output* take, void* context, struct run* run,
                 struct refusal* refusal);

/** Keeps TERM INT QUIT HUP USR1 USR2 WINCH from now on, but for those that were given as ignored or blocked. */
void kept_signals_watch(void);
/** The number of a kept signal; 0 when there is none. */
int kept_signals_take(void);
/** Keeps them again, if they were, after the mask was changed. */
void kept_signals_again(void);
/** A descriptor that tells of kept signals and of SIGCHLD. */
int kept_signals_descriptor(void);

/**
 * Is an init for a program: passes on signals, waits for every orphan, stops and goes on with it where a shell watches.
 * Its exit status (128 + n for a signal), or -1 and why it could not be started.
 */
int program_supervise(const struct program* program, struct refusal* refusal);

/** Milliseconds of a clock that only goes forward. */
double monotonic(void);
