import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { missingPackages } from '../support/apt.ts';
import {
  buildClean,
  buildOn,
  buildTwice,
  type Files,
  installedIn,
  requirements,
  type SecondBuild,
  sandboxFor,
  type Variables,
} from '../support/builds.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { makeCompiledSdist, makeWheel, packageProject } from '../support/packages.ts';
import { pipfileWith } from '../support/pipfile.ts';
import { saveArtifacts } from '../support/saved.ts';
import { builtTree, differences } from '../support/snapshot.ts';

const alpha1 = makeWheel({ name: 'alpha', version: '1.0', requires: ['delta'], scripts: ['alpha = alpha:main'] });
const alpha2 = makeWheel({ name: 'alpha', version: '2.0', scripts: ['alpha = alpha:main', 'alpha-two = alpha:main'] });
const beta = makeWheel({ name: 'beta', version: '1.0', files: { 'beta/__init__.py': '', 'beta/only_beta.py': 'here = True\n' } });
const delta = makeWheel({ name: 'delta', version: '1.0' });
const both = makeWheel({ name: 'both', version: '1.0', requires: ['beta', 'delta'] });
const pinned = makeWheel({ name: 'pinned', version: '1.0' });
// The same version in another archive: what a lock with hashes tells apart.
const repacked = makeWheel({
  name: 'pinned',
  version: '1.0',
  files: { 'pinned/__init__.py': '__version__ = "1.0"\nbuilt_again = True\n' },
});
const compiled = ['compiled-words', 'compiled-more'].flatMap((name) => [
  makeCompiledSdist(name, '1.0'),
  makeCompiledSdist(name, '2.0'),
]);

let index: LoopbackIndex;
beforeAll(async () => {
  expect(missingPackages(['build-essential', 'python3-dev'])).toEqual([]);
  index = await startIndex([alpha1, alpha2, beta, both, delta, pinned, ...compiled]);
});
afterAll(() => index.close());

function builds(first: Files, second: Files, environment: Variables = {}): Promise<SecondBuild> {
  return buildTwice(index, first, second, environment);
}

