import { accessSync, constants, statSync } from 'node:fs';
import type { Programs } from '../common/program.ts';

/** What finding a program asks of the file system. */
export const programs: Programs = {
  kindOf: (path) => {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return 'absent';
      return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'hidden' : 'absent';
    }
  },
  mayExecute: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};
