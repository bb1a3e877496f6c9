import { readFileSync } from 'node:fs';
import type { End, HandOver } from '../../execute/effect.ts';
import type { RawEnvironment } from '../common/environment.ts';
import { resolveProgram } from '../common/program.ts';
import { signalRestorer } from './default-signals.ts';
import { childEnvironment, keptOpenFiles } from './environment.ts';
import { programs } from './programs.ts';
import { throughShell } from './restoring-shell.ts';

/**
 * Replaces this process by a program. Node leaves its mark on a process: SIGPIPE and SIGXFSZ ignored, the soft limit of
 * open files raised, and environment entries only as text; what stands between us and the program undoes that and
 * replaces itself in turn. Comes back only when the program cannot be started: a failing `process.execve` ends Node.
 */
export function performHandOver(command: HandOver['command'], given: RawEnvironment): End {
  const environment = childEnvironment(given, command.environment, command.directory);
  const resolved = resolveProgram(programs, {
    name: command.argv[0],
    directory: command.directory,
    path: environment.path,
  });
  if (!resolved.ok) return resolved.end;
  const openFiles = openFilesToRestore();
  const restore = { entries: environment.bytes, ...(openFiles === undefined ? {} : { openFiles }) };
  const argv = chain(command.argv, restore);
  if ([...argv, ...Object.entries(environment.text).map(([name, value]) => `${name}=${value}`)].some(tooLong)) {
    return { how: 'not-executable', path: resolved.path, reason: 'its arguments and environment are too long' };
  }
  try {
    process.chdir(command.directory);
  } catch {
    return { how: 'not-executable', path: command.directory, reason: 'permission denied' };
  }
  // A shell that is bash leaves the path of what it executed last, which was Node.
  if (environment.text._ === process.argv0) environment.text._ = resolved.path;
  process.execve?.(argv[0] ?? '', [...argv], environment.text);
  return { how: 'not-executable', path: resolved.path, reason: 'this Node cannot replace itself' };
}

/** What is executed, the program at its end. Never the program itself: what the kernel refuses ends Node (N19). */
function chain(argv: readonly string[], restore: Parameters<typeof throughShell>[1]): readonly string[] {
  const env = signalRestorer();
  if (env === undefined) return throughShell(argv, restore);
  // env(1) takes a word with `=` for an assignment.
  const named = argv[0]?.includes('=') === true ? throughShell(argv, { entries: [] }) : argv;
  const needed = restore.entries.length > 0 || restore.openFiles !== undefined;
  return needed ? throughShell([...env, ...named], restore) : [...env, ...named];
}

/** The soft limit of open files this process was given, when Node has changed it. */
function openFilesToRestore(): string | undefined {
  const kept = keptOpenFiles();
  if (kept === undefined || !/^(\d+|unlimited)$/.test(kept)) return undefined;
  try {
    const now = /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return now === kept ? undefined : kept;
  } catch {
    return kept;
  }
}

/** Linux refuses a single argument or environment entry of 128 KiB; `execve` would then end Node with a dump. */
function tooLong(text: string): boolean {
  return text.length > 32 * 1024 && Buffer.byteLength(text, 'utf8') >= 128 * 1024;
}
