import type { Reader } from '../execute/reader.ts';
import { join } from './paths.ts';

/** Searches a PATH as execvp does; undefined when no folder of it holds an executable file of that name. */
export function findProgram(reader: Reader, name: string, path: string | undefined): string | undefined {
  if (name.includes('/')) return isProgram(reader, name) ? name : undefined;
  for (const folder of (path ?? '/usr/local/bin:/usr/bin:/bin').split(':')) {
    const candidate = join(folder === '' ? reader.directory : folder, name);
    if (isProgram(reader, candidate)) return candidate;
  }
  return undefined;
}

/** A root that shows no /bin at all, as a fixture's, says nothing: there a shell is taken for granted. */
export function hasShell(reader: Reader): boolean {
  return reader.stat('/bin') === undefined || reader.stat('/bin/sh') !== undefined;
}

function isProgram(reader: Reader, path: string): boolean {
  return reader.stat(path)?.type === 'file' && reader.executable(path);
}
