#include <quickjs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bind.h"
#include "convert.h"
#include "digest.h"
#include "text.h"

/** A surrogate without its other half has no UTF-8 form; it becomes U+FFFD, which is as long (Q7). */
static void replace_surrogates(char* text, size_t length) {
  for (size_t at = 0; at + 2 < length; at++)
    if (text[at] == '\xed' && ((unsigned char)text[at + 1] & 0xe0) == 0xa0)
      memcpy(text + at, "\xef\xbf\xbd", 3);
}

static JSValue to_bytes(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  size_t length;
  const char* text = JS_ToCStringLen(context, &length, given[0]);
  if (text == NULL)
    return JS_EXCEPTION;
  char* copy = malloc(length + 1);
  if (copy != NULL)
    memcpy(copy, text, length + 1);
  JS_FreeCString(context, text);
  if (copy == NULL)
    return JS_ThrowOutOfMemory(context);
  replace_surrogates(copy, length);
  const JSValue bytes = give_bytes(context, copy, length);
  free(copy);
  return bytes;
}

static JSValue from_bytes(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes bytes;
  if (!take_bytes(context, given[0], &bytes))
    return JS_EXCEPTION;
  const bool fine = text_bad_offset(bytes.data, bytes.length) < 0;
  const JSValue text = fine ? JS_NewStringLen(context, bytes.data, bytes.length) : JS_NULL;
  free(bytes.data);
  return text;
}

static JSValue bad_offset(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes bytes;
  if (!take_bytes(context, given[0], &bytes))
    return JS_EXCEPTION;
  const JSValue offset = JS_NewInt64(context, text_bad_offset(bytes.data, bytes.length));
  free(bytes.data);
  return offset;
}

static JSValue sha256(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  struct bytes bytes;
  if (!take_bytes(context, given[0], &bytes))
    return JS_EXCEPTION;
  char digits[digest_digits + 1];
  digest_text(bytes.data, bytes.length, digits);
  free(bytes.data);
  return JS_NewString(context, digits);
}

static JSValue name_of_error(JSContext* context, JSValueConst self, int count, JSValueConst* given) {
  (void)self, (void)count;
  int32_t number;
  if (JS_ToInt32(context, &number, given[0]) != 0)
    return JS_EXCEPTION;
  const unsigned error = number < 0 ? 0U - (unsigned)number : (unsigned)number;
  const char* name = error_name((int)error);
  if (name != NULL)
    return JS_NewString(context, name);
  char unknown[16];
  snprintf(unknown, sizeof unknown, "E%u", error);
  return JS_NewString(context, unknown);
}

struct function_list text_functions(void) {
  static const JSCFunctionListEntry entries[] = {
      FUNCTION("toBytes", 1, to_bytes), FUNCTION("fromBytes", 1, from_bytes),    FUNCTION("badOffset", 1, bad_offset),
      FUNCTION("sha256", 1, sha256),    FUNCTION("errorName", 1, name_of_error),
  };
  return FUNCTION_LIST(entries);
}
