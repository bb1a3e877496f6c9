import type { PackageManager } from './distribution.ts';

const LEFT_BY_APT = [
  '/var/lib/apt/lists/*',
  '/var/cache/apt/*.bin',
  '/var/cache/debconf/*-old',
  '/var/lib/dpkg/*-old',
  '/var/cache/ldconfig/aux-cache',
  '/var/log/apt',
  '/var/log/*.log',
];

/** Without --no-log-init it would write login records: sparse files that become real ones in a layer. */
const USERADD = (home: string) =>
  `useradd --uid 1001 --gid 0 --no-log-init --no-create-home --home-dir ${home} --comment 'Default Application User' --shell /bin/bash default`;

export const APT: PackageManager = {
  name: 'apt',
  refresh: ['export DEBIAN_FRONTEND=noninteractive', 'apt-get update'],
  install: (packages) => `apt-get install -y --no-install-recommends ${words(packages)}`,
  remove: (packages) => `apt-get purge -y --auto-remove ${words(packages)}`,
  clean: [`rm -rf ${LEFT_BY_APT.join(' ')}`],
  addUser: USERADD,
};

export const DNF: PackageManager = {
  name: 'dnf',
  refresh: [],
  install: (packages) => `dnf install -y --setopt=install_weak_deps=False --setopt=tsflags=nodocs ${words(packages)}`,
  remove: (packages) => `dnf remove -y ${words(packages)}`,
  clean: ['dnf clean all', 'rm -rf /var/cache/dnf /var/log/dnf* /var/log/hawkey.log'],
  addUser: USERADD,
};

/** dnf without Python, of Red Hat's minimal images. */
export const MICRODNF: PackageManager = {
  name: 'microdnf',
  refresh: [],
  install: (packages) => `microdnf install -y --setopt=install_weak_deps=0 --setopt=tsflags=nodocs ${words(packages)}`,
  remove: (packages) => `microdnf remove -y ${words(packages)}`,
  clean: ['microdnf clean all'],
  addUser: USERADD,
};

export const APK: PackageManager = {
  name: 'apk',
  refresh: [],
  install: (packages) => `apk add --no-cache ${words(packages)}`,
  remove: (packages) => `apk del ${words(packages)}`,
  clean: [],
  addUser: (home) => `adduser -u 1001 -G root -h ${home} -H -D -g 'Default Application User' -s /bin/sh default`,
};

/** Sorted, one a line, so that a change of the list is one line of a diff. */
export function words(packages: readonly string[]): string {
  return [...packages]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => `\\\n      ${name}`)
    .join(' ');
}
