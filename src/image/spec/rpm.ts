import type { Distribution, LeftOut, PackageGroup } from './distribution.ts';
import { DNF, MICRODNF } from './package-managers.ts';

type Packages = Readonly<Record<PackageGroup, readonly string[]>>;

interface RpmRelease {
  readonly id: string;
  readonly release: string;
  readonly title: string;
  readonly base: string;
  /** Of the minimal image, where there is a smaller one. */
  readonly minimalBase?: string;
  readonly python: string;
  readonly platform: string;
  /** Names that differ from those of the others. */
  readonly packages: Partial<Packages> & Pick<Packages, 'python'>;
}

const PACKAGES: Omit<Packages, 'python'> = {
  compilers: ['gcc-c++', 'make', 'patch', 'redhat-rpm-config'],
  git: ['git'],
  apache: ['httpd', 'httpd-devel'],
  postgresql: ['libpq-devel'],
  mariadb: ['mariadb-connector-c-devel'],
  directory: ['cyrus-sasl-devel', 'krb5-devel', 'openldap-devel'],
  xml: ['libxml2-devel', 'libxslt-devel'],
  crypto: ['bzip2-devel', 'libffi-devel', 'openssl-devel', 'xz-devel', 'zlib-devel'],
  sqlite: ['sqlite-devel'],
  users: ['nss_wrapper-libs'],
  tools: ['findutils', 'gettext', 'less', 'pkgconf-pkg-config', 'procps-ng', 'rsync', 'tar', 'unzip', 'which', 'xz'],
};

const LEFT_OUT: Readonly<Record<LeftOut, readonly string[]>> = {
  fortran: ['gcc-gfortran'],
  openblas: ['openblas-devel'],
  cmake: ['cmake'],
  images: ['freetype-devel', 'libjpeg-turbo-devel', 'libpng-devel', 'libtiff-devel'],
};

function rpm({ packages, minimalBase, ...release }: RpmRelease): Distribution {
  return {
    ...release,
    // Made for an older C library than any of these has.
    node: 'docker.io/library/node:24-trixie-slim',
    checked: 'static',
    interpreter: `/usr/bin/python${release.python}`,
    packageManager: DNF,
    packages: { ...PACKAGES, ...packages },
    absent: {},
    leftOut: LEFT_OUT,
    locale: [DNF.install(['glibc-langpack-en'])],
    prune: {},
    minimal: {
      base: minimalBase ?? release.base,
      packageManager: minimalBase === undefined ? DNF : MICRODNF,
      packages: [
        'ca-certificates',
        'findutils',
        'glibc-langpack-en',
        'nss_wrapper-libs',
        ...packages.python.filter((name) => !/-(devel|pip)$/.test(name)),
        'shadow-utils',
        'tar',
        'tzdata',
      ],
      prune: {},
    },
  };
}

const PYTHON_312 = ['python3.12', 'python3.12-devel', 'python3.12-pip'];
const PYTHON_3 = ['python3', 'python3-devel', 'python3-pip'];

export const UBI_9 = rpm({
  id: 'rhel',
  release: 'ubi9',
  title: 'Red Hat Universal Base Image 9',
  base: 'registry.access.redhat.com/ubi9/ubi',
  minimalBase: 'registry.access.redhat.com/ubi9/ubi-minimal',
  python: '3.12',
  platform: 'el9',
  packages: { python: PYTHON_312 },
});

export const UBI_10 = rpm({
  id: 'rhel',
  release: 'ubi10',
  title: 'Red Hat Universal Base Image 10',
  base: 'registry.access.redhat.com/ubi10/ubi',
  minimalBase: 'registry.access.redhat.com/ubi10/ubi-minimal',
  python: '3.12',
  platform: 'el10',
  packages: { python: PYTHON_3, crypto: ['bzip2-devel', 'libffi-devel', 'openssl-devel', 'xz-devel', 'zlib-ng-compat-devel'] },
});

export const CENTOS_STREAM_10 = rpm({
  id: 'centos',
  release: 'stream10',
  title: 'CentOS Stream 10',
  base: 'quay.io/centos/centos:stream10',
  python: '3.12',
  platform: 'el10',
  packages: { python: PYTHON_3, crypto: ['bzip2-devel', 'libffi-devel', 'openssl-devel', 'xz-devel', 'zlib-ng-compat-devel'] },
});

export const FEDORA = rpm({
  id: 'fedora',
  release: 'fedora43',
  title: 'Fedora 43',
  base: 'quay.io/fedora/fedora:43',
  python: '3.14',
  platform: 'fedora',
  packages: { python: PYTHON_3 },
});
