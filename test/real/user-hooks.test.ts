import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { assemble, runHook, startHook } from '../support/hooks.ts';
import { builder } from '../support/machine.ts';
import { makeWheel } from '../support/packages.ts';
import { createSandbox, giveTree, type Sandbox } from '../support/sandbox.ts';
import { end } from '../support/server.ts';

/** A source with these files, where hooks are executable. */
function sandboxWith(files: Readonly<Record<string, string>>, where: 'source' | 'home' = 'source'): Sandbox {
  const sandbox = createSandbox();
  onTestFinished(sandbox.remove);
  for (const [name, text] of Object.entries(files)) {
    const path = join(sandbox[where], name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (name.startsWith('.s2i/hooks/')) chmodSync(path, 0o755);
  }
  giveTree(sandbox[where], builder);
  return sandbox;
}

const APP = { 'app.py': 'print("served")\n' };

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a hook has the environment of the application, and what it prints is printed without passwords', async () => {
  const show = '#!/bin/sh\npwd\necho "$VIRTUAL_ENV|$APP_ROOT|$HOME|$NAME"\ncommand -v python\necho "$PIP_INDEX_URL"\n';
  const sandbox = sandboxWith({ ...APP, '.s2i/hooks/post-install': show });
  const environment = { NAME: 'mine', PIP_INDEX_URL: 'http://user:s3cretword@127.0.0.1:1/simple' };
  const { log } = await assemble(sandbox, { environment });
  const { appRoot, home } = sandbox;
  expect(log).toContain(`${home}\n${appRoot}|${appRoot}|${home}|mine\n${appRoot}/bin/python\n`);
  expect(log).not.toContain('s3cretword');
  expect(log).toMatch(/^post-install took \d+(\.\d)? s\.$/m);
});

test('what a hook ends with ends assemble, and its last lines are quoted', async () => {
  const sandbox = sandboxWith({ ...APP, '.s2i/hooks/verify': '#!/bin/sh\necho 1 of 3 failed >&2\nexit 9\n' });
  const { stderr } = await assemble(sandbox, { exit: 9 });
  expect(stderr).toContain('ERROR: The hook verify failed: exit status 9.');
  expect(stderr).toContain('  | 1 of 3 failed');
});

test('archives that pre-install brings are found, as are those of the source', async () => {
  const wheel = makeWheel({ name: 'greeting', version: '1.0' });
  const unpack = `#!/bin/sh\nmkdir wheelhouse\nbase64 -d archive >wheelhouse/${wheel.file}\n`;
  const archive = wheel.bytes.toString('base64');
  const sandbox = sandboxWith({ ...APP, 'requirements.txt': 'greeting\n', archive, '.s2i/hooks/pre-install': unpack });
  const { log } = await assemble(sandbox, { environment: { PIP_NO_INDEX: '1' } });
  expect(log).toContain(`Looking in links: ${sandbox.home}/wheelhouse\n`);
  expect(log).toContain('Successfully installed greeting-1.0');
});

test('modules that a hook writes are compiled by assemble, in its own way', async () => {
  const generate =
    '#!/usr/bin/env python\nopen("generated.py", "w").write("x = 1\\n")\nimport sys\nsys.path.insert(0, "")\nimport generated\n';
  const sandbox = sandboxWith({ ...APP, '.s2i/hooks/post-install': generate });
  await assemble(sandbox);
  const folder = join(sandbox.home, '__pycache__');
  const name = readdirSync(folder).find((one) => one.startsWith('generated.')) ?? '';
  // Checked by the hash of the source: flags 3.
  expect(readFileSync(join(folder, name)).readUInt32LE(4)).toBe(3);
});

test('TERM while pre-run works reaches it, and nothing is started', async () => {
  const wait = '#!/bin/sh\ntrap "echo told; exit 3" TERM\necho waiting\nwhile :; do sleep 0.1; done\n';
  const sandbox = sandboxWith({ ...APP, '.s2i/hooks/pre-run': wait }, 'home');
  const hook = startHook('run', sandbox, {});
  onTestFinished(() => end(hook));
  await until(() => hook.log().includes('waiting'));
  hook.process.kill('SIGTERM');
  expect(await hook.ended, hook.log()).toBe(143);
  expect(hook.log()).toContain('told');
  expect(hook.log()).not.toContain('served');
});

test('a hook without x bit: 126, before anything is installed', async () => {
  const sandbox = sandboxWith({ ...APP, '.s2i/hooks/verify': '#!/bin/sh\n' });
  chmodSync(join(sandbox.source, '.s2i/hooks/verify'), 0o644);
  const { log } = await assemble(sandbox, { exit: 126 });
  expect(log).toContain('git update-index --chmod=+x .s2i/hooks/verify');
  expect(existsSync(join(sandbox.home, 'app.py'))).toBe(false);
});

test('run without hooks, and with them switched off', async () => {
  const sandbox = sandboxWith({ ...APP, '.s2i/hooks/pre-run': '#!/bin/sh\nexit 5\n' }, 'home');
  const environment = { S2I_INIT: 'off' };
  expect((await runHook('run', sandbox, { environment })).exit).toBe(5);
  const { exit, log } = await runHook('run', sandbox, { environment: { ...environment, S2I_USER_HOOKS: 'off' } });
  expect(exit, log).toBe(0);
  expect(log).toContain('served');
});
