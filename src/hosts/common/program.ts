import type { End } from '../../execute/effect.ts';
import { type Bytes, fromBytes } from './bytes.ts';

export type Resolved = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly end: End };

/** What finding a program asks of the file system; links are followed. */
export interface Programs {
  /** `hidden`: behind a directory that may not be searched. */
  readonly kindOf: (path: string) => 'file' | 'directory' | 'other' | 'absent' | 'hidden';
  /** Whether this process may execute what stands there. */
  readonly mayExecute: (path: string) => boolean;
}

/** Which program is looked for. */
export interface Wanted {
  readonly name: string;
  readonly directory: string;
  /** PATH in its environment. */
  readonly path: Bytes | undefined;
}

/** Where programs are looked for when PATH is not set. */
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Finds the file of a program as a shell that stands in `directory` would: on the PATH of the program's own environment
 * (an empty entry is the directory itself), or by its path. Done before anything is started, so that a missing program,
 * one that may not be executed and a missing directory are told apart, and alike on every host.
 */
export function resolveProgram(files: Programs, { name, directory, path }: Wanted): Resolved {
  const place = files.kindOf(directory);
  if (place === 'absent') return { ok: false, end: { how: 'not-found', what: 'directory', path: directory } };
  if (place !== 'directory') return refused(directory, place === 'hidden' ? 'permission denied' : 'not a directory');
  if (name.includes('/')) return resolvePath(files, name, below(directory, name));
  let found: Resolved | undefined;
  for (const entry of (path ?? defaultPath).split(':')) {
    const folder = fromBytes(entry);
    if (folder === undefined || name === '') continue;
    const candidate = resolvePath(files, name, `${below(directory, folder)}/${name}`);
    if (candidate.ok) return candidate;
    if (candidate.end.how === 'not-executable' && candidate.end.reason === 'permission denied') found ??= candidate;
  }
  return found ?? { ok: false, end: { how: 'not-found', what: 'program', path: name } };
}

function resolvePath(files: Programs, name: string, path: string): Resolved {
  const kind = files.kindOf(path);
  if (kind === 'absent') return { ok: false, end: { how: 'not-found', what: 'program', path: name } };
  if (kind === 'directory') return refused(path, 'is a directory');
  return kind === 'file' && files.mayExecute(path) ? { ok: true, path } : refused(path, 'permission denied');
}

function below(directory: string, path: string): string {
  if (path === '') return directory;
  return path.startsWith('/') ? path : `${directory === '/' ? '' : directory}/${path.replace(/^(\.\/+)+/, '')}`;
}

function refused(path: string, reason: string): Resolved {
  return { ok: false, end: { how: 'not-executable', path, reason } };
}
