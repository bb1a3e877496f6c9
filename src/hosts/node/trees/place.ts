import { type BigIntStats, mkdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { type Bytes, pathOf } from '../bytes.ts';
import { copyEntry, keepAttributes } from './copy.ts';
import { removeBelow } from './remove.ts';
import { isError, note, type Report } from './report.ts';
import { join, look, namesIn } from './walk.ts';

/** One merge of a tree into another. Paths inside are relative to both roots. */
export interface Merge {
  readonly from: Bytes;
  readonly to: Bytes;
  readonly report: Report;
  /** Paths that stay where they are. */
  readonly except: ReadonlySet<Bytes>;
  /** Whether a directory with something in it may make room for a file: only where it was looked at before. */
  readonly mayMakeRoom: boolean;
  /** Set when moving is known to be impossible for the whole tree. */
  immovable?: string;
}

/** Moving is impossible, copying may not be: another file system or overlay layer, read-only, not ours, a mount point. */
const copyInstead = new Set(['EXDEV', 'EROFS', 'EACCES', 'EPERM', 'EBUSY']);
/** The source may not be taken away after it was copied. */
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
  const there = look(join(merge.to, path));
  if (source.isDirectory() && there?.isDirectory() === true) {
    placeBelow(merge, path);
    takeAway(join(merge.from, path), rmdirSync);
    return;
  }
  if (there !== undefined) makeRoom(merge, path, source, there);
  if (holdsException(merge, path) || !moved(merge, path, source)) copy(merge, path, source);
}

/** A file is replaced by moving; everything else that differs in kind is removed first. */
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
  if (merge.immovable !== undefined) return false;
  try {
    renameSync(pathOf(join(merge.from, path)), pathOf(join(merge.to, path)));
    merge.report.changed += 1;
    return true;
  } catch (error) {
    if (!isError(error, copyInstead)) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    merge.report.copyReason ??= code;
    // A directory of a lower overlay layer cannot be moved although its files can.
    if (code === 'EROFS' || (code === 'EXDEV' && !source.isDirectory())) merge.immovable = code;
    return false;
  }
}

function copy(merge: Merge, path: Bytes, source: BigIntStats): void {
  const from = join(merge.from, path);
  const to = join(merge.to, path);
  if (source.isDirectory()) {
    mkdirSync(pathOf(to), 0o775);
    placeBelow(merge, path);
    keepAttributes(to, source);
    if (!holdsException(merge, path)) takeAway(from, rmdirSync);
  } else if (source.isFile() || source.isSymbolicLink()) {
    if (look(to) !== undefined) unlinkSync(pathOf(to));
    copyEntry(from, to, source);
    merge.report.copied += 1;
    takeAway(from, unlinkSync);
  } else {
    throw Object.assign(new Error('a FIFO, socket or device cannot be copied'), { code: 'ENOTSUP', syscall: 'copyfile' });
  }
  merge.report.changed += 1;
}

function takeAway(path: Bytes, remove: (path: string | Buffer) => void): void {
  try {
    remove(pathOf(path));
  } catch (error) {
    if (!isError(error, staysBehind)) throw error;
  }
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
