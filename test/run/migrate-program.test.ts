import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { MigrateMode } from '../../src/run/migrate/plan.ts';
import { MIGRATE_PROGRAM } from '../../src/run/migrate/program.ts';
import { temporaryDirectory } from '../support/temporary.ts';

/** As much of Django as the program knows; test/real/migrations.test.ts has the real one. The database is a list of answers. */
const django = {
  'django/__init__.py': '',
  'django/core/__init__.py': '',
  'django/core/management/__init__.py': '',
  'django/core/management/base.py': `class BaseCommand:
    def execute(self, *args, **options):
        print('migrated')
`,
  'django/db/__init__.py': `import json
import os


class OperationalError(Exception):
    pass


class Cursor:
    def __init__(self, wrapper):
        self.wrapper = wrapper

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        pass

    def execute(self, query, values):
        print('query', query, list(values), flush=True)

    def fetchone(self):
        return [SCRIPT['answers'].pop(0)]


SCRIPT = json.loads(os.environ['SCRIPT'])


class DatabaseWrapper:
    vendor = SCRIPT['vendor']

    def __init__(self, settings_dict, alias='default'):
        self.settings_dict, self.alias = settings_dict, alias

    def ensure_connection(self):
        if SCRIPT['errors']:
            raise OperationalError(*SCRIPT['errors'].pop(0))

    def cursor(self):
        return Cursor(self)

    def rollback(self):
        print('rollback', flush=True)

    def close(self):
        print('close', self.settings_dict.get('OPTIONS'), self.settings_dict.get('AUTOCOMMIT'), flush=True)


connections = {'default': DatabaseWrapper(SCRIPT['settings'])}
`,
};

const command = `from django.core.management.base import BaseCommand

class Command(BaseCommand):
    pass

Command().execute(database='default')
`;

interface Script {
  readonly vendor: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Of the first attempts to connect. */
  readonly errors?: readonly (readonly unknown[])[];
  /** To the queries, in order. */
  readonly answers?: readonly unknown[];
}

