import type { Bytes } from '../bytes.ts';
import type { TreeFiles } from '../files.ts';
import { type ImportRecord, unchanged } from './record.ts';
import { note, type Report } from './report.ts';
import { join, parentOf, survey } from './walk.ts';

/** Where an import goes. */
export interface Into {
  readonly files: TreeFiles;
  readonly to: Bytes;
  readonly report: Report;
}

/**
 * Notes each directory that a file of the source would replace and that holds something no import placed, or that was
 * changed since. Everything else makes room: the new source wins over what an earlier one placed.
 */
export function findObstacles(into: Into, source: ImportRecord, earlier: ImportRecord): void {
  const { files, to, report } = into;
  // Below a directory that is not there yet nothing can be in the way.
  const fresh = new Set<Bytes>();
  for (const [path, placed] of source) {
    const there = fresh.has(parentOf(path)) ? undefined : files.look(join(to, path));
    if (placed.type === 'd') {
      if (there?.type !== 'directory') fresh.add(path);
    } else if (there?.type === 'directory') {
      const foreign = firstForeign(into, path, earlier);
      if (foreign !== undefined) note(report, foreign, occupied());
    }
  }
}

function firstForeign({ files, to, report }: Into, path: Bytes, earlier: ImportRecord): Bytes | undefined {
  const inside = survey(files, join(to, path), (below, error) => note(report, join(path, below), error));
  for (const [below, now] of inside) {
    const known = earlier.get(join(path, below));
    if (known === undefined || !unchanged(known, now)) return join(path, below);
  }
  return undefined;
}

function occupied(): Error {
  return Object.assign(new Error('a directory stands in the way of a file'), { code: 'ENOTEMPTY', syscall: 'rename' });
}
