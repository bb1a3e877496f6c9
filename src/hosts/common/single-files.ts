import type { Effect, Outcome, ReplaceLink, TreeProblem, WriteFile } from '../../execute/effect.ts';
import { type Bytes, fromBytes, shown, toBytes } from './bytes.ts';
import type { Files } from './files.ts';
import { folderOf, makeFolders } from './folders.ts';
import { problemOf } from './problems.ts';

type Single = 'write-file' | 'make-directory' | 'make-temporary' | 'replace-link';

type SingleEffect = Extract<Effect, { kind: Single }>;

const singles: Readonly<Record<Single, true>> = {
  'write-file': true,
  'make-directory': true,
  'make-temporary': true,
  'replace-link': true,
};

/** Whether an effect is about one file, which any host performs by its single calls. */
export function isSingle(effect: Effect): effect is SingleEffect {
  return effect.kind in singles;
}

export function performSingle(files: Files, effect: SingleEffect): Outcome {
  switch (effect.kind) {
    case 'write-file':
      return answer(writeFile(files, effect));
    case 'make-directory':
      return answer(makeDirectory(files, effect.path));
    case 'make-temporary':
      return makeTemporary(files, effect.prefix);
    case 'replace-link':
      return answer(replaceLink(files, effect));
  }
}

function answer(problem: TreeProblem | undefined): Outcome {
  return problem === undefined ? { kind: 'done' } : { kind: 'refused', problem };
}

/**
 * Writes a file whole or not at all; what stood there stays until the new one is complete. Not synced: the layer that an
 * engine makes of it is, and a machine that loses power loses the build anyway.
 */
function writeFile(files: Files, effect: WriteFile): TreeProblem | undefined {
  const path = toBytes(effect.path);
  const temporary = asideOf(files, path);
  try {
    makeFolders(files, folderOf(path));
    files.createFile(temporary, toBytes(effect.text), effect.mode);
    files.rename(temporary, path);
    return undefined;
  } catch (error) {
    removeQuietly(files, temporary);
    return problemOf(path, error);
  }
}

function makeDirectory(files: Files, path: string): TreeProblem | undefined {
  try {
    makeFolders(files, toBytes(path));
    return undefined;
  } catch (error) {
    return problemOf(toBytes(path), error);
  }
}

/** Private: nobody but this user may look into it. */
function makeTemporary(files: Files, prefix: string): Outcome {
  const parent = files.temporaryFolder();
  try {
    const made = files.makeTemporary(`${parent}/${toBytes(prefix)}`);
    return { kind: 'made', path: fromBytes(made) ?? shown(made) };
  } catch (error) {
    return { kind: 'refused', problem: problemOf(parent, error) };
  }
}

/** What stands there and is no link is never replaced. */
function replaceLink(files: Files, effect: ReplaceLink): TreeProblem | undefined {
  const path = toBytes(effect.path);
  const target = toBytes(effect.target);
  const temporary = asideOf(files, path);
  try {
    const old = files.look(path);
    if (old !== undefined && old.type !== 'link') return { name: effect.path, reason: 'in-the-way', detail: 'EEXIST' };
    if (old !== undefined && files.readLink(path) === target) return undefined;
    files.symbolicLink(target, temporary);
    files.rename(temporary, path);
    return undefined;
  } catch (error) {
    removeQuietly(files, temporary);
    return problemOf(path, error);
  }
}

function asideOf(files: Files, path: Bytes): Bytes {
  return `${path}.s2i-${files.pid}`;
}

function removeQuietly(files: Files, path: Bytes): void {
  try {
    files.unlink(path);
  } catch {
    // It was never made.
  }
}
