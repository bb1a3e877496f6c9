import type { End, TreeProblem } from '../execute/effect.ts';
import type { Role } from '../execute/plan.ts';
import type { ReadProblem } from '../execute/reader.ts';
import { type Cause, causeOf, renderEnd, statusOf } from './cause.ts';
import type { Failure } from './failure.ts';
import { type Message, renderMessage, withoutColour } from './message.ts';

type Of<K extends Failure['kind']> = Extract<Failure, { kind: K }>;

/** The words of one failure. */
export function renderFailure(failure: Failure): string {
  return renderMessage(messageOf(failure));
}

const SIGNAL_NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15, SIGWINCH: 28 } as const;

/** Exit status of a hook that stops with these failures: the first one decides, upstream's own 3 before all (B14). */
export function exitCodeOf(failures: readonly Failure[]): number {
  const first = failures.find(({ kind }) => kind === 'pipenv-and-micropipenv') ?? failures[0];
  switch (first?.kind) {
    case 'pipenv-and-micropipenv':
      return 3;
    case 'tool-failed':
      return mayPass(first) ? 75 : statusOf(first.end) || 1;
    case 'not-started':
      return statusOf(first.end);
    case 'script-not-executable':
      return 126;
    case 'script-crlf':
    case 'script-interpreter-missing':
      return 127;
    case 'interrupted':
      return 128 + SIGNAL_NUMBERS[first.signal];
    default:
      return 1;
  }
}

/** The network was the cause. A database that the static files want does not come by waiting: none runs during a build. */
function mayPass({ role, lastLines }: Of<'tool-failed'>): boolean {
  return role !== 'collect-static' && causeOf(lastLines).cause === 'network';
}