function migrate(mode: MigrateMode, script: Script, managePy = command, [patience, limit] = [0, 0]) {
  const folder = temporaryDirectory();
  for (const [name, text] of Object.entries({ ...django, 'manage.py': managePy })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const SCRIPT = JSON.stringify({ settings: { NAME: 'shop' }, errors: [], answers: [], ...script });
  const words = ['-c', MIGRATE_PROGRAM, mode, `${patience}`, `${limit}`, './manage.py', 'migrate', '--noinput'];
  const env = { PATH: '/usr/bin:/bin', SCRIPT, PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync('python3', words, { cwd: folder, env, encoding: 'utf8' });
  return { status, said: stdout.trimEnd().split('\n'), stderr, folder };
}

const mysql = { vendor: 'mysql', settings: { NAME: 'shop', PASSWORD: 's3cret!' } };
const closed = "close {'connect_timeout': 5}";

describe('MySQL', () => {
  test('is locked by a name, and let go', () => {
    const { status, said } = migrate('lock', { ...mysql, answers: [1, 1] });
    expect(said).toEqual([
      expect.stringMatching(/^query SELECT GET_LOCK\(%s, 0\) \['s2i-migrate-[0-9a-f]{32}'\]$/),
      'migrated',
      expect.stringMatching(/^query SELECT RELEASE_LOCK\(%s\) \['s2i-migrate-[0-9a-f]{32}'\]$/),
      `${closed} True`,
    ]);
    expect(status).toBe(0);
  });

  test('that lost the lock meanwhile is worth a warning', () => {
    const { status, said } = migrate('lock', { ...mysql, answers: [1, null] });
    expect(said).toContain('WARNING: the connection that held the lock was lost meanwhile.');
    expect(status).toBe(0);
  });

  test('that is locked by another is waited for, and its end said', () => {
    const { status, said } = migrate('prefer', { ...mysql, answers: [0, 0, 1, 1] }, command, [0, 60]);
    expect(said).toContain('Another process migrates this database (waiting 60 s at most)');
    expect(said).toContain('Waited 0 s.');
    expect(said).toContain('migrated');
    expect(status).toBe(0);
  });

  test.each([2003, 2013, 1040])('error %i may pass', (number) => {
    const { said, stderr } = migrate('start', { ...mysql, errors: [[number, 'whatever']] }, command, [0, 0]);
    expect(stderr).toBe(`[s2i:unreachable 0] (${number}, 'whatever')\n`);
    expect(said).toEqual(['']);
    const later = migrate('start', { ...mysql, errors: [[number, 'whatever']] }, command, [9, 0]);
    expect(later.said).toEqual([
      `The database does not answer: (${number}, 'whatever') (waiting 9 s at most)`,
      'Waited 0 s.',
      `${closed} True`,
      'migrated',
    ]);
  });

  test('any other error is an answer, and its password is not shown', () => {
    const { status, stderr } = migrate('start', { ...mysql, errors: [[1045, 'Access denied using s3cret!']] }, command, [60, 0]);
    expect(stderr).toBe("[s2i:refused] (1045, 'Access denied using ***')\n");
    expect(status).toBe(1);
  });
});

describe('PostgreSQL', () => {
  const postgres = { vendor: 'postgresql', settings: { NAME: 'shop', OPTIONS: { pool: true, isolation_level: 3 } } };

  test('is locked by a transaction in READ COMMITTED that may be idle; asking again begins another', () => {
    const { said } = migrate('lock', { ...postgres, answers: [false, true, '0', 1] }, command, [0, 60]);
    expect(said).toEqual([
      expect.stringMatching(/^query SELECT pg_try_advisory_xact_lock\(%s\) \[\d{15,19}\]$/),
      'rollback',
      'Another process migrates this database (waiting 60 s at most)',
      expect.stringMatching(/^query SELECT pg_try_advisory_xact_lock/),
      'Waited 0 s.',
      "query SELECT set_config('idle_in_transaction_session_timeout', '0', true) []",
      'migrated',
      'query SELECT 1 []',
      `${closed} False`,
    ]);
  });

  test.each([
    ['FATAL: the database system is starting up', 'unreachable 0'],
    ['FATAL: sorry, too many clients already', 'unreachable 0'],
    ['connection to server on socket "/run/x" failed: No such file or directory', 'unreachable 0'],
    ['FATAL: database "timed out" does not exist', 'refused'],
    ['could not open certificate file "/x": No such file or directory', 'refused'],
  ])('%s: %s', (text, what) => {
    expect(migrate('start', { ...postgres, errors: [[text]] }).stderr).toBe(`[s2i:${what}] ${text}\n`);
  });
});

describe('another database', () => {
  test('has no lock: an error where one is wanted, a line where it would be better', () => {
    const words = 'A database of the kind oracle has no lock that is known here';
    expect(migrate('lock', { vendor: 'oracle' })).toMatchObject({ status: 1, stderr: `[s2i:no-lock] ${words}\n`, said: [''] });
    expect(migrate('prefer', { vendor: 'oracle' })).toMatchObject({
      status: 0,
      said: [`${words}. Migrating without a lock.`, 'migrated'],
    });
    expect(migrate('start', { vendor: 'oracle' })).toMatchObject({ status: 0, said: ['migrated'] });
  });

  test('SQLite in memory needs none, and a folder that is not there has none', () => {
    const memory = { vendor: 'sqlite', settings: { NAME: ':memory:' } };
    expect(migrate('lock', memory)).toMatchObject({ status: 0, said: ['migrated'] });
    const lost = migrate('lock', { vendor: 'sqlite', settings: { NAME: 'file:/no/where/db?mode=rwc' } });
    expect(lost.stderr).toBe('[s2i:no-lock] /no/where cannot be locked: No such file or directory\n');
  });
});

describe('manage.py', () => {
  test('finds what it finds when Python runs it', () => {
    const seen = `import json, sys
with open('seen', 'w') as file:
    json.dump([sys.argv, sys.path[0], __name__, __file__, 'django' in sys.modules, sys.modules['__main__'].__file__], file)
`;
    const { folder, said } = migrate('start', { vendor: 'sqlite' }, `${seen}${command}`);
    const under = readFileSync(join(folder, 'seen'), 'utf8');
    spawnSync('python3', ['./manage.py', 'migrate', '--noinput'], {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', SCRIPT: '{"vendor":"sqlite","settings":{}}' },
    });
    expect(JSON.parse(under)).toEqual(JSON.parse(readFileSync(join(folder, 'seen'), 'utf8')));
    expect(said).toEqual(['migrated']);
  });

  test('that starts nothing of Django itself gets no lock, and a warning', () => {
    const { said } = migrate('lock', { vendor: 'sqlite' }, "print('elsewhere')\n");
    expect(said).toEqual(['elsewhere', 'WARNING: no lock was taken: manage.py started no command of Django in its own process.']);
  });

  test('ends with its own status', () => {
    expect(migrate('lock', { vendor: 'sqlite', settings: { NAME: ':memory:' } }, `${command}raise SystemExit(7)\n`).status).toBe(
      7,
    );
  });
});
