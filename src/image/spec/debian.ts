import { microParts } from './debian-micro.ts';
import type { Distribution, LeftOut, PackageGroup } from './distribution.ts';
import { APT } from './package-managers.ts';

/** Names that are the same in every release. */
const PACKAGES: Readonly<Record<PackageGroup, readonly string[]>> = {
  python: ['python3', 'python3-dev', 'python3-venv', 'ca-certificates'],
  compilers: ['build-essential'],
  git: ['git', 'openssh-client'],
  apache: ['apache2', 'apache2-dev'],
  postgresql: ['libpq-dev'],
  mariadb: ['default-libmysqlclient-dev'],
  directory: ['libkrb5-dev', 'libldap-dev', 'libsasl2-dev'],
  xml: ['libxml2-dev', 'libxslt1-dev'],
  crypto: ['libssl-dev', 'libffi-dev', 'zlib1g-dev', 'libbz2-dev', 'liblzma-dev'],
  sqlite: ['libsqlite3-dev'],
  users: ['libnss-wrapper'],
  tools: ['curl', 'gettext-base', 'less', 'pkg-config', 'procps', 'rsync', 'unzip', 'xz-utils'],
};

const LEFT_OUT: Readonly<Record<LeftOut, readonly string[]>> = {
  fortran: ['gfortran'],
  openblas: ['libopenblas-dev'],
  cmake: ['cmake'],
  images: ['libfreetype-dev', 'libjpeg-dev', 'libpng-dev', 'libtiff-dev'],
};

/**
 * As a folder of its own: purging `locales` deletes the common archive. What is the same in the base's C.UTF-8 becomes a
 * link to it: a hard link, which localedef makes of its own accord, would store the base's file once more.
 */
const LOCALE = [
  APT.install(['locales']),
  'mkdir -p /usr/lib/locale',
  'localedef --no-archive --no-hard-links -i en_US -c -f UTF-8 /usr/lib/locale/en_US.utf8',
  'cd /usr/lib/locale/en_US.utf8',
  'for part in *; do if cmp -s $part ../C.utf8/$part; then ln -sf ../C.utf8/$part $part; fi; done',
  APT.remove(['locales']),
];

/** What embeds Python links its shared library. */
const PRUNE = {
  'a program that dumps link-time objects': ['/usr/bin/*-lto-dump-*'],
  'static libraries of Python': ['/usr/lib/python3*/config-*/libpython3*.a', '/usr/lib/*/libpython3*.a'],
};

const MINIMAL = ['ca-certificates', 'libnss-wrapper', 'python3', 'python3-venv', 'tzdata'];

/** Not `ensurepip`, which needs no wheel of setuptools since Python 3.12. */
function minimalPrune(python: string): Distribution['minimal']['prune'] {
  const library = `/usr/lib/python${python}`;
  return {
    "Python's own tests": [`${library}/test`, `${library}/lib-dynload/_test*`, `${library}/lib-dynload/xx*`],
    'what help() says about keywords': [`${library}/pydoc_data`],
    'turtle graphics, which need tkinter': [`${library}/turtle*`, `${library}/__pycache__/turtle*`],
    'decimal in Python, which is there in C': [`${library}/_pydecimal.py`, `${library}/__pycache__/_pydecimal*`],
    ...(python === '3.11' ? {} : { 'the wheel of setuptools': ['/usr/share/python-wheels/setuptools-*'] }),
    'the wheel of pip, in whose place is the one pip of the image': ['/usr/share/python-wheels/pip-*'],
  };
}

function debian(release: string, number: number, python: string): Distribution {
  const base = `docker.io/library/debian:${release}-slim`;
  return {
    id: 'debian',
    release,
    title: `Debian ${number} (${release})`,
    base,
    node: 'docker.io/library/node:24-trixie-slim',
    checked: 'built',
    python,
    interpreter: '/usr/bin/python3',
    packageManager: APT,
    packages: PACKAGES,
    absent: {},
    leftOut: LEFT_OUT,
    locale: LOCALE,
    prune: PRUNE,
    platform: release,
    minimal: {
      base,
      packageManager: APT,
      packages: MINIMAL,
      prune: minimalPrune(python),
      wheels: '/usr/share/python-wheels',
    },
    micro: microParts(release, python),
  };
}

export const TRIXIE = debian('trixie', 13, '3.13');
export const BOOKWORM = debian('bookworm', 12, '3.11');
