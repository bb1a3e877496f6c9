import type { Reader } from '../execute/reader.ts';
import { readIncoming } from './incoming.ts';
import { join } from './paths.ts';

/** Where secrets are mounted. */
const MOUNTS = '/run/secrets';
const LIMITS = { maxBytes: 64 * 1024 };

/** `machine host login user password secret`, in any order and over lines. */
const NETRC = /(?:^|\s)password\s+(\S+)/g;
/** `password = "secret"`, `token: secret`: INI, TOML and the like. */
const ASSIGNED = /^\s*["']?[\w.-]*(?:password|passwd|token|secret)[\w.-]*["']?\s*[=:]\s*["']?([^"'\s#]+)/gim;

export interface SecretFile {
  readonly path: string;
  readonly text: string;
}

/** Files that hold secrets for a build: the mounted ones, and those in which its tools look for passwords. */
export function readSecretFiles(reader: Reader): readonly SecretFile[] {
  const home = reader.environment.HOME ?? '/';
  const { NETRC: netrc, PIP_CONFIG_FILE: pip } = reader.environment;
  const mounted = (reader.list(MOUNTS)?.names ?? []).map((name) => join(MOUNTS, name));
  const known = [
    netrc ?? join(home, '.netrc'),
    pip ?? '/etc/pip.conf',
    join(home, '.config/pip/pip.conf'),
    join(home, '.pip/pip.conf'),
    join(home, '.config/pypoetry/auth.toml'),
  ];
  return [...new Set([...mounted, ...known])].flatMap((path) => {
    const read = readIncoming(reader, path, LIMITS);
    return read.ok && !isPublic(read.text) ? [{ path, text: read.text }] : [];
  });
}

/** Certificates are meant to be seen. */
function isPublic(text: string): boolean {
  return text.includes('-----BEGIN CERTIFICATE-----') && !text.includes('PRIVATE KEY-----');
}

/** What is secret in such a file beside the credentials of addresses: the passwords it names; a file of one line is one. */
export function secretsIn(text: string): readonly string[] {
  const lines = text.trim().split(/\r?\n/);
  const named = [NETRC, ASSIGNED].flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
  const [only = ''] = lines;
  return lines.length === 1 && named.length === 0 && !/\s|:\/\//.test(only) ? [only] : named;
}
