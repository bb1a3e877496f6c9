import type { Bytes } from '../bytes.ts';
import type { Status, TreeFiles } from '../files.ts';

export function join(directory: Bytes, name: Bytes): Bytes {
  if (name === '') return directory;
  return directory === '' ? name : `${directory}/${name}`;
}

/** The directory of a relative path; empty for one at the top. */
export function parentOf(path: Bytes): Bytes {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** One thing in a tree, as far as the record of an import goes. */
export interface Placed {
  /** file, directory, symbolic link, or another kind (FIFO, socket, device). */
  readonly type: 'f' | 'd' | 'l' | 'o';
  /** Bytes; 0 for a directory. */
  readonly size: number;
  /** Nanoseconds since 1970; 0 for a directory. */
  readonly modified: bigint;
}

export function placedOf({ type, size, modified }: Status): Placed {
  return type === 'directory' ? { type: 'd', size: 0, modified: 0n } : { type: letters[type], size, modified };
}

const letters = { file: 'f', link: 'l', other: 'o' } as const;

/**
 * Everything below a directory by its path relative to it. A directory that cannot be read is given to `failed`, and so
 * is an entry that cannot be looked at.
 */
export function survey(files: TreeFiles, root: Bytes, failed: Failed): Map<Bytes, Placed> {
  const found = new Map<Bytes, Placed>();
  const visit = (below: Bytes): void => {
    for (const name of attempt(below, () => files.list(join(root, below)), failed) ?? []) {
      const path = join(below, name);
      const stats = attempt(path, () => files.look(join(root, path)), failed);
      if (stats === undefined) continue;
      found.set(path, placedOf(stats));
      if (stats.type === 'directory') visit(path);
    }
  };
  visit('');
  return found;
}

type Failed = (path: Bytes, error: unknown) => void;

function attempt<T>(path: Bytes, act: () => T, failed: Failed): T | undefined {
  try {
    return act();
  } catch (error) {
    failed(path, error);
    return undefined;
  }
}
