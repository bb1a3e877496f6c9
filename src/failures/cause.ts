import type { End } from '../execute/effect.ts';

/** What a tool's last words say about why it failed; only causes that change the advice or the exit status. */
export type Cause =
  | 'disk-full'
  | 'memory'
  | 'invalid-requirement'
  | 'encoding'
  | 'hash'
  | 'hash-missing'
  | 'conflict'
  | 'compiler'
  | 'python-version'
  | 'certificate'
  | 'credentials'
  | 'insecure-index'
  | 'no-version'
  | 'no-wheel'
  | 'build-requirement'
  | 'tool-version'
  | 'lock-outdated'
  | 'choice'
  | 'history'
  | 'layout'
  | 'local-path'
  | 'frozen'
  | 'git-missing'
  | 'git-login'
  | 'network'
  | 'no-match'
  | 'unknown';

/** In this order: what is said once a tool has given up comes before what it may have recovered from (a retried connection). */
const SIGNS: readonly (readonly [Cause, RegExp])[] = [
  ['disk-full', /No space left on device|Disk quota exceeded|ENOSPC/],
  ['memory', /Killed signal terminated program|Cannot allocate memory|^MemoryError/],
  ['invalid-requirement', /Invalid requirement: |Invalid version: /],
  ['encoding', /UnicodeDecodeError: /],
  ['tool-version', /Required uv version /],
  ['hash-missing', /Hashes are required in --require-hashes mode|In `--require-hashes` mode, all requirements must have/],
  // uv lists every hash that it expected, and the line before them may be out of sight.
  ['hash', /DO NOT MATCH THE HASHES|HashMismatch|Hash mismatch for |^\s*Computed:$/i],
  ['conflict', /ResolutionImpossible|conflicting dependencies/],
  [
    'lock-outdated',
    /The lockfile at .* needs to be updated|changed significantly since poetry\.lock|Lockfile doesn't satisfy|Pipfile\.lock is out-of-date|Pipfile\.lock .*is out of date|Pipfile\.lock.* not up.to.date|Aborting deploy|HashMismatch|hash .*Pipfile\.lock/i,
  ],
  [
    'compiler',
    /error: command '.*(gcc|cc|g\+\+|clang)' failed|unable to execute '.*gcc'|command '.*gcc.*' failed|fatal error: .*\.h: No such file|you need a C compiler|pg_config executable not found|mysql_config not found|apxs/i,
  ],
  ['choice', /^error: (Extra|Group) `.*is not defined|Group\(s\) not found|Extra.* (is|are) not specified/],
  ['history', /unable to detect version for |either an sdist tarball, or access to an upstream git/],
  [
    'layout',
    /discovered in a flat-layout|No file\/folder found for package|Unable to determine which files to ship|Expected a Python module at/,
  ],
  ['local-path', /due to an OSError: \[Errno 2\] No such file or directory: '\//],
  ['frozen', /satisfies the requirement pkg[-_]resources==0\.0\.0/],
  ['git-missing', /Cannot find command 'git'|Git executable not found/],
  ['git-login', /could not read Username|Authentication failed for|Permission denied \(publickey|Host key verification failed/],
  [
    'python-version',
    /requires a different Python|that require a different python version|is incompatible with the .* Python requirement|No Python that satisfies|does not satisfy Python/i,
  ],
  [
    'no-wheel',
    /has no wheels? with a matching|no wheels are available|has no usable wheels|doesn't have a source distribution or wheel|is not a supported wheel on this platform/,
  ],
  [
    'certificate',
    /CERTIFICATE_VERIFY_FAILED|certificate verify failed|unable to get local issuer certificate|SSLCertVerificationError|problem confirming the ssl certificate/i,
  ],
  [
    'credentials',
    /\b401\b.*(Unauthorized|Client Error)|\b403\b.*(Forbidden|Client Error)|\b40[13]\b.*while getting|User for .*:/,
  ],
  ['insecure-index', /is not a trusted or secure host/],
  ['no-version', /Could not find a version that satisfies the requirement .*\(from versions: (?!none\))/],
  [
    'network',
    /Temporary failure in name resolution|Name or service not known|Failed to establish a new connection|Connection refused|Could not resolve host|Network is unreachable|No route to host|Read timed out|ConnectTimeout|Connection to .* timed out|Connection reset by peer|RemoteDisconnected|Connection aborted|ProxyError|\b50[234] Server Error|\b50[234]\b while getting|too many 50[0234] error responses|error sending request for url|tcp connect error|dns error|operation timed out/,
  ],
  [
    'build-requirement',
    /install build dependencies did not run successfully|Failed to resolve requirements from `build-system\.requires`/,
  ],
  [
    'no-match',
    /No matching distribution found|Could not find a version that satisfies|was not found in the|there (is|are) no versions? of/,
  ],
];

/** A cause and the line that shows it. */
export interface FoundCause {
  readonly cause: Cause;
  /** Index into the last lines; undefined when nothing tells. */
  readonly at?: number;
}

/** The first known cause that the last lines name. */
export function causeOf(lastLines: readonly string[]): FoundCause {
  for (const [cause, sign] of SIGNS) {
    const at = lastLines.findIndex((line) => sign.test(line));
    if (at >= 0) return { cause, at };
  }
  return { cause: 'unknown' };
}

/** Exit status of a program that ended so: its own, 128+n for a signal, 126 and 127 as shells have them. */
export function statusOf(end: End): number {
  switch (end.how) {
    case 'exit':
      return end.code;
    case 'signal':
      return 128 + end.signal;
    case 'timed-out':
      return 1;
    case 'not-found':
      return 127;
    case 'not-executable':
      return 126;
  }
}

const SIGNAL_WORDS: Readonly<Record<number, string>> = {
  6: ' (it gave up by itself: SIGABRT)',
  9: ' (killed, mostly because memory ran out)',
  11: ' (it crashed: segmentation fault)',
  15: ' (it was asked to end: SIGTERM)',
};

export function renderEnd(end: End): string {
  switch (end.how) {
    case 'exit':
      return `exit status ${end.code}`;
    case 'signal':
      return `ended by signal ${end.signal}${SIGNAL_WORDS[end.signal] ?? ''}`;
    case 'timed-out':
      return `not finished after ${end.seconds} s`;
    case 'not-found':
      return end.what === 'directory' ? `the working directory ${end.path} does not exist` : `${end.path} was not found`;
    case 'not-executable':
      return `${end.path} cannot be executed: ${end.reason}`;
  }
}
