import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/create.ts';
import type { BuildRequest, Engine, EngineName } from '../../src/engine/engine.ts';
import { familyOf, programOf } from '../support/processes.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { failed } from './support/engines.ts';

/** An engine whose program is this script, with `$folder` for what it writes down. */
function scripted(name: EngineName, script: string): { readonly engine: Engine; readonly folder: string } {
  const folder = temporaryDirectory();
  const program = join(folder, 'engine');
  writeFileSync(program, `#!/bin/sh\nfolder=${folder}\n${script}\n`);
  chmodSync(program, 0o755);
  return { engine: createEngine({ name, program, version: '1', environment: { PATH: '/usr/bin:/bin' } }), folder };
}

function request(folder: string, more: Partial<BuildRequest> = {}): BuildRequest {
  const dockerfile = join(folder, 'Dockerfile');
  writeFileSync(dockerfile, 'FROM scratch\n');
  return { context: folder, dockerfile, tags: [], ...more };
}

const writeId = `for word; do case $word in --iidfile=*) printf sha256:abc >"\${word#--iidfile=}" ;; esac; done`;

describe('a build', () => {
  test('answers the id; lines of both streams come as they are written', async () => {
    const { engine, folder } = scripted('buildah', `echo one; echo two >&2; ${writeId}; printf three`);
    const lines: string[] = [];
    const outcome = await engine.build(request(folder), { onLine: (line, stream) => lines.push(`${stream} ${line}`) });
    expect(outcome).toEqual({ ok: true, value: 'abc' });
    expect(lines.sort()).toEqual(['stderr two', 'stdout one', 'stdout three']);
  });

  test('that says it went well and has no image is none', async () => {
    const { engine, folder } = scripted('podman', 'echo STEP 2/2: RUN make; exit 0');
    expect(await engine.build(request(folder))).toEqual({
      ok: false,
      failure: {
        kind: 'engine-died',
        engine: 'podman',
        doing: 'the build',
        how: 'left-nothing',
        lastLines: ['STEP 2/2: RUN make'],
      },
    });
  });

  test('whose engine is killed says by what', async () => {
    const { engine, folder } = scripted('buildah', 'echo STEP 1/2; kill -KILL $$');
    expect(await engine.build(request(folder))).toMatchObject({ ok: false, failure: { kind: 'engine-died', how: 'SIGKILL' } });
  });

  test('remembers the last lines only', async () => {
    const { engine, folder } = scripted('buildah', 'i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done; exit 1');
    const outcome = await engine.build(request(folder));
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'engine-failed', status: 1 } });
    expect(failed(outcome)).toContain('line 499');
    expect(failed(outcome)).not.toContain('line 400');
  });

  test.each<readonly [string, Partial<BuildRequest>]>([
    ['no context', { context: '/nonexistent' }],
    ['a context that is a file', { context: '/etc/passwd' }],
    ['no Dockerfile', { dockerfile: '/nonexistent' }],
    ['a Dockerfile that is no file', { dockerfile: '/dev/null' }],
    ['a Dockerfile that is a folder', { dockerfile: '/etc' }],
    ['no file of a secret', { secrets: [{ id: 'a', file: '/nonexistent' }] }],
    ['no folder of a volume', { volumes: [{ source: '/nonexistent', target: '/t', access: 'read-only' }] }],
  ])('is not started with %s', async (_, more) => {
    const { engine, folder } = scripted('buildah', 'touch $folder/started');
    expect(await engine.build(request(folder, more))).toMatchObject({ ok: false, failure: { kind: 'file-missing' } });
    expect(existsSync(join(folder, 'started'))).toBe(false);
  });

  test('without its program', async () => {
    const folder = temporaryDirectory();
    const engine = createEngine({ name: 'podman', program: '/nonexistent/podman', version: '1', environment: {} });
    expect(await engine.build(request(folder))).toMatchObject({ ok: false, failure: { kind: 'no-engine' } });
  });
});

