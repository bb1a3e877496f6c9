import type { ImportTree, TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, toBytes } from '../bytes.ts';
import { makeFolders } from '../folders.ts';
import { errnoOf } from '../problems.ts';
import { findObstacles } from './obstacles.ts';
import { placeBelow } from './place.ts';
import { type ImportRecord, merged, readRecord, removeRecord, writeRecord } from './record.ts';
import { createReport, isError, note, outcomeOf, type Report } from './report.ts';
import { removeStale } from './stale.ts';
import { join, look, type Placed, placedOf, survey } from './walk.ts';

/**
 * Brings a source tree to where it belongs (B15, B16, B24). In this order, so that an interruption anywhere loses
 * nothing: write down what is about to be placed; remove what the last import placed and the new source lacks; place;
 * write the record. Nothing at all is touched when something that is not ours stands in the way.
 */
export function importTree(effect: ImportTree): TreeOutcome {
  const report = createReport();
  try {
    importInto(effect, report);
  } catch (error) {
    note(report, toBytes(effect.record), error);
  }
  return outcomeOf(report);
}

function importInto(effect: ImportTree, report: Report): void {
  const from = toBytes(effect.from);
  const to = toBytes(effect.to);
  const pendingFile = `${effect.record}.pending`;
  const pending = readRecord(pendingFile);
  const source: ImportRecord = look(from) === undefined ? new Map() : survey(from, (path, error) => note(report, path, error));
  report.seen = source.size;
  // Sources that were copied into the image where they belong leave nothing to import.
  if (report.problems.length > 0 || (source.size === 0 && pending === undefined)) return;
  const interrupted = pending ?? new Map<Bytes, Placed>();
  const earlier = merged(readRecord(effect.record) ?? new Map(), interrupted);
  const placing = merged(present(to, interrupted), source);
  findObstacles(to, source, earlier, report);
  if (report.problems.length > 0) return;
  makeFolders(to);
  keepRecord(report, () => writeRecord(pendingFile, placing));
  removeStale(to, earlier, placing, report);
  placeBelow({ from, to, report, except: new Set(), mayMakeRoom: true, fresh: false }, '');
  if (report.problems.length > 0) return;
  // A copy's time of change is rounded; what was moved is what it was.
  keepRecord(report, () => writeRecord(effect.record, report.copied > 0 ? present(to, placing) : placing));
  keepRecord(report, () => removeRecord(pendingFile));
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
function present(to: Bytes, record: ImportRecord): ImportRecord {
  const found = new Map<Bytes, Placed>();
  for (const path of record.keys()) {
    const stats = look(join(to, path));
    if (stats !== undefined) found.set(path, placedOf(stats));
  }
  return found;
}
