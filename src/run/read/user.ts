import type { Reader } from '../../execute/reader.ts';
import { join } from '../../inspect/paths.ts';
import type { UserFacts } from '../facts.ts';

/** Folders in which distributions put libnss_wrapper.so. */
const LIBRARY_FOLDERS = ['/usr/lib64', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/local/lib'];

/** The incumbent leaves root and its own user alone (B67); so is every uid that the system has a name for (B69). */
export function readUser(reader: Reader): UserFacts {
  const { uid } = reader.identity;
  if (uid === 0 || uid === 1001) return 'known';
  const read = reader.readText('/etc/passwd');
  const passwd = read.ok ? read.text : undefined;
  if (passwd?.split('\n').some((line) => line.split(':')[2] === String(uid))) return 'known';
  const { USER = '', LOGNAME = '', HOME = '', LD_PRELOAD = '', NSS_WRAPPER_PASSWD = '' } = reader.environment;
  const wrapped = NSS_WRAPPER_PASSWD !== '' && LD_PRELOAD.includes('libnss_wrapper.so');
  return {
    given: { user: USER !== '', logname: LOGNAME !== '', home: HOME === '' ? undefined : HOME, preload: LD_PRELOAD },
    passwd,
    wrapper: !wrapped && LIBRARY_FOLDERS.some((folder) => reader.stat(join(folder, 'libnss_wrapper.so'))?.type === 'file'),
  };
}
