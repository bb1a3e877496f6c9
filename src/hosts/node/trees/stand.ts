import { closeSync, constants, openSync, type Stats, statSync } from 'node:fs';
import { type Bytes, fromBytes } from '../../common/bytes.ts';
import { bufferOf } from '../bytes.ts';

/**
 * Where a walk stands: the working directory of this process, moved down and up a tree. Names are then looked up in the
 * directory itself, which Node cannot do in another way, and which is faster than long paths. Every step is checked
 * against what was seen before, so a directory that is swapped for a link meanwhile ends the walk instead of leading it
 * out of the tree.
 */
export interface Stand {
  /** Goes into a directory; throws file system errors. `expected` is what was seen there. */
  enter(name: Bytes, expected?: Stats): void;
  /** Goes back to the directory before. */
  leave(): void;
  /** Goes back to where it all began. */
  leaveAll(): void;
}

export function createStand(): Stand {
  const goBack = rememberPlace();
  const seen: Stats[] = [];
  const check = (expected: Stats): void => {
    const now = statSync('.');
    if (now.ino !== expected.ino || now.dev !== expected.dev) throw new SwappedError('a directory was replaced during the walk');
  };
  return {
    enter: (name, expected) => {
      goTo(name);
      if (expected !== undefined) check(expected);
      seen.push(expected ?? statSync('.'));
    },
    leave: () => {
      seen.pop();
      const parent = seen.at(-1);
      process.chdir('..');
      if (parent !== undefined) check(parent);
    },
    leaveAll: () => {
      goBack();
    },
  };
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
export class SwappedError extends Error {
  readonly code = 'ESTALE';
  readonly syscall = 'chdir';
}
