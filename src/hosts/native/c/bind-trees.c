#include <errno.h>
#include <fcntl.h>
#include <quickjs.h>
#include <stdlib.h>
#include <unistd.h>

#include "bind.h"
#include "convert.h"
#include "trees.h"

static JSValue give_problem(JSContext* context, const struct problem* problem) {
  const JSValue object = JS_NewObject(context);
  if (JS_IsException(object))
    return object;
  if (set(context, object, "name", give_bytes(context, problem->name.data, problem->name.length)) &&
      set(context, object, "errno", JS_NewInt32(context, problem->error)))
    return object;
  JS_FreeValue(context, object);
  return JS_EXCEPTION;
}

static JSValue give_problems(JSContext* context, const struct report* report) {
  const JSValue list = JS_NewArray(context);
  for (size_t at = 0; !JS_IsException(list) && at < report->problem_count; at++)
    if (!push(context, list, at, give_problem(context, report->problems + at))) {
      JS_FreeValue(context, list);
      return JS_EXCEPTION;
    }
  return list;
}

/** Frees the report. */
static JSValue give_report(JSContext* context, struct report* report) {
  JSValue object = JS_NewObject(context);
  if (!JS_IsException(object) && !(set(context, object, "seen", JS_NewFloat64(context, report->seen)) &&
                                   set(context, object, "changed", JS_NewFloat64(context, report->changed)) &&
                                   set(context, object, "removed", JS_NewFloat64(context, report->removed)) &&
                                   set(context, object, "skipped", JS_NewFloat64(context, report->skipped)) &&
                                   set(context, object, "problems", give_problems(context, report)))) {
    JS_FreeValue(context, object);
    object = JS_EXCEPTION;
  }
  report_free(report);
  return object;
}

static JSValue on_tree(JSContext* context, JSValueConst given, void (*act)(const char*, struct report*)) {
  struct bytes path;
  if (!take_name(context, given, &path))
    return JS_EXCEPTION;
  struct report report = {0};
  act(path.data, &report);
  free(path.data);
  return give_report(context, &report);
}

static JSValue do_normalise(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_tree(context, given[0], normalise_tree);
}

static JSValue do_remove(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  return on_tree(context, given[0], remove_tree);
}

struct hits {
  JSContext* context;
  JSValue list;
  size_t count;
};

static int add_hit(void* context, const char* name) {
  struct hits* hits = context;
  return push(hits->context, hits->list, hits->count++, give_text(hits->context, name)) ? 0 : -1;
}

/** Takes the list of hits. */
static JSValue give_scan(JSContext* context, JSValue hits, const struct report* report) {
  const JSValue object = JS_NewObject(context);
  if (JS_IsException(object)) {
    JS_FreeValue(context, hits);
    return object;
  }
  if (set(context, object, "hits", hits) && set(context, object, "seen", JS_NewFloat64(context, report->seen)) &&
      set(context, object, "problems", give_problems(context, report)))
    return object;
  JS_FreeValue(context, object);
  return JS_EXCEPTION;
}

static JSValue scan(JSContext* context, const char* root, char* const* needles) {
  struct hits hits = {context, JS_NewArray(context), 0};
  if (JS_IsException(hits.list))
    return hits.list;
  struct report report = {0};
  const int failed = scan_tree(root, needles, add_hit, &hits, &report);
  JSValue result = JS_EXCEPTION;
  if (failed == 0) {
    result = give_scan(context, hits.list, &report);
  } else {
    JS_FreeValue(context, hits.list);
    // Otherwise the engine said why already.
    if (failed != -1)
      JS_ThrowOutOfMemory(context);
  }
  report_free(&report);
  return result;
}

static JSValue do_scan(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes root;
  char** needles;
  if (!take_list(context, given[1], &needles))
    return JS_EXCEPTION;
  JSValue result = JS_EXCEPTION;
  if (take_name(context, given[0], &root)) {
    result = scan(context, root.data, needles);
    free(root.data);
  }
  free_list(needles);
  return result;
}

/** Into a new file; NULL: to standard output. */
static void archive_to(const char* file, const char* root, char* const* exclude, struct report* report) {
  const int descriptor = file == NULL ? 1 : open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    report_problem(report, file, -errno);
    return;
  }
  archive_tree(descriptor, root, exclude, report);
  if (file != NULL && close(descriptor) != 0)
    report_problem(report, file, -errno);
}

/** The file is NULL for null. */
static bool take_file(JSContext* context, JSValueConst value, struct bytes* file) {
  *file = (struct bytes){0};
  return JS_IsNull(value) || take_name(context, value, file);
}

static JSValue do_archive(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes file, root;
  char** exclude;
  if (!take_list(context, given[2], &exclude))
    return JS_EXCEPTION;
  JSValue result = JS_EXCEPTION;
  if (take_file(context, given[0], &file)) {
    if (take_name(context, given[1], &root)) {
      struct report report = {0};
      archive_to(file.data, root.data, exclude, &report);
      free(root.data);
      result = give_report(context, &report);
    }
    free(file.data);
  }
  free_list(exclude);
  return result;
}

struct function_list tree_functions(void) {
  static const JSCFunctionListEntry entries[] = {
      FUNCTION("normaliseTree", 1, do_normalise),
      FUNCTION("removeTree", 1, do_remove),
      FUNCTION("scanTree", 2, do_scan),
      FUNCTION("archiveTree", 3, do_archive),
  };
  return FUNCTION_LIST(entries);
}
