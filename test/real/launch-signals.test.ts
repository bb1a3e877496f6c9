import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { assemble } from '../support/hooks.ts';
import { isRoot } from '../support/machine.ts';
import { startAsProcessOne } from '../support/process-one.ts';
import { createSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { allProjects, observe, requestDuring, type Started, startWay, updating, type Way } from './signal-observe.ts';
import { comparable, expected, type Row, writePage } from './signal-table.ts';

/**
 * What becomes of each signal, for each way to start, from real processes: process 1 of a process namespace. The table in
 * docs/signals.md is written with S2I_UPDATE_DOCS=1; without it every column but the seconds has to be as it stands there.
 */
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
    if (updating) writePage(written, []);
  });

  test.each(ways)('[B64] [B65] [B92] [B94] [B97] $launch', async (way) => {
    const rows = await observe(sandbox, way);
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

    test.each([
      ['mod_wsgi', {}],
      ['gunicorn', { APP_CONFIG: 'own.py' }],
    ])('S2I_GRACE_PERIOD ends %s with %j although a request is stuck', async (server, environment) => {
      const { request, started } = await during(server, { ...environment, S2I_GRACE_PERIOD: '1' }, '/stuck');
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

function start(way: Way): Promise<Started> {
  return startWay(sandbox, way);
}

function during(server: string, environment: Readonly<Record<string, string>>, path?: string) {
  const way = { launch: `flight-${server}`, project: 'wsgi', environment: { APP_SERVER: server, ...environment } } as const;
  return requestDuring(sandbox, way, path);
}