function messageOf(failure: Failure): Message {
  switch (failure.kind) {
    case 'setting-value':
      return {
        title: `${failure.setting} has a value that cannot be used: ${quote(failure.value)}`,
        expected: failure.expected,
        write: { where: 'the environment (-e, .s2i/environment or ENV)', text: `${failure.setting}=${failure.example}` },
        wayOut: `leave ${failure.setting} unset to get its default.`,
      };
    case 'setting-not-text':
      return {
        title: `${failure.setting} holds bytes that are no UTF-8.`,
        expected: 'a value in UTF-8',
        checks: ['which encoding the file or terminal had in which the value was written'],
      };
    case 'pipenv-and-micropipenv':
      return {
        title: 'Pipenv and micropipenv cannot be enabled at the same time!',
        found: ['ENABLE_PIPENV and ENABLE_MICROPIPENV are both set.'],
        expected: 'at most one of them',
        checks: [
          'the variables in .s2i/environment, -e and the image itself; any value that is not empty switches on, "0" and "false" too',
        ],
        wayOut: 'unset one of them; with neither, requirements.txt is installed with pip.',
      };
    case 'strict':
      return { title: failure.warning, wayOut: 'S2I_STRICT makes this warning an error; leave it unset to go on.' };
    case 'manifest-unreadable':
      return unreadable(failure.file, failure.problem);
    case 'manifest-syntax':
      return syntax(failure);
    case 'manifest-bom':
      return {
        title: `${failure.file} begins with a byte order mark (BOM), which ${failure.reader} refuses.`,
        expected: 'UTF-8 without a byte order mark',
        checks: ['how the editor saves: "UTF-8", not "UTF-8 with BOM"'],
        write: { where: 'a terminal', text: `sed -i '1s/^\\xEF\\xBB\\xBF//' ${failure.file}` },
      };
    case 'manifest-nesting':
      return {
        title: `${failure.file} is nested deeper than ${failure.limit} levels.`,
        expected: `at most ${failure.limit} levels of tables, arrays or objects`,
        checks: ['whether the file was written by a program that went wrong; no tool needs such a depth'],
      };
    case 'manifest-shape':
      return {
        title: `${failure.key} in ${failure.file} is ${failure.found}.`,
        expected: failure.expected,
        ...(failure.write === undefined ? writeAgain(failure) : { write: { where: failure.file, text: failure.write } }),
      };
    case 'setup-cfg-alone':
      return {
        title: `${failure.file} describes a package, but pip installs none without setup.py or pyproject.toml.`,
        found: ['Neither setup.py nor pyproject.toml stands beside it.'],
        write: {
          where: 'pyproject.toml',
          text: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"',
        },
        wayOut: 'DISABLE_SETUP_PY_PROCESSING=1 leaves the package uninstalled.',
      };
    case 'requirement-file-missing':
      return {
        title: `${failure.file}, line ${failure.line} refers to ${quote(failure.target)}, which does not exist.`,
        expected: `a file to read for ${failure.option}; its name is relative to ${failure.file}`,
        checks: [spelling(failure.similar), 'whether .s2iignore, .gitignore or .dockerignore leaves the file out of the build'],
      };
    case 'requirement-file-circular':
      return {
        title: `${failure.file}, line ${failure.line} reads ${quote(failure.target)}, which ${failure.target === failure.file ? 'is the file itself' : `leads back to ${failure.file}`}.`,
        expected: 'files that do not include each other: pip goes round in circles until it dies',
        checks: [
          failure.target === failure.file
            ? 'whether another file was meant'
            : 'which of the files needs the other; what both need belongs into a third one',
        ],
      };
    case 'source-locked':
      return {
        title: `The source in ${failure.path} cannot be read: permission denied.`,
        expected: 'a folder that UID 1001, or the group 0, may look into and change',
        checks: ['its owner and mode', 'the user of the build (USER, --assemble-user)'],
        write: { where: 'the Dockerfile', text: `COPY --chown=1001:0 . ${failure.path}` },
      };
    case 'tool-failed':
      return toolFailed(failure);
    case 'tree-failed':
      return treeFailed(failure);
    case 'python-missing':
      return {
        title: `${quote(failure.program)} was not found, so the virtual environment cannot be created.`,
        expected: 'a Python 3 interpreter with the venv module on PATH',
        checks: ['PATH of the image', 'on Debian: apt-get install python3-venv', 'PYTHON_VERSION, which chooses python<version>'],
      };
    case 'venv-broken':
      return {
        title: `The virtual environment in ${failure.path} cannot be used: ${failure.reason}.`,
        expected: 'bin/python in it leads to an interpreter that exists',
        checks: [
          'whether the environment was built in an image with another Python version',
          `whether ${failure.path} was copied without its links (COPY keeps them; cp -L and zip do not)`,
        ],
        wayOut: `remove ${failure.path}/pyvenv.cfg; assemble then makes a new environment.`,
      };
    case 'ca-bundle':
      return caBundle(failure);
    case 'app-home-missing':
      return {
        title: `APP_HOME is ${quote(failure.value)}, and there is no such folder.`,
        found: [`Looked for ${failure.path}`],
        expected: 'a folder, absolute or relative to the source',
        checks: [
          spelling(failure.similar ?? []),
          'whether .s2iignore leaves it out',
          'whether --context-dir already points into it',
        ],
        wayOut: 'leave APP_HOME unset to work in the root of the source.',
      };
    case 'app-file-missing':
      return {
        title: `file '${failure.value}' not found.`,
        found: [
          `${failure.setting}=${failure.value}, looked for in ${failure.directory}`,
          ...(failure.instead === undefined ? [] : [`It is ${INSTEAD[failure.instead]}.`]),
        ],
        checks: [
          spelling(failure.similar),
          'whether it lies in APP_HOME: the name is relative to it',
          'whether .s2iignore or .gitignore leaves it out of the build',
        ],
        wayOut: `leave ${failure.setting} unset.`,
      };
    case 'script-not-executable':
      return {
        title: `${failure.path} is not executable.`,
        found: ['Permission denied'],
        write: {
          where: 'a terminal, in the source',
          text: `git update-index --chmod=+x ${baseName(failure.path)}\ngit commit -m 'Make ${baseName(failure.path)} executable'`,
        },
        wayOut: `chmod +x ${baseName(failure.path)} before a build from a plain folder.`,
      };
    case 'script-crlf':
      return {
        title: `${failure.path} has Windows line ends (CRLF): its first line names an interpreter that ends in a carriage return.`,
        write: [
          { where: 'a terminal, in the source', text: `sed -i 's/\\r$//' ${baseName(failure.path)}` },
          { where: '.gitattributes, so that git keeps it so', text: '*.sh text eol=lf' },
        ],
      };
    case 'script-interpreter-missing':
      return {
        title: `${failure.path} asks for the interpreter ${quote(failure.interpreter)}, which this image does not have.`,
        checks: ['the first line of the script', 'whether the program needs to be installed in the image'],
        write: { where: `${baseName(failure.path)}, first line`, text: '#!/bin/sh' },
      };
    case 'unbalanced-quote':
      return {
        title: `${failure.setting} ${failure.value.endsWith('\\') ? 'ends in a backslash that escapes nothing' : 'has a quote that is never closed'}: ${quote(failure.value)}`,
        expected: 'words separated by spaces, quoted as in a shell',
        write: { where: 'the environment', text: `${failure.setting}=--access-logformat '%(h)s %(l)s'` },
      };
    case 'several-wsgi-modules':
      return {
        title: `Several WSGI modules could serve this Django project: ${failure.modules.join(' and ')}.`,
        expected: 'one of them, or a choice',
        write: { where: '.s2i/environment', text: `APP_MODULE=${withVariable(failure.modules[0] ?? 'project.wsgi')}` },
        wayOut: 'WSGI_APPLICATION in the one settings module that manage.py names decides too.',
      };
    case 'server-not-installed':
      return {
        title: `APP_SERVER=${failure.server}, but ${failure.server} is not installed in the virtual environment.`,
        write: { where: 'requirements.txt', text: failure.requirement },
        wayOut: 'leave APP_SERVER unset to use a server that is installed.',
      };
    case 'server-without-application':
      return {
        title: `APP_SERVER=${failure.server}, but no WSGI application was found for it to serve.`,
        expected: 'wsgi.py in the folder of the application, a Django project, or APP_MODULE',
        write: { where: '.s2i/environment', text: 'APP_MODULE=module:variable' },
      };
    case 'no-launch':
      return noLaunch(failure);
    case 'not-started':
      return {
        title: `${quote(failure.program)} cannot be started: ${renderEnd(failure.end)}.`,
        checks: ['whether it is installed in the virtual environment', 'its first line (#!) when it is a script', 'PATH'],
      };
    case 'interrupted':
      return {
        title: `Stopped by ${failure.signal}.`,
        checks: ['whether somebody cancelled it, or a time limit was over'],
      };
    case 'bug':
      return {
        title: 'This is an error of s2i-python itself.',
        found: [failure.detail],
        checks: ['please report it, with the log and what was built'],
      };
  }
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  'create-venv': 'The virtual environment was not created',
  'import-sources': 'The application source was not installed',
  'restore-artifacts': 'The saved environment was not restored',
  'upgrade-pip': 'pip, setuptools and wheel were not upgraded',
  'install-tool': 'The packaging tool was not installed',
  'install-dependencies': 'The dependencies were not installed',
  'install-application': 'The application was not installed as a package',
  reconcile: 'The saved environment was not brought up to date',
  'collect-static': "Django's static files were not collected",
  normalise: 'The permissions were not set',
  'write-record': 'The record of the build was not written',
  'write-passwd': 'The passwd entry was not written',
  migrate: 'The database was not migrated',
  'make-temporary': 'No temporary directory could be made',
  archive: 'The environment was not saved',
};

