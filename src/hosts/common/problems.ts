import type { TreeProblem } from '../../execute/effect.ts';
import { type Bytes, shown } from './bytes.ts';

/** The errno name of a file system error; undefined when it is something else, which is then a fault of ours. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** A file system error in the port's words. Anything else is thrown on. */
export function problemOf(name: Bytes, error: unknown): TreeProblem {
  const code = errnoOf(error);
  if (code === undefined) throw error;
  return problemNamed(name, code);
}

/** A problem in the port's words, from the name of its error (`EACCES`). */
export function problemNamed(name: Bytes, code: string): TreeProblem {
  return { name: shown(name), reason: reasons[code] ?? 'other', detail: code };
}

const reasons: Readonly<Record<string, TreeProblem['reason']>> = {
  EROFS: 'read-only',
  ENOSPC: 'no-space',
  EDQUOT: 'quota',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOENT: 'not-found',
  ENAMETOOLONG: 'too-deep',
  ELOOP: 'too-deep',
  EEXIST: 'in-the-way',
  ENOTEMPTY: 'in-the-way',
  ENOTDIR: 'in-the-way',
  EISDIR: 'in-the-way',
};
