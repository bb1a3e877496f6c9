#include <quickjs.h>
#include <stdlib.h>

#include "bind.h"
#include "convert.h"
#include "exchange.h"
#include "program.h"

/** A program with the memory it needs. */
struct specification {
  struct program program;
  struct bytes file, directory;
  char** arguments;
  char** environment;
  double milliseconds;
};

static void free_specification(struct specification* specification) {
  free(specification->file.data);
  free(specification->directory.data);
  free_list(specification->arguments);
  free_list(specification->environment);
}

static bool take_name_of(JSContext* context, JSValueConst object, const char* property, struct bytes* bytes) {
  const JSValue value = JS_GetPropertyStr(context, object, property);
  const bool taken = !JS_IsException(value) && take_name(context, value, bytes);
  JS_FreeValue(context, value);
  return taken;
}

static bool take_list_of(JSContext* context, JSValueConst object, const char* property, char*** list) {
  const JSValue value = JS_GetPropertyStr(context, object, property);
  const bool taken = !JS_IsException(value) && take_list(context, value, list);
  JS_FreeValue(context, value);
  return taken;
}

/** Not there: 0. */
static bool take_milliseconds(JSContext* context, JSValueConst object, double* milliseconds) {
  const JSValue value = JS_GetPropertyStr(context, object, "milliseconds");
  const bool taken =
      !JS_IsException(value) && (JS_IsUndefined(value) || JS_ToFloat64(context, milliseconds, value) == 0);
  JS_FreeValue(context, value);
  return taken;
}

static bool take_specification(JSContext* context, JSValueConst given, struct specification* specification) {
  *specification = (struct specification){0};
  if (take_name_of(context, given, "file", &specification->file) &&
      take_name_of(context, given, "directory", &specification->directory) &&
      take_list_of(context, given, "argv", &specification->arguments) &&
      take_list_of(context, given, "environment", &specification->environment) &&
      take_milliseconds(context, given, &specification->milliseconds)) {
    specification->program = (struct program){
        .file = specification->file.data,
        .arguments = specification->arguments,
        .environment = specification->environment,
        .directory = specification->directory.data,
    };
    return true;
  }
  free_specification(specification);
  return false;
}

static JSValue give_refusal(JSContext* context, const struct refusal* refusal) {
  const JSValue pair = JS_NewArray(context);
  if (JS_IsException(pair))
    return pair;
  if (push(context, pair, 0, JS_NewInt32(context, refusal->error)) &&
      push(context, pair, 1, JS_NewInt32(context, (int32_t)refusal->stage)))
    return pair;
  JS_FreeValue(context, pair);
  return JS_EXCEPTION;
}

static JSValue give_signals(JSContext* context, const struct run* run) {
  const JSValue list = JS_NewArray(context);
  for (size_t at = 0; !JS_IsException(list) && at < run->signal_count; at++)
    if (!push(context, list, at, JS_NewInt32(context, run->signals[at]))) {
      JS_FreeValue(context, list);
      return JS_EXCEPTION;
    }
  return list;
}

static JSValue give_run(JSContext* context, const struct run* run) {
  const JSValue result = JS_NewObject(context);
  if (JS_IsException(result))
    return result;
  if (set(context, result, "code", JS_NewInt32(context, run->end.code)) &&
      set(context, result, "signal", JS_NewInt32(context, run->end.signal)) &&
      set(context, result, "timedOut", JS_NewBool(context, run->timed_out)) &&
      set(context, result, "signals", give_signals(context, run)))
    return result;
  JS_FreeValue(context, result);
  return JS_EXCEPTION;
}

struct callback {
  JSContext* context;
  JSValueConst function;
};

/** Output goes to the function; what it throws stays pending in the engine and ends the run. */
static int call_back(void* context, int stream, const char* bytes, size_t length) {
  const struct callback* callback = context;
  JSValue arguments[2] = {JS_NewInt32(callback->context, stream), give_bytes(callback->context, bytes, length)};
  if (JS_IsException(arguments[1]))
    return -1;
  const JSValue result = JS_Call(callback->context, callback->function, JS_UNDEFINED, 2, arguments);
  const bool thrown = JS_IsException(result);
  JS_FreeValue(callback->context, result);
  JS_FreeValue(callback->context, arguments[1]);
  return thrown ? -1 : 0;
}

static JSValue do_run(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct specification specification;
  if (!JS_IsFunction(context, given[1]))
    return JS_ThrowTypeError(context, "no function for the output");
  if (!take_specification(context, given[0], &specification))
    return JS_EXCEPTION;
  struct callback callback = {context, given[1]};
  struct run run;
  struct refusal refusal;
  const bool started =
      program_run(&specification.program, specification.milliseconds, call_back, &callback, &run, &refusal);
  free_specification(&specification);
  if (!started)
    return give_refusal(context, &refusal);
  return run.taken == 0 ? give_run(context, &run) : JS_EXCEPTION;
}

static JSValue do_execute(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct specification specification;
  if (!take_specification(context, given[0], &specification))
    return JS_EXCEPTION;
  const struct refusal refusal = program_execute(&specification.program);
  free_specification(&specification);
  return give_refusal(context, &refusal);
}

static JSValue do_supervise(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct specification specification;
  if (!take_specification(context, given[0], &specification))
    return JS_EXCEPTION;
  struct refusal refusal;
  const int code = program_supervise(&specification.program, &refusal);
  free_specification(&specification);
  return code >= 0 ? JS_NewInt32(context, code) : give_refusal(context, &refusal);
}

static JSValue watch_signals(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  kept_signals_watch();
  return give_result(context, 0);
}

static JSValue take_signal(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count, (void)given;
  return JS_NewInt32(context, kept_signals_take());
}

static JSValue do_exchange(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes address, request;
  struct question question = {0};
  int64_t most;
  if (JS_ToInt32(context, &question.port, given[1]) != 0 || JS_ToInt64(context, &most, given[3]) != 0 ||
      JS_ToFloat64(context, &question.milliseconds, given[4]) != 0 || !take_name(context, given[0], &address))
    return JS_EXCEPTION;
  if (!take_bytes(context, given[2], &request)) {
    free(address.data);
    return JS_EXCEPTION;
  }
  question.address = address.data;
  question.request = request.data;
  question.length = request.length;
  question.most = most < 0 ? 0 : (size_t)most;
  struct buffer answer = {0};
  const int failed = exchange(&question, &answer);
  const JSValue result = failed != 0 ? give_result(context, failed) : give_bytes(context, answer.data, answer.length);
  buffer_free(&answer);
  free(address.data);
  free(request.data);
  return result;
}

struct function_list program_functions(void) {
  static const JSCFunctionListEntry entries[] = {
      FUNCTION("watchSignals", 0, watch_signals),
      FUNCTION("takeSignal", 0, take_signal),
      FUNCTION("run", 2, do_run),
      FUNCTION("execute", 1, do_execute),
      FUNCTION("supervise", 1, do_supervise),
      FUNCTION("exchange", 5, do_exchange),
  };
  return FUNCTION_LIST(entries);
}
