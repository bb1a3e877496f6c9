import { rmdirSync, unlinkSync } from 'node:fs';
import type { ImportTree, TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, pathOf, toBytes } from '../bytes.ts';
import { placeBelow } from './place.ts';
import { type ImportRecord, readRecord, removeRecord, unchanged, writeRecord } from './record.ts';
import { createReport, isError, note, noteKept, outcomeOf, type Report } from './report.ts';
import { join, look, type Placed, placedOf, survey } from './walk.ts';

/**
 * Brings a source tree to where it belongs (B15, B16, B24). In this order, so that an interruption anywhere loses
 * nothing: write down what is about to be placed; remove what the last import placed and the new source lacks; place;
 * write the record. Nothing at all is touched when something that is not ours stands in the way.
 */
export function importTree(effect: ImportTree): TreeOutcome {
  const report = createReport();
  const from = toBytes(effect.from);
  const to = toBytes(effect.to);
  const pendingFile = `${effect.record}.pending`;
  const pending = readRecord(pendingFile);
  const source = look(from) === undefined ? new Map<Bytes, Placed>() : survey(from, (path, error) => note(report, path, error));
  report.seen = source.size;
  // Sources that were copied into the image where they belong leave nothing to import.
  if (report.problems.length > 0 || (source.size === 0 && pending === undefined)) return outcomeOf(report);
  const earlier = merged(readRecord(effect.record) ?? new Map(), pending ?? new Map());
  const placing = merged(present(to, pending ?? new Map()), source);
  try {
    findObstacles(to, source, earlier, report);
    if (report.problems.length > 0) return outcomeOf(report);
    writeRecord(pendingFile, placing);
    removeStale(to, earlier, placing, report);
    placeBelow({ from, to, report, except: new Set(), mayMakeRoom: () => true }, '');
    if (report.problems.length > 0) return outcomeOf(report);
    writeRecord(effect.record, present(to, placing));
    removeRecord(pendingFile);
  } catch (error) {
    note(report, toBytes(effect.record), error);
  }
  return outcomeOf(report);
}

/** Both records; the second one counts where they differ, and a file in it leaves no room for what was below. */
function merged(first: ImportRecord, second: ImportRecord): ImportRecord {
  const both = new Map(second);
  for (const [path, placed] of first) {
    if (!both.has(path) && !parents(path).some((parent) => (second.get(parent)?.type ?? 'd') !== 'd')) both.set(path, placed);
  }
  return both;
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

/** A directory that holds something an import did not place never makes room for a file. */
function findObstacles(to: Bytes, source: ImportRecord, earlier: ImportRecord, report: Report): void {
  for (const [path, placed] of source) {
    if (placed.type === 'd' || look(join(to, path))?.isDirectory() !== true) continue;
    const inside = survey(join(to, path), (below, error) => note(report, join(path, below), error));
    const foreign = [...inside].find(([below, now]) => {
      const known = earlier.get(join(path, below));
      return known === undefined || !unchanged(known, now);
    });
    if (foreign !== undefined) note(report, join(path, foreign[0]), obstacle());
  }
}

function obstacle(): Error {
  return Object.assign(new Error('a directory stands in the way of a file'), { code: 'ENOTEMPTY', syscall: 'rename' });
}

/** Removes what the last import placed and the new source lacks, and keeps what was changed since. */
function removeStale(to: Bytes, earlier: ImportRecord, placing: ImportRecord, report: Report): void {
  const stale = [...earlier].filter(([path]) => !placing.has(path)).sort(([a], [b]) => (a < b ? 1 : -1));
  for (const [path, recorded] of stale) {
    if (!parents(path).every((parent) => look(join(to, parent))?.isDirectory() === true)) continue;
    const stats = look(join(to, path));
    if (stats === undefined) continue;
    if (recorded.type !== 'd' && !unchanged(recorded, placedOf(stats))) noteKept(report, path);
    else remove(join(to, path), stats.isDirectory(), report);
  }
}

const occupied = new Set(['ENOTEMPTY', 'EEXIST', 'EBUSY', 'ENOTDIR']);

function remove(path: Bytes, directory: boolean, report: Report): void {
  try {
    if (directory) rmdirSync(pathOf(path));
    else unlinkSync(pathOf(path));
    report.removed += 1;
  } catch (error) {
    if (!isError(error, occupied)) throw error;
  }
}

/** The directories above a relative path, outermost first. */
function parents(path: Bytes): Bytes[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
