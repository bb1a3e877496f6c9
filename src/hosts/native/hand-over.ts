import * as posix from 'posix';
import type { End, HandOver } from '../../execute/effect.ts';
import { notStarted } from '../common/end.ts';
import { patchEnvironment, type RawEnvironment } from '../common/environment.ts';
import { resolveProgram } from '../common/program.ts';
import { byShell, specOf } from './process.ts';
import { programs } from './programs.ts';
import { takeInterruption } from './signals.ts';

/**
 * Replaces this process by a program. Nothing has to be put back: the C module keeps signals, limits and descriptors as
 * they were. Comes back only when the program cannot be started, or a stopping signal came after the last program.
 */
export function performHandOver(command: HandOver['command'], given: RawEnvironment): End {
  const interruption = takeInterruption();
  if (interruption !== undefined) return { how: 'signal', signal: interruption.number };
  const environment = patchEnvironment(given, command.environment, command.directory);
  const [name] = command.argv;
  const resolved = resolveProgram(programs, { name, directory: command.directory, path: environment.get('PATH') });
  if (!resolved.ok) return resolved.end;
  // A script finds its path as it was given, as after a shell's exec.
  const spec = specOf(command, name.includes('/') ? name : resolved.path, environment);
  const [errno, stage] = posix.execute(spec);
  const code = posix.errorName(errno);
  if (stage === 1) return notStarted(command.directory, code);
  if (code === 'ENOEXEC') posix.execute(byShell(spec));
  return notStarted(resolved.path, code);
}
