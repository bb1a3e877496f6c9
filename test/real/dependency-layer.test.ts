import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { assemble } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { makeWheel, packageProject } from '../support/packages.ts';
import { createSandbox, renewSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { builtTree, differences, snapshot, sourceTree } from '../support/snapshot.ts';

let index: LoopbackIndex;
beforeAll(async () => {
  index = await startIndex([makeWheel({ name: 'greeting-words', version: '1.0.3' })]);
});
afterAll(() => index.close());

function newSandbox(): Sandbox {
  const sandbox = createSandbox({
    environment: { PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0', PIP_INDEX_URL: index.url, PIP_NO_CACHE_DIR: '1' },
  });
  onTestFinished(sandbox.remove);
  return sandbox;
}

const only = { args: ['--only-dependencies'] };
const manifests = { 'requirements.txt': '-r more/base.txt\n./libs/our-tool\n', 'more/base.txt': 'greeting-words\n' };
const source = {
  ...manifests,
  'app.py': 'import greeting_words\n',
  ...Object.fromEntries(Object.entries(packageProject('our-tool', '2.0')).map(([name, text]) => [`libs/our-tool/${name}`, text])),
};

const simple = { 'requirements.txt': 'greeting-words\n', 'app.py': 'import greeting_words\n' };

describe('assemble --only-dependencies', () => {
  test('installs what the manifests name, and touches neither the source nor the folder of the application', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, manifests);
    const before = snapshot(sandbox.source);
    const { log } = await assemble(sandbox, only);
    expect(log).toContain('requirements.txt, line 2: ./libs/our-tool is installed together with the source');
    expect(log).toContain('Successfully installed greeting-words-1.0.3');
    expect(snapshot(sandbox.source)).toEqual(before);
    expect(Object.keys(sourceTree(sandbox.home))).toEqual([]);
  });

  test('the assemble after it installs the rest, and the tree is that of a build in one step', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, source);
    await assemble(sandbox);
    const whole = builtTree(sandbox);
    renewSandbox(sandbox);
    writeSource(sandbox, manifests);
    await assemble(sandbox, only);
    writeSource(sandbox, source);
    const { log } = await assemble(sandbox);
    expect(log).toContain('Requirement already satisfied: greeting-words');
    expect(log).toContain('Successfully installed our-tool-2.0');
    expect(differences(whole, builtTree(sandbox))).toEqual([]);
  });

  test('the assemble after it asks no installer where the source brings nothing to install', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, simple);
    await assemble(sandbox);
    const whole = builtTree(sandbox);
    renewSandbox(sandbox);
    writeSource(sandbox, { 'requirements.txt': simple['requirements.txt'] });
    expect((await assemble(sandbox, only)).log).toContain('No broken requirements found.');
    writeSource(sandbox, simple);
    const { log } = await assemble(sandbox);
    expect(log).toContain('The dependencies are unchanged: what is installed is used as it is.');
    expect(log).not.toContain('Requirement already satisfied');
    expect(differences(whole, builtTree(sandbox))).toEqual([]);
  });

  test('the assemble after it installs what somebody took away meanwhile', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'requirements.txt': simple['requirements.txt'] });
    await assemble(sandbox, only);
    await execa(join(sandbox.appRoot, 'bin/pip'), ['uninstall', '--yes', 'greeting-words'], { env: {}, extendEnv: false });
    writeSource(sandbox, simple);
    expect((await assemble(sandbox)).log).toContain('Successfully installed greeting-words-1.0.3');
  });

  test('a misspelt option is named, and the whole build is made as upstream would', async () => {
    const sandbox = newSandbox();
    writeSource(sandbox, { 'app.py': '1' });
    const { log } = await assemble(sandbox, { args: ['--only-dependency'] });
    expect(log).toContain('WARNING: assemble does not know "--only-dependency" and ignores it.');
    expect(Object.keys(sourceTree(sandbox.home))).toEqual(['app.py']);
  });
});