describe('an incremental build', () => {
  test('of the same source installs nothing, and gives the same tree', async () => {
    const files = requirements('alpha==1.0', 'beta==1.0', 'compiled-words==1.0');
    const { log } = await builds(files, { ...files, 'app.py': 'print("changed")\n' });
    expect(log).toContain('---> Restoring build artifacts...');
    expect(log).toContain('The dependencies are unchanged');
    expect(log).not.toContain('---> Installing dependencies');
    expect(log).not.toContain('Successfully installed');
  });

  test('removes a requirement that is gone, and what only it required', async () => {
    const { log, installed } = await builds(requirements('alpha==1.0', 'beta==1.0'), requirements('beta==1.0'));
    expect(log).toContain('alpha, delta are no longer wanted as before');
    expect(installed).toEqual([]);
  });

  test('upgrades and adds requirements, with their scripts, and removes what the new version does not require', async () => {
    const second = requirements('alpha==2.0', 'beta==1.0', 'pinned==1.0');
    const { log, installed } = await builds(requirements('alpha==1.0', 'beta==1.0'), second);
    expect(log).toContain('---> Installing dependencies ...');
    expect(installed).toEqual(['alpha-2.0', 'pinned-1.0']);
  });

  test('knows a dependency that became a requirement, and a requirement that became a dependency', async () => {
    await builds(requirements('both==1.0', 'beta==1.0'), requirements('both==1.0', 'delta==1.0'));
  });

  test('knows what a hook of the project installed: it stays as long as the hook, and leaves with it', async () => {
    const hooked = (name: string): Files => ({
      ...requirements('beta==1.0'),
      '.s2i/hooks/post-install': `#!/bin/sh\nexec pip install ${name}==1.0\n`,
    });
    const same = await builds(hooked('alpha'), hooked('alpha'));
    expect(same.log).toContain('The dependencies are unchanged');
    expect(same.installed).toEqual([]);
    const other = await builds(hooked('alpha'), hooked('pinned'));
    expect(other.log).toContain('alpha, delta are no longer wanted as before');
    expect(other.installed).toEqual(['pinned-1.0']);
  });

  test('of pinned packages replaces, adds and removes them, and keeps one that is no longer pinned but required', async () => {
    const first = requirements('both==1.0', 'beta==1.0', 'delta==1.0', 'alpha==1.0', 'compiled-words==1.0');
    const second = requirements('both==1.0', 'delta == 1.0', 'alpha[extra]==2.0', 'pinned===1.0', 'compiled-words==1');
    const { log, installed } = await builds(first, second);
    expect(log).toContain('beta is no longer wanted as before');
    expect(installed).toEqual(['alpha-2.0', 'beta-1.0', 'pinned-1.0']);
  });

  test('keeps a requirement with a hash that did not change, and takes one whose hash did from the index', async () => {
    const kept = `beta==1.0 --hash=sha256:${beta.sha256}`;
    const other = await startIndex([beta, repacked]);
    onTestFinished(other.close);
    const sandbox = sandboxFor(index);
    const changed = requirements(kept, `pinned==1.0 --hash=sha256:${repacked.sha256}`);
    const environment = { PIP_INDEX_URL: other.url };
    await buildClean(sandbox, requirements(kept, `pinned==1.0 --hash=sha256:${pinned.sha256}`));
    const { log } = await buildOn(await saveArtifacts(sandbox), sandbox, changed, { environment });
    expect(installedIn(log)).toEqual(['pinned-1.0']);
    const tree = builtTree(sandbox);
    await buildClean(sandbox, changed, environment);
    expect(differences(tree, builtTree(sandbox))).toEqual([]);
  });

  test('does not compile again what is there, and compiles another version', async () => {
    const first = requirements('compiled-words==1.0', 'compiled-more==1.0');
    const { installed } = await builds(first, requirements('compiled-words==1.0', 'compiled-more==2.0'));
    expect(installed).toEqual(['compiled-more-2.0']);
  });

  test('of a project that is a package itself installs it from its new source', async () => {
    const project = (version: string) => ({ ...requirements('beta==1.0'), ...packageProject('prober', version) });
    const { log } = await builds(project('1.0'), project('2.0'));
    expect(log).toContain('---> Installing application (via pyproject.toml)...');
  });

  test('by micropipenv removes, upgrades and replaces by another archive what its lock says', async () => {
    const other = await startIndex([alpha2, delta, repacked]);
    onTestFinished(other.close);
    const switches = { ENABLE_MICROPIPENV: '1', DISABLE_PYPROJECT_TOML_PROCESSING: '1' };
    // micropipenv itself comes from the index of this machine.
    const environment = { ...inject('image').pip, PIP_INDEX_URL: inject('image').index, ...switches };
    const own = { prober: { editable: true, path: '.' } } as const;
    const project = packageProject('prober', '1.0');
    const sandbox = sandboxFor(index);
    await buildClean(sandbox, { ...project, ...pipfileWith(index.url, [alpha1, beta, delta, pinned], own) }, environment);
    const second = { ...project, ...pipfileWith(other.url, [alpha2, delta, repacked], own) };
    const { log } = await buildOn(await saveArtifacts(sandbox), sandbox, second, { environment });
    expect(log).toContain('alpha, beta, pinned are no longer wanted as before');
    const tree = builtTree(sandbox);
    await buildClean(sandbox, second, environment);
    expect(differences(tree, builtTree(sandbox))).toEqual([]);
    // The package of the project is not saved, so it is installed even where nothing has changed.
    const again = await buildOn(await saveArtifacts(sandbox), sandbox, second, { environment });
    expect(again.log).not.toContain('no longer wanted');
    expect(differences(builtTree(sandbox), tree)).toEqual([]);
  });

  test('of a source without requirements removes everything that was installed', async () => {
    await builds(requirements('alpha==1.0', 'compiled-words==1.0'), { 'app.py': 'print("alone")\n' });
  });
});
