import type { Notice } from '../failures/notice.ts';

/** Variables that installers read an address from. */
const ADDRESSES = /^(PIP|UV|POETRY|PIPENV|PDM|NPM_CONFIG|npm_config)_|_proxy$|_PROXY$/;
const USER_INFO = /[a-z][a-z0-9+.-]*:\/\/([^\s/?#@]+)@/gi;

export interface Secrets {
  /** Texts that must never be printed or written: passwords and the user-info they stand in. */
  readonly values: readonly string[];
  readonly notices: readonly Notice[];
}

/** Collects the credentials that stand in URLs of the environment. */
export function readSecrets(environment: Readonly<Record<string, string>>): Secrets {
  const values = new Set<string>();
  const notices: Notice[] = [];
  for (const [name, value] of Object.entries(environment)) {
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
