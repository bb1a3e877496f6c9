import type { Distribution } from './distribution.ts';
import { APK } from './package-managers.ts';

/** musl: Node comes from an image made for it, and wheels have to be musllinux ones. */
export const ALPINE: Distribution = {
  id: 'alpine',
  release: 'alpine3.22',
  title: 'Alpine 3.22',
  base: 'docker.io/library/alpine:3.22',
  node: 'docker.io/library/node:24-alpine',
  checked: 'static',
  python: '3.12',
  interpreter: '/usr/bin/python3',
  packageManager: APK,
  packages: {
    python: ['ca-certificates', 'python3', 'python3-dev'],
    compilers: ['build-base'],
    git: ['git', 'openssh-client'],
    apache: ['apache2', 'apache2-dev'],
    postgresql: ['libpq-dev'],
    mariadb: ['mariadb-connector-c-dev'],
    directory: ['cyrus-sasl-dev', 'krb5-dev', 'openldap-dev'],
    xml: ['libxml2-dev', 'libxslt-dev'],
    crypto: ['bzip2-dev', 'libffi-dev', 'openssl-dev', 'xz-dev', 'zlib-dev'],
    sqlite: ['sqlite-dev'],
    users: [],
    tools: ['bash', 'coreutils', 'curl', 'gettext', 'less', 'pkgconf', 'procps-ng', 'rsync', 'tar', 'unzip', 'xz'],
  },
  absent: { users: 'musl asks no name service switch' },
  leftOut: {
    fortran: ['gfortran'],
    openblas: ['openblas-dev'],
    cmake: ['cmake'],
    images: ['freetype-dev', 'libjpeg-turbo-dev', 'libpng-dev', 'tiff-dev'],
  },
  locale: [APK.install(['musl-locales'])],
  prune: {},
  platform: 'alpine',
  minimal: {
    base: 'docker.io/library/alpine:3.22',
    packageManager: APK,
    packages: ['bash', 'ca-certificates', 'python3', 'tar', 'tzdata'],
    prune: {},
  },
};
