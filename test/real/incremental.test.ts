import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { missingPackages } from '../support/apt.ts';
import { assemble, type HookEnd, runHook } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { builder } from '../support/machine.ts';
import { makeCompiledSdist, makeWheel, packageProject } from '../support/packages.ts';
import { createSandbox, renewSandbox, type Sandbox, writeSource } from '../support/sandbox.ts';
import { namesInStream, saveArtifacts, unpackArtifacts } from '../support/saved.ts';
import { differences, type Snapshot, snapshot } from '../support/snapshot.ts';

const alpha1 = makeWheel({ name: 'alpha', version: '1.0', requires: ['delta'], scripts: ['alpha = alpha:main'] });
const alpha2 = makeWheel({ name: 'alpha', version: '2.0', scripts: ['alpha = alpha:main', 'alpha-two = alpha:main'] });
const beta = makeWheel({ name: 'beta', version: '1.0', files: { 'beta/__init__.py': '', 'beta/only_beta.py': 'here = True\n' } });
const delta = makeWheel({ name: 'delta', version: '1.0' });
const pinned = makeWheel({ name: 'pinned', version: '1.0' });
// The same version in another archive: what a lock with hashes tells apart.
const repacked = makeWheel({
  name: 'pinned',
  version: '1.0',
  files: { 'pinned/__init__.py': '__version__ = "1.0"\nbuilt_again = True\n' },
});
const compiled1 = makeCompiledSdist('compiled-words', '1.0');
const compiled2 = makeCompiledSdist('compiled-words', '2.0');

type Files = Readonly<Record<string, string>>;

let index: LoopbackIndex;
beforeAll(async () => {
  expect(missingPackages(['build-essential', 'python3-dev'])).toEqual([]);
  index = await startIndex([alpha1, alpha2, beta, delta, pinned, compiled1, compiled2]);
});
afterAll(() => index.close());

function newSandbox(): Sandbox {
  const sandbox = createSandbox({
    environment: { PIP_CONFIG_FILE: '/dev/null', PIP_NO_CACHE_DIR: 'off', PIP_INDEX_URL: index.url },
  });
  onTestFinished(sandbox.remove);
  return sandbox;
}

function requirements(...lines: readonly string[]): Files {
  return { 'requirements.txt': `${lines.join('\n')}\n`, 'app.py': 'print("unused")\n' };
}

/** Builds in a fresh image. */
async function buildClean(sandbox: Sandbox, files: Files): Promise<HookEnd> {
  renewSandbox(sandbox);
  writeSource(sandbox, files);
  return assemble(sandbox);
}

/** Builds in a fresh image with what an earlier build streamed. `edit` may change what was unpacked. */
async function buildOn(
  stream: Buffer,
  sandbox: Sandbox,
  files: Files,
  edit: (artifacts: string) => void = () => {},
): Promise<HookEnd> {
  renewSandbox(sandbox);
  unpackArtifacts(sandbox, stream);
  edit(join(sandbox.destination, 'artifacts'));
  writeSource(sandbox, files);
  return assemble(sandbox);
}

const stampFile = 'etc/s2i/environment.json';

/**
 * The tree of a build as far as two clean builds of the same source agree on it: bytecode begins with the time of its
 * source, and the record of the import holds the times of the source's files.
 */
function treeOf(sandbox: Sandbox): Snapshot {
  return snapshot(sandbox.appRoot, {
    without: /^etc\/s2i\/sources$/,
    reduce: (path, content) => (path.endsWith('.pyc') ? content.subarray(16) : content),
  });
}

/** What pip says it has installed. */
function installedIn(log: string): readonly string[] {
  return [...log.matchAll(/^Successfully installed (.*)$/gm)].flatMap(([, names = '']) => names.split(' ')).sort();
}

