import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildClean, buildOn, buildTwice, type Files, sandboxFor } from '../support/builds.ts';
import { assemble, runHook } from '../support/hooks.ts';
import { LOCK_FILES, type LockTool, lockedFiles } from '../support/locks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { isRoot } from '../support/machine.ts';
import { type Distribution, makeWheel } from '../support/packages.ts';
import { type Sandbox, writeSource } from '../support/sandbox.ts';
import { saveArtifacts } from '../support/saved.ts';
import { differences, snapshot } from '../support/snapshot.ts';
import { testTools } from '../support/test-tools.ts';
import { offlineSandbox } from './bad-input/again.ts';

const greeting = makeWheel({ name: 'greeting', version: '1.0' });
const newer = makeWheel({ name: 'greeting', version: '1.1' });
const exchanged = makeWheel({ name: 'greeting', version: '1.0', files: { 'greeting/__init__.py': 'exchanged = True\n' } });
/** Where nothing listens, and nothing ever did: a lock that was made elsewhere. */
const ELSEWHERE = 'https://index.invalid/simple';

let mirror: LoopbackIndex;
let harmful: LoopbackIndex;
let empty: LoopbackIndex;
beforeAll(async () => {
  mirror = await startIndex([greeting, newer]);
  harmful = await startIndex([exchanged]);
  empty = await startIndex([newer]);
});
afterAll(() => Promise.all([mirror.close(), harmful.close(), empty.close()]));

function lay(tool: LockTool, url: string, files: Files): Sandbox {
  const sandbox = offlineSandbox({ PIP_INDEX_URL: url, S2I_TOOLS: testTools(tool), UV_HTTP_RETRIES: '0' });
  writeSource(sandbox, { ...files, 'app.py': 'print("served")\n', 'kept/notes.txt': 'of the source\n' });
  return sandbox;
}

/** Every file of the source is where it belongs, as it was, and nothing else is beside it. */
function expectSourceKept({ home, destination }: Sandbox, files: Files): void {
  const placed = readdirSync(home)
    .filter((name) => name !== '__pycache__')
    .sort();
  expect(placed).toEqual([...new Set([...Object.keys(files), 'app.py', 'kept'].map((name) => name.split('/')[0]))].sort());
  expect(readdirSync(destination).filter((name) => name !== 'src')).toEqual([]);
}

function installed({ appRoot }: Sandbox): readonly string[] {
  const [python = ''] = readdirSync(join(appRoot, 'lib'));
  return readdirSync(join(appRoot, 'lib', python, 'site-packages')).filter((name) => name.startsWith('greeting'));
}

test.runIf(isRoot)('uv copies without a warning where the temporary folder is of another file system', async () => {
  const sandbox = lay('uv', mirror.url, lockedFiles('uv', { packages: [greeting], index: ELSEWHERE }));
  const scratch = join(sandbox.folder, 'scratch');
  mkdirSync(scratch);
  const mounts = `mount -t tmpfs -o mode=1777 tmpfs '${scratch}'`;
  const { log } = await assemble(sandbox, { environment: { TMPDIR: scratch }, mounts });
  expect(log).toContain('+ greeting==1.0');
  expect(log).not.toContain('hardlink');
});

