import type { Bytes } from '../common/bytes.ts';

/**
 * Puts a shell in front of a command that sets what Node cannot pass on: environment entries that are no UTF-8, and the
 * soft limit of open files. The shell replaces itself by the command. An entry whose name is no name for a shell is lost,
 * as it is in every hook that is a shell script.
 */
export function throughShell(argv: readonly string[], restore: Restore): readonly string[] {
  const script = [
    ...(restore.openFiles === undefined ? [] : [`ulimit -Sn ${restore.openFiles}`]),
    ...restore.entries.filter(([name]) => shellName.test(name)).map(([name, value]) => assignment(name, value)),
    'exec "$@"',
  ].join('\n');
  return ['/bin/sh', '-c', script, 'sh', ...argv];
}

export interface Restore {
  readonly entries: readonly (readonly [Bytes, Bytes])[];
  /** A number or `unlimited`. */
  readonly openFiles?: string;
}

const shellName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The `.` keeps line ends at the end of a value, which a command substitution would drop. */
function assignment(name: Bytes, value: Bytes): string {
  const octal = Array.from(value, (byte) => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`).join('');
  return `${name}=$(printf '${octal}.')\nexport ${name}="\${${name}%.}"`;
}
