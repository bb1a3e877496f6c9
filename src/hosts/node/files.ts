import {
  closeSync,
  fchmodSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome, ReplaceLink, TreeProblem, WriteFile } from '../../execute/effect.ts';
import { toBytes } from './bytes.ts';
import { makeFolders } from './folders.ts';
import { problemOf } from './problems.ts';

/**
 * Writes a file whole or not at all; what stood there stays until the new one is complete. Not synced: the layer that an
 * engine makes of it is, and a machine that loses power loses the build anyway.
 */
export function writeFile(effect: WriteFile): TreeProblem | undefined {
  const temporary = `${effect.path}.s2i-${process.pid}`;
  try {
    makeFolders(toBytes(dirname(effect.path)));
    writeAside(temporary, Buffer.from(effect.text, 'utf8'), effect.mode);
    renameSync(temporary, effect.path);
    return undefined;
  } catch (error) {
    removeQuietly(temporary);
    return problemOf(toBytes(effect.path), error);
  }
}

function writeAside(path: string, bytes: Buffer, mode: number): void {
  const descriptor = openSync(path, 'wx', mode);
  try {
    let at = 0;
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
    // Of a mode beyond 0777, opening keeps nothing.
    if ((mode & 0o7000) !== 0) fchmodSync(descriptor, mode & ~process.umask());
  } finally {
    closeSync(descriptor);
  }
}

export function makeDirectory(path: string): TreeProblem | undefined {
  try {
    makeFolders(toBytes(path));
    return undefined;
  } catch (error) {
    return problemOf(toBytes(path), error);
  }
}

/** Private: nobody but this user may look into it. */
export function makeTemporary(prefix: string): Outcome {
  const parent = process.getBuiltinModule('node:os').tmpdir();
  try {
    return { kind: 'made', path: mkdtempSync(`${parent}/${prefix}`) };
  } catch (error) {
    return { kind: 'refused', problem: problemOf(toBytes(parent), error) };
  }
}

/** What stands there and is no link is never replaced. */
export function replaceLink(effect: ReplaceLink): TreeProblem | undefined {
  const temporary = `${effect.path}.s2i-${process.pid}`;
  try {
    const old = lstatSync(effect.path, { throwIfNoEntry: false });
    if (old !== undefined && !old.isSymbolicLink()) return { name: effect.path, reason: 'in-the-way', detail: 'EEXIST' };
    if (old !== undefined && readlinkSync(effect.path) === effect.target) return undefined;
    symlinkSync(effect.target, temporary);
    renameSync(temporary, effect.path);
    return undefined;
  } catch (error) {
    removeQuietly(temporary);
    return problemOf(toBytes(effect.path), error);
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never made.
  }
}
