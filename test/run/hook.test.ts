import { describe, expect, test } from 'vitest';
import { conclude } from '../../src/execute/execute.ts';
import { runHook } from '../../src/run/hook.ts';
import { MIGRATE_PROGRAM } from '../../src/run/migrate/program.ts';
import { performScripted, ran, type ScriptedAnswer, toCommand, toEvery } from '../support/scripted-host.ts';
import { home, readerOf, type Scene } from './decide.ts';

const django = { django: '5.2.17', gunicorn: '26.2.0' };
const files = { 'manage.py': '', 'wsgi.py': '' };

function start(scene: Scene, answers: readonly ScriptedAnswer[] = []) {
  const { result, effects, printed } = performScripted(conclude(runHook(readerOf(scene))), answers);
  const handOver = effects.find((effect) => effect.kind === 'hand-over');
  return { code: result.code, effects, printed, command: handOver?.command };
}

describe('the hook', () => {
  test('[B51] [B65] migrates, says what it starts, and hands its process over', () => {
    const { effects, printed, command } = start({ files, installed: django, processors: 1 });
    expect(effects.map(({ kind }) => kind).filter((kind) => kind !== 'say')).toEqual(['run', 'hand-over']);
    expect(printed.slice(0, 3)).toEqual([
      '---> Migrating database ...',
      '---> Serving application with gunicorn (wsgi) with default settings ...',
      'Workers: 2 (1 CPU by the processors of the machine, no memory limit known; at most 2 per CPU, 40 MiB each, 12 in all)',
    ]);
    expect(command?.argv.slice(0, 2)).toEqual(['gunicorn', 'wsgi']);
    expect(command?.directory).toBe(home);
  });

  test('[B51] a failing migration ends it with its own status, and nothing is started', () => {
    const fails = toCommand(['python', '-c', MIGRATE_PROGRAM], {
      end: { how: 'exit', code: 5 },
      lastLines: ['no such table'],
    });
    const { code, command, printed } = start({ files, installed: django }, [fails]);
    expect(code).toBe(5);
    expect(command).toBeUndefined();
    expect(printed.at(-1)).toMatch(/^ERROR: The database was not migrated: exit status 5\./);
    expect(printed.at(-1)).toContain('DISABLE_MIGRATE=1');
  });

  test('[B51] a signal during the migration ends it, whatever the migration made of it', () => {
    const interrupted = toCommand(['python', '-c', MIGRATE_PROGRAM], { interrupted: 'SIGTERM' });
    const { code, command } = start({ files, installed: django }, [interrupted]);
    expect(code).toBe(143);
    expect(command).toBeUndefined();
  });

  test('[B54] asks setup.py for a name that cannot be read, and takes its last line', () => {
    const scene: Scene = {
      files: { 'setup.py': 'setup(**found)', 'my_app.py': 'application = 1\n' },
      installed: { gunicorn: '26.2.0' },
    };
    const noisy = toCommand(['python', `${home}/setup.py`, '--name'], { stdout: 'reading version\nmy-app\n\n' });
    expect(start(scene, [noisy]).command?.argv[1]).toBe('my_app');
    const fails = toCommand(['python'], { end: { how: 'exit', code: 1 } });
    const failed = start(scene, [fails]);
    expect(failed.code).toBe(1);
    expect(failed.printed.at(-1)).toContain('python setup.py --name: exit status 1');
    const silent = start(scene, [toCommand(['python'], { stdout: ' \n' })]);
    expect(silent.printed.at(-1)).toContain('python setup.py --name printed nothing');
    const stopped = start(scene, [{ to: (effect) => effect.kind === 'run', outcome: ran({ interrupted: 'SIGINT' }) }]);
    expect(stopped.code).toBe(130);
  });

  test('gives mod_wsgi a directory of its own', () => {
    const scene: Scene = { files: { 'wsgi.py': '' }, installed: { 'mod-wsgi': '5.0.2' } };
    const { command } = start(scene);
    expect(command?.argv).not.toContain('@temporary@');
    expect(command?.argv.filter((word) => word === '/tmp/s2i-mod_wsgi-scripted')).toHaveLength(2);
    const problem = { name: '/tmp', reason: 'read-only', detail: 'Read-only file system' } as const;
    const refused = start(scene, [toEvery('make-temporary', { kind: 'refused', problem })]);
    expect(refused).toMatchObject({ code: 1, command: undefined });
    expect(refused.printed.at(-1)).toMatch(/^ERROR: No temporary directory could be made/);
  });

  test('[B47] [B63] errors name the way out, on the error stream, and end with 1', () => {
    const { code, effects } = start({});
    expect(code).toBe(1);
    expect(effects.at(-1)).toMatchObject({ kind: 'say', level: 'error' });
    expect(start({ environment: { APP_SCRIPT: 'foo.sh' } }).printed.at(-1)).toMatch(/^ERROR: file 'foo\.sh' not found\./);
  });

  test('[B96] a program that is not there gives 127', () => {
    const missing = toEvery('hand-over', {
      kind: 'not-handed-over',
      end: { how: 'not-found', what: 'program', path: 'python' },
    });
    expect(start({ files: { 'app.py': '' } }, [missing]).code).toBe(127);
  });

  test('[B46] statuses of scripts that cannot be started', () => {
    expect(start({ files: { 'app.sh': { text: '#!/bin/sh\n', mode: 0o644 } } }).code).toBe(126);
    expect(start({ files: { 'app.sh': { text: '#!/bin/sh\r\n', mode: 0o755 } } }).code).toBe(127);
    expect(start({ files: { 'app.sh': { text: '#!/no/such\n', mode: 0o755 } } }).code).toBe(127);
  });

  test('a switch that looks off is said', () => {
    const { printed } = start({ files, installed: django, environment: { DISABLE_MIGRATE: 'false' } });
    expect(printed[0]).toMatch(/^WARNING: DISABLE_MIGRATE=false switches it ON/);
  });
});
