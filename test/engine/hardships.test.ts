import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { childrenOf } from '../support/processes.ts';
import { describeWithEngine } from './support/describe-with-engine.ts';
import { type DockerDaemon, startDockerd } from './support/dockerd.ts';
import { describeEachEngine } from './support/each-engine.ts';
import { failed, openEngine } from './support/engines.ts';
import { engineFolder, processesNaming, removeEngineFolder } from './support/folder.ts';
import { uniqueImage, uniqueSleep } from './support/names.ts';
import { storeIn } from './support/store.ts';
import { tinyBase, tinyContext } from './support/tiny-image.ts';

const isolated = { isolation: 'chroot' } as const;

/** podman or buildah with images in memory that holds this much. */
async function engineWithSpace(name: 'podman' | 'buildah', megabytes: number): Promise<Engine> {
  const folder = engineFolder();
  onTestFinished(() => removeEngineFolder(folder));
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 's2i-test', folder]);
  return openEngine(name, storeIn(join(folder, 's'), join(folder, 'r')));
}

describe('a full disk', () => {
  describeEachEngine(['podman', 'buildah'], (_, name) => {
    test.each([
      ['the base', 'FROM scratch\nCOPY large /large\n'],
      ['a step', `${tinyBase}RUN dd if=/dev/zero of=/large bs=1048576 count=40\n`],
    ])('during %s is said', async (_step, dockerfile) => {
      const engine = await engineWithSpace(name as 'podman' | 'buildah', 24);
      const request = tinyContext(dockerfile, { large: 'x'.repeat(30 * 1024 * 1024) });
      const outcome = await engine.build({ ...request, tags: [], ...isolated });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'disk-full', engine: name } });
    });
  });
});

describe('an engine that is killed during a build', () => {
  describeEachEngine(['podman', 'buildah'], (engine, name) => {
    test.each([
      ['SIGKILL', 'SIGKILL'],
      // podman says then that all went well, buildah that a step failed.
      ['SIGTERM', name === 'podman' ? 'left-nothing' : 'step'],
    ] as const)('by %s is no success (%s)', async (signal, how) => {
      const mark = uniqueSleep();
      const tag = uniqueImage();
      const kill = (line: string) => {
        if (line.includes('waiting: 42')) for (const pid of childrenOf(process.pid)) if (isBuild(pid)) process.kill(pid, signal);
      };
      const isBuild = (pid: number) => processesNaming(tag).includes(pid);
      const dockerfile = `${tinyBase}RUN echo waiting: $((6 * 7)) && ${mark}\n`;
      const outcome = await engine().build({ ...tinyContext(dockerfile), tags: [tag], ...isolated }, { onLine: kill });
      expect(outcome).toMatchObject({
        ok: false,
        failure: how === 'step' ? { kind: 'step-failed' } : { kind: 'engine-died', how },
      });
      await expect.poll(() => processesNaming(mark), { timeout: 20_000 }).toEqual([]);
    });
  });

  describeWithEngine('docker', { programs: ['dockerd', 'busybox'] }, () => {
    test('is said to be unreachable, then and later, and nothing of it stays', async () => {
      const daemon: DockerDaemon = await startDockerd();
      onTestFinished(daemon.stop);
      const mark = uniqueSleep();
      const dockerfile = `${tinyBase}RUN echo waiting: $((6 * 7)) && ${mark}\n`;
      const outcome = await daemon.engine.build(
        { ...tinyContext(dockerfile), tags: [], network: 'host' },
        { onLine: (line) => (line.includes('waiting: 42') ? process.kill(daemon.pid, 'SIGKILL') : undefined) },
      );
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'engine-unreachable', engine: 'docker' } });
      expect(failed(await daemon.engine.inspect('any'))).toMatch(/daemon does not answer/);
      await daemon.stop();
      expect(processesNaming(mark)).toEqual([]);
    });
  });
});
