import type { TreeOutcome } from '../../../execute/effect.ts';
import { type Bytes, toBytes } from '../bytes.ts';
import type { TreeFiles } from '../files.ts';
import { createReport, isError, note, outcomeOf, type Report } from './report.ts';
import { join } from './walk.ts';

const denied = new Set(['EACCES']);
const absent = new Set(['ENOENT', 'ENOTDIR']);

/** Removes what stands at a path, whatever it is; of a link only the link. Nothing there is fine. */
export function removeTree(files: TreeFiles, path: string): TreeOutcome {
  const report = createReport();
  removeEntry(files, toBytes(path), report);
  return outcomeOf({ ...report, seen: report.removed });
}

/** Removes everything in a directory, not the directory. */
export function removeBelow(files: TreeFiles, directory: Bytes, report: Report): void {
  for (const name of readable(files, directory)) removeEntry(files, join(directory, name), report);
}

/** Most entries are no directories, so none is looked at before it could not be unlinked. */
function removeEntry(files: TreeFiles, path: Bytes, report: Report): void {
  try {
    if (!unlinked(files, path)) {
      removeBelow(files, path, report);
      files.removeDirectory(path);
    }
    report.removed += 1;
  } catch (error) {
    if (!isError(error, absent)) note(report, path, error);
  }
}

/** False for a directory. */
function unlinked(files: TreeFiles, path: Bytes): boolean {
  try {
    files.unlink(path);
    return true;
  } catch (error) {
    // Where entries of its parent may not be removed, that is said first; what is in it may be.
    if (files.look(path)?.type === 'directory') return false;
    throw error;
  }
}

/** A directory of ours that we may not read or search is opened first. */
function readable(files: TreeFiles, directory: Bytes): readonly Bytes[] {
  try {
    // By the name `.` in it: what is allowed to list only may not be emptied.
    return files.list(join(directory, '.'));
  } catch (error) {
    if (!isError(error, denied)) throw error;
    files.changeMode(directory, 0o700);
    return files.list(directory);
  }
}
