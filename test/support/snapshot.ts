import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What stands in a tree: a line of type, mode, owner and content for each path; names as byte strings. */
export type Snapshot = Readonly<Record<string, string>>;

export interface SnapshotOptions {
  /** Paths that are left out, with everything below them. */
  readonly without?: RegExp;
  /** Content of a file before it is hashed, for what may differ for a good reason. */
  readonly reduce?: (path: string, content: Buffer) => Buffer;
}

/** Reads a tree without following links. Times are no part of it. */
export function snapshot(root: string, { without, reduce = (_, content) => content }: SnapshotOptions = {}): Snapshot {
  const found: Record<string, string> = {};
  const visit = (below: string): void => {
    for (const name of readdirSync(at(root, below), { encoding: 'latin1' }).sort()) {
      const path = below === '' ? name : `${below}/${name}`;
      if (without?.test(path) === true) continue;
      found[path] = describe(at(root, path), path, reduce);
      if (lstatSync(at(root, path)).isDirectory()) visit(path);
    }
  };
  visit('');
  return found;
}

/** A tree without the bytecode that a build makes of its modules. */
export function sourceTree(root: string): Snapshot {
  return snapshot(root, { without: /(^|\/)__pycache__(\/|$)/ });
}

/**
 * The tree of a build as far as two clean builds of the same source agree on it: bytecode begins with the time of its
 * source, and the record of the import holds the times of the source's files.
 */
export function builtTree({ appRoot }: { readonly appRoot: string }): Snapshot {
  return snapshot(appRoot, {
    without: /^etc\/s2i\/sources$/,
    reduce: (path, content) => (path.endsWith('.pyc') ? content.subarray(16) : content),
  });
}

/** Paths that two trees do not have alike, as `path: first | second`. */
export function differences(first: Snapshot, second: Snapshot): readonly string[] {
  const paths = [...new Set([...Object.keys(first), ...Object.keys(second)])].sort();
  return paths.flatMap((path) => {
    const [one = 'absent', two = 'absent'] = [first[path], second[path]];
    return one === two ? [] : [`${path}: ${one} | ${two}`];
  });
}

function describe(path: Buffer, name: string, reduce: NonNullable<SnapshotOptions['reduce']>): string {
  const stats = lstatSync(path);
  const owner = `${(stats.mode & 0o7777).toString(8)} ${stats.uid}:${stats.gid}`;
  if (stats.isDirectory()) return `directory ${owner}`;
  if (stats.isSymbolicLink()) return `link ${stats.uid}:${stats.gid} ${readlinkSync(path, 'latin1')}`;
  if (!stats.isFile()) return `other ${owner}`;
  const hash = createHash('sha256')
    .update(reduce(name, readFileSync(path)))
    .digest('hex');
  return `file ${owner} ${hash}`;
}

function at(root: string, below: string): Buffer {
  return Buffer.from(below === '' ? root : `${root}/${below}`, 'latin1');
}
