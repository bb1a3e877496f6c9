import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { Outcome, ScanTree } from '../../../execute/effect.ts';
import { type Bytes, shown, toBytes } from '../../common/bytes.ts';
import { join } from '../../common/trees/walk.ts';
import { pathOf } from '../bytes.ts';
import { treeFiles } from './files.ts';

const chunkSize = 1024 * 1024;

/** Looks for bytes in every regular file of a tree. Links are not followed; a file that cannot be read is passed over. */
export function scanTree(effect: ScanTree): Outcome {
  const needles = effect.needles.filter((needle) => needle !== '').map((needle) => Buffer.from(needle, 'utf8'));
  const overlap = Math.max(0, ...needles.map((needle) => needle.length - 1));
  const buffer = Buffer.allocUnsafe(chunkSize + overlap);
  const hits: string[] = [];
  let seen = 0;
  const visit = (path: Bytes, below: Bytes): void => {
    const stats = treeFiles.look(path);
    if (stats?.type === 'directory') {
      for (const name of readable(path)) visit(join(path, name), join(below, name));
    } else if (stats?.type === 'file') {
      seen += 1;
      if (holds(path, needles, buffer, overlap)) hits.push(shown(below));
    }
  };
  if (needles.length > 0) visit(toBytes(effect.root), '');
  return { kind: 'scanned', seen, hits };
}

/** Keeps the end of each chunk in front of the next one, so that a needle across the border is found. */
function holds(path: Bytes, needles: readonly Buffer[], buffer: Buffer, overlap: number): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(pathOf(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    let kept = 0;
    for (;;) {
      const count = readSync(descriptor, buffer, kept, chunkSize, null);
      if (count === 0) return false;
      const filled = buffer.subarray(0, kept + count);
      if (needles.some((needle) => filled.includes(needle))) return true;
      kept = Math.min(overlap, filled.length);
      filled.copy(buffer, 0, filled.length - kept);
    }
  } finally {
    closeSync(descriptor);
  }
}

function readable(directory: Bytes): readonly Bytes[] {
  try {
    return treeFiles.list(directory);
  } catch {
    return [];
  }
}
