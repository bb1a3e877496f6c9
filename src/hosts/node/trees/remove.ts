import { chmodSync, rmdirSync, unlinkSync } from 'node:fs';
import type { TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, pathOf, toBytes } from '../bytes.ts';
import { createReport, isError, note, outcomeOf, type Report } from './report.ts';
import { join, look, namesIn } from './walk.ts';

const denied = new Set(['EACCES']);

/** Removes what stands at a path, whatever it is; of a link only the link. Nothing there is fine. */
export function removeTree(path: string): TreeOutcome {
  const report = createReport();
  removeEntry(toBytes(path), report);
  return outcomeOf({ ...report, seen: report.removed });
}

/** Removes everything in a directory, not the directory. */
export function removeBelow(directory: Bytes, report: Report): void {
  for (const name of readable(directory)) removeEntry(join(directory, name), report);
}

function removeEntry(path: Bytes, report: Report): void {
  try {
    const stats = look(path);
    if (stats === undefined) return;
    if (stats.isDirectory()) {
      removeBelow(path, report);
      rmdirSync(pathOf(path));
    } else {
      unlinkSync(pathOf(path));
    }
    report.removed += 1;
  } catch (error) {
    note(report, path, error);
  }
}

/** A directory of ours that we may not read is opened first. */
function readable(directory: Bytes): Bytes[] {
  try {
    return namesIn(directory);
  } catch (error) {
    if (!isError(error, denied)) throw error;
    chmodSync(pathOf(directory), 0o700);
    return namesIn(directory);
  }
}