const REACH_INDEX = [
  'whether the package index can be reached from where the build runs (proxy, DNS, firewall)',
  'PIP_INDEX_URL and the proxy variables (HTTPS_PROXY, NO_PROXY)',
  'whether it was a passing fault: exit status 75 says that the same command may succeed later',
];

const KILLED = {
  build: 'the memory limit of the build (OpenShift: spec.resources.limits.memory of the BuildConfig)',
  run: 'the memory limit of the container (resources.limits.memory)',
};

const CAUSE_CHECKS: Readonly<Record<Cause, readonly string[]>> = {
  network: REACH_INDEX,
  certificate: [
    'whether a proxy or mirror uses its own certificate authority: mount its certificate and name it in S2I_CA_BUNDLE (not needed for /run/secrets/ca.crt), e.g. RUN --mount=type=secret,id=ca.crt,target=/run/secrets/ca.crt,uid=1001,gid=0 /usr/libexec/s2i/assemble',
    'whether the address really speaks https',
    "the machine's clock",
  ],
  'disk-full': [
    'free space where the image is built, the temporary folder included: df -h',
    'quotas: of the volume, of the build pod (ephemeral-storage), of the container storage',
  ],
  memory: [KILLED.build, 'whether a package is compiled although a wheel exists for another version of it or of Python'],
  credentials: [
    'the user name and password in the mounted pip.conf or netrc; an expired token',
    'whether the account may read this index',
  ],
  'insecure-index': [
    'whether the index has an https:// address; pip does not read from http:// hosts it was not told to trust',
    'PIP_TRUSTED_HOST, with the name of the host, when the connection is safe by other means',
  ],
  'invalid-requirement': [
    'the line that is quoted above: a requirement is a name, then versions, as in flask>=3,<4 (>= and not =>, == and not =)',
    'whether a merge conflict was committed (<<<<<<<), or something that is no list of requirements',
    'the encoding: \\x00 between the letters means UTF-16; save the file as UTF-8',
  ],
  encoding: ['the encoding of the file that is read: save it as UTF-8 (iconv -f ISO-8859-1 -t UTF-8 converts Latin-1)'],
  'no-version': [
    'the versions that pip lists: the one that is asked for is not among them',
    'whether that version has a release for this Python version and platform',
    'whether the index in use (PIP_INDEX_URL, pip.conf) is up to date',
  ],
  'no-match': [
    'the spelling of the name that pip quotes',
    'whether the index in use (PIP_INDEX_URL, pip.conf) has it and lets this build log in: with "from versions: none" pip does not tell a missing project from a refused login or an index that did not answer',
    'whether any of its versions supports this Python version and platform',
  ],
  'python-version': [
    'the Python version of the builder image: choose the image for the version that the package asks for',
    'or an older version of the package, which supports this Python',
  ],
  conflict: [
    'the requirements that pip names: no version of the package suits them all; loosen or change one of the pins',
    'whether a file was compiled for another set of requirements (pip-compile, pip freeze)',
  ],
  hash: [
    'whether the hashes were made for this index: a mirror may hold other archives',
    'if nothing explains it, do not install: the archive is not the one that was locked',
  ],
  'hash-missing': [
    'the requirements that pip lists above: when one has a hash, every one needs one, dependencies too',
    'whether the file is made by a tool that writes all hashes: pip-compile --generate-hashes',
  ],
  'lock-outdated': ['whether Pipfile was changed after the lock was made: run pipenv lock and commit Pipfile.lock'],
  compiler: [
    'whether a wheel exists for this Python version and platform; without one the package is compiled here',
    'whether the compiler and the headers it names are in this image: the full image has gcc and the usual headers, the minimal one has none',
  ],
  unknown: ["the tool's own words above"],
};

