import type { Bytes } from '../bytes.ts';
import { type ImportRecord, unchanged } from './record.ts';
import { note, type Report } from './report.ts';
import { join, look, parentOf, survey } from './walk.ts';

/**
 * Notes each directory that a file of the source would replace and that holds something no import placed, or that was
 * changed since. Everything else makes room: the new source wins over what an earlier one placed.
 */
export function findObstacles(to: Bytes, source: ImportRecord, earlier: ImportRecord, report: Report): void {
  // Below a directory that is not there yet nothing can be in the way.
  const fresh = new Set<Bytes>();
  for (const [path, placed] of source) {
    const there = fresh.has(parentOf(path)) ? undefined : look(join(to, path));
    if (placed.type === 'd') {
      if (there?.isDirectory() !== true) fresh.add(path);
    } else if (there?.isDirectory() === true) {
      const foreign = firstForeign(to, path, earlier, report);
      if (foreign !== undefined) note(report, foreign, occupied());
    }
  }
}

function firstForeign(to: Bytes, path: Bytes, earlier: ImportRecord, report: Report): Bytes | undefined {
  const inside = survey(join(to, path), (below, error) => note(report, join(path, below), error));
  for (const [below, now] of inside) {
    const known = earlier.get(join(path, below));
    if (known === undefined || !unchanged(known, now)) return join(path, below);
  }
  return undefined;
}

function occupied(): Error {
  return Object.assign(new Error('a directory stands in the way of a file'), { code: 'ENOTEMPTY', syscall: 'rename' });
}
