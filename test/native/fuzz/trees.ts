import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { type Random, randomName } from './random.ts';

function below(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), name]);
}

/** Fills a directory with entries of every kind, with any name, mode and owner; gives the paths of its directories. */
export function growTree(random: Random, root: Buffer, outside: string): readonly Buffer[] {
  const directories = [root];
  const files: Buffer[] = [];
  for (let count = 5 + random.below(80); count > 0; count -= 1) {
    const path = below(directories[random.below(directories.length)] ?? root, randomName(random));
    try {
      const grown = grow(random, path, files, outside);
      if (grown === 'directory') directories.push(path);
      if (grown === 'file') files.push(path);
    } catch (error) {
      // The name is taken, or too long.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  }
  for (const path of [...directories.slice(1), ...files]) {
    if (random.chance(2)) lchownSync(path, random.below(3), random.below(3));
    if (random.chance(2)) chmodSync(path, random.below(0o10000));
  }
  return directories;
}

function grow(random: Random, path: Buffer, files: readonly Buffer[], outside: string): 'directory' | 'file' | 'other' {
  switch (random.below(8)) {
    case 0:
    case 1:
      mkdirSync(path);
      return 'directory';
    case 2:
      symlinkSync(random.oneOf([outside, `${outside}/folder`, `${outside}/file`, '..', '.', '/', 'nowhere', '\u00ff']), path);
      return 'other';
    case 3:
      if (files.length > 0) linkSync(files[random.below(files.length)] ?? path, path);
      return 'other';
    case 4:
      spawnSync('mkfifo', ['--', path.toString()], { stdio: 'ignore' });
      return 'other';
    default:
      writeFileSync(path, 'x'.repeat(random.below(random.chance(5) ? 600_000 : 600)), { flag: 'wx' });
      if (random.chance(10)) truncateSync(path, random.below(1 << 22));
      return 'file';
  }
}

/** Everything about a tree that a walk could have changed, times of change of the inode included. */
export function fingerprint(path: string): readonly string[] {
  const { mode, uid, gid, size, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true });
  const own = `${path} ${mode} ${uid}:${gid} ${size} ${mtimeNs} ${ctimeNs}`;
  const isDirectory = (Number(mode) & 0o170000) === 0o040000;
  return [
    own,
    ...(isDirectory
      ? readdirSync(path)
          .sort()
          .flatMap((name) => fingerprint(`${path}/${name}`))
      : []),
  ];
}

/** A tree that no walk may leave its own for. */
export function makeOutside(path: string): void {
  mkdirSync(`${path}/folder/deep`, { recursive: true });
  for (const name of ['file', 'folder/file', 'folder/deep/file']) {
    writeFileSync(`${path}/${name}`, 's3cret');
    chmodSync(`${path}/${name}`, 0o600);
    lchownSync(`${path}/${name}`, 12345, 777);
  }
  symlinkSync('file', `${path}/link`);
  if (readlinkSync(`${path}/link`) !== 'file') throw new Error('the link is another one');
}
