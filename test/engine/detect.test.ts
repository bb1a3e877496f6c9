import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseEngine, detectEngines } from '../../src/engine/detect.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { failed } from './support/engines.ts';

/** A folder of programs that answer so, as the only PATH. */
function programs(scripts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const folder = temporaryDirectory();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: folder };
}

const podman = 'echo 4.3.1';
const buildah = 'echo "buildah version 1.28.2 (image-spec 1.1.0-rc2, runtime-spec 1.0.2-dev)"';
const noDaemon = 'echo "Cannot connect to the Docker daemon." >&2; exit 1';

function docker(server: string, client: string, buildx: 'with buildx' | 'without buildx'): string {
  return `case $1 in version) echo "${server} ${client}" ;; *) exit ${buildx === 'with buildx' ? 0 : 1} ;; esac`;
}

describe('which engines there are', () => {
  test('none', async () => {
    expect(await detectEngines({ environment: programs({}) })).toEqual([
      { name: 'podman', found: 'no-program' },
      { name: 'buildah', found: 'no-program' },
      { name: 'docker', found: 'no-program' },
    ]);
  });

  test('all, with versions, the runtime for podman only', async () => {
    const environment = programs({ podman, buildah, docker: docker('20.10.24+dfsg1', '28.2.2', 'without buildx') });
    expect(await detectEngines({ environment, runtime: 'runc' })).toEqual([
      { name: 'podman', program: 'podman', version: '4.3.1', environment, runtime: 'runc' },
      { name: 'buildah', program: 'buildah', version: '1.28.2', environment },
      { name: 'docker', program: 'docker', version: '20.10.24', environment, builder: 'legacy' },
    ]);
  });

  test.each([
    ['20.10.24', 'without buildx', 'integrated'],
    ['20.10.24', 'with buildx', 'buildx'],
    ['28.2.2', 'with buildx', 'buildx'],
    ['28.2.2', 'without buildx', 'legacy'],
  ] as const)('the client of docker %s %s builds by %s', async (client, buildx, builder) => {
    const environment = programs({ docker: docker('20.10.24', client, buildx) });
    expect((await detectEngines({ environment })).at(2)).toMatchObject({ builder });
  });
});

describe('which engine is taken', () => {
  test('the first that answers', async () => {
    const outcome = await chooseEngine('any', { environment: programs({ podman: 'exit 125', buildah }) });
    expect(outcome).toMatchObject({ ok: true, value: { name: 'buildah', version: '1.28.2' } });
  });

  test('only the one asked for', async () => {
    const outcome = await chooseEngine('docker', { environment: programs({ podman, docker: noDaemon }) });
    expect(outcome).toEqual({
      ok: false,
      failure: {
        kind: 'no-engine',
        tried: [{ name: 'docker', found: 'no-answer', detail: 'Cannot connect to the Docker daemon.' }],
      },
    });
  });

  test('none: each is named, with what was found', async () => {
    const words = failed(await chooseEngine('any', { environment: programs({ podman: 'exit 125', docker: noDaemon }) }));
    expect(words).toMatchInlineSnapshot(`
      "No container engine was found that can be used.
        podman: is installed, but does not answer: it said nothing
        buildah: no such program on PATH
        docker: is installed, but does not answer: Cannot connect to the Docker daemon.
        Expected: podman, buildah or docker
        1. on Debian and Ubuntu: apt-get install podman
        2. on Fedora, RHEL and CentOS: dnf install podman"
    `);
  });
});
