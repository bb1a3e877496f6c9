import * as posix from 'posix';
import type { End } from '../../../execute/effect.ts';
import { type Bytes, shown } from '../../common/bytes.ts';
import { notStarted } from '../../common/end.ts';
import { resolveProgram } from '../../common/program.ts';
import { entriesOf, readRawEnvironment } from '../environment.ts';
import { byShell } from '../process.ts';
import { programs } from '../programs.ts';
import { type Command, complain, textOf } from './command.ts';

export const containerEntrypoint: Command = {
  name: 'container-entrypoint',
  does: 'become a command, in place of the shell that a Dockerfile puts around it',
  run: (words) => (words.length === 0 ? 0 : withProgram(words, become, shellFor(words))),
};

export const initWrapper: Command = {
  name: 'init-wrapper',
  does: 'run a command as a child, pass signals on to it and collect orphaned processes',
  run: (words) => {
    const command = words[0] === '--' ? words.slice(1) : words;
    if (command.length > 0) return withProgram(command, supervise);
    complain('ERROR: init-wrapper needs a command: init-wrapper [--] COMMAND [ARGUMENT]...\n');
    return 2;
  },
};

type Spec = Parameters<typeof posix.execute>[0];
type Refusal = ReturnType<typeof posix.execute>;

/**
 * A command that a Dockerfile writes as a line means `/bin/sh -c line`: dash would start it as a child and, as process 1, keep
 * every signal from it. bash in its place becomes what the line ends with.
 */
function shellFor(words: readonly Bytes[]): Bytes | undefined {
  return words[0] === '/bin/sh' && words[1] === '-c' && posix.mayExecute('/bin/bash') ? '/bin/bash' : undefined;
}

/** Finds the program of a command and starts it so; gives the exit status, as a shell does where it cannot be started. `shell` is executed instead. */
function withProgram(words: readonly Bytes[], start: (spec: Spec) => number | Refusal, shell?: Bytes): number {
  const environment = readRawEnvironment();
  const directory = posix.directory();
  const name = textOf(words[0] ?? '');
  const place = typeof directory === 'number' ? '/' : textOf(directory);
  const resolved = resolveProgram(programs, { name, directory: place, path: environment.get('PATH') });
  if (!resolved.ok) return failed(name, resolved.end);
  const file = shell ?? (name.includes('/') ? (words[0] ?? '') : posix.toBytes(resolved.path));
  const spec = { file, argv: [...words], environment: entriesOf(environment), directory: '.' };
  const first = start(spec);
  if (!Array.isArray(first)) return first;
  const again = posix.errorName(first[0]) === 'ENOEXEC' ? start(byShell(spec)) : first;
  return Array.isArray(again) ? failed(name, notStarted(resolved.path, posix.errorName(first[0]))) : again;
}

function become(spec: Spec): Refusal {
  return posix.execute(spec);
}

function supervise(spec: Spec): number | Refusal {
  return posix.supervise(spec);
}

function failed(name: string, end: End): number {
  const reason = end.how === 'not-executable' ? end.reason : 'not found';
  complain(`ERROR: ${shown(posix.toBytes(name))} cannot be started: ${reason}.\n`);
  return end.how === 'not-found' ? 127 : 126;
}
