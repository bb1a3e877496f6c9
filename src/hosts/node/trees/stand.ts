import { closeSync, constants, openSync, type Stats, statSync } from 'node:fs';
import { type Bytes, fromBytes } from '../../common/bytes.ts';
import { bufferOf } from '../bytes.ts';

/**
 * Where a walk stands: the working directory of this process, moved down and up a tree. Names are then looked up in the
 * directory itself, which Node cannot do in another way, and which is faster than long paths. A directory that is swapped
 * for a link meanwhile could lead it out of the tree. Looking around there does no harm, so it is found out before the
 * first change in a directory, and at the end of the walk, not at every step: that would be a fifth of the time.
 */
export interface Stand {
  /** Goes into a directory; throws file system errors. `seen` is what was seen there before. */
  enter(name: Bytes, seen?: Stats): void;
  /** Goes back to the directory before. */
  leave(): void;
  /** Throws SwappedError unless it stands where the names it entered led when they were seen. */
  verify(): void;
  /** Goes back to where it all began. */
  leaveAll(): void;
}

export function createStand(): Stand {
  const goBack = rememberPlace();
  const way: Stats[] = [];
  let verified = false;
  return {
    enter: (name, seen) => {
      goTo(name);
      way.push(seen ?? statSync('.'));
      verified = false;
    },
    leave: () => {
      way.pop();
      process.chdir('..');
      verified = false;
    },
    verify: () => {
      // A directory that was entered stays the same whatever its names become, so once is enough.
      if (!verified && !leadsUp(way)) throw new SwappedError('a directory was replaced during the walk');
      verified = true;
    },
    leaveAll: () => {
      goBack();
    },
  };
}

/** Whether the working directory and all above it are those that were seen on the way down; `..` follows no link. */
function leadsUp(way: readonly Stats[]): boolean {
  let path = '.';
  for (const seen of way.toReversed()) {
    const now = statSync(path);
    if (now.ino !== seen.ino || now.dev !== seen.dev) return false;
    path = path === '.' ? '..' : `${path}/..`;
  }
  return true;
}

/** Gives the way back to the working directory; by its descriptor, because its path may be no text or gone. */
function rememberPlace(): () => void {
  const path = process.cwd();
  let descriptor: number | undefined;
  try {
    descriptor = openSync('.', constants.O_RDONLY | constants.O_DIRECTORY);
  } catch {
    // It may be searched but not read.
  }
  return () => {
    try {
      process.chdir(descriptor === undefined ? path : `/proc/self/fd/${descriptor}`);
    } catch {
      // There is no way back; nothing of ours depends on where it stands.
      process.chdir('/');
    }
    if (descriptor !== undefined) closeSync(descriptor);
  };
}

/** Node only takes text here; a name that is none is reached through its descriptor. */
function goTo(name: Bytes): void {
  const text = fromBytes(name);
  if (text !== undefined) {
    process.chdir(text);
    return;
  }
  const descriptor = openSync(bufferOf(name), constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    process.chdir(`/proc/self/fd/${descriptor}`);
  } finally {
    closeSync(descriptor);
  }
}

/** A directory was replaced during the walk: where it stands now is not where it wanted to be. */
class SwappedError extends Error {
  readonly code = 'ESTALE';
  readonly syscall = 'chdir';
}
