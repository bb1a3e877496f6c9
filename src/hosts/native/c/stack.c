#include "stack.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>

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

int stack_run(void* (*function)(void*), void* argument) {
  void* area = reserve();
  if (area == MAP_FAILED)
    return ENOMEM;
  pthread_attr_t attributes;
  pthread_t thread;
  int error = prepare(area);
  if (error == 0)
    error = pthread_attr_init(&attributes);
  if (error != 0)
    return error;
  error = pthread_attr_setstack(&attributes, area, size);
  if (error == 0)
    error = pthread_create(&thread, &attributes, function, argument);
  (void)pthread_attr_destroy(&attributes);
  return error == 0 ? pthread_join(thread, NULL) : error;
}
