import { join } from '../inspect/paths.ts';
import type { RunFacts } from './facts.ts';

/** What a uid without a name needs (B68, B70-B72 bettered). */
export interface UserPlan {
  /** Only what was not set. */
  readonly environment: Readonly<Record<string, string>>;
  readonly passwd?: PasswdFile;
}

/** A passwd file for nss_wrapper; only planned where that library is installed. */
export interface PasswdFile {
  readonly path: string;
  readonly text: string;
  /** LD_PRELOAD with the library behind what was there. */
  readonly preload: string;
}

const LIBRARY = 'libnss_wrapper.so';

/** Nothing for root, for uid 1001 and for every uid that /etc/passwd names. */
export function planUser({ user, place, identity }: RunFacts): UserPlan {
  if (user === 'known') return { environment: {} };
  const home = user.given.home ?? join(place.appRoot, 'src');
  const environment: Record<string, string> = {};
  if (!user.given.user) environment.USER = 'default';
  if (!user.given.logname) environment.LOGNAME = 'default';
  if (user.given.home === undefined) environment.HOME = home;
  if (!user.wrapper || user.passwd === undefined) return { environment };
  const entry = `default:x:${identity.uid}:${identity.gid}:Default Application User:${home}:/bin/bash\n`;
  const preload = [...user.given.preload.split(':').filter((one) => one !== '' && one !== LIBRARY), LIBRARY].join(':');
  return {
    environment,
    passwd: { path: join(place.appRoot, 'etc/passwd'), text: `${renamed(user.passwd)}${entry}`, preload },
  };
}

/** The system's own `default` gets out of the way; the last line ends with a newline (B72). */
function renamed(passwd: string): string {
  const text = passwd.replace(/^default:/gm, 'builder:');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The variables that make nss_wrapper read the file that was written. */
export function wrapperVariables(passwd: PasswdFile, path: string): Readonly<Record<string, string>> {
  return { NSS_WRAPPER_PASSWD: path, NSS_WRAPPER_GROUP: '/etc/group', LD_PRELOAD: passwd.preload };
}
