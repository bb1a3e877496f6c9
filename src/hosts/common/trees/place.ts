import type { Bytes } from '../bytes.ts';
import type { Status, TreeFiles } from '../files.ts';
import { errnoOf } from '../problems.ts';
import { copyEntry, keepAttributes } from './copy.ts';
import { removeFile } from './record.ts';
import { removeBelow } from './remove.ts';
import { isError, note, type Report } from './report.ts';
import { join, parentOf } from './walk.ts';

/** One merge of a tree into another. Paths inside are relative to both roots. */
export interface Merge {
  readonly files: TreeFiles;
  readonly from: Bytes;
  readonly to: Bytes;
  readonly report: Report;
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
  for (const name of attempt(merge, below, () => merge.files.list(join(merge.from, below))) ?? []) {
    if (merge.report.stopped) return;
    const path = join(below, name);
    attempt(merge, path, () => place(merge, path));
  }
}

function place(merge: Merge, path: Bytes): void {
  const source = merge.files.look(join(merge.from, path));
  if (source === undefined) return;
  const there = merge.fresh ? undefined : merge.files.look(join(merge.to, path));
  if (source.type === 'directory' && there?.type === 'directory') {
    placeBelow(merge, path);
    takeAway(merge, path, merge.files.removeDirectory);
    return;
  }
  if (there !== undefined) makeRoom(merge, path, source, there);
  if (!moved(merge, path, source)) copy(merge, path, source);
}

/** A file is replaced in one step later; what differs in kind is removed first. */
function makeRoom(merge: Merge, path: Bytes, source: Status, there: Status): void {
  const target = join(merge.to, path);
  if (there.type === 'directory') {
    removeBelow(merge.files, target, merge.report);
    merge.files.removeDirectory(target);
  } else if (source.type === 'directory') {
    merge.files.unlink(target);
  }
}

function moved(merge: Merge, path: Bytes, source: Status): boolean {
  if (merge.report.immovable) return false;
  try {
    merge.files.rename(join(merge.from, path), join(merge.to, path));
    merge.report.changed += 1;
    return true;
  } catch (error) {
    if (!isError(error, copyInstead)) throw error;
    const code = errnoOf(error) ?? '';
    merge.report.copyReason ??= code;
    // A directory of a lower overlay layer cannot be moved although its files can.
    if (code === 'EROFS' || (code === 'EXDEV' && source.type !== 'directory')) merge.report.immovable = true;
    return false;
  }
}

function copy(merge: Merge, path: Bytes, source: Status): void {
  const from = join(merge.from, path);
  const to = join(merge.to, path);
  if (source.type === 'directory') {
    merge.files.makeDirectory(to, 0o775);
    placeBelow({ ...merge, fresh: true }, path);
    keepAttributes(merge.files, to, source);
    takeAway(merge, path, merge.files.removeDirectory);
  } else if (source.type !== 'other') {
    replaceBy(merge, path, (target) => copyEntry(merge.files, from, target, source));
    merge.report.copied += 1;
    takeAway(merge, path, merge.files.unlink);
  } else {
    throw Object.assign(new Error('a FIFO, socket or device cannot be copied'), { code: 'ENOTSUP', syscall: 'copyfile' });
  }
  merge.report.changed += 1;
}

function takeAway(merge: Merge, path: Bytes, remove: (path: Bytes) => void): void {
  if (merge.report.fixed) return;
  try {
    remove(join(merge.from, path));
  } catch (error) {
    if (!isError(error, staysBehind)) throw error;
    merge.report.fixed = isError(error, readOnly);
  }
}

/** What stands there stays until the copy is complete, and is never written through: it may be a link. */
function replaceBy(merge: Merge, path: Bytes, copyTo: (target: Bytes) => void): void {
  const target = join(merge.to, path);
  if (merge.fresh || merge.files.look(target) === undefined) {
    copyTo(target);
    return;
  }
  const aside = join(merge.to, join(parentOf(path), '.s2i-new'));
  removeFile(merge.files, aside);
  copyTo(aside);
  merge.files.rename(aside, target);
}

function attempt<T>(merge: Merge, path: Bytes, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    note(merge.report, path, error);
    return undefined;
  }
}
