import { statSync } from 'node:fs';
import type { EngineFailure, RequestFile } from './failure.ts';

interface Wanted {
  readonly what: RequestFile;
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'any';
}

/** The first file of a request that is not what it should be: engines say it late, and each in other words. */
export function missingFile(wanted: readonly Wanted[]): EngineFailure | undefined {
  for (const { what, path, kind } of wanted) {
    const problem = problemOf(path, kind);
    if (problem !== undefined) return { kind: 'file-missing', what, path, problem };
  }
  return undefined;
}

function problemOf(path: string, kind: Wanted['kind']): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 'does not exist';
  if (kind === 'file' && !found.isFile()) return found.isDirectory() ? 'is a folder' : 'is no regular file';
  if (kind === 'folder' && !found.isDirectory()) return 'is no folder';
  return kind === 'file' && found.size === 0 ? 'is empty' : undefined;
}
