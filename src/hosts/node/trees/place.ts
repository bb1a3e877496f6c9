import { type BigIntStats, mkdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { type Bytes, pathOf } from '../bytes.ts';
import { copyEntry, keepAttributes } from './copy.ts';
import { removeBelow } from './remove.ts';
import { isError, note, type Report } from './report.ts';
import { join, look, namesIn, parentOf } from './walk.ts';

/** One merge of a tree into another. Paths inside are relative to both roots. */
export interface Merge {
  readonly from: Bytes;
  readonly to: Bytes;
  readonly report: Report;
  /** Paths that stay where they are. */
  readonly except: ReadonlySet<Bytes>;
  /** Whether a directory with something in it may make room for a file: only where it was looked at before. */
  readonly mayMakeRoom: boolean;
  /** Whether nothing can stand in the target yet, because it was just made. */
  readonly fresh: boolean;
}

/** Moving is impossible, copying may not be: another file system or overlay layer, read-only, not ours, a mount point. */
const copyInstead = new Set(['EXDEV', 'EROFS', 'EACCES', 'EPERM', 'EBUSY']);
/** The source may not be taken away after it was copied. */
const readOnly = new Set(['EROFS']);
const staysBehind = new Set(['EROFS', 'EACCES', 'EPERM', 'EBUSY', 'ENOTEMPTY', 'EEXIST']);

/** Brings what is in `from` below a path to the same path in `to`: moved where it can be, else copied. */
export function placeBelow(merge: Merge, below: Bytes): void {
  for (const name of attempt(merge, below, () => namesIn(join(merge.from, below))) ?? []) {
    if (merge.report.stopped) return;
    const path = join(below, name);
    if (!merge.except.has(path)) attempt(merge, path, () => place(merge, path));
  }
}

function place(merge: Merge, path: Bytes): void {
  const source = look(join(merge.from, path));
  if (source === undefined) return;
  const there = merge.fresh ? undefined : look(join(merge.to, path));
  if (source.isDirectory() && there?.isDirectory() === true) {
    placeBelow(merge, path);
    takeAway(merge, path, rmdirSync);
    return;
  }
  if (there !== undefined) makeRoom(merge, path, source, there);
  if (holdsException(merge, path) || !moved(merge, path, source)) copy(merge, path, source);
}

/** A file is replaced in one step later; what differs in kind is removed first. */
function makeRoom(merge: Merge, path: Bytes, source: BigIntStats, there: BigIntStats): void {
  const target = join(merge.to, path);
  if (there.isDirectory()) {
    if (merge.mayMakeRoom) removeBelow(target, merge.report);
    rmdirSync(pathOf(target));
  } else if (source.isDirectory()) {
    unlinkSync(pathOf(target));
  }
}

function moved(merge: Merge, path: Bytes, source: BigIntStats): boolean {
  if (merge.report.immovable) return false;
  try {
    renameSync(pathOf(join(merge.from, path)), pathOf(join(merge.to, path)));
    merge.report.changed += 1;
    return true;
  } catch (error) {
    if (!isError(error, copyInstead)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    merge.report.copyReason ??= code;
    // A directory of a lower overlay layer cannot be moved although its files can.
    if (code === 'EROFS' || (code === 'EXDEV' && !source.isDirectory())) merge.report.immovable = true;
    return false;
  }
}

function copy(merge: Merge, path: Bytes, source: BigIntStats): void {
  const from = join(merge.from, path);
  const to = join(merge.to, path);
  if (source.isDirectory()) {
    mkdirSync(pathOf(to), 0o775);
    placeBelow({ ...merge, fresh: true }, path);
    keepAttributes(to, source);
    if (!holdsException(merge, path)) takeAway(merge, path, rmdirSync);
  } else if (source.isFile() || source.isSymbolicLink()) {
    replaceBy(merge, path, (target) => copyEntry(from, target, source));
    merge.report.copied += 1;
    takeAway(merge, path, unlinkSync);
  } else {
    throw Object.assign(new Error('a FIFO, socket or device cannot be copied'), { code: 'ENOTSUP', syscall: 'copyfile' });
  }
  merge.report.changed += 1;
}

function takeAway(merge: Merge, path: Bytes, remove: (path: string | Buffer) => void): void {
  if (merge.report.fixed) return;
  try {
    remove(pathOf(join(merge.from, path)));
  } catch (error) {
    if (!isError(error, staysBehind)) throw error;
    merge.report.fixed = isError(error, readOnly);
  }
}

/** What stands there stays until the copy is complete, and is never written through: it may be a link. */
function replaceBy(merge: Merge, path: Bytes, copyTo: (target: Bytes) => void): void {
  const target = join(merge.to, path);
  if (merge.fresh || look(target) === undefined) {
    copyTo(target);
    return;
  }
  const aside = join(merge.to, join(parentOf(path), '.s2i-new'));
  rmSync(pathOf(aside), { force: true });
  copyTo(aside);
  renameSync(pathOf(aside), pathOf(target));
}

function holdsException(merge: Merge, path: Bytes): boolean {
  for (const except of merge.except) if (except.startsWith(`${path}/`)) return true;
  return false;
}

function attempt<T>(merge: Merge, path: Bytes, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    note(merge.report, path, error);
    return undefined;
  }
}