describe.each(['uv', 'poetry', 'pdm', 'pipenv'] as const)('%s', (tool) => {
  const { manifest, lock } = LOCK_FILES[tool];
  const project = { packages: [greeting], index: ELSEWHERE };

  test('a lock that was made with another index is installed from the mirror', async () => {
    const files = lockedFiles(tool, project);
    const sandbox = lay(tool, mirror.url, files);
    const { log } = await assemble(sandbox);
    expect(installed(sandbox)).toContain('greeting-1.0.dist-info');
    expect(log).not.toContain('Fetching');
    expectSourceKept(sandbox, files);
    expect(existsSync(join(sandbox.appRoot, '.lock'))).toBe(false);
    const before = snapshot(sandbox.home);
    writeSource(sandbox, { ...files, 'app.py': 'print("served")\n', 'kept/notes.txt': 'of the source\n' });
    await assemble(sandbox);
    expect(differences(before, snapshot(sandbox.home))).toEqual([]);
  });

  test('a lock that is out of date: said with the command that renews it, nothing is installed', async () => {
    const right = lockedFiles(tool, project);
    const files = { ...right, [manifest]: (right[manifest] ?? '').replace('==1.0', '==1.1') };
    const sandbox = lay(tool, mirror.url, files);
    const { exit, stderr } = await runHook('assemble', sandbox);
    expect(exit).toBe(tool === 'uv' ? 2 : 1);
    expect(stderr).toMatch(new RegExp(`ERROR: ${lock.replace('.', '\\.')} (is out of date|could not be confirmed)`));
    expect(stderr).toContain(`      ${tool} lock\n      git add ${lock}`);
    expect(installed(sandbox)).toEqual([]);
    expectSourceKept(sandbox, files);
  });

  test('a .python-version for another Python: said before anything is moved', async () => {
    const sandbox = lay(tool, mirror.url, { ...lockedFiles(tool, project), '.python-version': '3.8\n' });
    const { stderr } = await assemble(sandbox, { exit: 1 });
    expect(stderr).toContain('  .python-version: 3.8\n');
    expect(stderr).toContain('Write in .python-version:');
    expect(existsSync(join(sandbox.source, lock))).toBe(true);
    expect(readdirSync(sandbox.home)).toEqual([]);
  });

  test('another archive than the locked one', async () => {
    const files = lockedFiles(tool, project);
    const sandbox = lay(tool, harmful.url, files);
    const { stderr } = await assemble(sandbox, { exit: 1 });
    expect(stderr).toContain(`ERROR: An archive is not the one that ${lock} names: exit status 1.`);
    expect(installed(sandbox)).toEqual([]);
    expectSourceKept(sandbox, files);
  });

  test('a version that the mirror lacks', async () => {
    const files = lockedFiles(tool, project);
    const sandbox = lay(tool, empty.url, files);
    const { stderr } = await assemble(sandbox, { exit: 1 });
    expect(stderr).toContain(`ERROR: A package that ${lock} names is not to be had: exit status 1.`);
    expectSourceKept(sandbox, files);
  });

  test('an environment whose interpreter is gone: nothing is touched', async () => {
    const files = lockedFiles(tool, project);
    const sandbox = lay(tool, mirror.url, files);
    const python = join(sandbox.appRoot, 'bin/python');
    rmSync(python);
    symlinkSync('/usr/bin/python3.1', python);
    const { stderr } = await runHook('assemble', sandbox);
    expect(stderr).toContain('bin/python leads to an interpreter that does not exist');
    expect(existsSync(join(sandbox.source, lock))).toBe(true);
    expect(existsSync(join(sandbox.appRoot, 'pyvenv.cfg'))).toBe(true);
  });
});

describe('an incremental build with a lock', () => {
  const [one, two] = [makeWheel({ name: 'alpha', version: '1.0' }), makeWheel({ name: 'beta', version: '1.0' })];
  const repacked = makeWheel({ name: 'beta', version: '1.0', files: { 'beta/__init__.py': 'built_again = True\n' } });
  const app = { 'app.py': 'print("unused")\n' };
  let index: LoopbackIndex;
  let repackedIndex: LoopbackIndex;
  beforeAll(async () => {
    index = await startIndex([greeting, newer, one, two]);
    repackedIndex = await startIndex([newer, repacked]);
  });
  afterAll(() => Promise.all([index.close(), repackedIndex.close()]));

  const lockOf = (tool: LockTool, ...packages: readonly Distribution[]) => ({
    ...lockedFiles(tool, { packages, index: ELSEWHERE }),
    ...app,
  });

  test.each(['uv', 'poetry'] as const)('%s: the lock is the same, so nothing is asked and nothing installed', async (tool) => {
    const files = lockOf(tool, greeting, one);
    const second = { ...files, 'app.py': 'print("changed")\n' };
    const { log } = await buildTwice(index, files, second, { S2I_TOOLS: testTools(tool) });
    expect(log).toContain('The dependencies are unchanged');
    expect(log).not.toContain('---> Checking');
  });

  test.each(['uv', 'pipenv'] as const)('%s: what the lock no longer names is removed, the rest stays', async (tool) => {
    const [first, second] = [lockOf(tool, greeting, one, two), lockOf(tool, newer, two)];
    const { log } = await buildTwice(index, first, second, { S2I_TOOLS: testTools(tool) });
    expect(log).toContain('alpha, greeting are no longer wanted as before');
    expect(log).not.toMatch(/\+ beta|Successfully installed.*beta/);
  });

  test('the same version in another archive is installed anew', async () => {
    const sandbox = sandboxFor(index);
    const environment = { S2I_TOOLS: testTools('uv') };
    await buildClean(sandbox, lockOf('uv', newer, two), environment);
    const stream = await saveArtifacts(sandbox, { environment });
    const { log } = await buildOn(stream, sandbox, lockOf('uv', newer, repacked), {
      environment: { ...environment, PIP_INDEX_URL: repackedIndex.url },
    });
    expect(log).toContain('beta is no longer wanted as before');
    expect(log).toContain('+ beta==1.0');
  });
});

test("uv installs requirements.txt when it is asked for, with pip's settings of indexes", async () => {
  const sandbox = lay('uv', mirror.url, { 'requirements.txt': 'greeting\n' });
  const { log } = await assemble(sandbox, { environment: { S2I_PACKAGE_MANAGER: 'uv' } });
  expect(log).toContain('+ greeting==1.1');
});
