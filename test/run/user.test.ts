import { describe, expect, test } from 'vitest';
import { conclude } from '../../src/execute/execute.ts';
import { runHook } from '../../src/run/hook.ts';
import { performScripted, type ScriptedAnswer, toEvery } from '../support/scripted-host.ts';
import { home, launched, program, readerOf, type Scene, said } from './decide.ts';

const library = { '/usr/lib/x86_64-linux-gnu/libnss_wrapper.so': program() };
const anyUid = { uid: 1000660000, gid: 0, pid: 7 };
const app = { 'app.py': '' };

function start(scene: Scene, answers: readonly ScriptedAnswer[] = []) {
  const { effects, printed } = performScripted(conclude(runHook(readerOf(scene))), answers);
  const handOver = effects.find((effect) => effect.kind === 'hand-over');
  return { effects, printed, environment: handOver?.command.environment.set ?? {} };
}

describe('a user that the system names', () => {
  test.each([0, 1001])('[B67] [B11] uid %i gets nothing', (uid) => {
    const { passwd, launch } = launched({ files: { ...app, ...library }, identity: { uid, pid: 7 } });
    expect(passwd).toBeUndefined();
    expect(launch.environment.set).toEqual({ VIRTUAL_ENV: '/opt/app-root' });
  });

  test('[B69] a uid with a line that the engine wrote gets nothing', () => {
    const files = {
      ...app,
      ...library,
      '/etc/passwd': 'root:x:0:0::/root:/bin/sh\n1000660000:x:1000660000:0::/opt/app-root/src:/bin/sh',
    };
    const { passwd, launch } = launched({ files, identity: anyUid });
    expect(passwd).toBeUndefined();
    expect(launch.environment.set).not.toHaveProperty('USER');
  });
});

describe('any other user', () => {
  test('[B68] [B69] [B11] gets a name, and a passwd file that says it', () => {
    const files = {
      ...app,
      ...library,
      '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\ndefault:x:1001:0::/opt/app-root/src:/bin/sh\n',
    };
    const { effects, environment } = start({ files, identity: anyUid });
    expect(effects.find((effect) => effect.kind === 'write-file')).toEqual({
      kind: 'write-file',
      path: '/opt/app-root/etc/passwd',
      mode: 0o644,
      text:
        'root:x:0:0:root:/root:/bin/sh\nbuilder:x:1001:0::/opt/app-root/src:/bin/sh\n' +
        `default:x:1000660000:0:Default Application User:${home}:/bin/bash\n`,
    });
    expect(environment).toEqual({
      VIRTUAL_ENV: '/opt/app-root',
      USER: 'default',
      LOGNAME: 'default',
      NSS_WRAPPER_PASSWD: '/opt/app-root/etc/passwd',
      NSS_WRAPPER_GROUP: '/etc/group',
      LD_PRELOAD: 'libnss_wrapper.so',
    });
  });

  test('[B68] keeps what is set', () => {
    const environment = { USER: 'me', LOGNAME: 'me', HOME: '/srv/me' };
    const { launch, passwd } = launched({ files: { ...app, ...library }, identity: anyUid, environment });
    expect(launch.environment.set).toEqual({ VIRTUAL_ENV: '/opt/app-root' });
    expect(passwd?.text).toContain(':/srv/me:/bin/bash\n');
  });

  test('[B68] gets HOME only where it is not set', () => {
    const { launch } = launched({ files: { [`${home}/app.py`]: '' }, identity: anyUid, environment: { HOME: '' } });
    expect(launch.environment.set.HOME).toBe(home);
  });

  test('[B71] keeps its LD_PRELOAD', () => {
    const environment = { LD_PRELOAD: '/usr/lib/libjemalloc.so' };
    expect(start({ files: { ...app, ...library }, identity: anyUid, environment }).environment.LD_PRELOAD).toBe(
      '/usr/lib/libjemalloc.so:libnss_wrapper.so',
    );
  });

  test('[B71] without the library nothing is preloaded and nothing written', () => {
    const { effects, environment } = start({ files: app, identity: anyUid });
    expect(effects.some((effect) => effect.kind === 'write-file')).toBe(false);
    expect(environment).toEqual({ VIRTUAL_ENV: '/opt/app-root', USER: 'default', LOGNAME: 'default' });
  });

  test('[B72] a last line without a newline stays a line of its own', () => {
    const files = { ...app, ...library, '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh' };
    expect(launched({ files, identity: anyUid }).passwd?.text).toMatch(/\/bin\/sh\ndefault:x:/);
  });

  test('[B70] that cannot write there writes below the temporary directory', () => {
    const refused: ScriptedAnswer = {
      to: (effect) => effect.kind === 'write-file' && effect.path.startsWith('/opt/'),
      outcome: { kind: 'refused', problem: { name: 'passwd', reason: 'read-only', detail: 'Read-only file system' } },
    };
    const { environment } = start({ files: { ...app, ...library }, identity: anyUid }, [refused]);
    expect(environment.NSS_WRAPPER_PASSWD).toBe('/tmp/s2i-passwd-scripted/passwd');
  });

  test('[B70] that can write nowhere is told, and gets no variables that lead nowhere', () => {
    const problem = { name: 'passwd', reason: 'read-only', detail: 'Read-only file system' } as const;
    const answers = [
      toEvery('write-file', { kind: 'refused', problem }),
      toEvery('make-temporary', { kind: 'refused', problem }),
    ];
    const { environment, printed } = start({ files: { ...app, ...library }, identity: anyUid }, answers);
    expect(environment).not.toHaveProperty('LD_PRELOAD');
    expect(printed.join('\n')).toMatch(/WARNING: No passwd entry for this user/);
  });

  test('[B68] writes nothing when the file is right already', () => {
    const first = launched({ files: { ...app, ...library }, identity: anyUid });
    const files = { ...app, ...library, '/opt/app-root/etc/passwd': first.passwd?.text ?? '' };
    const { effects, environment } = start({ files, identity: anyUid });
    expect(effects.some((effect) => effect.kind === 'write-file')).toBe(false);
    expect(environment.LD_PRELOAD).toBe('libnss_wrapper.so');
  });

  test('that brings its own nss_wrapper keeps it', () => {
    const environment = { NSS_WRAPPER_PASSWD: '/srv/passwd', LD_PRELOAD: 'libnss_wrapper.so' };
    expect(launched({ files: { ...app, ...library }, identity: anyUid, environment }).passwd).toBeUndefined();
  });

  test('[B68] migrates under the same name', () => {
    const files = { ...library, 'manage.py': '', 'wsgi.py': '' };
    const { effects } = start({ files, identity: anyUid, installed: { django: '5.2', gunicorn: '26.2.0' } });
    const migrate = effects.find((effect) => effect.kind === 'run');
    expect(migrate?.command.environment.set).toMatchObject({ USER: 'default', LD_PRELOAD: 'libnss_wrapper.so' });
  });
});

