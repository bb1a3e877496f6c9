import * as posix from 'posix';
import type { Bytes } from '../common/bytes.ts';
import { parseEntries, type RawEnvironment } from '../common/environment.ts';

/** The environment this process was given. */
export function readRawEnvironment(): RawEnvironment {
  return parseEntries(posix.environ());
}

/** The folder for temporary files, as Node's `os.tmpdir` finds it. */
export function temporaryFolder(environment: RawEnvironment): Bytes {
  const named = ['TMPDIR', 'TMP', 'TEMP'].map((name) => environment.get(name)).find((path) => path !== undefined && path !== '');
  const path = named ?? '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Entries as execve takes them. */
export function entriesOf(environment: RawEnvironment): Bytes[] {
  return [...environment].map(([name, value]) => `${name}=${value}`);
}
