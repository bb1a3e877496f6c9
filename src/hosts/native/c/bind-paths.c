#include <errno.h>
#include <fcntl.h>
#include <quickjs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bind.h"
#include "convert.h"
#include "files.h"

/** Calls something with one path and gives 0 or a negative errno. */
static JSValue on_path(JSContext* context, JSValueConst given, int (*call)(const char*)) {
  struct bytes path;
  if (!take_name(context, given, &path))
    return JS_EXCEPTION;
  const JSValue result = give_call(context, call(path.data));
  free(path.data);
  return result;
}

static JSValue on_path_and_mode(JSContext* context, JSValueConst* given, int (*call)(const char*, mode_t)) {
  struct bytes path;
  uint32_t mode;
  if (JS_ToUint32(context, &mode, given[1]) != 0 || !take_name(context, given[0], &path))
    return JS_EXCEPTION;
  const JSValue result = give_call(context, call(path.data, mode & 07777));
  free(path.data);
  return result;
}

static JSValue on_two_paths(JSContext* context, JSValueConst* given, int (*call)(const char*, const char*)) {
  struct bytes first, second;
  if (!take_name(context, given[0], &first))
    return JS_EXCEPTION;
  if (!take_name(context, given[1], &second)) {
    free(first.data);
    return JS_EXCEPTION;
  }
  const JSValue result = give_call(context, call(first.data, second.data));
  free(first.data);
  free(second.data);
  return result;
}

static JSValue do_unlink(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_path(context, given[0], unlink);
}

static JSValue do_rmdir(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_path(context, given[0], rmdir);
}

static JSValue do_mkdir(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_path_and_mode(context, given, mkdir);
}

static JSValue do_chmod(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_path_and_mode(context, given, chmod);
}

static JSValue do_rename(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_two_paths(context, given, rename);
}

static JSValue do_symlink(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_two_paths(context, given, symlink);
}

/** As the system's own calls do it. */
static int copy_call(const char* from, const char* to) {
  const int result = file_copy(from, to);
  errno = -result;
  return result == 0 ? 0 : -1;
}

static JSValue do_copy(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_two_paths(context, given, copy_call);
}

static JSValue do_lchown(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  int64_t uid, gid;
  if (JS_ToInt64(context, &uid, given[1]) != 0 || JS_ToInt64(context, &gid, given[2]) != 0 ||
      !take_name(context, given[0], &path))
    return JS_EXCEPTION;
  const JSValue result = give_call(context, lchown(path.data, (uid_t)uid, (gid_t)gid));
  free(path.data);
  return result;
}

static bool take_time(JSContext* context, JSValueConst value, struct timespec* time) {
  int64_t nanoseconds;
  if (JS_ToBigInt64(context, &nanoseconds, value) != 0)
    return false;
  const int64_t second = 1000000000;
  // Rounded down also before 1970: the kernel takes no negative nanoseconds.
  const int64_t rest = (nanoseconds % second + second) % second;
  time->tv_sec = (nanoseconds - rest) / second;
  time->tv_nsec = rest;
  return true;
}

static JSValue do_change_times(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  struct timespec times[2];
  if (!take_time(context, given[1], &times[0]) || !take_time(context, given[2], &times[1]) ||
      !take_name(context, given[0], &path))
    return JS_EXCEPTION;
  const JSValue result = give_call(context, utimensat(AT_FDCWD, path.data, times, AT_SYMLINK_NOFOLLOW));
  free(path.data);
  return result;
}

static JSValue may_execute(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  if (!take_name(context, given[0], &path))
    return JS_EXCEPTION;
  const bool may = access(path.data, X_OK) == 0;
  free(path.data);
  return JS_NewBool(context, may);
}

struct function_list path_functions(void) {
  static const JSCFunctionListEntry entries[] = {
      FUNCTION("copyFile", 2, do_copy),
      FUNCTION("symbolicLink", 2, do_symlink),
      FUNCTION("rename", 2, do_rename),
      FUNCTION("makeDirectory", 2, do_mkdir),
      FUNCTION("removeDirectory", 1, do_rmdir),
      FUNCTION("unlink", 1, do_unlink),
      FUNCTION("changeMode", 2, do_chmod),
      FUNCTION("changeOwner", 3, do_lchown),
      FUNCTION("changeTimes", 3, do_change_times),
      FUNCTION("mayExecute", 1, may_execute),
  };
  return FUNCTION_LIST(entries);
}
