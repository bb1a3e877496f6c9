import {
  type BigIntStats,
  chmodSync,
  constants,
  copyFileSync,
  lchownSync,
  lutimesSync,
  readlinkSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { type Bytes, bufferOf, pathOf } from '../bytes.ts';

/**
 * Copies a file or a symbolic link to a path where nothing stands, with its permission bits (umask 0002, no set-id bits)
 * and its time of change; a part of a file never stays. Throws file system errors.
 */
export function copyEntry(from: Bytes, to: Bytes, stats: BigIntStats): void {
  try {
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(pathOf(from), 'buffer'), pathOf(to));
    else copyFileSync(pathOf(from), pathOf(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    keepAttributes(to, stats);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) removePart(to);
    throw error;
  }
}

/** Gives a copy the owner (only root can), the permission bits and the time of what it was copied from. */
export function keepAttributes(to: Bytes, stats: BigIntStats): void {
  const path = pathOf(to);
  if (process.getuid?.() === 0) lchownSync(path, Number(stats.uid), Number(stats.gid));
  const accessed = seconds(stats.atimeNs);
  const modified = seconds(stats.mtimeNs);
  if (stats.isSymbolicLink()) {
    lutimesSync(path, accessed, modified);
    return;
  }
  chmodSync(path, Number(stats.mode) & 0o775);
  utimesSync(path, accessed, modified);
}

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}

function removePart(path: Bytes): void {
  try {
    unlinkSync(bufferOf(path));
  } catch {
    // Nothing was written.
  }
}