describe('an abort', () => {
  test('asks the steps to end first, so that the engine can clean up', async () => {
    const script = `echo $$ >$folder/pid; sleep 60 & echo ready; wait $!; echo cleaned >$folder/cleaned; exit 1`;
    const { engine, folder } = scripted('podman', script);
    const aborter = new AbortController();
    const outcome = await engine.build(request(folder), { onLine: () => aborter.abort(), signal: aborter.signal });
    expect(outcome).toEqual({ ok: false, failure: { kind: 'interrupted', engine: 'podman', doing: 'the build' } });
    expect(existsSync(join(folder, 'cleaned'))).toBe(true);
    const family = familyOf(Number(readFileSync(join(folder, 'pid'), 'utf8')));
    expect(family.map(programOf).filter(Boolean)).toEqual([]);
  });

  test('ends an engine that has no steps', async () => {
    const { engine, folder } = scripted('docker', 'echo ready; exec sleep 60');
    const aborter = new AbortController();
    const outcome = await engine.build(request(folder), { onLine: () => aborter.abort(), signal: aborter.signal });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
  });

  test('before the start starts nothing', async () => {
    const { engine, folder } = scripted('docker', 'touch $folder/started');
    const outcome = await engine.build(request(folder), { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
    expect(existsSync(join(folder, 'started'))).toBe(false);
  });
});

describe('saving an image', () => {
  const save = `for word; do case $word in --output=*) out=\${word#--output=} ;; esac; done; printf half >$out`;

  test('replaces an archive by the whole of the new one', async () => {
    const { engine, folder } = scripted('podman', `${save}; printf ' whole' >>$out`);
    const file = join(folder, 'image.tar');
    writeFileSync(file, 'old');
    expect(await engine.saveArchive('i', { file, format: 'docker-archive' })).toEqual({ ok: true, value: file });
    expect(readFileSync(file, 'utf8')).toBe('half whole');
  });

  test('that fails leaves the old archive and no half one', async () => {
    const { engine, folder } = scripted('podman', `${save}; echo "write: no space left on device" >&2; exit 125`);
    const file = join(folder, 'image.tar');
    writeFileSync(file, 'old');
    const outcome = await engine.saveArchive('i', { file, format: 'docker-archive' });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'disk-full', doing: 'saving an image' } });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(existsSync(`${file}.${process.pid}.part`)).toBe(false);
  });

  test('as an oci-archive is not for docker', async () => {
    const { engine, folder } = scripted('docker', 'exit 0');
    const outcome = await engine.saveArchive('i', { file: join(folder, 'x'), format: 'oci-archive' });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unsupported' } });
  });
});

describe('a container', () => {
  const run = { image: 'i', name: 'n' };

  test.each([0, 1, 3, 125, 126, 127, 137, 143])('that ends with %i has run', async (status) => {
    const { engine } = scripted('podman', `echo "Error of the application" >&2; exit ${status}`);
    expect(await engine.run(run)).toEqual({ ok: true, value: status });
  });

  test.each([
    ['podman', 'Error: runc: exec: "nothere": executable file not found in $PATH', 127, 'command-not-started'],
    ['docker', 'docker: Error response from daemon: exec: "/x": permission denied: unknown.', 126, 'command-not-started'],
    ['podman', 'Error: nope:1: image not known', 125, 'image-unknown'],
    ['docker', 'docker: Error response from daemon: No such image: nope:1', 125, 'image-unknown'],
    ['podman', 'Error: runc: error setting rlimit type 7: operation not permitted', 126, 'runtime-refused'],
    ['podman', 'Error: container-init binary not found on the host', 125, 'runtime-refused'],
  ] as const)('%s could not start: %s', async (name, words, status, kind) => {
    const { engine } = scripted(name, `echo '${words}' >&2; exit ${status}`);
    expect(await engine.run(run)).toMatchObject({ ok: false, failure: { kind } });
  });

  test('that is aborted is removed', async () => {
    const { engine, folder } = scripted(
      'podman',
      'case $1 in rm) echo "$@" >>$folder/removed ;; *) echo ready; exec sleep 60 ;; esac',
    );
    const aborter = new AbortController();
    const outcome = await engine.run(run, { onLine: () => aborter.abort(), signal: aborter.signal });
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
    expect(readFileSync(join(folder, 'removed'), 'utf8')).toContain('rm --force --time=0 n\n');
  });

  test('is not for buildah', async () => {
    const { engine } = scripted('buildah', 'exit 0');
    expect(await engine.run(run)).toMatchObject({ ok: false, failure: { kind: 'unsupported' } });
  });
});
