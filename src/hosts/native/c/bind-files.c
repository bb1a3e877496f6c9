#include <errno.h>
#include <fcntl.h>
#include <quickjs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bind.h"
#include "convert.h"
#include "files.h"
#include "names.h"

static const char* type_name(mode_t mode) {
  switch (mode & S_IFMT) {
  case S_IFREG:
    return "file";
  case S_IFDIR:
    return "directory";
  case S_IFLNK:
    return "link";
  case S_IFIFO:
    return "fifo";
  case S_IFSOCK:
    return "socket";
  default:
    return "device";
  }
}

static JSValue give_time(JSContext* context, const struct timespec* time) {
  return JS_NewBigInt64(context, (int64_t)time->tv_sec * 1000000000 + time->tv_nsec);
}

static JSValue give_status(JSContext* context, const struct stat* found) {
  const JSValue status = JS_NewObject(context);
  if (JS_IsException(status))
    return status;
  if (set(context, status, "type", JS_NewString(context, type_name(found->st_mode))) &&
      set(context, status, "mode", JS_NewInt32(context, found->st_mode & 07777)) &&
      set(context, status, "size", JS_NewInt64(context, found->st_size)) &&
      set(context, status, "uid", JS_NewInt64(context, found->st_uid)) &&
      set(context, status, "gid", JS_NewInt64(context, found->st_gid)) &&
      set(context, status, "device", JS_NewInt64(context, (int64_t)found->st_dev)) &&
      set(context, status, "inode", JS_NewBigUint64(context, found->st_ino)) &&
      set(context, status, "links", JS_NewInt64(context, (int64_t)found->st_nlink)) &&
      set(context, status, "modified", give_time(context, &found->st_mtim)) &&
      set(context, status, "accessed", give_time(context, &found->st_atim)))
    return status;
  JS_FreeValue(context, status);
  return JS_EXCEPTION;
}

static JSValue get_status(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  int32_t follow;
  if (JS_ToInt32(context, &follow, given[1]) != 0 || !take_name(context, given[0], &path))
    return JS_EXCEPTION;
  struct stat found;
  const int failed = fstatat(AT_FDCWD, path.data, &found, follow != 0 ? 0 : AT_SYMLINK_NOFOLLOW);
  const JSValue status = failed == 0 ? give_status(context, &found) : give_result(context, -errno);
  free(path.data);
  return status;
}

static int names_of(const char* path, struct names* names) {
  const int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0)
    return -errno;
  const int failed = names_read(directory, SIZE_MAX, names);
  close(directory);
  return failed;
}

static JSValue get_list(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  if (!take_name(context, given[0], &path))
    return JS_EXCEPTION;
  struct names names;
  const int failed = names_of(path.data, &names);
  free(path.data);
  if (failed != 0)
    return give_result(context, failed);
  JSValue list = JS_NewArray(context);
  for (size_t at = 0; !JS_IsException(list) && at < names.count; at++)
    if (!push(context, list, at, give_text(context, names_at(&names, at)))) {
      JS_FreeValue(context, list);
      list = JS_EXCEPTION;
    }
  names_free(&names);
  return list;
}

static JSValue give_buffer(JSContext* context, int failed, struct buffer* buffer) {
  const JSValue result = failed != 0 ? give_result(context, failed) : give_bytes(context, buffer->data, buffer->length);
  buffer_free(buffer);
  return result;
}

static JSValue get_content(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  int64_t most;
  if (JS_ToInt64(context, &most, given[1]) != 0 || !take_name(context, given[0], &path))
    return JS_EXCEPTION;
  struct buffer content = {0};
  const int failed = file_read(path.data, most < 0 ? 0 : (size_t)most, &content);
  free(path.data);
  return give_buffer(context, failed, &content);
}

static JSValue get_link(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  if (!take_name(context, given[0], &path))
    return JS_EXCEPTION;
  struct buffer target = {0};
  const int failed = link_read(path.data, &target);
  free(path.data);
  return give_buffer(context, failed, &target);
}

static JSValue get_real_path(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path;
  if (!take_name(context, given[0], &path))
    return JS_EXCEPTION;
  char* real = realpath(path.data, NULL);
  const JSValue result = real != NULL ? give_text(context, real) : give_result(context, -errno);
  free(real);
  free(path.data);
  return result;
}

static JSValue create_file(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes path, content;
  uint32_t mode;
  if (JS_ToUint32(context, &mode, given[2]) != 0 || !take_name(context, given[0], &path))
    return JS_EXCEPTION;
  if (!take_bytes(context, given[1], &content)) {
    free(path.data);
    return JS_EXCEPTION;
  }
  const JSValue result = give_result(context, file_create(path.data, content.data, content.length, mode & 07777));
  free(path.data);
  free(content.data);
  return result;
}

static JSValue make_temporary(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes prefix;
  if (!take_name(context, given[0], &prefix))
    return JS_EXCEPTION;
  char* path = malloc(prefix.length + sizeof "XXXXXX");
  JSValue result;
  if (path == NULL) {
    result = JS_ThrowOutOfMemory(context);
  } else {
    memcpy(path, prefix.data, prefix.length);
    memcpy(path + prefix.length, "XXXXXX", sizeof "XXXXXX");
    result = mkdtemp(path) != NULL ? give_text(context, path) : give_result(context, -errno);
  }
  free(path);
  free(prefix.data);
  return result;
}

static JSValue write_all(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes content;
  int32_t descriptor;
  if (JS_ToInt32(context, &descriptor, given[0]) != 0 || !take_bytes(context, given[1], &content))
    return JS_EXCEPTION;
  const JSValue result = give_result(context, descriptor_write(descriptor, content.data, content.length));
  free(content.data);
  return result;
}

static JSValue is_terminal(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  int32_t descriptor;
  if (JS_ToInt32(context, &descriptor, given[0]) != 0)
    return JS_EXCEPTION;
  return JS_NewBool(context, isatty(descriptor) == 1);
}

struct function_list file_functions(void) {
  static const JSCFunctionListEntry entries[] = {
      FUNCTION("status", 2, get_status),
      FUNCTION("list", 1, get_list),
      FUNCTION("readFile", 2, get_content),
      FUNCTION("createFile", 3, create_file),
      FUNCTION("readLink", 1, get_link),
      FUNCTION("realPath", 1, get_real_path),
      FUNCTION("makeTemporary", 1, make_temporary),
      FUNCTION("write", 2, write_all),
      FUNCTION("isTerminal", 1, is_terminal),
  };
  return FUNCTION_LIST(entries);
}
