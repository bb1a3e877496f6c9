#include <errno.h>
#include <limits.h>
#include <quickjs.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bind.h"
#include "convert.h"
#include "program.h"

struct start start;

static JSValue give_list(JSContext* context, char* const* list) {
  const JSValue array = JS_NewArray(context);
  for (size_t at = 0; !JS_IsException(array) && list != NULL && list[at] != NULL; at++)
    if (!push(context, array, at, give_text(context, list[at]))) {
      JS_FreeValue(context, array);
      return JS_EXCEPTION;
    }
  return array;
}

static JSValue get_argv(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  return give_list(context, start.arguments);
}

static JSValue get_environ(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  return give_list(context, environ);
}

static JSValue get_groups(JSContext* context) {
  const int most = getgroups(0, NULL);
  gid_t* groups = calloc(most > 0 ? (size_t)most : 1, sizeof *groups);
  if (groups == NULL)
    return JS_ThrowOutOfMemory(context);
  const int count = most > 0 ? getgroups(most, groups) : 0;
  const JSValue list = JS_NewArray(context);
  bool fine = !JS_IsException(list);
  for (int at = 0; fine && at < count; at++)
    fine = push(context, list, (size_t)at, JS_NewInt64(context, groups[at]));
  free(groups);
  if (fine)
    return list;
  JS_FreeValue(context, list);
  return JS_EXCEPTION;
}

static JSValue get_identity(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  const JSValue identity = JS_NewObject(context);
  if (JS_IsException(identity))
    return identity;
  if (set(context, identity, "uid", JS_NewInt64(context, getuid())) &&
      set(context, identity, "euid", JS_NewInt64(context, geteuid())) &&
      set(context, identity, "gid", JS_NewInt64(context, getgid())) &&
      set(context, identity, "egid", JS_NewInt64(context, getegid())) &&
      set(context, identity, "pid", JS_NewInt64(context, getpid())) &&
      set(context, identity, "ppid", JS_NewInt64(context, getppid())) &&
      set(context, identity, "groups", get_groups(context)))
    return identity;
  JS_FreeValue(context, identity);
  return JS_EXCEPTION;
}

/** The kernel refuses a set that is too small for the machine. */
static int count_processors(void) {
  for (size_t room = CPU_SETSIZE; room <= 1 << 16; room *= 2) {
    cpu_set_t* set_of_processors = CPU_ALLOC(room);
    if (set_of_processors == NULL)
      return 0;
    const size_t size = CPU_ALLOC_SIZE(room);
    const int failed = sched_getaffinity(0, size, set_of_processors);
    const int error = errno;
    const int processors = failed == 0 ? CPU_COUNT_S(size, set_of_processors) : 0;
    CPU_FREE(set_of_processors);
    if (failed == 0 || error != EINVAL)
      return processors;
  }
  return 0;
}

static JSValue get_processors(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  return JS_NewInt32(context, count_processors());
}

static JSValue get_directory(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  char path[PATH_MAX];
  return getcwd(path, sizeof path) != NULL ? give_text(context, path) : give_result(context, -errno);
}

static JSValue change_directory(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  if (!take_name(context, given[0], &path))
    return JS_EXCEPTION;
  const JSValue result = give_call(context, chdir(path.data));
  free(path.data);
  return result;
}

static JSValue set_umask(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  uint32_t mask;
  if (JS_ToUint32(context, &mask, given[0]) != 0)
    return JS_EXCEPTION;
  return JS_NewInt32(context, (int32_t)umask(mask & 0777));
}

static JSValue get_monotonic(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  return JS_NewFloat64(context, monotonic());
}

static JSValue get_timestamp(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  struct timespec now;
  struct tm parts;
  clock_gettime(CLOCK_REALTIME, &now);
  if (gmtime_r(&now.tv_sec, &parts) == NULL)
    return JS_NewString(context, "");
  char seconds[64];
  char text[80];
  strftime(seconds, sizeof seconds, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text, sizeof text, "%s.%03dZ", seconds, (int)(now.tv_nsec / 1000000));
  return JS_NewString(context, text);
}

static JSValue end_process(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  int32_t code;
  if (JS_ToInt32(context, &code, given[0]) != 0)
    return JS_EXCEPTION;
  // Nothing is buffered, and the engine's memory goes with the process.
  _exit(code);
}

struct function_list process_functions(void) {
  static const JSCFunctionListEntry entries[] = {
      FUNCTION("argv", 0, get_argv),           FUNCTION("environ", 0, get_environ),
      FUNCTION("identity", 0, get_identity),   FUNCTION("processors", 0, get_processors),
      FUNCTION("directory", 0, get_directory), FUNCTION("changeDirectory", 1, change_directory),
      FUNCTION("umask", 1, set_umask),         FUNCTION("monotonic", 0, get_monotonic),
      FUNCTION("timestamp", 0, get_timestamp), FUNCTION("exit", 1, end_process),
  };
  return FUNCTION_LIST(entries);
}
