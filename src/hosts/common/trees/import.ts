import type { ImportTree, TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, toBytes } from '../bytes.ts';
import type { TreeFiles } from '../files.ts';
import { makeFolders } from '../folders.ts';
import { errnoOf } from '../problems.ts';
import { findObstacles } from './obstacles.ts';
import { placeBelow } from './place.ts';
import { type ImportRecord, merged, readRecord, removeFile, writeRecord } from './record.ts';
import { createReport, isError, note, outcomeOf, type Report } from './report.ts';
import { removeStale } from './stale.ts';
import { join, type Placed, placedOf, survey } from './walk.ts';

/**
 * Brings a source tree to where it belongs (B15, B16, B24). In this order, so that an interruption anywhere loses
 * nothing: write down what is about to be placed; remove what the last import placed and the new source lacks; place;
 * write the record. Nothing at all is touched when something that is not ours stands in the way.
 */
export function importTree(files: TreeFiles, effect: ImportTree): TreeOutcome {
  const report = createReport();
  try {
    importInto(files, effect, report);
  } catch (error) {
    note(report, toBytes(effect.record), error);
  }
  return outcomeOf(report);
}

function importInto(files: TreeFiles, effect: ImportTree, report: Report): void {
  const from = toBytes(effect.from);
  const to = toBytes(effect.to);
  const recordFile = toBytes(effect.record);
  const pendingFile = `${recordFile}.pending`;
  const pending = readRecord(files, pendingFile);
  const source: ImportRecord =
    files.look(from) === undefined ? new Map() : survey(files, from, (path, error) => note(report, path, error));
  report.seen = source.size;
  // Sources that were copied into the image where they belong leave nothing to import.
  if (report.problems.length > 0 || (source.size === 0 && pending === undefined)) return;
  const interrupted = pending ?? new Map<Bytes, Placed>();
  const into = { files, to, report };
  const earlier = merged(readRecord(files, recordFile) ?? new Map(), interrupted);
  const placing = merged(present(files, to, interrupted), source);
  findObstacles(into, source, earlier);
  if (report.problems.length > 0) return;
  makeFolders(files, to);
  keepRecord(report, () => writeRecord(files, pendingFile, placing));
  removeStale(into, earlier, placing);
  placeBelow({ files, from, to, report, fresh: false }, '');
  if (report.problems.length > 0) return;
  // A copy's time of change is rounded; what was moved is what it was.
  keepRecord(report, () => writeRecord(files, recordFile, report.copied > 0 ? present(files, to, placing) : placing));
  keepRecord(report, () => removeFile(files, pendingFile));
  report.changed = source.size;
}

const denied = new Set(['EACCES', 'EPERM', 'EROFS']);

/** Where a record may not be written the sources are placed all the same: only the next import knows less. */
function keepRecord(report: Report, keep: () => void): void {
  try {
    keep();
  } catch (error) {
    if (!isError(error, denied)) throw error;
    report.unrecorded ??= errnoOf(error) ?? '';
  }
}

/** Those of a record that stand in the tree, as they are now. */
function present(files: TreeFiles, to: Bytes, record: ImportRecord): ImportRecord {
  const found = new Map<Bytes, Placed>();
  for (const path of record.keys()) {
    const stats = files.look(join(to, path));
    if (stats !== undefined) found.set(path, placedOf(stats));
  }
  return found;
}
