import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { assemble, runHook } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { builder } from '../support/machine.ts';
import { makeWheel } from '../support/packages.ts';
import { notForGroup } from '../support/permissions.ts';
import { createSandbox, giveTree, type Sandbox, type SandboxOptions, writeSource } from '../support/sandbox.ts';
import { snapshot, sourceTree } from '../support/snapshot.ts';
import { makeTree } from '../support/tree.ts';

let index: LoopbackIndex;
beforeAll(async () => {
  index = await startIndex([makeWheel({ name: 'greeting-words', version: '1.0.3' })]);
});
afterAll(() => index.close());

function newSandbox(options: SandboxOptions = {}): Sandbox {
  const environment = { PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0', PIP_INDEX_URL: index.url, ...options.environment };
  const sandbox = createSandbox({ ...options, environment });
  onTestFinished(sandbox.remove);
  return sandbox;
}

function namesIn(folder: string): readonly string[] {
  return Object.keys(sourceTree(folder));
}

describe('assemble on a tree that was assembled before', () => {
  test('[B24] [B28] removes what the new source lacks and leaves what the application created', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, {
      'app.py': '1',
      'old.py': '1',
      'old/deep/x.txt': '1',
      'both/a.txt': '1',
      'requirements.txt': 'greeting-words\n',
    });
    await assemble(sandbox);
    for (const name of ['db.sqlite3', 'both/upload.txt', 'old/cache.bin'])
      writeFileSync(join(sandbox.home, name), 'made by the application');
    writeSource(sandbox, { 'app.py': '2', 'both/b.txt': '2' });
    const { log } = await assemble(sandbox);
    expect(namesIn(sandbox.home)).toEqual([
      'app.py',
      'both',
      'both/b.txt',
      'both/upload.txt',
      'db.sqlite3',
      'old',
      'old/cache.bin',
    ]);
    expect(readFileSync(join(sandbox.home, 'app.py'), 'utf8')).toBe('2');
    expect(log).not.toContain('---> Installing dependencies');
  });

  test('[B24] keeps a file of the earlier source that was changed since, and says so', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'app.py': '1', 'settings.ini': 'as delivered' });
    await assemble(sandbox);
    writeFileSync(join(sandbox.home, 'settings.ini'), 'changed by hand, and longer');
    writeSource(sandbox, { 'app.py': '2' });
    const { log } = await assemble(sandbox);
    expect(readFileSync(join(sandbox.home, 'settings.ini'), 'utf8')).toBe('changed by hand, and longer');
    expect(log).toContain('settings.ini');
  });

  test('[B24] lets a folder become a file, and a file a folder', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'app.py': '1', 'one/inside.txt': '1', two: '1' });
    await assemble(sandbox);
    writeSource(sandbox, { 'app.py': '2', one: '2', 'two/inside.txt': '2' });
    await assemble(sandbox);
    expect(namesIn(sandbox.home)).toEqual(['app.py', 'one', 'two', 'two/inside.txt']);
  });

  test('[B24] refuses to put a file where the application has filled a folder, and touches nothing', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'app.py': '1', 'uploads/readme.txt': '1' });
    await assemble(sandbox);
    writeFileSync(join(sandbox.home, 'uploads/picture.png'), 'precious');
    const before = sourceTree(sandbox.home);
    writeSource(sandbox, { 'app.py': '2', uploads: 'a file now' });
    const { exit, stderr } = await runHook('assemble', sandbox);
    expect(exit).toBe(1);
    expect(stderr).toContain('uploads/picture.png');
    expect(sourceTree(sandbox.home)).toEqual(before);
    expect(namesIn(sandbox.source)).toEqual(['app.py', 'uploads']);
  });

  test('[B20] [B24] forgets the manifests of the earlier source although one of its names is no UTF-8', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'requirements.txt': 'greeting-words\n', 'app.py': '1' });
    makeTree(sandbox.source, { 'caf\xe9.txt': '1' });
    giveTree(sandbox.source, builder);
    await assemble(sandbox);
    writeSource(sandbox, { 'app.py': '2' });
    const { log } = await assemble(sandbox);
    expect(log).not.toContain('---> Installing dependencies');
    expect(namesIn(sandbox.home)).toEqual(['app.py']);
  });

  test('[B28] replaces the link to a packaging tool, and nothing that is no link', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'app.py': '1' });
    mkdirSync(join(sandbox.home, '.local/bin'), { recursive: true });
    writeFileSync(join(sandbox.home, '.local/bin/own-tool'), 'mine');
    giveTree(sandbox.home, builder);
    await assemble(sandbox);
    expect(readFileSync(join(sandbox.home, '.local/bin/own-tool'), 'utf8')).toBe('mine');
  });
});

