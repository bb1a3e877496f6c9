import { chmodSync, constants, copyFileSync, lchownSync, lutimesSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import type { Bytes } from '../../common/bytes.ts';
import type { TreeFiles } from '../../common/files.ts';
import { pathOf } from '../bytes.ts';
import { files } from '../files.ts';

/** The calls for work on trees. */
export const treeFiles: TreeFiles = {
  ...files,
  list: (path) => readdirSync(pathOf(path), { encoding: 'latin1' }).sort(),
  removeDirectory: (path) => rmdirSync(pathOf(path)),
  readFile: (path) => readFileSync(pathOf(path), 'latin1'),
  copyFile: (from, to) => copyFileSync(pathOf(from), pathOf(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE),
  changeMode: (path, mode) => chmodSync(pathOf(path), mode),
  changeOwner: (path, uid, gid) => lchownSync(pathOf(path), uid, gid),
  changeTimes,
  mayGive: process.getuid?.() === 0,
};

/** Node takes seconds, and rounds. */
function changeTimes(path: Bytes, accessed: bigint, modified: bigint): void {
  lutimesSync(pathOf(path), Number(accessed) / 1e9, Number(modified) / 1e9);
}
