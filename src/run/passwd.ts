import { act, type Program, say } from '../execute/perform.ts';
import type { Reader } from '../execute/reader.ts';
import { join } from '../inspect/paths.ts';
import { type PasswdFile, wrapperVariables } from './user.ts';

/**
 * Writes the passwd file where it belongs, or where that cannot be written, below the temporary directory. Gives the variables
 * that lead to it; none when it could not be written at all (B70 bettered).
 */
export function* writePasswd(passwd: PasswdFile | undefined, reader: Reader): Program<Readonly<Record<string, string>>> {
  if (passwd === undefined) return {};
  const present = reader.readText(passwd.path);
  if (present.ok && present.text === passwd.text) return wrapperVariables(passwd, passwd.path);
  const mode = 0o644;
  const refused = yield* act({ kind: 'write-file', path: passwd.path, text: passwd.text, mode });
  if (refused === undefined) return wrapperVariables(passwd, passwd.path);
  const made = yield { kind: 'make-temporary', prefix: 's2i-passwd-' };
  if (made.kind === 'made') {
    const path = join(made.path, 'passwd');
    const again = yield* act({ kind: 'write-file', path, text: passwd.text, mode });
    if (again === undefined) return wrapperVariables(passwd, path);
  }
  yield* say('warning', `No passwd entry for this user: neither ${passwd.path} nor the temporary directory can be written.`);
  return {};
}
