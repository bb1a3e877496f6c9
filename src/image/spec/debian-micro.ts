import { type MicroParts, ROOT } from './distribution.ts';
import { words } from './package-managers.ts';

/** Names of packages that changed with the release. */
const NAMES: Readonly<Record<string, { readonly ssl: readonly string[]; readonly licence: string }>> = {
  trixie: { ssl: ['libssl3t64', 'libzstd1'], licence: 'gcc-14-base' },
  bookworm: { ssl: ['libssl3'], licence: 'gcc-12-base' },
};

/** The micro image of a Debian release. */
export function microParts(release: string, python: string): MicroParts {
  const { ssl = [], licence = '' } = NAMES[release] ?? {};
  return {
    tools: ['ca-certificates'],
    packages: {
      'the C library': ['libc6', 'libcrypt1'],
      // The licence of both libraries lies in a package of its own.
      'what wheels are linked with': [licence, 'libgcc-s1', 'libstdc++6', 'zlib1g'],
      'Python, its standard library': [
        `libpython${python}-minimal`,
        `libpython${python}-stdlib`,
        `python${python}-minimal`,
        'media-types',
        'netbase',
      ],
      'what the standard library is linked with': [
        ...ssl,
        'libbz2-1.0',
        'libexpat1',
        'libffi8',
        'liblzma5',
        'libsqlite3-0',
        'libuuid1',
      ],
      'time zones, folders and licences': ['base-files', 'tzdata'],
      'nss_wrapper, for UIDs without a name': ['libnss-wrapper'],
    },
    lay,
    prune: prune(python),
    add: ADD,
  };
}

/**
 * Files only: no package's script is run. `/bin` and its like are links before anything is laid; tar would replace them by
 * folders without the option. Scanners read what is installed from status.d.
 */
function lay(packages: readonly string[]): readonly string[] {
  const record = `${ROOT}/var/lib/dpkg/status.d`;
  return [
    'mkdir /packages',
    'cd /packages',
    `apt-get download ${words(packages)}`,
    `mkdir -p ${ROOT}/usr/bin ${ROOT}/usr/sbin ${ROOT}/usr/lib ${ROOT}/usr/lib64 ${record}`,
    `for name in bin sbin lib lib64; do ln -s usr/$name ${ROOT}/$name; done`,
    `for file in *.deb; do dpkg-deb --fsys-tarfile $file | tar -x -C ${ROOT} --keep-directory-symlink; dpkg-deb --field $file > ${record}/$(dpkg-deb --field $file Package); done`,
  ];
}

const LIBRARIES = 'usr/lib/*-linux-gnu';

function prune(python: string): MicroParts['prune'] {
  return { ...systemPrune(), ...pythonPrune(python) };
}

function systemPrune(): MicroParts['prune'] {
  const debugging = ['audit', 'libmemusage.so', 'libpcprofile.so', 'libc_malloc_debug.so*', 'libthread_db*'];
  const system = ['boot', 'media', 'mnt', 'srv', 'usr/games', 'usr/include', 'usr/local', 'usr/src'];
  const settings = ['binfmt.d', 'cmake', 'pkgconfig'];
  const shared = ['base-files', 'bash-completion', 'binfmts', 'bug', 'dict', 'gcc', 'gdb', 'info', 'lintian', 'man', 'pixmaps'];
  return {
    'pages, and settings of programs that are not there': [
      ...shared.map((name) => `usr/share/${name}`),
      ...settings.flatMap((name) => [`usr/lib/${name}`, `${LIBRARIES}/${name}`]),
    ],
    'character sets of the C library: Python has its own': [`${LIBRARIES}/gconv`],
    'tools for debugging the C library': debugging.map((name) => `${LIBRARIES}/${name}`),
    'old name services': ['libnss_compat', 'libnss_hesiod', 'libnsl'].map((name) => `${LIBRARIES}/${name}*`),
    'engines and old ciphers of OpenSSL': [`${LIBRARIES}/engines-3`, `${LIBRARIES}/ossl-modules/legacy.so`],
    'Expat with wide characters, vectors of the C library': [`${LIBRARIES}/libexpatw.so*`, `${LIBRARIES}/libmvec.so*`],
    'second copies of time zones': ['usr/share/zoneinfo/right', 'usr/share/zoneinfo/posix'],
    'folders of a system with users and services': [
      ...system,
      ...['default', 'dpkg', 'profile.d', 'skel', 'update-motd.d'].map((name) => `etc/${name}`),
      ...['backups', 'local', 'lock', 'mail', 'spool', 'tmp'].map((name) => `var/${name}`),
    ],
  };
}

