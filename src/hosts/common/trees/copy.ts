import type { Bytes } from '../bytes.ts';
import type { Status, TreeFiles } from '../files.ts';
import { errnoOf } from '../problems.ts';

/**
 * Copies a file or a symbolic link to a path where nothing stands, with its permission bits (umask 0002, no set-id bits)
 * and its time of change; a part of a file never stays. Throws file system errors.
 */
export function copyEntry(files: TreeFiles, from: Bytes, to: Bytes, status: Status): void {
  try {
    if (status.type === 'link') files.symbolicLink(files.readLink(from), to);
    else files.copyFile(from, to);
    keepAttributes(files, to, status);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') removePart(files, to);
    throw error;
  }
}

/** Gives a copy the owner (only root can), the permission bits and the time of what it was copied from. */
export function keepAttributes(files: TreeFiles, to: Bytes, status: Status): void {
  if (files.mayGive) files.changeOwner(to, status.uid, status.gid);
  if (status.type !== 'link') files.changeMode(to, status.mode & 0o775);
  files.changeTimes(to, status.accessed, status.modified);
}

function removePart(files: TreeFiles, path: Bytes): void {
  try {
    files.unlink(path);
  } catch {
    // Nothing was written.
  }
}
