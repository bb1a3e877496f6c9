/** What an image is made from. Everything that differs between distributions is data here; no code asks for a name. */
export interface Distribution {
  /** As in /etc/os-release: `debian`. */
  readonly id: string;
  /** Name of the release, in tags and as a folder: `trixie`. */
  readonly release: string;
  /** For people: `Debian 13 (trixie)`. */
  readonly title: string;
  readonly base: string;
  /** Image that Node is copied from; its C library has to be the distribution's. */
  readonly node: string;
  /** `built`: images are built and tested. `static`: only the rendering is, names of packages come from their lists. */
  readonly checked: 'built' | 'static';
  /** `3.13`: the interpreter that the distribution ships. */
  readonly python: string;
  /** Path of the interpreter that virtual environments are made from. */
  readonly interpreter: string;
  readonly packageManager: PackageManager;
  readonly packages: Readonly<Record<PackageGroup, readonly string[]>>;
  /** Why a group has no packages. */
  readonly absent: Readonly<Partial<Record<PackageGroup, string>>>;
  /** What is not in the image, by the words of `LEFT_OUT`. */
  readonly leftOut: Readonly<Record<LeftOut, readonly string[]>>;
  /** Commands that make the locale en_US.UTF-8 without leaving its sources behind. */
  readonly locale: readonly string[];
  /** Shell patterns of files that packages bring and nothing in the image uses, by what they are. */
  readonly prune: Readonly<Record<string, readonly string[]>>;
  /** What `PLATFORM` says (B4). */
  readonly platform: string;
  readonly minimal: MinimalParts;
  /** Absent: nobody has said yet how the distribution's files are laid into an empty root. */
  readonly micro?: MicroParts;
}

/** Where the image without compilers differs from the full one. */
export interface MinimalParts {
  readonly base: string;
  readonly packageManager: PackageManager;
  readonly packages: readonly string[];
  /** As `prune` of the full image. */
  readonly prune: Readonly<Record<string, readonly string[]>>;
  /** Where `python -m venv` looks for the wheel of pip, to be led to the image's own; undefined: that is left as it is. */
  readonly wheels?: string;
}

/** The folder of a build stage in which the root of the micro image is laid. */
export const ROOT = '/r';

/** An image that is nothing but what Python needs. Made in a stage of the distribution's base, below `ROOT`. */
export interface MicroParts {
  /** What the stage itself needs. */
  readonly tools: readonly string[];
  /** Packages whose files are laid, by what they are for. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** Commands that lay packages below `ROOT`, with what scanners read about them. */
  readonly lay: (packages: readonly string[]) => readonly string[];
  /** Shell patterns below `ROOT` of files that are not taken along, by what they are. */
  readonly prune: Readonly<Record<string, readonly string[]>>;
  /** Commands that add what no package has as a file: certificates, the locale, the cache of libraries. */
  readonly add: readonly string[];
}

/** Groups of packages of the full image; the table of sizes has a row for each. */
export const PACKAGE_GROUPS = {
  python: 'Python, its headers, certificates',
  compilers: 'C and C++ compilers, make',
  git: 'git, and ssh for it',
  apache: 'Apache and its headers, for mod_wsgi',
  postgresql: 'headers of PostgreSQL',
  mariadb: 'headers of MariaDB',
  directory: 'headers of Kerberos, OpenLDAP and SASL',
  xml: 'headers of libxml2 and libxslt',
  crypto: 'headers of OpenSSL, libffi, zlib, bzip2 and xz',
  sqlite: 'headers of SQLite',
  users: 'nss_wrapper, for UIDs without a name',
  tools: 'curl, gettext, less, pkg-config, procps, rsync, unzip, xz',
} as const;

export type PackageGroup = keyof typeof PACKAGE_GROUPS;

/** What few applications need; their wheels bring it along. */
export const LEFT_OUT = {
  fortran: 'Fortran compiler',
  openblas: 'OpenBLAS',
  cmake: 'CMake',
  images: 'headers of libjpeg, libpng, libtiff and FreeType',
} as const;

export type LeftOut = keyof typeof LEFT_OUT;

/** The commands of a package manager, as pure functions of what is wanted. */
export interface PackageManager {
  readonly name: 'apt' | 'dnf' | 'microdnf' | 'apk';
  /** Commands before the first installation. */
  readonly refresh: readonly string[];
  readonly install: (packages: readonly string[]) => string;
  readonly remove: (packages: readonly string[]) => string;
  /** Commands that take away what no image needs: lists, caches, logs. */
  readonly clean: readonly string[];
  /** A command that makes the user 1001 of group 0 with this home. */
  readonly addUser: (home: string) => string;
}
