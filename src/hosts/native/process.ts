import * as posix from 'posix';
import type { Command, End, RunOutcome } from '../../execute/effect.ts';
import { type Bytes, decoded } from '../common/bytes.ts';
import { notStarted, toolName } from '../common/end.ts';
import { patchEnvironment, type RawEnvironment } from '../common/environment.ts';
import { createLineFeed, createTail } from '../common/lines.ts';
import type { Log } from '../common/log.ts';
import { resolveProgram } from '../common/program.ts';
import { entriesOf } from './environment.ts';
import { programs } from './programs.ts';
import { type Interruption, interruptionIn, takeInterruption } from './signals.ts';

/** Lines of output a failure quotes. */
const lastLines = 40;

/** Runs a program to its end. Never throws for what a program does. */
export function performRun(command: Command, given: RawEnvironment, log: Log): RunOutcome {
  const environment = patchEnvironment(given, command.environment, command.directory);
  const wanted = { name: command.argv[0], directory: command.directory, path: environment.get('PATH') };
  const resolved = resolveProgram(programs, wanted);
  if (!resolved.ok) return { kind: 'run', end: resolved.end, stdout: '', lastLines: [] };
  posix.watchSignals();
  const early = takeInterruption();
  if (early !== undefined) return stopped(early);
  const collected = collect(command, log);
  const started = posix.monotonic();
  const milliseconds = (command.timeLimit ?? 0) * 1000;
  const result = start(specOf(command, resolved.path, environment), milliseconds, collected.take);
  collected.end();
  const interrupted = Array.isArray(result) ? undefined : interruptionIn(result.signals);
  return {
    kind: 'run',
    end: endOf(result, command, resolved.path),
    stdout: collected.stdout(),
    lastLines: collected.lastLines(),
    milliseconds: posix.monotonic() - started,
    ...(interrupted === undefined ? {} : { interrupted: interrupted.name }),
  };
}

type Spec = Parameters<typeof posix.execute>[0];

/** What the C module takes to start a program from its file. */
export function specOf(command: Pick<Command, 'argv' | 'directory'>, file: string, environment: RawEnvironment): Spec {
  return {
    file: posix.toBytes(file),
    argv: command.argv.map((word) => posix.toBytes(word)),
    environment: entriesOf(environment),
    directory: posix.toBytes(command.directory),
  };
}

/** A script without an interpreter line is run by sh, as a shell and execvp(3) do; the same spec when that is no remedy. */
export function byShell(spec: Spec): Spec {
  return { ...spec, file: '/bin/sh', argv: ['/bin/sh', spec.file, ...spec.argv.slice(1)] };
}

type Result = ReturnType<typeof posix.run>;

function start(spec: Spec, milliseconds: number, take: (stream: 1 | 2, bytes: Bytes) => void): Result {
  const result = posix.run({ ...spec, milliseconds }, take);
  if (!Array.isArray(result) || posix.errorName(result[0]) !== 'ENOEXEC') return result;
  const second = posix.run({ ...byShell(spec), milliseconds }, take);
  return Array.isArray(second) ? result : second;
}

function stopped({ name, number }: Interruption): RunOutcome {
  return { kind: 'run', end: { how: 'signal', signal: number }, stdout: '', lastLines: [], interrupted: name };
}

function collect(command: Command, log: Log) {
  const tail = createTail(lastLines);
  const answer: Bytes[] = [];
  const [out, err] = (['stdout', 'stderr'] as const).map((stream) =>
    createLineFeed(log.redactor, (bytes) => {
      tail.add(bytes);
      if (command.output === 'pass') log.output(stream, toolName(command.argv), bytes);
    }),
  );
  return {
    take: (stream: 1 | 2, bytes: Bytes) => {
      if (stream === 1 && command.output === 'keep') answer.push(bytes);
      (stream === 1 ? out : err)?.push(bytes);
    },
    end: () => {
      out?.end();
      err?.end();
    },
    stdout: () => decoded(answer.join('')),
    lastLines: () => tail.lines(),
  };
}

function endOf(result: Result, command: Command, path: string): End {
  if (Array.isArray(result)) return notStarted(path, posix.errorName(result[0]));
  if (result.timedOut) return { how: 'timed-out', seconds: command.timeLimit ?? 0 };
  return result.signal > 0 ? { how: 'signal', signal: result.signal } : { how: 'exit', code: result.code };
}