/** Two builds, the second on what the first saved, and what a clean build of the second source looks like. */
async function buildTwice(first: Files, second: Files): Promise<{ readonly log: string; readonly installed: readonly string[] }> {
  const sandbox = newSandbox();
  await buildClean(sandbox, first);
  const stream = await saveArtifacts(sandbox);
  const { log } = await buildOn(stream, sandbox, second);
  const tree = treeOf(sandbox);
  await buildClean(sandbox, second);
  expect(differences(tree, treeOf(sandbox))).toEqual([]);
  return { log, installed: installedIn(log) };
}

describe('an incremental build', () => {
  test('of the same source installs nothing, and gives the same tree', async () => {
    const files = requirements('alpha==1.0', 'beta==1.0', 'compiled-words==1.0');
    const { log } = await buildTwice(files, { ...files, 'app.py': 'print("changed")\n' });
    expect(log).toContain('---> Restoring build artifacts...');
    expect(log).toContain('The dependencies are unchanged');
    expect(log).not.toContain('---> Installing dependencies');
    expect(log).not.toContain('Successfully installed');
  });

  test('removes a requirement that is gone, and what only it required', async () => {
    const { log, installed } = await buildTwice(requirements('alpha==1.0', 'beta==1.0'), requirements('beta==1.0'));
    expect(log).toContain('alpha, delta are no longer wanted as before');
    expect(installed).toEqual([]);
  });

  test('upgrades a requirement, with its scripts, and removes what the new version does not require', async () => {
    const { log, installed } = await buildTwice(requirements('alpha==1.0', 'beta==1.0'), requirements('alpha==2.0', 'beta==1.0'));
    expect(log).toContain('---> Installing dependencies ...');
    expect(installed).toEqual(['alpha-2.0']);
  });

  test('adds a requirement', async () => {
    const { installed } = await buildTwice(requirements('beta==1.0'), requirements('beta==1.0', 'pinned==1.0'));
    expect(installed).toEqual(['pinned-1.0']);
  });

  test('knows a dependency that became a requirement, and a requirement that became a dependency', async () => {
    const [alone, both] = [requirements('alpha==1.0'), requirements('alpha==1.0', 'delta==1.0')];
    await buildTwice(alone, both);
    await buildTwice(both, alone);
  });

  test('keeps a requirement with a hash that did not change, and takes one whose hash did from the index', async () => {
    const kept = `beta==1.0 --hash=sha256:${beta.sha256}`;
    const both = await startIndex([beta, repacked]);
    onTestFinished(both.close);
    const sandbox = newSandbox();
    const changed = requirements(kept, `pinned==1.0 --hash=sha256:${repacked.sha256}`);
    const environment = { PIP_INDEX_URL: both.url };
    await buildClean(sandbox, requirements(kept, `pinned==1.0 --hash=sha256:${pinned.sha256}`));
    const stream = await saveArtifacts(sandbox);
    renewSandbox(sandbox);
    unpackArtifacts(sandbox, stream);
    writeSource(sandbox, changed);
    const { log } = await assemble(sandbox, { environment });
    const tree = treeOf(sandbox);
    expect(installedIn(log)).toEqual(['pinned-1.0']);
    renewSandbox(sandbox);
    writeSource(sandbox, changed);
    await assemble(sandbox, { environment });
    expect(differences(tree, treeOf(sandbox))).toEqual([]);
  });

  test('does not compile again what is there, and compiles another version', async () => {
    const same = await buildTwice(requirements('compiled-words==1.0', 'beta==1.0'), requirements('compiled-words==1.0'));
    expect(same.installed).toEqual([]);
    const other = await buildTwice(requirements('compiled-words==1.0'), requirements('compiled-words==2.0'));
    expect(other.installed).toEqual(['compiled-words-2.0']);
  });

  test('of a project that is a package itself installs it from its new source', async () => {
    const project = (version: string) => ({ ...requirements('beta==1.0'), ...packageProject('prober', version) });
    const { log } = await buildTwice(project('1.0'), project('2.0'));
    expect(log).toContain('---> Installing application (via pyproject.toml)...');
  });

  test('of a source without requirements removes everything that was installed', async () => {
    await buildTwice(requirements('alpha==1.0', 'compiled-words==1.0'), { 'app.py': 'print("alone")\n' });
  });
});

