import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, globSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../src/cli/demo/serve.ts';
import { basePath, isRoot, type User } from './machine.ts';

/** A PostgreSQL server of a test's own, on loopback, in a temporary folder. */
export interface Postgres {
  readonly port: number;
  readonly password: string;
  /** Address of a database, as the settings of a project take it. */
  readonly url: (database: string, password?: string) => string;
  /** The answer of a query, one line a row. */
  readonly query: (database: string, sql: string) => string;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** PostgreSQL refuses to be run by root, and by a user that the system does not name. */
const OWNER: User | undefined = isRoot ? { uid: 65534, gid: 65534 } : undefined;
const USER = 'shop';
const ENVIRONMENT = { PATH: basePath, LC_ALL: 'C.UTF-8' };

/** Makes the server's folder; it is not running then. */
export async function createPostgres(): Promise<Postgres> {
  const programs = globSync('/usr/lib/postgresql/*/bin').sort().at(-1) ?? '/usr/bin';
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-postgres-'));
  const data = join(folder, 'data');
  const password = 'Geheim+Wort7';
  chmodSync(folder, 0o755);
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(folder, 'password'), password);
  if (OWNER !== undefined) chownSync(data, OWNER.uid, OWNER.gid);
  const shared = { env: ENVIRONMENT, cwd: '/', ...OWNER };
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${folder}/password`, '--no-sync', '--no-locale', '-E', 'UTF8'],
    { ...shared, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const port = await findFreePort();
  let server: ChildProcess | undefined;
  const query = (database: string, sql: string) =>
    execFileSync(join(programs, 'psql'), ['-h', '127.0.0.1', '-p', `${port}`, '-U', USER, '-d', database, '-Atqc', sql], {
      env: { ...ENVIRONMENT, PGPASSWORD: password },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const start = async () => {
    const options = ['-p', `${port}`, '-h', '127.0.0.1', '-k', '', '-c', 'fsync=off'];
    server = spawn(join(programs, 'postgres'), ['-D', data, ...options], { ...shared, stdio: 'ignore' });
    while (!answers(query)) {
      if (server.exitCode !== null) throw new Error(`postgres ended with ${server.exitCode}`);
      await sleep(50);
    }
  };
  const stop = async () => {
    const stopped = server;
    server = undefined;
    if (stopped === undefined || stopped.exitCode !== null) return;
    const ended = new Promise((resolve) => stopped.once('exit', resolve));
    // What it calls a fast shutdown: sessions are ended.
    stopped.kill('SIGINT');
    await ended;
  };
  const remove = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const url = (database: string, given = password) =>
    `postgresql://${USER}:${encodeURIComponent(given)}@127.0.0.1:${port}/${database}`;
  return { port, password, url, query, start, stop, remove };
}

function answers(query: Postgres['query']): boolean {
  try {
    return query('postgres', 'SELECT 1') === '1';
  } catch {
    return false;
  }
}
