import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { type HookEnd, type HookOptions, runHook } from '../../support/hooks.ts';
import { anyUser, builder, canMount } from '../../support/machine.ts';
import { readOnly } from '../../support/mounts.ts';
import { giveTree, type Sandbox } from '../../support/sandbox.ts';
import { bareSandbox, expectSoundError, type Files } from './again.ts';

/** Starts an application that was assembled: its files stand in the application's folder already. */
async function start(
  files: Files,
  options: HookOptions = {},
  finish: (home: string) => void = () => {},
): Promise<HookEnd & { readonly sandbox: Sandbox }> {
  const sandbox = bareSandbox();
  lay(sandbox, files);
  finish(sandbox.home);
  giveTree(sandbox.home, builder);
  return { ...(await runHook('run', sandbox, options)), sandbox };
}

function lay({ home }: Sandbox, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, name, '..'), { recursive: true });
    writeFileSync(join(home, name), text);
    if (name.endsWith('.sh')) chmodSync(join(home, name), 0o755);
  }
}

describe('[B46] app.sh that cannot be executed', () => {
  test('without x bit: 126, and the git command that mends it', async () => {
    const end = await start({ 'app.sh': '#!/bin/sh\n' }, {}, (home) => chmodSync(join(home, 'app.sh'), 0o664));
    expect(end.exit).toBe(126);
    expectSoundError(end);
    expect(end.stderr).toContain('git update-index --chmod=+x app.sh');
  });

  test.each([
    ['Windows line ends', '#!/bin/sh\r\necho hello\r\n', 'has Windows line ends (CRLF)'],
    ['an interpreter that is not there', '#!/no/such/shell\n', 'asks for the interpreter "/no/such/shell"'],
    ['a program that env cannot find', '#!/usr/bin/env no-such-program\n', 'asks for the interpreter "no-such-program"'],
  ])('%s: 127', async (_what, text, words) => {
    const end = await start({ 'app.sh': text });
    expect(end.exit).toBe(127);
    expectSoundError(end);
    expect(end.stderr).toContain(words);
  });

  test('a folder called app.sh is passed over', async () => {
    const { exit, log } = await start(
      { 'app.sh/readme': '', 'app.py': 'print("served")\n' },
      { environment: { S2I_INIT: 'off' } },
    );
    expect(exit, log).toBe(0);
    expect(log).toContain('served');
  });

  test('a pipe called app.py is not there, and nothing waits for it', async () => {
    const end = await start({}, {}, (home) => execFileSync('mkfifo', [join(home, 'app.py'), join(home, 'gunicorn.conf.py')]));
    expect(end.exit).toBe(1);
    expect(end.stderr).toContain("don't know how to run your application");
  });
});

test('no Python on PATH: 127, and where to look', async () => {
  const environment = { PATH: '/nowhere', S2I_INIT: 'off' };
  const end = await start({ 'app.py': '' }, { environment }, (home) => rmSync(join(home, '../bin/python')));
  expect(end.exit, end.log).toBe(127);
  expectSoundError(end);
  expect(end.stderr).toContain('ERROR: "python" cannot be started');
});

describe('settings that name what is not there', () => {
  test.each([
    ['APP_HOME', 'porject', 'there is "project"'],
    ['APP_SCRIPT', 'strat.sh', 'there is "start.sh"'],
    ['APP_FILE', 'mian.py', 'there is "main.py"'],
  ])('%s=%s', async (setting, value, words) => {
    const files = { 'start.sh': '#!/bin/sh\n', 'main.py': '', 'project/wsgi.py': '' };
    const end = await start(files, { environment: { [setting]: value } });
    expect(end.exit).toBe(1);
    expect(end.stdout.toString()).not.toContain('ERROR');
    expectSoundError(end);
    expect(end.stderr).toContain(words);
  });

  test('a link of APP_HOME that leads to itself', async () => {
    const end = await start({}, { environment: { APP_HOME: 'loop' } }, (home) => symlinkSync('loop', join(home, 'loop')));
    expect(end.exit).toBe(1);
    expect(end.stderr).toContain('APP_HOME is "loop", and there is no such folder.');
  });

  test("APP_HOME may not be entered by the container's user", async () => {
    const files = { 'project/app.py': 'print("served")\n' };
    const close = (home: string) => chmodSync(join(home, 'project'), 0o700);
    const end = await start(files, { environment: { APP_HOME: 'project', S2I_INIT: 'off' } }, close);
    expect(end.exit).not.toBe(0);
    expectSoundError(end);
  });

  test('[B63] nothing to run: everything that was looked at', async () => {
    const end = await start({ 'main.py': '' });
    expect(end.exit).toBe(1);
    expectSoundError(end);
    expect(end.stderr.split('\n')[0]).toBe("ERROR: don't know how to run your application.");
    expect(end.stderr).toContain('APP_MODULE=main:application');
  });

  test('[B66] arguments are ignored', async () => {
    const { exit, log } = await start(
      { 'app.py': 'print("served")\n' },
      { args: ['--help', 'x'], environment: { S2I_INIT: 'off' } },
    );
    expect(exit, log).toBe(0);
    expect(log).toContain('served');
  });

  test('a value that is no UTF-8', () => {
    const sandbox = bareSandbox();
    lay(sandbox, { 'app.py': 'print("served")\n' });
    const script = 'APP_MODULE="$(printf "caf\\351")" exec "$1"';
    const user = process.getuid?.() === 0 ? anyUser : {};
    const options = { env: sandbox.environment, cwd: sandbox.home, encoding: 'utf8', ...user } as const;
    const { status, stderr } = spawnSync('/bin/sh', ['-c', script, 'sh', join(inject('image').hooks, 'run')], options);
    expect(status).toBe(1);
    expect(stderr).toContain('ERROR: APP_MODULE holds bytes that are no UTF-8.');
  });

  test.runIf(canMount)(
    'everything is read-only, and no temporary folder either: the application starts all the same',
    async () => {
      const sandbox = bareSandbox();
      lay(sandbox, { 'app.py': 'print("served")\n' });
      const mounts = `${readOnly(sandbox.folder)}\nmount -t tmpfs -o ro tmpfs /var/tmp`;
      const environment = { TMPDIR: '/var/tmp', S2I_INIT: 'off' };
      const { exit, log } = await runHook('run', sandbox, { mounts, environment });
      expect(exit, log).toBe(0);
      expect(log).toContain('served');
    },
  );
});
