import { accessSync, constants, statSync } from 'node:fs';
import type { End } from '../../execute/effect.ts';
import { type Bytes, fromBytes } from './bytes.ts';

export type Resolved = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly end: End };

/** Where programs are looked for when PATH is not set. */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Finds the file of a program as a shell that stands in `directory` would: on the PATH of the program's own environment
 * (an empty entry is the directory itself), or by its path. Done before anything is started, so that a missing program,
 * one that may not be executed and a missing directory are told apart, and alike on every host.
 */
export function resolveProgram(name: string, directory: string, path: Bytes | undefined): Resolved {
  const place = kindOf(directory);
  if (place === 'absent') return { ok: false, end: { how: 'not-found', what: 'directory', path: directory } };
  if (place !== 'directory') return refused(directory, place === 'hidden' ? 'permission denied' : 'not a directory');
  if (name.includes('/')) return resolvePath(name, below(directory, name));
  let found: Resolved | undefined;
  for (const entry of (path ?? defaultPath).split(':')) {
    const folder = fromBytes(entry);
    if (folder === undefined || name === '') continue;
    const candidate = resolvePath(name, `${below(directory, folder)}/${name}`);
    if (candidate.ok) return candidate;
    if (candidate.end.how === 'not-executable' && candidate.end.reason === 'permission denied') found ??= candidate;
  }
  return found ?? { ok: false, end: { how: 'not-found', what: 'program', path: name } };
}

function resolvePath(name: string, path: string): Resolved {
  const kind = kindOf(path);
  if (kind === 'absent') return { ok: false, end: { how: 'not-found', what: 'program', path: name } };
  if (kind === 'directory') return refused(path, 'is a directory');
  try {
    accessSync(path, constants.X_OK);
    return kind === 'file' ? { ok: true, path } : refused(path, 'permission denied');
  } catch {
    return refused(path, 'permission denied');
  }
}

function below(directory: string, path: string): string {
  if (path === '') return directory;
  return path.startsWith('/') ? path : `${directory === '/' ? '' : directory}/${path.replace(/^(\.\/+)+/, '')}`;
}

function kindOf(path: string): 'file' | 'directory' | 'other' | 'absent' | 'hidden' {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return 'absent';
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'hidden' : 'absent';
  }
}

function refused(path: string, reason: string): Resolved {
  return { ok: false, end: { how: 'not-executable', path, reason } };
}
