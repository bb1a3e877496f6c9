import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { chownSync, closeSync, constants, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { anyUser, builder, isRoot, type User } from './machine.ts';
import type { Sandbox } from './sandbox.ts';

export type HookName = 'assemble' | 'run' | 'migrate' | 'save-artifacts' | 'usage' | 'fix-permissions';

export interface HookOptions {
  /** Over the sandbox's own environment; undefined takes a variable away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Default: the images' user to assemble, any user to run. */
  readonly user?: User;
  readonly args?: readonly string[];
  /** Folder of the hooks; default: that of the host under test. */
  readonly hooks?: string;
  /** Shell lines that root performs in a mount namespace of the hook's own before it starts. */
  readonly mounts?: string;
}

/** How a hook ended, and everything it printed. */
export interface HookEnd {
  /** Exit status, or the name of the signal that ended it. */
  readonly exit: number | string;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** Both streams in the order in which they came. */
  readonly log: string;
}

/** Runs a hook of the image in a sandbox to its end. */
export async function runHook(hook: HookName, sandbox: Sandbox, options: HookOptions = {}): Promise<HookEnd> {
  return finish(spawnHook(hook, sandbox, options, ['ignore', 'pipe', 'pipe']));
}

/** Runs assemble and fails with its log when it does not end as expected. */
export async function assemble(sandbox: Sandbox, options: HookOptions & { readonly exit?: number } = {}): Promise<HookEnd> {
  const end = await runHook('assemble', sandbox, options);
  if (end.exit !== (options.exit ?? 0)) throw new Error(`assemble ended with ${end.exit}:\n${end.log}`);
  return end;
}

async function finish(child: ChildProcess): Promise<HookEnd> {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[], log: [] as Buffer[] };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.on('data', (chunk: Buffer) => {
      chunks[name].push(chunk);
      chunks.log.push(chunk);
    });
  }
  const exit = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return {
    exit,
    stdout: Buffer.concat(chunks.stdout),
    stderr: Buffer.concat(chunks.stderr).toString('utf8'),
    log: Buffer.concat(chunks.log).toString('utf8'),
  };
}

/** A hook that goes on: the server that `run` became. */
export interface StartedHook {
  readonly pid: number;
  readonly log: () => string;
  /** Exit status, or the name of the signal, once the process has ended. */
  readonly ended: Promise<number | string>;
  readonly process: ChildProcess;
}

/**
 * Starts a hook and leaves it running. What it prints goes through a pipe that its user may open by path, as container
 * runtimes arrange it: Apache opens /dev/stderr, which fails on the sockets that Node makes.
 */
export function startHook(hook: HookName, sandbox: Sandbox, options: HookOptions = {}): StartedHook {
  const pipe = makePipe(sandbox, userOf(hook, options));
  const child = spawnHook(hook, sandbox, options, ['ignore', pipe.writer, pipe.writer]);
  closeSync(pipe.writer);
  const exit = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  // Something that outlives the server may hold the pipe: its log is complete enough by then.
  const ended = exit.then(async (end) => {
    await Promise.race([pipe.drained, sleep(2000, undefined, { ref: false })]);
    return end;
  });
  return { pid: child.pid ?? 0, ended, process: child, log: () => readFileSync(pipe.file, 'utf8') };
}

interface LogPipe {
  readonly writer: number;
  /** Everything that came through. */
  readonly file: string;
  /** Resolves when nobody can write any more. */
  readonly drained: Promise<void>;
}

let pipes = 0;

function makePipe(sandbox: Sandbox, { uid, gid }: User): LogPipe {
  pipes += 1;
  const file = join(sandbox.folder, `log-${pipes}`);
  const fifo = `${file}.fifo`;
  execFileSync('mkfifo', ['-m', '600', fifo]);
  if (isRoot) chownSync(fifo, uid, gid);
  // Neither end of a FIFO can be opened before the other, unless both are opened as one.
  const both = openSync(fifo, constants.O_RDWR);
  const reader = openSync(fifo, 'r');
  const writer = openSync(fifo, 'w');
  const out = openSync(file, 'w');
  const copy = spawn('cat', [], { stdio: [reader, out, 'ignore'] });
  for (const descriptor of [both, reader, out]) closeSync(descriptor);
  return { writer, file, drained: new Promise((resolve) => copy.once('exit', () => resolve())) };
}

function userOf(hook: HookName, { user }: HookOptions): User {
  return user ?? (hook === 'run' || hook === 'migrate' ? anyUser : builder);
}

function spawnHook(hook: HookName, sandbox: Sandbox, options: HookOptions, stdio: SpawnOptions['stdio']): ChildProcess {
  const user = userOf(hook, options);
  const given = { ...sandbox.environment, ...options.environment };
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const command = [join(options.hooks ?? inject('image').hooks, hook), ...(options.args ?? [])];
  const shared = { cwd: sandbox.home, env, ...(stdio === undefined ? {} : { stdio }), detached: true };
  if (options.mounts === undefined) {
    const [program = '', ...args] = command;
    return spawn(program, args, { ...shared, ...(isRoot ? user : {}) });
  }
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const script = `mount --make-rprivate /\n${options.mounts}\nexec "$@"`;
  // What stands in front replaces itself each time, so the hook keeps the process id. `cd` finds what is mounted now.
  const words = ['-m', 'sh', '-ec', `${script}`, 'sh', 'setpriv', ...ids, 'sh', '-c', 'cd "$HOME"; exec "$@"', 'sh', ...command];
  return spawn('unshare', words, shared);
}
