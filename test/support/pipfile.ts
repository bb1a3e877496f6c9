import { createHash } from 'node:crypto';
import { parse } from 'smol-toml';
import type { Distribution } from './packages.ts';

/** What `pipenv install --deploy` compares with the lock, for the text of a Pipfile: it covers the address of the index. */
export function pipfileHash(text: string): string {
  const { source = [], requires = {}, packages = {}, ...more } = parse(text);
  const { 'dev-packages': develop = {}, ...others } = more;
  const content = { _meta: { sources: source, requires }, default: packages, develop, ...others };
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex');
}

/**
 * A Pipfile and its lock for distributions of an index, by name and version; each is asked for itself. `own` are packages
 * that lie in the project.
 */
export function pipfileWith(
  url: string,
  locked: readonly Distribution[],
  own: Readonly<Record<string, { readonly editable: true; readonly path: string }>> = {},
): Readonly<Record<string, string>> {
  const lines = [
    ...locked.map(({ name, version }) => `${name} = "==${version}"`),
    ...Object.entries(own).map(([name, { path }]) => `${name} = {path = "${path}", editable = true}`),
  ];
  const pipfile = `[[source]]\nurl = "${url}"\nverify_ssl = false\nname = "loopback"\n\n[packages]\n${lines.join('\n')}\n`;
  const entries = locked.map(({ name, version, sha256 }) => [
    name,
    { hashes: [`sha256:${sha256}`], index: 'loopback', version: `==${version}` },
  ]);
  const lock = {
    _meta: {
      hash: { sha256: pipfileHash(pipfile) },
      'pipfile-spec': 6,
      requires: {},
      sources: [{ name: 'loopback', url, verify_ssl: false }],
    },
    default: { ...Object.fromEntries(entries), ...own },
    develop: {},
  };
  return { Pipfile: pipfile, 'Pipfile.lock': `${JSON.stringify(lock, undefined, 4)}\n` };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one)]));
}
