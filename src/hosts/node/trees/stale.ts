import { rmdirSync, unlinkSync } from 'node:fs';
import { type Bytes, pathOf } from '../bytes.ts';
import { type ImportRecord, unchanged } from './record.ts';
import { isError, noteKept, type Report } from './report.ts';
import { join, look, parentOf, placedOf } from './walk.ts';

/**
 * Removes what the last import placed and the new source lacks. What was changed since is kept, and so is a directory that
 * holds something else. A directory on the way that is now a link is not followed.
 */
export function removeStale(to: Bytes, earlier: ImportRecord, placing: ImportRecord, report: Report): void {
  const real = new Map<Bytes, boolean>([['', true]]);
  const isReal = (directory: Bytes): boolean => {
    const known = real.get(directory);
    if (known !== undefined) return known;
    const found = isReal(parentOf(directory)) && look(join(to, directory))?.isDirectory() === true;
    real.set(directory, found);
    return found;
  };
  // Backwards, so that a directory comes after everything in it.
  const stale = [...earlier].filter(([path]) => !placing.has(path)).sort(([a], [b]) => (a < b ? 1 : -1));
  for (const [path, recorded] of stale) {
    const stats = isReal(parentOf(path)) ? look(join(to, path)) : undefined;
    if (stats === undefined) continue;
    if (unchanged(recorded, placedOf(stats))) remove(join(to, path), stats.isDirectory(), report);
    else noteKept(report, path);
  }
}

const occupied = new Set(['ENOTEMPTY', 'EEXIST', 'EBUSY']);

function remove(path: Bytes, directory: boolean, report: Report): void {
  try {
    if (directory) rmdirSync(pathOf(path));
    else unlinkSync(pathOf(path));
    report.removed += 1;
  } catch (error) {
    if (!isError(error, occupied)) throw error;
  }
}
