import { chownSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Files } from '../support/builds.ts';
import { assemble, runHook } from '../support/hooks.ts';
import { lockedFiles } from '../support/locks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { builder, isRoot } from '../support/machine.ts';
import { makeWheel, packageProject } from '../support/packages.ts';
import { type Sandbox, writeSource } from '../support/sandbox.ts';
import { testTools } from '../support/test-tools.ts';
import { offlineSandbox } from './bad-input/again.ts';

const greeting = makeWheel({ name: 'greeting', version: '1.0' });
const backend = makeWheel({ name: 'wanted-backend', version: '1.0' });
const PASSWORD = 'hunter2-and-more';

let index: LoopbackIndex;
beforeAll(async () => {
  index = await startIndex([greeting], { credentials: { user: 'reader', password: PASSWORD } });
});
afterAll(() => index.close());

/** A file beside the sandbox's tree, as a mount would be. */
function mounted({ folder }: Sandbox, name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  if (isRoot) chownSync(path, builder.uid, builder.gid);
  return path;
}

/** A backend that writes down what it was told. */
const LEAKING: Files = {
  ...packageProject('leaking', '1.0'),
  'app.py': 'print("served")\n',
};

test.each(['pip', 'uv'] as const)('%s logs in by a netrc; its password is printed nowhere', async (tool) => {
  const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url, S2I_TOOLS: testTools('uv') });
  const lock = lockedFiles('uv', { packages: [greeting], index: 'https://index.invalid/simple' });
  writeSource(sandbox, tool === 'uv' ? lock : { 'requirements.txt': 'greeting\n' });
  const netrc = mounted(sandbox, 'netrc', `machine 127.0.0.1\nlogin reader\npassword ${PASSWORD}\n`);
  const { log } = await assemble(sandbox, { environment: { NETRC: netrc, PIP_VERBOSE: '1' } });
  expect(log).toMatch(/greeting[-=]+1\.0/);
  expect(log).not.toContain(PASSWORD);
});

test('a netrc in the tree of the application, as s2i injects it, is no file that the build has written', async () => {
  const sandbox = offlineSandbox({ PIP_INDEX_URL: index.url });
  writeSource(sandbox, { 'requirements.txt': 'greeting\n', 'app.py': 'print("served")\n' });
  const netrc = mounted(
    sandbox,
    join(relative(sandbox.folder, sandbox.appRoot), 'netrc'),
    `machine 127.0.0.1\nlogin reader\npassword ${PASSWORD}\n`,
  );
  const { log } = await assemble(sandbox, { environment: { NETRC: netrc } });
  expect(log).not.toContain(PASSWORD);
});

test('a tool that writes the password down: the build fails and names the file, not the password', async () => {
  const sandbox = offlineSandbox({ PIP_INDEX_URL: index.urlWith(`reader:${PASSWORD}`) });
  const text = LEAKING['build_tools/backend.py'] ?? '';
  const leak = 'import os\nprint(os.environ["PIP_INDEX_URL"])\nopen("saved.ini", "w").write(os.environ["PIP_INDEX_URL"])\n';
  writeSource(sandbox, { ...LEAKING, 'build_tools/backend.py': leak + text });
  const { exit, log, stderr } = await runHook('assemble', sandbox);
  expect(exit).toBe(1);
  expect(stderr).toContain('ERROR: A password of this build stands in what the build has written');
  expect(stderr).toContain(`  | ${sandbox.home}/saved.ini`);
  expect(log).not.toContain(PASSWORD);
});

test('a password that the project brings is named with its line', async () => {
  const sandbox = offlineSandbox({ PIP_INDEX_URL: index.urlWith(`reader:${PASSWORD}`) });
  const settings = `# kept\naddress = https://reader:${PASSWORD}@index.example/\n`;
  writeSource(sandbox, { 'requirements.txt': 'greeting\n', 'deploy.cfg': settings, 'app.py': 'print("served")\n' });
  const { log } = await assemble(sandbox);
  expect(log).toContain('WARNING: deploy.cfg, line 2 holds a password.');
  expect(log).not.toContain(PASSWORD);
});

test('without an index, what builds the project comes from wheelhouse/ too', async () => {
  const sandbox = offlineSandbox({ PIP_NO_INDEX: '1' });
  const project = packageProject('hermit', '1.0');
  const needs = (project['pyproject.toml'] ?? '').replace('requires = []', 'requires = ["wanted-backend"]');
  const files = {
    ...project,
    'pyproject.toml': needs.replace('version = "1.0"', 'version = "1.0"\ndependencies = ["greeting"]'),
    'app.py': 'print("served")\n',
    'wheelhouse/README': 'archives\n',
  };
  writeSource(sandbox, files);
  for (const { file, bytes } of [greeting]) mountedWheel(sandbox, file, bytes);
  const { exit, stderr } = await runHook('assemble', sandbox);
  expect(exit).toBe(1);
  expect(stderr).toContain('No matching distribution found for wanted-backend');
  expect(stderr).toContain('pip wheel --wheel-dir wheelhouse');

  writeSource(sandbox, files);
  for (const { file, bytes } of [greeting, backend]) mountedWheel(sandbox, file, bytes);
  await assemble(sandbox);
});

function mountedWheel({ source }: Sandbox, file: string, bytes: Buffer): void {
  const path = join(source, 'wheelhouse', file);
  writeFileSync(path, bytes);
  if (isRoot) chownSync(path, builder.uid, builder.gid);
}
