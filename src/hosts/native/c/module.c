#include "bind.h"

enum { most_lists = 6 };

static void all_lists(struct function_list lists[most_lists]) {
  lists[0] = text_functions();
  lists[1] = process_functions();
  lists[2] = file_functions();
  lists[3] = tree_functions();
  lists[4] = program_functions();
  lists[5] = path_functions();
}

static int fill(JSContext* context, JSModuleDef* module) {
  struct function_list lists[most_lists];
  all_lists(lists);
  for (int at = 0; at < most_lists; at++)
    if (JS_SetModuleExportList(context, module, lists[at].entries, lists[at].count) != 0)
      return -1;
  return 0;
}

JSModuleDef* add_posix(JSContext* context) {
  JSModuleDef* module = JS_NewCModule(context, "posix", fill);
  struct function_list lists[most_lists];
  all_lists(lists);
  for (int at = 0; module != NULL && at < most_lists; at++)
    if (JS_AddModuleExportList(context, module, lists[at].entries, lists[at].count) != 0)
      return NULL;
  return module;
}
