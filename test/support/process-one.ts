import { type StdioOptions, spawn } from 'node:child_process';
import { closeSync, fchownSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { endProcess } from './end-process.ts';
import { anyUser } from './machine.ts';
import { childrenOf } from './processes.ts';
import type { Sandbox } from './sandbox.ts';

/** The run hook as process 1 of a process namespace of its own, as in a container. Needs root. */
export interface ProcessOne {
  /** Its process id out here. */
  readonly pid: number;
  readonly log: () => string;
  /** Exit status of process 1; 128 and the signal's number when a signal ended it. */
  readonly ended: Promise<number>;
  /** Ends it and everything it started. */
  readonly kill: () => void;
}

let started = 0;

/** Starts the hook; the log is a file of its user, as container runtimes arrange it. `input` is what its standard input holds. */
export async function startAsProcessOne(
  sandbox: Sandbox,
  name: string,
  environment: Readonly<Record<string, string>>,
  input?: string,
): Promise<ProcessOne> {
  // A file for each start: what ends late must not write into the log of the next.
  started += 1;
  const path = join(sandbox.folder, `${name}-${started}.log`);
  const descriptor = openSync(path, 'w');
  fchownSync(descriptor, anyUser.uid, anyUser.gid);
  const user = [`--reuid=${anyUser.uid}`, `--regid=${anyUser.gid}`, '--clear-groups'];
  const words = ['--pid', '--fork', '--mount-proc', 'setpriv', ...user, join(inject('image').hooks, 'run')];
  const env = { ...sandbox.environment, TMPDIR: sandbox.destination, ...environment };
  const stdio: StdioOptions = [input === undefined ? 'ignore' : 'pipe', descriptor, descriptor];
  const child = spawn('unshare', words, { cwd: sandbox.home, env, stdio, detached: true });
  child.stdin?.end(input);
  closeSync(descriptor);
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
  const parent = child.pid ?? 0;
  let pid: number | undefined;
  while (pid === undefined && child.exitCode === null) {
    await sleep(5);
    [pid] = childrenOf(parent);
  }
  // With process 1 the kernel ends everything in the namespace.
  const kill = () => {
    if (pid !== undefined && child.exitCode === null && child.signalCode === null) endProcess(pid, 'SIGKILL');
  };
  return { pid: pid ?? 0, ended, log: () => readFileSync(path, 'utf8'), kill };
}

/** True when a process has a handler for a signal. */
export function catches(pid: number, signal: NodeJS.Signals): boolean {
  const mask = /^SigCgt:\s+([0-9a-f]+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
}
