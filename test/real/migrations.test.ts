import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { findFreePort } from '../../src/cli/demo/serve.ts';
import { missingPackages } from '../support/apt.ts';
import { containersIn } from '../support/documented.ts';
import { endProcess } from '../support/end-process.ts';
import { assemble, type HookEnd, runHook, type StartedHook, startHook } from '../support/hooks.ts';
import { createPostgres, type Postgres } from '../support/postgres.ts';
import { familyOf } from '../support/processes.ts';
import { createSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { ask, end } from '../support/server.ts';
import { shop } from '../support/shop.ts';

let sandbox: Sandbox;
let postgres: Postgres;
let databases = 0;

beforeAll(async () => {
  expect(missingPackages(['postgresql'])).toEqual([]);
  postgres = await createPostgres();
  await postgres.start();
  sandbox = createSandbox();
  writeSource(sandbox, shop);
  await assemble(sandbox, { environment: { ...inject('image').pip, DATABASE_URL: 'sqlite:/nowhere' } });
});
afterAll(async () => {
  sandbox?.remove();
  await postgres?.remove();
});

type Variables = Readonly<Record<string, string>>;

/** Address of a database of this test's own. */
function newDatabase(): string {
  databases += 1;
  const name = `shop${databases}`;
  postgres.query('postgres', `CREATE DATABASE ${name}`);
  return postgres.url(name);
}

function start(hook: 'run' | 'migrate', environment: Variables): StartedHook {
  const started = startHook(hook, sandbox, { environment });
  onTestFinished(() => end(started));
  return started;
}

const run = (hook: 'run' | 'migrate', environment: Variables): Promise<HookEnd> => runHook(hook, sandbox, { environment });

function saying(hook: StartedHook, text: string): Promise<void> {
  return expect.poll(hook.log, { timeout: 60_000, message: text }).toContain(text);
}

const applied = 'Applying shop.0001_initial...';
const busy = 'Another process migrates this database';

describe('S2I_MIGRATE=lock', () => {
  test('of four replicas that start at once one migrates, and all of them serve', async () => {
    const DATABASE_URL = newDatabase();
    const replicas = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const PORT = await findFreePort();
        const given = { DATABASE_URL, PAUSE: '1', PORT: `${PORT}`, S2I_MIGRATE: 'lock', WEB_CONCURRENCY: '1' };
        return { PORT, server: start('run', given) };
      }),
    );
    for (const { PORT, server } of replicas) expect((await ask(server, PORT, '/')).body).toBe('1 item');
    const logs = replicas.map(({ server }) => server.log());
    expect(logs.filter((log) => log.includes(applied))).toHaveLength(1);
    expect(logs.filter((log) => log.includes('No migrations to apply.'))).toHaveLength(3);
    for (const log of logs) expect(log).not.toContain('WARNING');
  });

  test('who waits ends by TERM or when the time is over, and goes on when the one that migrates is killed', async () => {
    const DATABASE_URL = newDatabase();
    const lock = { DATABASE_URL, S2I_MIGRATE: 'lock' };
    const holder = start('run', { ...lock, PAUSE: '600', PORT: '1' });
    await saying(holder, 'working');
    const [first, second] = [start('run', { ...lock, PORT: '1' }), start('migrate', lock)];
    await Promise.all([saying(first, `${busy} (waiting 600 s at most)`), saying(second, busy)]);
    const late = await run('run', { ...lock, S2I_MIGRATE_TIMEOUT: '0' });
    expect(late.exit, late.log).toBe(75);
    expect(late.stderr).toContain('ERROR: Another process still migrates this database after 0 s.\n');
    process.kill(first.pid, 'SIGTERM');
    expect(await first.ended, first.log()).toBe(143);
    for (const pid of familyOf(holder.pid)) endProcess(pid, 'SIGKILL');
    expect(await second.ended, second.log()).toBe(0);
    expect(second.log()).toContain(`${applied}working\n OK`);
  });

  test('TERM ends the one that migrates, and nothing of it stays', async () => {
    const DATABASE_URL = newDatabase();
    const holder = start('run', { DATABASE_URL, S2I_MIGRATE: 'lock', PAUSE: '600', PORT: '1' });
    await saying(holder, 'working');
    process.kill(holder.pid, 'SIGTERM');
    expect(await holder.ended, holder.log()).toBe(143);
    await expect.poll(() => postgres.query('postgres', "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")).toBe('0');
    expect(postgres.query(new URL(DATABASE_URL).pathname.slice(1), "SELECT to_regclass('shop_item') IS NULL")).toBe('t');
  });

  test('SQLite: the folder of the database is locked', async () => {
    const lock = { DATABASE_URL: `sqlite:${join(sandbox.home, 'shop.sqlite3')}`, S2I_MIGRATE: 'lock' };
    const holder = start('migrate', { ...lock, PAUSE: '600' });
    await saying(holder, 'working');
    const second = start('migrate', lock);
    await saying(second, busy);
    for (const pid of familyOf(holder.pid)) endProcess(pid, 'SIGKILL');
    expect(await second.ended, second.log()).toBe(0);
    expect(second.log()).toContain(applied);
  });
});

