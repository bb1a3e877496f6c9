#include "convert.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** From the UTF-8 form of a string whose units are bytes: shortens in place. False when a unit is beyond 255. */
static bool shorten(struct bytes* bytes) {
  const uint8_t* from = (const uint8_t*)bytes->data;
  size_t length = 0;
  for (size_t at = 0; at < bytes->length; at++) {
    if (from[at] < 0x80) {
      bytes->data[length++] = (char)from[at];
    } else {
      if (from[at] > 0xc3)
        return false;
      bytes->data[length++] = (char)((from[at] & 0x03) << 6 | (from[at + 1] & 0x3f));
      at += 1;
    }
  }
  bytes->data[length] = '\0';
  bytes->length = length;
  return true;
}

bool take_bytes(JSContext* context, JSValueConst value, struct bytes* bytes) {
  *bytes = (struct bytes){0};
  if (!JS_IsString(value)) {
    JS_ThrowTypeError(context, "not a byte string");
    return false;
  }
  size_t length;
  const char* text = JS_ToCStringLen(context, &length, value);
  if (text == NULL)
    return false;
  char* data = malloc(length + 1);
  if (data != NULL)
    memcpy(data, text, length + 1);
  JS_FreeCString(context, text);
  if (data == NULL) {
    JS_ThrowOutOfMemory(context);
    return false;
  }
  *bytes = (struct bytes){data, length};
  if (shorten(bytes))
    return true;
  free(data);
  *bytes = (struct bytes){0};
  JS_ThrowTypeError(context, "not a byte string");
  return false;
}

bool take_name(JSContext* context, JSValueConst value, struct bytes* bytes) {
  if (!take_bytes(context, value, bytes))
    return false;
  if (memchr(bytes->data, '\0', bytes->length) == NULL)
    return true;
  free(bytes->data);
  *bytes = (struct bytes){0};
  JS_ThrowTypeError(context, "a NUL in a byte string for the system");
  return false;
}

static bool take_items(JSContext* context, JSValueConst value, char** list, uint32_t count) {
  for (uint32_t at = 0; at < count; at++) {
    const JSValue item = JS_GetPropertyUint32(context, value, at);
    struct bytes bytes;
    const bool taken = !JS_IsException(item) && take_name(context, item, &bytes);
    JS_FreeValue(context, item);
    if (!taken)
      return false;
    list[at] = bytes.data;
  }
  return true;
}

bool take_list(JSContext* context, JSValueConst value, char*** list) {
  uint32_t count = 0;
  const JSValue length = JS_GetPropertyStr(context, value, "length");
  *list = NULL;
  if (JS_IsException(length))
    return false;
  const bool counted = JS_IsArray(context, value) && JS_ToUint32(context, &count, length) == 0;
  JS_FreeValue(context, length);
  if (!counted) {
    JS_ThrowTypeError(context, "not a list of byte strings");
    return false;
  }
  char** items = calloc((size_t)count + 1, sizeof *items);
  if (items == NULL) {
    JS_ThrowOutOfMemory(context);
    return false;
  }
  if (!take_items(context, value, items, count)) {
    free_list(items);
    return false;
  }
  *list = items;
  return true;
}

void free_list(char** list) {
  if (list == NULL)
    return;
  for (char** item = list; *item != NULL; item++)
    free(*item);
  free(list);
}

static size_t count_high(const uint8_t* bytes, size_t length) {
  size_t high = 0;
  for (size_t at = 0; at < length; at++)
    high += bytes[at] >> 7;
  return high;
}

JSValue give_bytes(JSContext* context, const char* bytes, size_t length) {
  const uint8_t* from = (const uint8_t*)bytes;
  const size_t high = count_high(from, length);
  if (high == 0)
    return JS_NewStringLen(context, length == 0 ? "" : bytes, length);
  char* text = malloc(length + high);
  if (text == NULL)
    return JS_ThrowOutOfMemory(context);
  size_t to = 0;
  for (size_t at = 0; at < length; at++) {
    if (from[at] >= 0x80) {
      text[to++] = (char)(0xc0 | from[at] >> 6);
      text[to++] = (char)(0x80 | (from[at] & 0x3f));
    } else {
      text[to++] = bytes[at];
    }
  }
  const JSValue string = JS_NewStringLen(context, text, to);
  free(text);
  return string;
}

JSValue give_text(JSContext* context, const char* text) {
  return give_bytes(context, text, strlen(text));
}

JSValue give_result(JSContext* context, int result) {
  return JS_NewInt32(context, result);
}

JSValue give_call(JSContext* context, int answer) {
  return give_result(context, answer == 0 ? 0 : -errno);
}

bool set(JSContext* context, JSValueConst object, const char* name, JSValue value) {
  if (JS_IsException(value))
    return false;
  return JS_DefinePropertyValueStr(context, object, name, value, JS_PROP_C_W_E) >= 0;
}

bool push(JSContext* context, JSValueConst list, size_t index, JSValue value) {
  if (JS_IsException(value))
    return false;
  return JS_DefinePropertyValueUint32(context, list, (uint32_t)index, value, JS_PROP_C_W_E) >= 0;
}
