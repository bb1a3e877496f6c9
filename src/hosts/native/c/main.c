/**
 * Runs the application that is linked in as bytecode. Not the engine's own main: that one ends with 0 after an error in
 * an async function, waits for ever for a promise that nobody settles, and has room for 611 calls (Q1, Q4).
 */
#include <stdlib.h>

#include "engine.h"
#include "given.h"
#include "stack.h"

static void work(void* status) {
  given_work();
  *(int*)status = engine_run(stack_size());
}

int main(int count, char** arguments) {
  int status = 70;
  given_remember();
  engine_start(count, arguments);
  return stack_run(work, &status) == 0 ? status : 70;
}
