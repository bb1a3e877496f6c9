import { mkdirSync, statSync } from 'node:fs';
import { type Bytes, pathOf } from './bytes.ts';
import { errnoOf } from './problems.ts';

/**
 * Makes a directory and its missing parents, and throws what the system says. Node's own recursive form says ENOENT where
 * the file system is read-only, and nobody would understand that.
 */
export function makeFolders(path: Bytes): void {
  try {
    mkdirSync(pathOf(path));
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'EEXIST' && statSync(pathOf(path), { throwIfNoEntry: false })?.isDirectory()) return;
    const parent = path.replace(/\/+[^/]*\/*$/, '');
    if (code !== 'ENOENT' || parent === '' || parent === path) throw error;
    makeFolders(parent);
    mkdirSync(pathOf(path));
  }
}
