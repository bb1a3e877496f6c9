import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingPackages } from '../support/apt.ts';
import { buildClean, buildOn, requirements, sandboxFor, stampFile } from '../support/builds.ts';
import { assemble, runHook } from '../support/hooks.ts';
import { type LoopbackIndex, startIndex } from '../support/loopback-index.ts';
import { builder } from '../support/machine.ts';
import { makeCompiledSdist, makeWheel, packageProject } from '../support/packages.ts';
import { writeSource } from '../support/sandbox.ts';
import { environmentIn, namesIn, saveArtifacts, unpackArtifacts } from '../support/saved.ts';
import { builtTree, differences } from '../support/snapshot.ts';

let index: LoopbackIndex;
beforeAll(async () => {
  expect(missingPackages(['build-essential', 'python3-dev'])).toEqual([]);
  index = await startIndex([
    makeWheel({ name: 'alpha', version: '1.0', requires: ['delta'], scripts: ['alpha = alpha:main'] }),
    makeWheel({ name: 'delta', version: '1.0' }),
    makeCompiledSdist('compiled-words', '1.0'),
  ]);
});
afterAll(() => index.close());

describe('artifacts that do not fit', () => {
  const files = requirements('alpha==1.0');
  type Stamp = Record<string, unknown> & { readonly interpreter: object };

  test.each<[string, (stamp: Stamp) => object, string]>([
    [
      'another Python',
      (stamp) => ({ ...stamp, interpreter: { ...stamp.interpreter, python: '3.8' } }),
      'they were made for Python 3.8',
    ],
    [
      'another architecture',
      (stamp) => ({ ...stamp, interpreter: { ...stamp.interpreter, abi: 'vax' } }),
      'they were made for vax',
    ],
    ['another format', (stamp) => ({ ...stamp, format: 99 }), 'their format is 99'],
    ['another base', (stamp) => ({ ...stamp, packages: [{ name: 'pip', version: '1.0' }] }), 'they hold pip 1.0, this image has'],
  ])('because of %s are not used, with the reason', async (_what, change, reason) => {
    const sandbox = sandboxFor(index);
    await buildClean(sandbox, files);
    const clean = builtTree(sandbox);
    const edit = (artifacts: string) => {
      const path = join(artifacts, stampFile);
      writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Stamp)));
    };
    const { log } = await buildOn(await saveArtifacts(sandbox), sandbox, files, { edit });
    expect(log).toContain(`The saved artifacts are not used: ${reason}`);
    expect(log).toContain('---> Installing dependencies ...');
    expect(differences(builtTree(sandbox), clean)).toEqual([]);
  });
});

describe('save-artifacts', () => {
  test('streams the stamp and what was installed, without pip, the source and the application itself', async () => {
    const sandbox = sandboxFor(index);
    await buildClean(sandbox, { ...requirements('alpha==1.0', 'compiled-words==1.0'), ...packageProject('prober', '1.0') });
    const stream = await saveArtifacts(sandbox);
    expect(namesIn(stream)).toEqual(['environment.tar', 'etc/', 'etc/s2i/', stampFile]);
    const names = namesIn(environmentIn(stream));
    expect(names).not.toContain(stampFile);
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
    const sandbox = sandboxFor(index);
    const home = join(sandbox.appRoot, 'work');
    writeSource(sandbox, requirements('alpha==1.0'));
    await assemble(sandbox, { environment: { HOME: home } });
    const names = namesIn(environmentIn(await saveArtifacts(sandbox, { environment: { HOME: home } })));
    expect(names.filter((name) => /^work|requirements\.txt$|(^|\/)app\.py$/.test(name))).toEqual([]);
  });

  test('writes nothing but the stream to standard output, in a log of JSON and with options for Node either', async () => {
    const sandbox = sandboxFor(index);
    await buildClean(sandbox, requirements('alpha==1.0'));
    const plain = await saveArtifacts(sandbox);
    const environment = {
      S2I_LOG_FORMAT: 'json',
      NODE_OPTIONS: '--trace-warnings',
      TAR_OPTIONS: '--verbose',
      APP_HOME: '"quoted"',
    };
    const stream = await saveArtifacts(sandbox, { environment });
    expect(namesIn(stream)).toEqual(namesIn(plain));
    expect(environmentIn(stream)).toEqual(environmentIn(plain));
    expect(namesIn(environmentIn(plain)).length).toBeGreaterThan(5);
  });

  test('of an image without a stamp is an empty stream', async () => {
    const sandbox = sandboxFor(index);
    const { exit, stdout } = await runHook('save-artifacts', sandbox, { user: builder });
    expect([exit, stdout.length]).toEqual([0, 0]);
  });

  test('finds nothing in an artifacts folder that is there and empty', async () => {
    const sandbox = sandboxFor(index);
    unpackArtifacts(sandbox, Buffer.alloc(10240));
    writeSource(sandbox, requirements('delta==1.0'));
    const { log } = await assemble(sandbox);
    expect(log).toContain('---> Installing dependencies ...');
    expect(log).not.toContain('artifacts');
  });
});