test('docs/migrations.md: the Job migrates, the Deployment only starts', async () => {
  const [, job, deployment] = containersIn('docs/migrations.md');
  const DATABASE_URL = newDatabase();
  const migrated = await run('migrate', { DATABASE_URL, ...job?.environment });
  expect(migrated.exit, migrated.log).toBe(0);
  expect(migrated.log).toContain(applied);
  const PORT = await findFreePort();
  const server = start('run', { DATABASE_URL, PORT: `${PORT}`, WEB_CONCURRENCY: '1', ...deployment?.environment });
  expect((await ask(server, PORT, '/')).body).toBe('1 item');
  expect(server.log()).toContain('The database is not migrated (S2I_MIGRATE=never).\n');
});

describe('a database', () => {
  test('that is not there yet is waited for: said once, without a traceback', async () => {
    const DATABASE_URL = newDatabase();
    await postgres.stop();
    onTestFinished(async () => {
      await postgres.stop();
      await postgres.start();
    });
    const migrate = start('migrate', { DATABASE_URL });
    await saying(migrate, 'The database does not answer: connection failed');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await postgres.start();
    expect(await migrate.ended, migrate.log()).toBe(0);
    expect(migrate.log().match(/does not answer/g)).toHaveLength(1);
    expect(migrate.log()).toMatch(/\nWaited \d+ s\.\n/);
    expect(migrate.log()).not.toContain('Traceback');
  });

  test.each([
    ['nothing listens', 'postgresql://shop:Geheim+Wort7@127.0.0.1:1/shop', 'Connection refused'],
    ['its name is unknown', 'postgresql://shop:Geheim+Wort7@database.invalid/shop', 'database.invalid'],
  ])('that never answers ends run with 75 (%s)', async (_why, DATABASE_URL, words) => {
    const { exit, log, stderr } = await run('run', { DATABASE_URL, S2I_DATABASE_TIMEOUT: '1' });
    expect(exit, log).toBe(75);
    expect(stderr).toContain('ERROR: The database did not answer within 1 s.\n');
    expect(log).toContain(words);
    expect(log).not.toMatch(/Traceback|Geheim|Serving/);
  });

  test.each([
    ['the password is wrong', () => postgres.url('postgres', 'Falsches+Wort'), 'FATAL: password authentication failed'],
    ['there is no such database', () => postgres.url('nosuchshop'), 'FATAL: database "nosuchshop" does not exist'],
  ])('that refuses is an error at once (%s)', async (_why, url, words) => {
    const { exit, log, stderr } = await run('run', { DATABASE_URL: url(), S2I_DATABASE_TIMEOUT: '86400' });
    expect(exit, log).toBe(1);
    expect(stderr).toContain('ERROR: The database answers and refuses the connection.\n');
    expect(stderr).toContain(words);
    expect(log).not.toMatch(/Traceback|Geheim|Falsches|does not answer/);
  });

  test('whose migration fails ends with the status and the last words of that', async () => {
    const { exit, log, stderr } = await run('migrate', { DATABASE_URL: newDatabase(), BROKEN: '1' });
    expect(exit, log).toBe(1);
    expect(stderr).toContain('ERROR: The database was not migrated: exit status 1.\n');
    expect(stderr).toContain('  Command: python ./manage.py migrate --noinput\n');
    expect(stderr).toContain('  | ValueError: this migration is broken\n');
  });
});
