#include "links.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

static size_t place_for(const struct links* links, dev_t device, ino_t inode) {
  const uint64_t mixed = ((uint64_t)inode ^ (uint64_t)device << 32) * 0x9e3779b97f4a7c15u;
  size_t at = (size_t)(mixed >> 32) & (links->room - 1);
  while (links->places[at].name != 0 && (links->places[at].device != device || links->places[at].inode != inode))
    at = (at + 1) & (links->room - 1);
  return at;
}

static int grow(struct links* links) {
  if (links->count * 2 < links->room)
    return 0;
  struct links larger = {.room = links->room == 0 ? 64 : links->room * 2};
  larger.places = calloc(larger.room, sizeof *larger.places);
  if (larger.places == NULL)
    return -ENOMEM;
  for (size_t at = 0; at < links->room; at++) {
    const struct known_link* known = links->places + at;
    if (known->name != 0)
      larger.places[place_for(&larger, known->device, known->inode)] = *known;
  }
  free(links->places);
  links->places = larger.places;
  links->room = larger.room;
  return 0;
}

static int remember(struct links* links, struct known_link* place, const struct stat* status, const char* name) {
  // Nothing begins at 0, which marks an empty place.
  int failed = links->names.length == 0 ? buffer_add(&links->names, "", 1) : 0;
  const size_t start = links->names.length;
  if (failed == 0)
    failed = buffer_add_text(&links->names, name);
  if (failed != 0)
    return failed;
  links->names.length += 1;
  *place = (struct known_link){status->st_dev, status->st_ino, start};
  links->count += 1;
  return 0;
}

int links_first_name(struct links* links, const struct stat* status, const char* name, const char** first) {
  *first = NULL;
  const int failed = grow(links);
  if (failed != 0)
    return failed;
  struct known_link* place = links->places + place_for(links, status->st_dev, status->st_ino);
  if (place->name == 0)
    return remember(links, place, status, name);
  *first = links->names.data + place->name;
  return 0;
}

void links_free(struct links* links) {
  free(links->places);
  buffer_free(&links->names);
  *links = (struct links){0};
}
