import {
  type BigIntStats,
  closeSync,
  fchmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { type Bytes, toBytes } from '../common/bytes.ts';
import type { Files, Status } from '../common/files.ts';
import { bufferOf, pathOf } from './bytes.ts';

/** The calls for single files, which `run` may need; those for trees are in `trees/files.ts`. */
export const files: Files = {
  look,
  isDirectory,
  makeDirectory: (path, mode) => void mkdirSync(pathOf(path), mode),
  rename: (from, to) => renameSync(pathOf(from), pathOf(to)),
  unlink: (path) => unlinkSync(pathOf(path)),
  readLink: (path) => readlinkSync(pathOf(path), 'latin1'),
  symbolicLink: (target, path) => symlinkSync(pathOf(target), pathOf(path)),
  createFile,
  makeTemporary: (prefix) => mkdtempSync(bufferOf(prefix).toString('utf8'), 'latin1'),
  temporaryFolder: () => toBytes(process.getBuiltinModule('node:os').tmpdir()),
  pid: process.pid,
};

function look(path: Bytes): Status | undefined {
  try {
    const stats = lstatSync(pathOf(path), { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? undefined : statusOf(stats);
  } catch (error) {
    // A parent that is no directory: nothing stands there either.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function isDirectory(path: Bytes): boolean {
  try {
    return statSync(pathOf(path)).isDirectory();
  } catch {
    return false;
  }
}

function statusOf(stats: BigIntStats): Status {
  return {
    type: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'link' : 'other',
    mode: Number(stats.mode) & 0o7777,
    size: Number(stats.size),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    modified: stats.mtimeNs,
    accessed: stats.atimeNs,
  };
}

function createFile(path: Bytes, content: Bytes, mode: number): void {
  const descriptor = openSync(pathOf(path), 'wx', mode);
  try {
    const bytes = bufferOf(content);
    let at = 0;
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
    // Of a mode beyond 0777, opening keeps nothing.
    if ((mode & 0o7000) !== 0) fchmodSync(descriptor, mode & ~process.umask());
  } catch (error) {
    unlinkSync(pathOf(path));
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
