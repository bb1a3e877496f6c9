import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { Command, End, RunOutcome } from '../../execute/effect.ts';
import { notStarted, toolName } from '../common/end.ts';
import type { RawEnvironment } from '../common/environment.ts';
import { createLineFeed, createTail } from '../common/lines.ts';
import type { Log, OutputStream } from '../common/log.ts';
import { resolveProgram } from '../common/program.ts';
import { type ChildEnvironment, childEnvironment } from './environment.ts';
import { programs } from './programs.ts';
import { throughShell } from './restoring-shell.ts';
import type { SignalWatch } from './signals.ts';

export interface ProcessContext {
  readonly environment: RawEnvironment;
  readonly log: Log;
  readonly signals: SignalWatch;
}

/** Lines of output a failure quotes. */
const lastLines = 40;
/** From asking a process group to end to ending it. Milliseconds. */
const killDelay = 5000;
/** How long output is waited for after the program has ended, if something it left behind holds its pipes. Milliseconds. */
const lingering = 2000;

/** Runs a program to its end. Never throws for what a program does. */
export async function performRun(command: Command, context: ProcessContext): Promise<RunOutcome> {
  const environment = childEnvironment(context.environment, command.environment, command.directory);
  const resolved = resolveProgram(programs, {
    name: command.argv[0],
    directory: command.directory,
    path: environment.path,
  });
  if (!resolved.ok) return { kind: 'run', end: resolved.end, stdout: '', lastLines: [] };
  const early = context.signals.takeInterruption();
  if (early !== undefined) return { kind: 'run', end: ended(null, early), stdout: '', lastLines: [], interrupted: early };
  const started = performance.now();
  const child = start(command, resolved.path, environment);
  const collected = collect(child, command, context.log);
  const limit = watch(child, command, context.signals);
  const result = await finish(child);
  collected.end();
  limit.end();
  const interrupted = context.signals.takeInterruption();
  return {
    kind: 'run',
    end: limit.passed() ? { how: 'timed-out', seconds: command.timeLimit ?? 0 } : endOf(result, resolved.path),
    stdout: collected.stdout(),
    lastLines: collected.lastLines(),
    milliseconds: performance.now() - started,
    ...(interrupted === undefined ? {} : { interrupted }),
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * In a process group of its own, so that signals and the time limit reach everything the program starts. Node's own spawn:
 * what execa adds is not needed here, and loading it takes 10 ms of every assemble (docs/decisions/0004).
 */
function start(command: Command, path: string, environment: ChildEnvironment): Child {
  const [name, ...given] = command.argv;
  const plain = environment.bytes.length === 0;
  const [file = path, ...args] = plain ? [path, ...given] : throughShell(command.argv, { entries: environment.bytes });
  return spawn(file, args, {
    ...(plain ? { argv0: name } : {}),
    cwd: command.directory,
    env: environment.text,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

/** Waits until the program has ended and both its streams are at their end. */
function finish(child: Child): Promise<Result> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code }));
    child.once('close', (exitCode, signal) => resolve({ exitCode: exitCode ?? undefined, signal: signal ?? undefined }));
  });
}

function collect(child: Child, command: Command, log: Log) {
  const tail = createTail(lastLines);
  const answer: Buffer[] = [];
  const feeds = (['stdout', 'stderr'] as const).map((stream) => {
    const feed = createLineFeed(log.redactor, (bytes) => {
      tail.add(bytes);
      if (command.output === 'pass') log.output(stream, toolName(command.argv), bytes);
    });
    listen(child, stream, (chunk) => {
      if (stream === 'stdout' && command.output === 'keep') answer.push(chunk);
      feed.push(chunk.toString('latin1'));
    });
    return feed;
  });
  return {
    end: () => {
      for (const feed of feeds) feed.end();
    },
    stdout: () => Buffer.concat(answer).toString('utf8'),
    lastLines: () => tail.lines(),
  };
}

function listen(child: Child, stream: OutputStream, take: (chunk: Buffer) => void): void {
  child[stream].on('data', take);
  // What a program leaves running may hold the pipe for ever; its output ends with the program, as in a shell's log.
  child.once('exit', () => {
    if (!child[stream].closed) setTimeout(() => child[stream].destroy(), lingering).unref();
  });
}

function watch(child: Child, command: Command, signals: SignalWatch) {
  let passed = false;
  const timers: NodeJS.Timeout[] = [];
  const send = (signal: NodeJS.Signals): void => endGroup(child.pid, signal);
  signals.start();
  signals.passTo(send);
  if (command.timeLimit !== undefined) {
    const expire = (): void => {
      passed = true;
      send('SIGTERM');
      timers.push(setTimeout(() => send('SIGKILL'), killDelay));
    };
    timers.push(setTimeout(expire, command.timeLimit * 1000));
  }
  return {
    passed: () => passed,
    end: () => {
      for (const timer of timers) clearTimeout(timer);
      signals.passTo(undefined);
      if (passed) send('SIGKILL');
    },
  };
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}

interface Result {
  readonly exitCode?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  readonly code?: string | undefined;
}

function endOf(result: Result, path: string): End {
  if (result.exitCode === undefined && result.signal === undefined) {
    return notStarted(path, result.code ?? 'unknown');
  }
  return ended(result.exitCode ?? null, result.signal ?? null);
}

function ended(code: number | null, signal: NodeJS.Signals | null): End {
  if (signal !== null) return { how: 'signal', signal: constants.signals[signal] };
  return { how: 'exit', code: code ?? 0 };
}
