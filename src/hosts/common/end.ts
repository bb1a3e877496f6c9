import type { Command, End } from '../../execute/effect.ts';

/** The end of a program that the system refused to start, by the name of its error (`EACCES`). */
export function notStarted(path: string, code: string): End {
  return { how: 'not-executable', path, reason: reasons[code] ?? code };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its interpreter does not exist',
  EACCES: 'permission denied',
  E2BIG: 'its arguments and environment are too long',
  ENOEXEC: 'it is no program for this machine',
};

/** The name a program's lines have in the log. */
export function toolName(argv: Command['argv']): string {
  return argv[0].slice(argv[0].lastIndexOf('/') + 1);
}
