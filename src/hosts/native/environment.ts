import * as posix from 'posix';
import type { Bytes } from '../common/bytes.ts';
import { parseEntries, type RawEnvironment } from '../common/environment.ts';

/** The environment this process was given, with PWD as the shell in front of the Node hooks sets it. */
export function readRawEnvironment(): RawEnvironment {
  const raw = parseEntries(posix.environ());
  const directory = posix.directory();
  if (typeof directory === 'string' && !leadsTo(raw.get('PWD'), directory)) raw.set('PWD', directory);
  return raw;
}

/** Whether a path is absolute and another name of the directory. */
function leadsTo(path: Bytes | undefined, directory: Bytes): boolean {
  if (path === directory) return true;
  if (path === undefined || !path.startsWith('/')) return false;
  const [one, other] = [posix.status(path, 1), posix.status(directory, 1)];
  return typeof one !== 'number' && typeof other !== 'number' && one.inode === other.inode && one.device === other.device;
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
