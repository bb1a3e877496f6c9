#include "programs.h"

static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", bytes[] = "BYTES=caf\xe9", nameless[] = "no-name";
static char* const environment[] = {path, bytes, nameless, NULL};

struct program script(const char* text) {
  static const char* arguments[] = {"sh", "-c", NULL, "name", NULL};
  arguments[2] = text;
  return (struct program){
      .file = "/bin/sh", .arguments = (char* const*)arguments, .environment = environment, .directory = "."};
}
