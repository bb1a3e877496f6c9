import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from './prepare.ts';

/** A port that nothing listens on now. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

export interface Server {
  readonly process: ChildProcess;
  readonly log: string;
  /** Resolves with the exit status, or the signal's name, once the process has ended. */
  readonly ended: Promise<number | string>;
}

/** Starts the run hook; its log goes to a file, so that the server outlives the demo with --keep. */
export function startServer(hooks: string, sandbox: Sandbox, port: number): Server {
  const log = join(sandbox.folder, 'run.log');
  const descriptor = openSync(log, 'w');
  const child = spawn(join(hooks, 'run'), [], {
    cwd: sandbox.home,
    env: { ...sandbox.environment, PORT: String(port) },
    stdio: ['ignore', descriptor, descriptor],
    detached: true,
  });
  closeSync(descriptor);
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 0));
    child.once('error', (error) => resolve(error.message));
  });
  return { process: child, log, ended };
}

export type Page = { readonly status: number; readonly body: string };

/** Asks until something answers, the server ends or the time is over. Seconds. */
export async function fetchPage(
  url: string,
  server: Pick<Server, 'ended'>,
  seconds: number,
): Promise<Page | { readonly problem: string }> {
  let over: string | undefined;
  server.ended.then((end) => {
    over = `the server ended with ${end} before it answered`;
  });
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline && over === undefined; await sleep(100)) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'manual' });
      return { status: response.status, body: await response.text() };
    } catch {
      // Nothing listens yet.
    }
  }
  return { problem: over ?? `nothing answered within ${seconds} s` };
}
