import { createHash } from 'node:crypto';
import type { Mirrors } from './mirrors.ts';

/** A stand-in for an image of the public registry: its real name, and all that decides what is in it. */
export type Recipe = DebianRecipe | NodeRecipe;

export interface DebianRecipe {
  readonly kind: 'debian';
  readonly image: string;
  /** Of mmdebstrap, but for the name of the tar. */
  readonly options: readonly string[];
  readonly suite: string;
  readonly sources: readonly string[];
}

export interface NodeRecipe {
  readonly kind: 'node';
  readonly image: string;
  readonly base: DebianRecipe;
  readonly node: string;
  readonly npm: string;
  /** Of npm's package, as its registry has it. */
  readonly npmIntegrity: string;
}

/** Debian's `slim` images leave these out, and keep these of them. */
const EXCLUDED = ['doc/*', 'groff/*', 'info/*', 'linda/*', 'man/*', 'locale/*', 'lintian/overrides/*'];
const INCLUDED = [
  'doc/*/copyright',
  'locale/all_languages',
  'locale/currency/*',
  'locale/l10n/*',
  'locale/languages',
  'locale/locale.alias',
];

const APT_SETTINGS = [
  'Apt::AutoRemove::SuggestsImportant "false"',
  'Dir::Cache::pkgcache ""',
  'Dir::Cache::srcpkgcache ""',
  'Acquire::GzipIndexes "true"',
  'Acquire::Languages "none"',
];

const HOOKS = [
  'printf "#!/bin/sh\\nexit 101\\n" > "$1/usr/sbin/policy-rc.d"; chmod 755 "$1/usr/sbin/policy-rc.d"',
  'printf "DPkg::Post-Invoke { \\"rm -f /var/cache/apt/archives/*.deb /var/cache/apt/*.bin || true\\"; };\\n" > "$1/etc/apt/apt.conf.d/docker-clean"',
  'rm -f "$1"/var/log/dpkg.log "$1"/var/log/apt/* "$1"/var/log/alternatives.log "$1"/var/log/bootstrap.log "$1"/var/cache/ldconfig/aux-cache',
];

/**
 * bookworm's init-system-helpers wants `usrmerge | usr-is-merged`; the first, which is taken by default, brings all of perl:
 * 127 MB instead of 78. Naming the second is not enough, the first has to be forbidden while the packages are chosen.
 */
const USRMERGE = [
  '--include=usr-is-merged',
  '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr',
  '--setup-hook=mkdir -p "$1/etc/apt/preferences.d"; printf "Package: usrmerge\\nPin: release *\\nPin-Priority: -1\\n" > "$1/etc/apt/preferences.d/no-usrmerge"',
  '--customize-hook=rm "$1/etc/apt/preferences.d/no-usrmerge"',
];

export function debianRecipe(suite: 'trixie' | 'bookworm', { debian, security }: Mirrors): DebianRecipe {
  return {
    kind: 'debian',
    image: `docker.io/library/debian:${suite}-slim`,
    options: [
      '--variant=minbase',
      '--mode=root',
      ...EXCLUDED.map((path) => `--dpkgopt=path-exclude=/usr/share/${path}`),
      ...INCLUDED.map((path) => `--dpkgopt=path-include=/usr/share/${path}`),
      '--dpkgopt=force-unsafe-io',
      ...APT_SETTINGS.map((setting) => `--aptopt=${setting}`),
      ...HOOKS.map((hook) => `--customize-hook=${hook}`),
      ...(suite === 'bookworm' ? USRMERGE : []),
    ],
    suite,
    sources: [`deb ${debian} ${suite} main`, `deb ${debian} ${suite}-updates main`, `deb ${security} ${suite}-security main`],
  };
}

export function nodeRecipe(mirrors: Mirrors, node: string): NodeRecipe {
  return {
    kind: 'node',
    image: 'docker.io/library/node:24-trixie-slim',
    base: debianRecipe('trixie', mirrors),
    node,
    // What Node 24.21 is released with.
    npm: '11.19.0',
    npmIntegrity: NPM_INTEGRITY,
  };
}

const NPM_INTEGRITY = 'sha512-SDd/hHg3KqHE5Ht2NHWxNYNtqCQ2pXAPLl6OtQhPyED5PHsRfrOtO199MZTIG2cQoQ1ZRI9t28shrD+2cr3AAw==';

/** Changes with whatever decides the content; the mirrors' newer packages do not count. */
export function recipeHash(recipe: Recipe): string {
  return createHash('sha256')
    .update(JSON.stringify([process.arch, recipe]))
    .digest('hex')
    .slice(0, 12);
}
