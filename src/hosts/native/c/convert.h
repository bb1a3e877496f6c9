/** Between values of the engine and bytes: one code unit a byte. */
#pragma once

#include <quickjs.h>
#include <stdbool.h>
#include <stddef.h>

/** Bytes taken out of a string, with a NUL behind them. */
struct bytes {
  char* data;
  size_t length;
};

/** False, with an exception, for what is no byte string. */
bool take_bytes(JSContext* context, JSValueConst value, struct bytes* bytes);
/** The same for what goes to the system: without NUL. */
bool take_name(JSContext* context, JSValueConst value, struct bytes* bytes);
/** The same for a whole list, which ends with NULL. */
bool take_list(JSContext* context, JSValueConst value, char*** list);
void free_list(char** list);

JSValue give_bytes(JSContext* context, const char* bytes, size_t length);
JSValue give_text(JSContext* context, const char* text);
/** 0 or a negative errno. */
JSValue give_result(JSContext* context, int result);
/** What a call of the system answered: 0, or the errno it left. */
JSValue give_call(JSContext* context, int answer);

/** Sets a property; false with an exception. Takes the value. */
bool set(JSContext* context, JSValueConst object, const char* name, JSValue value);
bool push(JSContext* context, JSValueConst list, size_t index, JSValue value);