/** Where the step says more than the cause, or the cause means something else there. */
function checksOf(role: Role, cause: Cause, end: End): readonly string[] {
  if (end.how === 'signal' && end.signal === 9) return role === 'migrate' ? [KILLED.run] : [KILLED.build];
  if (end.how === 'not-found' || end.how === 'not-executable') return STARTS;
  const own = OWN_CHECKS[role];
  if (own !== undefined) return ['disk-full', 'memory', 'certificate'].includes(cause) ? CAUSE_CHECKS[cause] : own;
  if (end.how === 'signal' && [4, 7, 8, 11].includes(end.signal)) return CRASHED;
  if (cause !== 'unknown') return CAUSE_CHECKS[cause];
  return UNKNOWN_CHECKS[role] ?? CAUSE_CHECKS.unknown;
}

const CRASHED = ['whether a compiled module was built for another Python, another machine or other libraries'];

const STARTS = ['whether the virtual environment is whole: its programs name an interpreter in their first line'];

const TRACEBACK = "the last line of the traceback above, which names the project's own fault";

/** What the project's own programs fail of is not what installers fail of. */
const OWN_CHECKS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  'collect-static': [
    TRACEBACK,
    'whether the settings need a variable that exists only at run time (SECRET_KEY, DATABASE_URL): give it a default, or a value for the build',
    'whether they ask a database or another service: none runs while an image is built',
    'by hand: python ./manage.py collectstatic --noinput',
  ],
  migrate: [
    TRACEBACK,
    'whether the database answers at the address that the settings name; while it still starts, starting this container again is enough',
    'the variables that the settings read (user, password, host): whether they reach this container',
  ],
};

