#include <signal.h>
#include <stddef.h>

#include "given.h"
#include "program.h"

static signal_set kept;

static const int watched[] = {SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH};

void kept_signals_watch(void) {
  for (size_t at = 0; at < sizeof watched / sizeof *watched; at++)
    if (!given_ignored(watched[at]) && !given_blocked(watched[at]))
      kept |= signal_bit(watched[at]);
  signals_block(kept);
}

void kept_signals_again(void) {
  signals_block(kept);
}

int kept_signals_take(void) {
  return kept == 0 ? 0 : signals_take(kept);
}

int kept_signals_descriptor(void) {
  return signals_descriptor(kept | signal_bit(SIGCHLD));
}
