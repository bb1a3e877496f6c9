import type { Bytes } from './bytes.ts';
import type { Files } from './files.ts';
import { errnoOf } from './problems.ts';

/**
 * Makes a directory and its missing parents, and throws what the system says. Node's own recursive form says ENOENT where
 * the file system is read-only, and nobody would understand that.
 */
export function makeFolders(files: Files, path: Bytes): void {
  try {
    files.makeDirectory(path, 0o777);
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST' && files.isDirectory(path)) return;
    const parent = path.replace(/\/+[^/]*\/*$/, '');
    if (code !== 'ENOENT' || parent === '' || parent === path) throw error;
    makeFolders(files, parent);
    files.makeDirectory(path, 0o777);
  }
}

/** The directory a path stands in, as dirname(3) gives it. */
export function folderOf(path: Bytes): Bytes {
  return path.slice(0, path.lastIndexOf('/')) || (path.startsWith('/') ? '/' : '.');
}
