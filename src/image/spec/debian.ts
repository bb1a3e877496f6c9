import type { Distribution, PackageGroup } from './distribution.ts';
import { APT } from './package-managers.ts';

/** Names that are the same in every release. */
const PACKAGES: Readonly<Record<PackageGroup, readonly string[]>> = {
  python: ['python3', 'python3-dev', 'python3-venv', 'ca-certificates'],
  compilers: ['build-essential'],
  git: ['git'],
  apache: ['apache2', 'apache2-dev'],
  postgresql: ['libpq-dev'],
  mariadb: ['default-libmysqlclient-dev'],
  xml: ['libxml2-dev', 'libxslt1-dev'],
  crypto: ['libssl-dev', 'libffi-dev', 'zlib1g-dev', 'libbz2-dev', 'liblzma-dev'],
  sqlite: ['libsqlite3-dev'],
  users: ['libnss-wrapper'],
  init: ['tini'],
  tools: ['curl', 'unzip', 'xz-utils', 'less', 'procps', 'gettext-base', 'pkg-config'],
};

/** As a folder of its own: purging `locales` deletes the common archive. */
const LOCALE = [
  'apt-get install -y --no-install-recommends locales',
  'mkdir -p /usr/lib/locale',
  'localedef --no-archive -i en_US -c -f UTF-8 /usr/lib/locale/en_US.utf8',
  'apt-get purge -y --auto-remove locales',
];

function debian(release: string, number: number, python: string): Distribution {
  return {
    id: 'debian',
    release,
    title: `Debian ${number} (${release})`,
    base: `debian:${release}-slim`,
    python,
    packageManager: APT,
    packages: PACKAGES,
    locale: LOCALE,
    interpreter: '/usr/bin/python3',
    platform: release,
  };
}

export const TRIXIE = debian('trixie', 13, '3.13');
export const BOOKWORM = debian('bookworm', 12, '3.11');
