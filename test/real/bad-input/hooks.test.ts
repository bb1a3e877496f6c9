import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runHook } from '../../support/hooks.ts';
import { isRoot } from '../../support/machine.ts';
import { giveTree, writeSource } from '../../support/sandbox.ts';
import { bareSandbox, expectSoundError, expectUntouched } from './again.ts';

describe('assemble', () => {
  const APP = { 'app.py': '', 'pyproject.toml': '[project\n' };

  test('tells everything that is wrong at once, and touches nothing', async () => {
    const environment = { S2I_COLLECTSTATIC: 'maybe', S2I_STRICT: '2', S2I_CA_BUNDLE: 'ca.crt' };
    const sandbox = bareSandbox();
    writeSource(sandbox, APP);
    const end = await runHook('assemble', sandbox, { environment });
    expect(end.exit).toBe(1);
    expect(end.stdout.toString()).toBe('');
    expectSoundError(end);
    expect(end.stderr.match(/^ERROR: .*/gm)).toHaveLength(4);
    expectUntouched(sandbox, APP);
  });

  test('[B14] both pipenvs: 3, and nothing is touched', async () => {
    const sandbox = bareSandbox({ ENABLE_PIPENV: '1', ENABLE_MICROPIPENV: '1' });
    writeSource(sandbox, { 'app.py': '' });
    const end = await runHook('assemble', sandbox);
    expect(end.exit).toBe(3);
    expectSoundError(end);
    expectUntouched(sandbox, { 'app.py': '' });
  });

  test.each(['-h', '--help'])('[B39] %s prints the help and touches nothing', async (argument) => {
    const sandbox = bareSandbox();
    writeSource(sandbox, APP);
    const { exit, stdout, stderr } = await runHook('assemble', sandbox, { args: [argument] });
    expect(exit).toBe(0);
    expect(stderr).toBe('');
    expect(stdout.toString()).toContain('s2i build . IMAGE my-application');
    expectUntouched(sandbox, APP);
  });

  test('errors in JSON: one line each, no colour, nothing on standard output', async () => {
    const sandbox = bareSandbox({ S2I_LOG_FORMAT: 'json' });
    writeSource(sandbox, APP);
    const { exit, stdout, stderr } = await runHook('assemble', sandbox);
    expect(exit).toBe(1);
    expect(stdout.toString()).toBe('');
    const lines = stderr.trim().split('\n');
    for (const line of lines) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(stderr).toContain('pyproject.toml, line 1, column 9 is no valid TOML');
  });

  test('[B16] an empty source, and one that is not there', async () => {
    const sandbox = bareSandbox();
    const empty = await runHook('assemble', sandbox);
    expect(empty.exit, empty.log).toBe(0);
    expect(empty.log).toContain('There is no source in ');
    const missing = await runHook('assemble', sandbox, { environment: { S2I_DESTINATION: join(sandbox.folder, 'nowhere') } });
    expect(missing.exit, missing.log).toBe(0);
  });

  test('a virtual environment whose interpreter is gone', async () => {
    const sandbox = bareSandbox();
    writeSource(sandbox, { 'app.py': '' });
    symlinkSync('/no/such/python', join(sandbox.appRoot, 'bin/python.new'));
    renameSync(join(sandbox.appRoot, 'bin/python.new'), join(sandbox.appRoot, 'bin/python'));
    const end = await runHook('assemble', sandbox);
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr).toContain('bin/python leads to an interpreter that does not exist');
    expectUntouched(sandbox, { 'app.py': '' });
  });

  test('no Python on PATH', async () => {
    const sandbox = bareSandbox({ PATH: '/nowhere' });
    writeSource(sandbox, { 'app.py': '' });
    rmSync(join(sandbox.appRoot, 'pyvenv.cfg'));
    const end = await runHook('assemble', sandbox);
    expect(end.exit).toBe(1);
    expect(end.stderr).toContain('"python3" was not found');
  });
});

describe('save-artifacts', () => {
  test.each([
    ['no stamp', undefined],
    ['a stamp that is no JSON', '{'],
    ['a stamp of another format', '{"format":99}'],
    ['a stamp that is incomplete', '{"format":1}'],
  ])('%s: an empty stream and 0', async (_what, stamp) => {
    const sandbox = bareSandbox();
    if (stamp !== undefined) {
      mkdirSync(join(sandbox.appRoot, 'etc/s2i'), { recursive: true });
      writeFileSync(join(sandbox.appRoot, 'etc/s2i/environment.json'), stamp);
    }
    const { exit, stdout, log } = await runHook('save-artifacts', sandbox);
    expect(exit, log).toBe(0);
    expect(stdout.length).toBe(0);
  });

  test.each(['text', 'json'])('a wrong setting: an error on standard error, nothing on standard output (%s)', async (format) => {
    const sandbox = bareSandbox({ S2I_LOG_FORMAT: format });
    const { exit, stdout, stderr } = await runHook('save-artifacts', sandbox, { environment: { APP_ROOT: 'relative' } });
    expect(exit).toBe(1);
    expect(stdout.length).toBe(0);
    expect(stderr).toContain('APP_ROOT has a value that cannot be used');
  });

  test('an application root that is not there', async () => {
    const sandbox = bareSandbox();
    const { exit, stdout, log } = await runHook('save-artifacts', sandbox, { environment: { APP_ROOT: '/nowhere' } });
    expect(exit, log).toBe(0);
    expect(stdout.length).toBe(0);
  });
});

describe('usage', () => {
  test('[B98] [B99] prints what this is and how it is used, whatever the arguments and the environment', async () => {
    const sandbox = bareSandbox({ PYTHON_VERSION: '3.13', APP_ROOT: 'relative', S2I_STRICT: 'nonsense' });
    const { exit, stdout, stderr } = await runHook('usage', sandbox, { args: ['--nonsense'] });
    expect(exit).toBe(0);
    expect(stderr).toBe('');
    expect(stdout.toString()).toMatch(/^This is an S2I builder image for Python 3\.13 on \S/);
    expect(readdirSync(sandbox.home)).toEqual([]);
  });
});

describe('fix-permissions', () => {
  test.each([
    ['no argument', []],
    ['an empty argument', ['']],
    ['a path that is not there', ['/no/such/path']],
    ['an option instead of a path', ['-P']],
  ])('[B74] %s: an error, and 0', async (_what, args) => {
    const { exit, stderr, stdout } = await runHook('fix-permissions', bareSandbox(), { args });
    expect(exit).toBe(0);
    expect(stdout.toString()).toBe('');
    expect(stderr).toMatch(/^ERROR: File or directory .*does not exist\.\n$/);
  });

  test('a link that leads nowhere', async () => {
    const sandbox = bareSandbox();
    symlinkSync('nowhere', join(sandbox.home, 'link'));
    const { exit, log } = await runHook('fix-permissions', sandbox, { args: [join(sandbox.home, 'link')] });
    expect(exit, log).toBe(0);
    expect(existsSync(join(sandbox.home, 'nowhere'))).toBe(false);
  });

  test.runIf(isRoot)('what belongs to somebody else is left alone', async () => {
    const sandbox = bareSandbox();
    writeFileSync(join(sandbox.home, 'theirs'), '');
    chmodSync(join(sandbox.home, 'theirs'), 0o600);
    giveTree(join(sandbox.home, 'theirs'), { uid: 0, gid: 0 });
    const { exit, log } = await runHook('fix-permissions', sandbox, { args: [sandbox.home] });
    expect(exit, log).toBe(0);
    expect(log).not.toContain('ERROR');
  });
});
