import type { End } from '../execute/effect.ts';

/** What a tool's last words say about why it failed; only causes that change the advice or the exit status. */
export type Cause = 'network' | 'certificate' | 'disk-full' | 'no-match' | 'hash' | 'compiler' | 'credentials' | 'unknown';

const SIGNS: readonly (readonly [Cause, RegExp])[] = [
  ['disk-full', /No space left on device|Disk quota exceeded|ENOSPC/],
  [
    'certificate',
    /CERTIFICATE_VERIFY_FAILED|certificate verify failed|unable to get local issuer certificate|SSLCertVerificationError/i,
  ],
  ['credentials', /\b401\b.*(Unauthorized|Client Error)|\b403\b.*(Forbidden|Client Error)|User for .*:/],
  [
    'network',
    /Temporary failure in name resolution|Name or service not known|Failed to establish a new connection|Connection refused|Network is unreachable|No route to host|Read timed out|ConnectTimeout|Connection to .* timed out|Connection reset by peer|RemoteDisconnected|Connection aborted|ProxyError|\b50[234] Server Error/,
  ],
  ['hash', /THESE PACKAGES DO NOT MATCH THE HASHES|Hashes are required in --require-hashes mode|HashMismatch/i],
  [
    'compiler',
    /error: command '.*(gcc|cc|g\+\+|clang)' failed|unable to execute '.*gcc'|command '.*gcc.*' failed|fatal error: .*\.h: No such file|you need a C compiler|pg_config executable not found|mysql_config not found|apxs/i,
  ],
  ['no-match', /No matching distribution found|Could not find a version that satisfies/],
];

/** The first known cause that the last lines name. */
export function causeOf(lastLines: readonly string[]): Cause {
  const text = lastLines.join('\n');
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? 'unknown';
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

export function renderEnd(end: End): string {
  switch (end.how) {
    case 'exit':
      return `exit status ${end.code}`;
    case 'signal':
      return `ended by signal ${end.signal}${end.signal === 9 ? ' (often: out of memory)' : ''}`;
    case 'timed-out':
      return `not finished after ${end.seconds} s`;
    case 'not-found':
      return end.what === 'directory' ? `the working directory ${end.path} does not exist` : `${end.path} was not found`;
    case 'not-executable':
      return `${end.path} cannot be executed: ${end.reason}`;
  }
}