const UNKNOWN_CHECKS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  'create-venv': [
    'whether Python has its venv and ensurepip modules (on Debian: apt-get install python3-venv)',
    'whether the folder can be written',
  ],
  'install-application': ["the tool's own words above", 'by hand, in the source: pip install .'],
};

const RETRY = /^WARNING: Retrying \(Retry\(total=/;

/** The tool's last words, and further up the line that tells the cause. */
function lastWords(all: readonly string[], cause: number | undefined): readonly string[] {
  if (all.every((line) => line.trim() === '')) return ['It printed nothing.'];
  // Of a row of retries only the last is worth a line.
  const kept = all.map((line, index) => !(RETRY.test(line) && RETRY.test(all[index + 1] ?? '')));
  const lines = all.filter((_, index) => kept[index]);
  const at = cause === undefined ? undefined : lines.indexOf(all[cause] ?? '');
  const plain = lines.map((line) => `| ${withoutColour(line)}`);
  const from = Math.max(plain.length - 8, 0);
  return at === undefined || at < 0 || at >= from ? plain.slice(from) : [plain[at] ?? '', '| …', ...plain.slice(from)];
}

function toolFailed({ role, shown, end, lastLines }: Of<'tool-failed'>): Message {
  const { cause, at } = causeOf(lastLines);
  return {
    title: `${ROLE_WORDS[role]}: ${renderEnd(end)}.`,
    found: [`Command: ${shown}`, ...lastWords(lastLines, at)],
    checks: checksOf(role, cause, end),
    ...wayOutOf(role),
  };
}

function wayOutOf(role: Role): Pick<Message, 'wayOut'> {
  switch (role) {
    case 'collect-static':
      return { wayOut: 'S2I_COLLECTSTATIC=warn makes this a warning, DISABLE_COLLECTSTATIC=1 leaves the step out.' };
    case 'migrate':
      return { wayOut: 'DISABLE_MIGRATE=1 starts the server without migrating.' };
    case 'upgrade-pip':
      return { wayOut: 'leave UPGRADE_PIP_TO_LATEST unset to keep the pip that is there.' };
    case 'install-application':
      return { wayOut: 'DISABLE_SETUP_PY_PROCESSING=1 or DISABLE_PYPROJECT_TOML_PROCESSING=1 installs the dependencies only.' };
    default:
      return {};
  }
}

function treeFailed({ role, problems }: Of<'tree-failed'>): Message {
  const first = problems[0]?.reason ?? 'other';
  const shown = problems.slice(0, 8).map(({ name, reason, detail }) => `| ${name}: ${withWords(reason, detail)}`);
  return {
    title: `${ROLE_WORDS[role]}${REASONS[first] === undefined ? '' : `: ${REASONS[first]}`}.`,
    found: problems.length > 8 ? [...shown, `| and ${problems.length - 8} more`] : shown,
    checks: TREE_CHECKS[first],
  };
}

const REASONS: Readonly<Partial<Record<TreeProblem['reason'], string>>> = {
  denied: 'permission denied',
  'read-only': 'read-only file system',
  'no-space': 'no space left on the device',
  quota: 'the quota is used up',
  'not-found': 'it is gone',
  'in-the-way': 'something else stands there',
  'too-deep': 'the path is too long or goes round in circles',
};

function withWords(reason: TreeProblem['reason'], detail: string): string {
  if (detail === 'ENOTSUP') return 'a pipe, socket or device, which cannot be copied (ENOTSUP)';
  return REASONS[reason] === undefined ? detail : `${REASONS[reason]} (${detail})`;
}

const DENIED = [
  'the owner and mode of these entries',
  'the user of the build: the hooks need UID 1001 or any other with group 0',
];

const TREE_CHECKS = {
  denied: DENIED,
  'read-only': ['whether the file system is mounted read-only'],
  'in-the-way': ['what stands there already: it was not placed by an earlier assemble, so it is left alone'],
  'not-found': ['whether something else changes the folder during the build'],
  'too-deep': ['whether the folder contains itself (a bind mount)'],
  'no-space': CAUSE_CHECKS['disk-full'],
  quota: CAUSE_CHECKS['disk-full'],
  other: ['the kind of the entry: only files, folders and symbolic links can be part of the source'],
} as const;

function unreadable(file: string, problem: ReadProblem): Message {
  switch (problem.what) {
    case 'absent':
      return { title: `${file} does not exist.` };
    case 'directory':
      return { title: `${file} is a folder.`, expected: 'a file', checks: ['rename the folder if it is something else'] };
    case 'special':
      return { title: `${file} is no regular file (a pipe, socket or device).`, expected: 'a regular file' };
    case 'dangling':
      return {
        title: `${file} is a symbolic link to something that does not exist.`,
        checks: ['whether the target was left out of the build'],
      };
    case 'unreadable':
      return {
        title: `${file} cannot be read: ${reasonOf(problem.reason)}.`,
        checks: ['its owner and mode: the build runs as UID 1001, group 0', `chmod g+r ${file}`],
      };
    case 'too-large':
      return {
        title: `${file} has ${problem.bytes} bytes, which is too much to be true.`,
        expected: `at most ${problem.limit} bytes`,
        checks: ['whether another file got this name', 'whether the program that wrote it went wrong'],
      };
    case 'utf-16':
      return {
        title: `${file} is written in UTF-16 (${problem.order} endian).`,
        expected: 'UTF-8',
        checks: ['whether it was written by PowerShell\'s >, or saved as "Unicode": save it as UTF-8'],
        write: { where: 'a terminal', text: `iconv -f UTF-16 -t UTF-8 ${file} > ${file}.new && mv ${file}.new ${file}` },
      };
    case 'not-utf8':
      return {
        title: `${file} is no UTF-8: byte ${problem.offset} does not fit.`,
        expected: 'UTF-8',
        write: {
          where: 'a terminal (if it is Latin-1)',
          text: `iconv -f ISO-8859-1 -t UTF-8 ${file} > ${file}.new && mv ${file}.new ${file}`,
        },
      };
  }
}

/** The commonest errno in words. */
function reasonOf(reason: string): string {
  return reason === 'EACCES' || reason === 'EPERM' ? `permission denied (${reason})` : reason;
}

function syntax(failure: Of<'manifest-syntax'>): Message {
  const { file, format, line, column, near, reason } = failure;
  const place = line === undefined ? file : `${file}, line ${line}${column === undefined ? '' : `, column ${column}`}`;
  const quoted = near === undefined ? {} : { found: [near === '' ? '(the file ends there)' : `| ${near}`] };
  if (near !== undefined && /^(<{7}|={7}$|>{7})/.test(near)) {
    return {
      title: `${file}, line ${line ?? '?'} is a mark of a merge conflict.`,
      ...quoted,
      checks: [`which of the two versions is right (git log -3 -p -- ${file}); then remove the three marks`],
      ...writeAgain(failure),
    };
  }
  return {
    title: `${place} is no valid ${format}${reason === undefined ? '' : `: ${reason}`}.`,
    ...quoted,
    checks:
      format === 'JSON'
        ? ['whether the file was cut off, or changed by hand']
        : ['quotes, brackets and commas there, and in the lines before'],
    ...writeAgain(failure),
  };
}

/** A file that a program writes is written again, not mended. */
function writeAgain({ writtenBy }: { readonly writtenBy?: string }): Pick<Message, 'write'> {
  return writtenBy === undefined ? {} : { write: { where: 'a terminal, in the source', text: writtenBy } };
}

function caBundle({ path, setting, problem }: Of<'ca-bundle'>): Message {
  const named = setting === 'S2I_CA_BUNDLE' ? [`S2I_CA_BUNDLE=${path}`] : ['It is used because it is mounted there.'];
  const message = caBundleProblem(path, problem);
  return {
    ...message,
    title: `The CA bundle ${path} ${message.title}.`,
    found: named,
    wayOut:
      setting === 'S2I_CA_BUNDLE'
        ? 'leave S2I_CA_BUNDLE unset when no bundle is needed.'
        : 'leave the mount out when no bundle is needed.',
  };
}

function caBundleProblem(path: string, problem: Of<'ca-bundle'>['problem']): Message {
  switch (problem.what) {
    case 'no-certificate':
      return {
        title: 'holds no certificate',
        expected: 'one or more certificates in PEM form: -----BEGIN CERTIFICATE-----',
        checks: [
          'whether the secret is empty, or holds the key instead of the certificate',
          'whether it is DER: openssl x509 -inform der -in ca.der -out ca.crt',
        ],
      };
    case 'unreadable':
      return {
        title: `cannot be read: ${reasonOf(problem.reason)}`,
        checks: ['its owner and mode: a secret mount belongs to root unless uid=1001 is given'],
        write: {
          where: 'the Dockerfile',
          text: `RUN --mount=type=secret,id=ca.crt,target=${path},uid=1001,gid=0 /usr/libexec/s2i/assemble`,
        },
      };
    case 'absent':
    case 'dangling':
      return {
        title: problem.what === 'absent' ? 'does not exist' : 'is a link that leads nowhere',
        checks: ['whether the build mounts it', 'the spelling of the path'],
      };
    case 'directory':
      return { title: 'is a folder, not a file', checks: ['which file in it is meant: name that one'] };
    case 'too-large':
      return { title: `has ${problem.bytes} bytes`, expected: `at most ${problem.limit} bytes of certificates` };
    default:
      return {
        title: 'is no text',
        expected: 'certificates in PEM form',
        checks: ['whether it is DER: openssl x509 -inform der -in ca.der -out ca.crt'],
      };
  }
}

function noLaunch({ directory, rejected, frameworks, pythonFiles }: Of<'no-launch'>): Message {
  const width = Math.max(...rejected.map((one) => one.candidate.length), 0);
  const place = (where: string) => (where === '' || where === directory ? '' : ` (${where})`);
  const serverMissing = rejected.some((one) => one.candidate === 'gunicorn' && one.reason === 'not installed');
  const [file] = pythonFiles;
  const module =
    file === undefined ? 'module:variable' : `${file.replace(/\.py$/, '')}:${frameworks.length > 0 ? 'app' : 'application'}`;
  return {
    title: "don't know how to run your application.",
    found: [
      `Looked in ${directory}:`,
      ...rejected.map((one) => `  ${one.candidate.padEnd(width)}  ${one.reason}${place(one.where)}`),
      'Please set either APP_MODULE, APP_FILE or APP_SCRIPT environment variables, or create a file ' +
        "'app.py' to launch your application.",
    ],
    checks: [
      ...(pythonFiles.length === 0
        ? []
        : [
            `whether the application is ${pythonFiles.map(quote).join(', ')}: APP_FILE runs such a file, APP_MODULE has it served`,
          ]),
      ...(serverMissing ? ['whether requirements.txt names a server and was installed'] : []),
      'whether the application lies in a folder of its own: APP_HOME=folder',
    ],
    write: [
      ...(serverMissing ? [{ where: 'requirements.txt', text: 'gunicorn' }] : []),
      { where: '.s2i/environment', text: `APP_MODULE=${module}` },
    ],
  };
}

const INSTEAD = { directory: 'a folder', dangling: 'a link that leads nowhere', other: 'a pipe, socket or device' } as const;

function withVariable(module: string): string {
  return module.includes(':') ? module : `${module}:application`;
}

function quote(value: string): string {
  return `"${value.length > 200 ? `${value.slice(0, 200)}…` : value}"`;
}

function spelling(similar: readonly string[]): string {
  return similar.length === 0 ? 'the spelling' : `the spelling; there is ${similar.map(quote).join(', ')}`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
