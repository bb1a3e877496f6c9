/**
 * What this process was given by whoever started it: signal mask, ignored signals, which of the standard descriptors
 * are open. A program that is handed over to must find all of it as it was. (K1 to K8 of
 * docs/upstream/quickjs-and-linux.md, as all such numbers in this folder.)
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/** The kernel's form of a signal set: the libc's own leaves out the two signals it keeps for itself. */
typedef uint64_t signal_set;

static inline signal_set signal_bit(int signal) {
  return (signal_set)1 << (signal - 1);
}

/**
 * Remembers it, before anything else. Closed standard descriptors are filled with one that can
 * neither be read nor written, so that nothing opened later gets their number.
 */
void given_remember(void);

/**
 * Sets up this process to work: the mask as given, and blocked: SIGPIPE and SIGXFSZ (writing answers an error instead)
 * and SIGCHLD (waited for by descriptor). A SIGCHLD that was given as ignored would make children vanish, so it is
 * default.
 */
void given_work(void);

/** Mask and dispositions as they were given: right before a program is executed. */
void given_restore(void);

bool given_ignored(int signal);
bool given_blocked(int signal);

void signals_block(signal_set set);
/** Takes a pending, blocked signal of the set; 0 when there is none. */
int signals_take(signal_set set);
/** A descriptor that becomes readable when a signal of the set is pending, or a negative errno. */
int signals_descriptor(signal_set set);
/** Waits for a signal of the set, which is blocked. */
int signals_wait(signal_set set);