describe('artifacts that do not fit', () => {
  const files = requirements('alpha==1.0');

  async function expectDropped(change: (stamp: Record<string, unknown>) => unknown, reason: string): Promise<void> {
    const sandbox = newSandbox();
    await buildClean(sandbox, files);
    const clean = treeOf(sandbox);
    const { log } = await buildOn(await saveArtifacts(sandbox), sandbox, files, (artifacts) => {
      const path = join(artifacts, stampFile);
      writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)));
    });
    expect(log).toContain(`The saved artifacts are not used: ${reason}`);
    expect(log).toContain('---> Installing dependencies ...');
    expect(differences(treeOf(sandbox), clean)).toEqual([]);
  }

  test('because of another Python are not used, with the reason', () =>
    expectDropped(
      (stamp) => ({ ...stamp, interpreter: { python: '3.8', abi: 'cpython-38-x86_64-linux-gnu' } }),
      'they were made for Python 3.8',
    ));

  test('because of another architecture are not used, with the reason', () =>
    expectDropped(
      (stamp) => ({ ...stamp, interpreter: { ...(stamp.interpreter as object), abi: 'cpython-399-vax' } }),
      'they were made for cpython-399-vax',
    ));

  test('because of another format are not used, with the reason', () =>
    expectDropped((stamp) => ({ ...stamp, format: 99 }), 'their format is 99'));
});

describe('save-artifacts', () => {
  test('streams the stamp and what was installed, without pip, the source and the application itself', async () => {
    const sandbox = newSandbox();
    await buildClean(sandbox, { ...requirements('alpha==1.0', 'compiled-words==1.0'), ...packageProject('prober', '1.0') });
    const names = namesInStream(await saveArtifacts(sandbox));
    expect(names).toContain(stampFile);
    expect(names).toContain('bin/alpha');
    expect(names.filter((name) => /site-packages\/(alpha|delta)\/__init__\.py$/.test(name))).toHaveLength(2);
    expect(names.filter((name) => /compiled_words.*\.so$/.test(name))).toHaveLength(1);
    expect(
      names.filter((name) =>
        /^src|^etc\/passwd|pyvenv|bin\/(python|pip|activate)|site-packages\/pip\/|prober|\/sources/.test(name),
      ),
    ).toEqual([]);
  });

  test('leaves the source out when the folder of the application is not called src', async () => {
    const sandbox = newSandbox();
    const home = join(sandbox.appRoot, 'work');
    writeSource(sandbox, requirements('alpha==1.0'));
    await assemble(sandbox, { environment: { HOME: home } });
    const names = namesInStream(await saveArtifacts(sandbox, { environment: { HOME: home } }));
    expect(names.filter((name) => /^work|requirements\.txt$|(^|\/)app\.py$/.test(name))).toEqual([]);
  });

  test('writes nothing but the stream to standard output, in a log of JSON and with options for Node either', async () => {
    const sandbox = newSandbox();
    await buildClean(sandbox, requirements('alpha==1.0'));
    const plain = await saveArtifacts(sandbox);
    const environment = {
      S2I_LOG_FORMAT: 'json',
      NODE_OPTIONS: '--trace-warnings',
      TAR_OPTIONS: '--verbose',
      APP_HOME: '"quoted"',
    };
    expect(await saveArtifacts(sandbox, { environment })).toEqual(plain);
    expect(namesInStream(plain).length).toBeGreaterThan(5);
  });

  test('of an image without a stamp is an empty stream', async () => {
    const sandbox = newSandbox();
    const { exit, stdout } = await runHook('save-artifacts', sandbox, { user: builder });
    expect([exit, stdout.length]).toEqual([0, 0]);
  });

  test('finds nothing in an artifacts folder that is there and empty', async () => {
    const sandbox = newSandbox();
    unpackArtifacts(sandbox, Buffer.alloc(10240));
    writeSource(sandbox, requirements('beta==1.0'));
    const { log } = await assemble(sandbox);
    expect(log).toContain('---> Installing dependencies ...');
    expect(log).not.toContain('artifacts');
  });
});
