import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { fetchPage, findFreePort } from '../../src/cli/demo/serve.ts';
import { assemble } from '../support/hooks.ts';
import { isRoot } from '../support/machine.ts';
import { catches, type ProcessOne, startAsProcessOne } from '../support/process-one.ts';
import { childrenOf } from '../support/processes.ts';
import { createSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { projects } from './signal-projects.ts';
import { comparable, expected, nameOf, page, type Row, receiver, render, type Signal, signals } from './signal-table.ts';

/**
 * What becomes of each signal, for each way to start, from real processes: process 1 of a process namespace. The table in
 * docs/signals.md is written with S2I_UPDATE_DOCS=1; without it every column but the seconds has to be as it stands there.
 */
const updating = process.env.S2I_UPDATE_DOCS === '1';

interface Way {
  readonly launch: string;
  readonly project: keyof typeof projects;
  readonly environment?: Readonly<Record<string, string>>;
}

const off = { S2I_INIT: 'off' };
const ways: readonly Way[] = [
  { launch: 'gunicorn', project: 'wsgi', environment: { APP_SERVER: 'gunicorn' } },
  { launch: 'mod_wsgi', project: 'wsgi', environment: { APP_SERVER: 'mod_wsgi' } },
  { launch: 'mod_wsgi, S2I_INIT=off', project: 'wsgi', environment: { APP_SERVER: 'mod_wsgi', ...off } },
  { launch: 'app.py without handlers', project: 'plain' },
  { launch: 'app.py without handlers, S2I_INIT=off', project: 'plain', environment: off },
  { launch: 'app.py with handlers', project: 'handlers' },
  { launch: 'app.py with handlers, S2I_INIT=off', project: 'handlers', environment: off },
  { launch: 'app.sh', project: 'script' },
  { launch: 'app.sh, S2I_INIT=off', project: 'script', environment: off },
  { launch: 'runserver', project: 'django' },
  { launch: 'runserver, S2I_INIT=off', project: 'django', environment: off },
];

let sandbox: Sandbox;
const written: Row[] = [];

describe.runIf(isRoot)('as process 1', () => {
  beforeAll(async () => {
    sandbox = createSandbox();
    writeSource(sandbox, { ...allProjects(), 'requirements.txt': 'gunicorn\nDjango\nmod_wsgi\n' });
    await assemble(sandbox, { environment: { ...inject('image').pip, DISABLE_COLLECTSTATIC: '1' } });
  });
  afterAll(() => {
    sandbox?.remove();
    if (updating) writeFileSync(page, render(ways.flatMap((way) => written.filter((row) => row.launch === way.launch))));
  });

  test.each(ways)('[B64] [B65] [B92] [B94] [B97] $launch', async (way) => {
    const rows = await observe(way);
    written.push(...rows);
    if (!updating) expect(rows.map(comparable)).toEqual(expected(way.launch).map(comparable));
  });

  describe('a request in flight', () => {
    test.each([
      ['gunicorn', {}, 'answered'],
      ['mod_wsgi', {}, 'answered'],
      // What Apache does by itself.
      ['mod_wsgi', off, 'dropped'],
    ])('[B65] TERM, %s with %j: it is %s', async (server, environment, outcome) => {
      const { request, started } = await during(server, environment);
      process.kill(started.server.pid, 'SIGTERM');
      expect(await request).toBe(outcome);
      expect(await started.server.ended).toBe(0);
    });

    test('a second TERM ends mod_wsgi although a request is stuck', async () => {
      const { request, started } = await during('mod_wsgi', {}, '/stuck');
      process.kill(started.server.pid, 'SIGTERM');
      await expect.poll(() => started.server.log()).toContain('shutting down gracefully');
      process.kill(started.server.pid, 'SIGTERM');
      expect(await request).toBe('dropped');
      expect(await started.server.ended).toBe(0);
    });

    test('mod_wsgi leaves nothing in the temporary directory', async () => {
      const TMPDIR = join(sandbox.destination, 'temporary');
      mkdirSync(TMPDIR);
      chmodSync(TMPDIR, 0o1777);
      const started = await start({ launch: 'left', project: 'wsgi', environment: { APP_SERVER: 'mod_wsgi', TMPDIR } });
      const made = () => readdirSync(TMPDIR).filter((name) => name.startsWith('s2i-mod_wsgi-'));
      expect(made()).toHaveLength(1);
      process.kill(started.server.pid, 'SIGTERM');
      expect(await started.server.ended).toBe(0);
      expect(made()).toEqual([]);
    });
  });

  describe.each([{}, off, { ENABLE_INIT_WRAPPER: '1' }])('an application that ends by itself, with %j', (environment) => {
    test.each([
      ['sys.exit(0)', 0],
      ['sys.exit(9)', 9],
      ['raise ValueError', 1],
    ])('[B93] [B95] reads its standard input, and its status is kept: %s', async (input, status) => {
      const server = await startAsProcessOne(sandbox, 'ending', { APP_HOME: 'ending', ...environment }, input);
      onTestFinished(server.kill);
      expect(await server.ended, server.log()).toBe(status);
    });
  });

  describe('a signal before the server is there', () => {
    test.each(['SIGTERM', 'SIGINT'] as const)('[B51] %s reaches the migration and ends run', async (signal) => {
      const environment = { APP_HOME: 'migrating', PORT: '1', WEB_CONCURRENCY: '1' };
      const server = await startAsProcessOne(sandbox, 'migrating', environment);
      onTestFinished(server.kill);
      await expect.poll(() => server.log(), { timeout: 30_000 }).toContain('migrating now');
      process.kill(server.pid, signal);
      expect(await server.ended).toBe(128 + constants.signals[signal]);
      expect(server.log()).toContain(`migration got ${signal}`);
      expect(server.log()).not.toContain('Serving application');
    });

    test('[B51] a migration that fails ends run with its status', async () => {
      const server = await startAsProcessOne(sandbox, 'failing', { APP_HOME: 'failing' });
      expect(await server.ended).toBe(5);
      expect(server.log()).toContain('DISABLE_MIGRATE=1');
    });
  });
});

/** A server that is asked for a page which takes 2 s (or a minute: /stuck), and what becomes of that request. */
async function during(server: string, environment: Readonly<Record<string, string>>, path = '/slow') {
  const way = { launch: `flight-${server}`, project: 'wsgi', environment: { APP_SERVER: server, ...environment } } as const;
  const started = await start(way);
  const request = fetch(`http://127.0.0.1:${started.port}${path}`).then(
    async (answer) => (answer.status === 200 && (await answer.text()) === 'hello' ? 'answered' : 'dropped'),
    () => 'dropped',
  );
  await expect.poll(() => started.server.log(), { timeout: 10_000 }).toContain('request begins');
  return { request, started };
}

/** Sends every signal; a process that goes on gets the next one too, unless the signal changed it. */
async function observe(way: Way): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let started: Started | undefined;
  for (const signal of signals) {
    started ??= await start(way);
    const { one } = started;
    const row = await send(way, started, signal);
    rows.push({ launch: way.launch, one, signal, ...row });
    // gunicorn answers USR2 with a second gunicorn.
    if (row.end !== 'goes on' || signal === 'USR2') {
      started.server.kill();
      started = undefined;
    }
  }
  started?.server.kill();
  return rows;
}

