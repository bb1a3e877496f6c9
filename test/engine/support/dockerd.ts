import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { chooseEngine } from '../../../src/engine/detect.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { succeeded } from './engines.ts';
import { engineFolder, removeEngineFolder } from './folder.ts';
import { networkEnvironment, programPath } from './machine.ts';

/** A daemon of docker for the tests alone. */
export interface DockerDaemon {
  readonly engine: Engine;
  /** For clients, `s2i` among them. */
  readonly environment: Readonly<Record<string, string>>;
  /** Process id of dockerd. */
  readonly pid: number;
  readonly log: () => string;
  /** Ends it and everything it started, and removes its images. Does nothing the second time. */
  readonly stop: () => Promise<void>;
}

/** How long the daemon may take to answer, and to end. Milliseconds. */
const PATIENCE = 60_000;

/**
 * Starts dockerd in a temporary folder, which is removed with it, without touching networks or packet filters of the machine.
 * `more` are options of its own.
 */
export async function startDockerd(folder = engineFolder(), more: readonly string[] = []): Promise<DockerDaemon> {
  const socket = join(folder, 'docker.sock');
  const environment = {
    PATH: programPath,
    HOME: folder,
    LANG: 'C.UTF-8',
    ...networkEnvironment(),
    DOCKER_HOST: `unix://${socket}`,
  };
  const log = join(folder, 'log');
  const output = openSync(log, 'a');
  const daemon = spawn('dockerd', [...optionsIn(folder, socket), ...more], {
    env: environment,
    stdio: ['ignore', output, output],
    detached: true,
  });
  const kill = () => daemon.kill('SIGTERM');
  process.once('exit', kill);
  const stop = once(async () => {
    process.removeListener('exit', kill);
    await end(daemon, folder);
  });
  const { pid } = daemon;
  try {
    await answering(daemon, environment, log);
    if (pid === undefined) throw new Error('dockerd was not started');
    const engine = succeeded(await chooseEngine('docker', { environment }));
    return { engine, environment, pid, log: () => readFileSync(log, 'utf8'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function optionsIn(folder: string, socket: string): readonly string[] {
  return [
    `--host=unix://${socket}`,
    `--data-root=${join(folder, 'data')}`,
    `--exec-root=${join(folder, 'exec')}`,
    `--pidfile=${join(folder, 'pid')}`,
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
  ];
}

async function answering(daemon: ChildProcess, environment: Record<string, string>, log: string): Promise<void> {
  const limit = Date.now() + PATIENCE;
  for (;;) {
    const { failed } = await execa('docker', ['version'], { env: environment, extendEnv: false, reject: false });
    if (!failed) return;
    if (daemon.exitCode !== null || daemon.pid === undefined || Date.now() > limit) {
      throw new Error(`dockerd does not answer:\n${readFileSync(log, 'utf8')}`);
    }
    await sleep(100);
  }
}

/** dockerd ends containerd; a shim survives when its daemon was killed, but names the folder. */
async function end(daemon: ChildProcess, folder: string): Promise<void> {
  if (daemon.pid !== undefined && daemon.exitCode === null && daemon.signalCode === null) {
    const gone = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGTERM');
    await Promise.race([gone, sleep(PATIENCE, undefined, { ref: false })]);
  }
  await removeEngineFolder(folder);
}

function once(action: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
}