/** What editing on a terminal consists of. The rest of `_pyrepl` starts the plain prompt, and pages and shows for others. */
const EDITING = [
  ...['_minimal_curses', '_threading_handler', 'base_eventqueue', 'commands', 'completing_reader', 'curses', 'fancy_termios'],
  ...['historical_reader', 'input', 'keymap', 'reader', 'readline', 'simple_interact', 'unix_*', 'utils', 'windows_*'],
];

function pythonPrune(python: string): MicroParts['prune'] {
  const library = `usr/lib/python${python}`;
  const editing = EDITING.map((name) => `${library}/_pyrepl/${name}.py`);
  const modules = `${library}/lib-dynload`;
  return {
    'readline, curses, Berkeley DB and NIS of Python, whose libraries are not there': [
      ...['readline', '_curses', '_dbm', 'nis'].map((name) => `${modules}/${name}*`),
      `${library}/curses`,
    ],
    "Python's own tests": [
      `${library}/test`,
      `${modules}/_test*`,
      `${modules}/_ctypes_test*`,
      `${modules}/_xxtest*`,
      `${modules}/xx*`,
    ],
    'ensurepip and venv: there is no pip': [`${library}/ensurepip`, `${library}/venv`],
    'what help() says about keywords': [`${library}/pydoc_data`],
    'turtle graphics, which need tkinter': [`${library}/turtle*`],
    ...(python === '3.11' ? {} : { 'editing at the prompt, which needs curses: it is the plain one': editing }),
    'modules that Python imports on Windows, macOS, Android or AIX only': [
      ...['aix', 'android', 'apple', 'ios', 'osx'].map((name) => `${library}/_${name}_support.py`),
      ...['windows_*', 'proactor_events'].map((name) => `${library}/asyncio/${name}.py`),
      `${library}/multiprocessing/popen_spawn_win32.py`,
    ],
    'in Python what is there in C': ['_pydatetime', '_pydecimal', '_pyio'].map((name) => `${library}/${name}.py`),
  };
}

/** OpenSSL finds certificates by the name cert.pem; with a folder of them alone Python lists none. */
const ADD = [
  // Copyright files stay, and the links that some packages have instead.
  `find ${ROOT}/usr/share/doc -type f ! -name copyright -delete`,
  `mkdir -p ${ROOT}/etc/ssl/certs ${ROOT}/usr/lib/ssl ${ROOT}/usr/lib/locale`,
  `cp /etc/ssl/certs/ca-certificates.crt ${ROOT}/etc/ssl/certs/`,
  `ln -s /etc/ssl/certs/ca-certificates.crt ${ROOT}/usr/lib/ssl/cert.pem`,
  `ln -s /etc/ssl/certs ${ROOT}/usr/lib/ssl/certs`,
  `cp /etc/ssl/openssl.cnf ${ROOT}/etc/ssl/`,
  `ln -s /etc/ssl/openssl.cnf ${ROOT}/usr/lib/ssl/openssl.cnf`,
  `cp -R /usr/lib/locale/C.utf8 ${ROOT}/usr/lib/locale/`,
  `echo 'hosts: files dns' > ${ROOT}/etc/nsswitch.conf`,
  `ln -s /usr/share/zoneinfo/Etc/UTC ${ROOT}/etc/localtime`,
  `ldconfig -r ${ROOT}`,
  `rm -rf ${ROOT}/var/cache/ldconfig`,
];
