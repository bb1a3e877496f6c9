import type { Reader } from '../execute/reader.ts';
import type { Notice } from '../failures/notice.ts';
import { readSecretFiles, secretsIn } from './secret-files.ts';

/** Variables that installers read an address from. */
const ADDRESSES = /^(PIP|UV|POETRY|PIPENV|PDM|NPM_CONFIG|npm_config)_|_proxy$|_PROXY$/;
const USER_INFO = /[a-z][a-z0-9+.-]*:\/\/([^\s/?#@]+)@/gi;

export interface Secrets {
  /** Texts that must never be printed or written: passwords and the user-info they stand in. */
  readonly values: readonly string[];
  readonly notices: readonly Notice[];
  /** Files that a build was given with some of them. */
  readonly files?: readonly string[];
}

/** Names of variables whose whole value is a password. */
const PASSWORDS =
  /^(UV_INDEX_\w+_PASSWORD|UV_PUBLISH_(PASSWORD|TOKEN)|POETRY_HTTP_BASIC_\w+_PASSWORD|POETRY_PYPI_TOKEN_\w+|PDM_\w*PASSWORD)$/;

/** Shorter ones would be found everywhere. Characters. */
const SHORTEST = 6;

/** What a build must keep to itself: the credentials of its environment, and those in files that its tools read. */
export function readBuildSecrets(reader: Reader): Secrets {
  const { values: known, notices } = readSecrets(reader.environment);
  const values = new Set(known);
  const files = readSecretFiles(reader);
  for (const { text } of files) {
    for (const [, userInfo = ''] of text.matchAll(USER_INFO)) if (isSecret(userInfo)) addSecret(userInfo, values);
    for (const secret of secretsIn(text)) if (secret.length >= SHORTEST) values.add(secret);
  }
  return { values: [...values], notices, files: files.map(({ path }) => path) };
}

/** Collects the credentials that stand in the environment. */
export function readSecrets(environment: Readonly<Record<string, string>>): Secrets {
  const values = new Set<string>();
  const notices: Notice[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (isPassword(name) && value.length >= SHORTEST) {
      values.add(value);
      notices.push({ kind: 'secret-in-environment', setting: name });
    }
    // Most values hold none, and `run` waits for the search.
    if (!value.includes('@')) continue;
    const found = [...value.matchAll(USER_INFO)].map((match) => match[1] ?? '');
    const secret = found.filter(isSecret);
    for (const userInfo of secret) addSecret(userInfo, values);
    if (secret.length > 0 && ADDRESSES.test(name)) {
      notices.push({ kind: 'secret-in-environment', setting: name });
    }
  }
  return { values: [...values], notices };
}

/** Few names come as far as the expression: `run` would wait until it is compiled. */
function isPassword(name: string): boolean {
  return (name.includes('PASSWORD') || name.includes('TOKEN')) && PASSWORDS.test(name);
}

/** A password, or a token in the place of the user's name. `git@` is neither. */
function isSecret(userInfo: string): boolean {
  return userInfo.includes(':') || userInfo.length > 15;
}

function addSecret(userInfo: string, values: Set<string>): void {
  values.add(userInfo);
  const colon = userInfo.indexOf(':');
  const password = colon < 0 ? '' : userInfo.slice(colon + 1);
  // A very short password would blot out ordinary text; the user-info as a whole is redacted all the same.
  if (password.length >= 3) {
    values.add(password);
    values.add(percentDecode(password));
  }
}

function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
