/** Operations on whole trees. Links are never followed, but for the argument where it says so. */
#pragma once

#include "report.h"

/** Gives a tree to group 0, g+rw, and g+x where its owner may execute and in directories. The argument may be a link.
 */
void normalise_tree(const char* path, struct report* report);

/** Removes what stands at a path. Directories of this user that may not be read or searched are opened first. */
void remove_tree(const char* path, struct report* report);

/** Takes the name of a file, relative to the tree. Anything but 0 ends the scan. */
typedef int take_hit(void* context, const char* name);
/** Looks for needles (the list ends with NULL; empty ones do not count) in every regular file. -ENOMEM, or what the
 * taker said. */
int scan_tree(const char* root, char* const* needles, take_hit* take, void* context, struct report* report);

/**
 * Writes everything in a directory as GNU tar does with `--format=gnu --owner=0 --group=0 --numeric-owner`, sorted.
 * `exclude` lists patterns for whole relative paths, `*` and `?` stand for no slash; a directory that holds nothing but
 * excluded entries is left out, too. The argument may be a link.
 */
void archive_tree(int descriptor, const char* root, char* const* exclude, struct report* report);
