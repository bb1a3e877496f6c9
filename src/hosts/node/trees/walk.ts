import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { type Bytes, pathOf } from '../bytes.ts';

/** Names in a directory as bytes, sorted. Throws as `readdir` does. */
export function namesIn(directory: Bytes): Bytes[] {
  return readdirSync(pathOf(directory), { encoding: 'latin1' }).sort();
}

export function join(directory: Bytes, name: Bytes): Bytes {
  if (name === '') return directory;
  return directory === '' ? name : `${directory}/${name}`;
}

/** The directory of a relative path; empty for one at the top. */
export function parentOf(path: Bytes): Bytes {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** What stands at a path itself, links not followed; undefined when nothing does. */
export function look(path: Bytes): BigIntStats | undefined {
  try {
    return lstatSync(pathOf(path), { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    // A parent that is no directory: nothing stands there either.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** One thing in a tree, as far as the record of an import goes. */
export interface Placed {
  /** file, directory, symbolic link, or another kind (FIFO, socket, device). */
  readonly type: 'f' | 'd' | 'l' | 'o';
  /** Bytes; 0 for a directory. */
  readonly size: bigint;
  /** Nanoseconds since 1970; 0 for a directory. */
  readonly modified: bigint;
}

export function placedOf(stats: BigIntStats): Placed {
  if (stats.isDirectory()) return { type: 'd', size: 0n, modified: 0n };
  const type = stats.isFile() ? 'f' : stats.isSymbolicLink() ? 'l' : 'o';
  return { type, size: stats.size, modified: stats.mtimeNs };
}

/**
 * Everything below a directory by its path relative to it. A directory that cannot be read is given to `failed`, and so
 * is an entry that cannot be looked at.
 */
export function survey(root: Bytes, failed: (path: Bytes, error: unknown) => void): Map<Bytes, Placed> {
  const found = new Map<Bytes, Placed>();
  const visit = (below: Bytes): void => {
    for (const name of attempt(below, () => namesIn(join(root, below)), failed) ?? []) {
      const path = join(below, name);
      const stats = attempt(path, () => look(join(root, path)), failed);
      if (stats === undefined) continue;
      found.set(path, placedOf(stats));
      if (stats.isDirectory()) visit(path);
    }
  };
  visit('');
  return found;
}

function attempt<T>(path: Bytes, act: () => T, failed: (path: Bytes, error: unknown) => void): T | undefined {
  try {
    return act();
  } catch (error) {
    failed(path, error);
    return undefined;
  }
}
