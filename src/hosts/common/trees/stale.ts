import type { Bytes } from '../bytes.ts';
import type { Status, TreeFiles } from '../files.ts';
import type { Into } from './obstacles.ts';
import { type ImportRecord, unchanged } from './record.ts';
import { isError, noteKept, type Report } from './report.ts';
import { join, parentOf, placedOf } from './walk.ts';

/**
 * Removes what the last import placed and the new source lacks. What was changed since is kept, and so is a directory that
 * holds something else. A directory on the way that is now a link is not followed.
 */
export function removeStale({ files, to, report }: Into, earlier: ImportRecord, placing: ImportRecord): void {
  const real = new Map<Bytes, boolean>([['', true]]);
  const isReal = (directory: Bytes): boolean => {
    const known = real.get(directory);
    if (known !== undefined) return known;
    const found = isReal(parentOf(directory)) && files.look(join(to, directory))?.type === 'directory';
    real.set(directory, found);
    return found;
  };
  // Backwards, so that a directory comes after everything in it.
  const stale = [...earlier].filter(([path]) => !placing.has(path)).sort(([a], [b]) => (a < b ? 1 : -1));
  for (const [path, recorded] of stale) {
    const stats = isReal(parentOf(path)) ? files.look(join(to, path)) : undefined;
    if (stats === undefined) continue;
    if (unchanged(recorded, placedOf(stats))) remove(files, join(to, path), stats, report);
    else noteKept(report, path);
  }
}

const occupied = new Set(['ENOTEMPTY', 'EEXIST', 'EBUSY']);

function remove(files: TreeFiles, path: Bytes, { type }: Status, report: Report): void {
  try {
    if (type === 'directory') files.removeDirectory(path);
    else files.unlink(path);
    report.removed += 1;
  } catch (error) {
    if (!isError(error, occupied)) throw error;
  }
}