interface Started {
  readonly server: ProcessOne;
  readonly port: number;
  readonly one: string;
}

async function start({ launch, project, environment }: Way): Promise<Started> {
  const port = await findFreePort();
  const name = launch.replaceAll(/\W+/g, '-');
  const variables = { APP_HOME: project, PORT: String(port), WEB_CONCURRENCY: '1', DISABLE_MIGRATE: '1', ...environment };
  const server = await startAsProcessOne(sandbox, name, variables);
  onTestFinished(server.kill);
  await expectPage(server, port);
  return { server, port, one: nameOf(server.pid) };
}

async function expectPage(server: ProcessOne, port: number): Promise<void> {
  const found = await fetchPage(`http://127.0.0.1:${port}/`, server, 60);
  if ('problem' in found) throw new Error(`${found.problem}\n${server.log()}`);
  expect(found.status, server.log()).toBe(200);
}

async function send(way: Way, started: Started, signal: Signal): Promise<Pick<Row, 'who' | 'end' | 'seconds'>> {
  const { server, port, one } = started;
  const before = server.log().length;
  const handled = catches(server.pid, `SIG${signal}`);
  const child = nameOf(childrenOf(server.pid)[0] ?? 0);
  const from = performance.now();
  process.kill(server.pid, `SIG${signal}`);
  const end = await Promise.race([server.ended, sleep(patience(way, signal), undefined, { ref: false })]);
  const seconds = end === undefined ? '' : ((performance.now() - from) / 1000).toFixed(1);
  if (end === undefined) await expectPage(server, port);
  const observed = () => receiver(one, handled, child, server.log().slice(before));
  // A handler may write its line later than the page is answered.
  const known = expected(way.launch).find((row) => row.signal === signal)?.who;
  if (!updating && known !== undefined) await expect.poll(observed, { timeout: 20_000 }).toBe(known);
  const who = observed();
  return { who, end: end === undefined ? 'goes on' : String(end), seconds };
}

/** Milliseconds: what the page says to end gets time to do so. */
function patience(way: Way, signal: Signal): number {
  if (updating) return 6000;
  const row = expected(way.launch).find((one) => one.signal === signal);
  return row?.end === 'goes on' ? 1000 : 60_000;
}

function allProjects(): Readonly<Record<string, string>> {
  const files = Object.entries(projects).flatMap(([folder, project]) =>
    Object.entries(project).map(([name, text]) => [`${folder}/${name}`, text] as const),
  );
  return Object.fromEntries(files);
}
