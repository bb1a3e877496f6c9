import * as posix from 'posix';
import type { Bytes } from '../common/bytes.ts';
import type { Status, TreeFiles } from '../common/files.ts';
import { answered, done, SystemError } from './system-error.ts';

/** The largest file that is read whole: a record of some millions of entries. Bytes. */
const largest = 512 * 1024 * 1024;

/** The calls of the shared code, each one of the C module. `temporaryFolder` depends on the environment. */
export function createFiles(temporaryFolder: Bytes): TreeFiles {
  const { pid, euid } = posix.identity();
  return {
    look,
    isDirectory: (path) => {
      const found = posix.status(path, 1);
      return typeof found !== 'number' && found.type === 'directory';
    },
    makeDirectory: (path, mode) => done(posix.makeDirectory(path, mode), 'mkdir'),
    rename: (from, to) => done(posix.rename(from, to), 'rename'),
    unlink: (path) => done(posix.unlink(path), 'unlink'),
    readLink: (path) => answered(posix.readLink(path), 'readlink'),
    symbolicLink: (target, path) => done(posix.symbolicLink(target, path), 'symlink'),
    createFile: (path, content, mode) => done(posix.createFile(path, content, mode), 'open'),
    makeTemporary: (prefix) => answered(posix.makeTemporary(prefix), 'mkdtemp'),
    temporaryFolder: () => temporaryFolder,
    pid,
    list: (path) => answered(posix.list(path), 'scandir'),
    removeDirectory: (path) => done(posix.removeDirectory(path), 'rmdir'),
    readFile: (path) => answered(posix.readFile(path, largest), 'read'),
    copyFile: (from, to) => done(posix.copyFile(from, to), 'copyfile'),
    changeMode: (path, mode) => done(posix.changeMode(path, mode), 'chmod'),
    changeOwner: (path, uid, gid) => done(posix.changeOwner(path, uid, gid), 'lchown'),
    changeTimes: (path, accessed, modified) => done(posix.changeTimes(path, accessed, modified), 'lutime'),
    mayGive: euid === 0,
  };
}

function look(path: Bytes): Status | undefined {
  const found = posix.status(path, 0);
  if (typeof found !== 'number') return { ...found, type: kinds[found.type] };
  const name = posix.errorName(found);
  if (name === 'ENOENT' || name === 'ENOTDIR') return undefined;
  throw new SystemError(found, 'lstat');
}

const kinds = { file: 'file', directory: 'directory', link: 'link', fifo: 'other', socket: 'other', device: 'other' } as const;
