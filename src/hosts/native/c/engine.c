#include "engine.h"

#include <quickjs.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "files.h"

/** Written by qjsc: the whole application, and the part of it that is read first. */
extern const uint8_t app[], first[];
extern const uint32_t app_size, first_size;

enum { internal_error = 70 };
static const size_t most_memory = (size_t)512 << 20, stack_reserve = (size_t)256 << 10;
/** Garbage is collected only from here on: `run` never gets there, and its start would be a tenth longer. Bytes. */
static const size_t first_collection = (size_t)8 << 20;

/** Promises that were rejected and that nobody has looked at yet, with their reasons. */
struct rejections {
  JSValue* values;
  size_t count;
  bool lost;
};

void engine_start(int count, char** arguments) {
  start.count = count;
  start.arguments = arguments;
}

static void say(const char* text) {
  (void)descriptor_write(2, text, strlen(text));
}

static void say_value(JSContext* context, JSValueConst value) {
  const char* text = JS_ToCString(context, value);
  say(text != NULL ? text : "an error that cannot be shown");
  JS_FreeCString(context, text);
}

static void say_stack(JSContext* context, JSValueConst error) {
  const char* debug = getenv("S2I_DEBUG");
  if (debug == NULL || *debug == '\0' || !JS_IsError(context, error))
    return;
  const JSValue stack = JS_GetPropertyStr(context, error, "stack");
  if (JS_IsString(stack))
    say_value(context, stack);
  JS_FreeValue(context, stack);
}

static int fail(JSContext* context, JSValueConst error) {
  say("internal error: ");
  say_value(context, error);
  say("\n");
  say_stack(context, error);
  return internal_error;
}

static int fail_pending(JSContext* context) {
  const JSValue error = JS_GetException(context);
  const int status = fail(context, error);
  JS_FreeValue(context, error);
  return status;
}

static void add_rejection(JSContext* context, struct rejections* rejections, JSValueConst promise,
                          JSValueConst reason) {
  JSValue* values = realloc(rejections->values, (rejections->count + 1) * 2 * sizeof *values);
  if (values == NULL) {
    rejections->lost = true;
    return;
  }
  values[rejections->count * 2] = JS_DupValue(context, promise);
  values[rejections->count * 2 + 1] = JS_DupValue(context, reason);
  rejections->values = values;
  rejections->count += 1;
}

static void remove_rejection(JSContext* context, struct rejections* rejections, JSValueConst promise) {
  for (size_t at = 0; at < rejections->count; at++) {
    JSValue* pair = rejections->values + at * 2;
    if (JS_VALUE_GET_PTR(pair[0]) != JS_VALUE_GET_PTR(promise))
      continue;
    JS_FreeValue(context, pair[0]);
    JS_FreeValue(context, pair[1]);
    rejections->count -= 1;
    memmove(pair, pair + 2, (rejections->count - at) * 2 * sizeof *pair);
    return;
  }
}

static void track(JSContext* context, JSValueConst promise, JSValueConst reason, JS_BOOL handled, void* rejections) {
  if (handled)
    remove_rejection(context, rejections, promise);
  else
    add_rejection(context, rejections, promise, reason);
}

static void free_rejections(JSContext* context, struct rejections* rejections) {
  for (size_t at = 0; at < rejections->count * 2; at++)
    JS_FreeValue(context, rejections->values[at]);
  free(rejections->values);
}

/** What the language has, without what nothing here uses: eval, Proxy, weak references. */
static JSContext* new_context(JSRuntime* runtime) {
  JSContext* context = JS_NewContextRaw(runtime);
  if (context == NULL)
    return NULL;
  JS_AddIntrinsicBaseObjects(context);
  JS_AddIntrinsicDate(context);
  JS_AddIntrinsicStringNormalize(context);
  JS_AddIntrinsicRegExpCompiler(context);
  JS_AddIntrinsicRegExp(context);
  JS_AddIntrinsicJSON(context);
  JS_AddIntrinsicMapSet(context);
  JS_AddIntrinsicTypedArrays(context);
  JS_AddIntrinsicPromise(context);
  return context;
}

/** Reads and starts a part; its promise, or an exception. */
static JSValue start_part(JSContext* context, const uint8_t* bytes, size_t size) {
  const JSValue module = JS_ReadObject(context, bytes, size, JS_READ_OBJ_BYTECODE);
  if (JS_IsException(module))
    return module;
  if (JS_ResolveModule(context, module) != 0) {
    JS_FreeValue(context, module);
    return JS_EXCEPTION;
  }
  return JS_EvalFunction(context, module);
}

static int run_jobs(JSContext* context) {
  JSContext* of_job;
  int result;
  do
    result = JS_ExecutePendingJob(JS_GetRuntime(context), &of_job);
  while (result > 0);
  return result == 0 ? 0 : fail_pending(of_job);
}

/** After everything has been done that can be done. */
static int judge(JSContext* context, JSValueConst part, const struct rejections* rejections) {
  if (rejections->count > 0)
    return fail(context, rejections->values[1]);
  if (!rejections->lost && JS_PromiseState(context, part) == JS_PROMISE_FULFILLED)
    return 0;
  say("internal error: stopped before the end\n");
  return internal_error;
}

static int run_part(JSContext* context, struct rejections* rejections, const uint8_t* bytes, size_t size) {
  const JSValue part = start_part(context, bytes, size);
  if (JS_IsException(part))
    return fail_pending(context);
  int status = run_jobs(context);
  if (status == 0)
    status = judge(context, part, rejections);
  JS_FreeValue(context, part);
  return status;
}

/** The first part ends the process when it was asked for something that it does. */
static int run_in(JSContext* context, struct rejections* rejections) {
  if (add_posix(context) == NULL)
    return fail_pending(context);
  const int status = run_part(context, rejections, first, first_size);
  return status != 0 ? status : run_part(context, rejections, app, app_size);
}

int engine_run(size_t stack) {
  struct rejections rejections = {0};
  JSRuntime* runtime = JS_NewRuntime();
  JSContext* context = NULL;
  if (runtime != NULL) {
    JS_SetMemoryLimit(runtime, most_memory);
    JS_SetGCThreshold(runtime, first_collection);
    JS_SetMaxStackSize(runtime, stack - stack_reserve);
    JS_SetHostPromiseRejectionTracker(runtime, track, &rejections);
    context = new_context(runtime);
  }
  if (context == NULL) {
    say("internal error: no memory for the engine\n");
    return internal_error;
  }
  const int status = run_in(context, &rejections);
  free_rejections(context, &rejections);
  JS_FreeContext(context);
  JS_FreeRuntime(runtime);
  return status;
}
