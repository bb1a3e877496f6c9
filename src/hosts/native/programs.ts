import * as posix from 'posix';
import type { Programs } from '../common/program.ts';

/** What finding a program asks of the file system. */
export const programs: Programs = {
  kindOf: (path) => {
    const found = posix.status(posix.toBytes(path), 1);
    if (typeof found === 'number') return posix.errorName(found) === 'EACCES' ? 'hidden' : 'absent';
    return found.type === 'file' || found.type === 'directory' ? found.type : 'other';
  },
  mayExecute: (path) => posix.mayExecute(posix.toBytes(path)),
};
