#include <signal.h>
#include <unistd.h>

#include "check.h"
#include "given.h"
#include "program.h"

void test_kept(void) {
  CHECK_NUMBER(kept_signals_take(), 0);
  kept_signals_watch();
  kept_signals_watch();
  CHECK_NUMBER(kept_signals_take(), 0);
  // Both would end this process.
  CHECK(kill(getpid(), SIGTERM) == 0 && kill(getpid(), SIGTERM) == 0 && kill(getpid(), SIGHUP) == 0);
  const int first = kept_signals_take();
  const int second = kept_signals_take();
  CHECK(first + second == SIGTERM + SIGHUP && first != second);
  CHECK_NUMBER(kept_signals_take(), 0);
  signals_block(signal_bit(SIGCHLD));
  const int descriptor = kept_signals_descriptor();
  CHECK(descriptor > 2);
  close(descriptor);
}
