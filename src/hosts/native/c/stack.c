#include "stack.h"

#include <errno.h>
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

/**
 * Calls a function with the stack pointer elsewhere. The few instructions do what `makecontext` of a larger libc does;
 * registers that a call may change are said to be changed.
 */
static void call_on(void* top, void (*function)(void*), void* argument) {
#if defined(__x86_64__)
  __asm__ volatile("movq %%rsp, %%rbx\n\t"
                   "movq %[top], %%rsp\n\t"
                   "callq *%[function]\n\t"
                   "movq %%rbx, %%rsp"
                   : "+D"(argument)
                   : [top] "r"(top), [function] "r"(function)
                   : "rax", "rbx", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2", "xmm3",
                     "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
                     "xmm15", "memory", "cc");
#elif defined(__aarch64__)
  register void* first __asm__("x0") = argument;
  __asm__ volatile("mov x19, sp\n\t"
                   "mov sp, %[top]\n\t"
                   "blr %[function]\n\t"
                   "mov sp, x19"
                   : "+r"(first)
                   : [top] "r"(top), [function] "r"(function)
                   : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15",
                     "x16", "x17", "x18", "x19", "x30", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9",
                     "v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23",
                     "v24", "v25", "v26", "v27", "v28", "v29", "v30", "v31", "memory", "cc");
#else
#error "how to change the stack is known for x86-64 and arm64"
#endif
}

int stack_run(void (*function)(void*), void* argument) {
  unsigned char* area = reserve();
  if (area == MAP_FAILED)
    return ENOMEM;
  const int error = prepare(area);
  if (error == 0)
    call_on(area + size, function, argument);
  return error;
}