describe('a source', () => {
  test('[B16] that is empty is no error, on a fresh tree and on one that was assembled', async () => {
    const sandbox = newSandbox();
    await assemble(sandbox);
    expect(namesIn(sandbox.home)).toEqual([]);
    writeSource(sandbox, { 'app.py': '1' });
    await assemble(sandbox);
    await assemble(sandbox);
    expect(namesIn(sandbox.home)).toEqual(['app.py']);
  });

  test('[B16] that is not there is no error: the application may have been copied to its place', async () => {
    const sandbox = newSandbox();
    rmSync(sandbox.source, { recursive: true });
    writeFileSync(join(sandbox.home, 'requirements.txt'), 'greeting-words==1.0.3\n');
    const { log } = await assemble(sandbox);
    expect(log).toContain('Successfully installed greeting-words-1.0.3');
  });

  test('[B15] of nothing but hidden files is moved, and the empty folder remains', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { '.env': 'A=1', '.s2i/environment': 'A=1', '.config/app.ini': '' });
    await assemble(sandbox);
    expect(namesIn(sandbox.home)).toEqual(['.config', '.config/app.ini', '.env', '.s2i', '.s2i/environment']);
    expect(namesIn(sandbox.source)).toEqual([]);
  });

  test('[B15] keeps names with spaces, newlines and bytes that are no UTF-8, empty folders and links', async () => {
    const sandbox = newSandbox();
    const tree = {
      ' leading and trailing ': 'a',
      'two\nlines': 'b',
      '-rf': 'c',
      '*': 'd',
      'caf\xe9': 'latin-1',
      'gr\xc3\xbc\xc3\x9fe/\xff\xfe': 'bytes',
      empty: null,
      'link to nothing': { link: 'nowhere' },
      'link inside': { link: '*' },
    };
    makeTree(sandbox.source, tree);
    giveTree(sandbox.source, builder);
    const before = snapshot(sandbox.source);
    await assemble(sandbox);
    expect(namesIn(sandbox.home)).toEqual(Object.keys(before));
    expect(notForGroup(sandbox.appRoot, builder.uid)).toEqual([]);
    await assemble(sandbox);
    expect(namesIn(sandbox.home)).toEqual(Object.keys(before));
  });

  test('that carries things of another machine keeps them, and assemble says what they are', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, {
      'app.py': '1',
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.venv/pyvenv.cfg': 'home = /Users/somebody/bin\n',
      '.venv/bin/python': 'of another machine',
      '__pycache__/app.cpython-311.pyc': '',
      'node_modules/@esbuild/darwin-arm64/package.json': '{}',
    });
    const { log } = await assemble(sandbox);
    for (const name of ['.git', '.venv', '__pycache__', 'node_modules']) {
      expect(log.split('\n').filter((line) => line.startsWith(`${name} (`))).toHaveLength(1);
      expect(existsSync(join(sandbox.home, name))).toBe(true);
    }
    // The interpreter of that environment is no program here: nothing of it was used.
    expect(log).toContain('A virtual environment of another machine'.slice(2));
  });
});

describe('assemble', () => {
  test('[B39] -h says how to use it and touches nothing', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'app.py': '1' });
    for (const option of ['-h', '--help']) {
      const { exit, stdout } = await runHook('assemble', sandbox, { args: [option] });
      expect(exit).toBe(0);
      expect(stdout.toString()).toContain('/usr/libexec/s2i/assemble');
    }
    expect(namesIn(sandbox.home)).toEqual([]);
  });

  test('[B98] [B99] [B128] usage says what this is, on which distribution, and ends with 0', async () => {
    const { exit, stdout, stderr } = await runHook('usage', newSandbox({ environment: { PYTHON_VERSION: '3.11' } }));
    expect(exit).toBe(0);
    const distribution = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    expect(stdout.toString()).toContain(`builder image for Python 3.11 on ${distribution}.`);
    expect(stderr).toBe('');
  });
});
