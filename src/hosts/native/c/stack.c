#include "stack.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <ucontext.h>

/** Bytes; pages are taken only when they are used. Where memory is limited to less, a smaller one does, too. */
static const size_t wanted = (size_t)64 << 20, least = (size_t)1 << 20, guard = (size_t)64 << 10;

static size_t size;

size_t stack_size(void) {
  return size - guard;
}

static void* reserve(void) {
  for (size = wanted; size >= least; size /= 2) {
    void* area =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (area != MAP_FAILED)
      return area;
  }
  return MAP_FAILED;
}

/** 64 KiB at the far end may not be touched; and a first use must not take 2 MiB at once, as huge pages would. */
static int prepare(void* area) {
#ifdef MADV_NOHUGEPAGE
  (void)madvise(area, size, MADV_NOHUGEPAGE);
#endif
  return mprotect(area, guard, PROT_NONE) == 0 ? 0 : errno;
}

/** What runs there. Kept apart, because makecontext hands over whole numbers only. */
static struct {
  void (*function)(void*);
  void* argument;
} work;

static void begin(void) {
  work.function(work.argument);
}

int stack_run(void (*function)(void*), void* argument) {
  ucontext_t here, there;
  volatile bool done = false;
  void* area = reserve();
  if (area == MAP_FAILED)
    return ENOMEM;
  const int error = prepare(area);
  if (error != 0)
    return error;
  if (getcontext(&there) != 0 || getcontext(&here) != 0)
    return errno;
  // It comes here a second time, at the end of the function.
  if (done)
    return 0;
  done = true;
  there.uc_stack = (stack_t){.ss_sp = area, .ss_size = size};
  there.uc_link = &here;
  work.function = function;
  work.argument = argument;
  makecontext(&there, begin, 0);
  return setcontext(&there) == 0 ? 0 : errno;
}
