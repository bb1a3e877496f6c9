/** The functions of the module, a list for each file that defines some. src/hosts/native/posix.d.ts says what they do.
 */
#pragma once

#include <quickjs.h>

/** Set before the engine starts. */
struct start {
  int count;
  char** arguments;
};
extern struct start start;

struct function_list {
  const JSCFunctionListEntry* entries;
  int count;
};

struct function_list text_functions(void);
struct function_list process_functions(void);
struct function_list file_functions(void);
struct function_list path_functions(void);
struct function_list tree_functions(void);
struct function_list program_functions(void);

#define FUNCTION_LIST(entries) ((struct function_list){entries, (int)(sizeof(entries) / sizeof *(entries))})
/** The count of arguments must be the most there are: only so many are there to be read (Q6). */
#define FUNCTION(name, arguments, function) JS_CFUNC_DEF(name, arguments, function)

/** Adds the module `posix`; NULL with an exception. */
JSModuleDef* add_posix(JSContext* context);