describe('an init', () => {
  const tini = { '/usr/bin/tini': program() };
  const start = (environment: Record<string, string>, pid: number, files: Scene['files'] = { ...app, ...tini }) =>
    launched({ files, environment, identity: { pid } }).launch;

  test.each([
    ['app.sh', { 'app.sh': program('#!/bin/sh\n') }, {}, [`${home}/app.sh`]],
    ['app.py', app, {}, ['python', 'app.py']],
    ['runserver', { 'manage.py': '' }, { django: '5.2' }, ['python', './manage.py', 'runserver', '0.0.0.0:8080']],
  ])('[B64] [B97] %s gets one as process 1', (_what, files, installed, argv) => {
    const { launch } = launched({ files: { ...files, ...tini }, installed, identity: { pid: 1 } });
    expect(launch.argv).toEqual(['/usr/bin/tini', '--', ...argv]);
    expect(said(launch).at(-1)).toBe('Init: tini (this is process 1).');
  });

  test.each([
    [{}, 7, ['python', 'app.py']],
    [{ ENABLE_INIT_WRAPPER: '1' }, 7, ['/usr/bin/tini', '-s', '--', 'python', 'app.py']],
    [{ ENABLE_INIT_WRAPPER: '1' }, 1, ['/usr/bin/tini', '--', 'python', 'app.py']],
    [{ S2I_INIT: 'on' }, 7, ['/usr/bin/tini', '-s', '--', 'python', 'app.py']],
    [{ S2I_INIT: 'off' }, 1, ['python', 'app.py']],
    [{ S2I_INIT: 'auto' }, 1, ['/usr/bin/tini', '--', 'python', 'app.py']],
    [{ S2I_INIT: 'off', ENABLE_INIT_WRAPPER: '1' }, 1, ['/usr/bin/tini', '--', 'python', 'app.py']],
  ])('[B64] %j as process %i', (environment: Record<string, string>, pid, argv) => {
    expect(start(environment, pid).argv).toEqual(argv);
  });

  test('[B64] is looked for on PATH first, then where distributions put it', () => {
    expect(start({ PATH: '/opt/tools' }, 1, { ...app, '/opt/tools/tini': program() }).argv[0]).toBe('/opt/tools/tini');
    expect(start({ PATH: '/opt/tools' }, 1, { ...app, '/sbin/tini': program() }).argv[0]).toBe('/sbin/tini');
  });

  test('[B64] that is not installed is said, and the program started bare', () => {
    const launch = start({}, 1, app);
    expect(launch.argv).toEqual(['python', 'app.py']);
    expect(said(launch).at(-1)).toMatch(/^No init: neither init-wrapper nor tini is installed/);
    expect(said(start({ ENABLE_INIT_WRAPPER: '1' }, 1, app)).at(-1)).toMatch(/^WARNING: No init/);
  });
});
