import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';
import { runContainer, startContainer } from './support/containers.ts';
import { describeEachEngine } from './support/each-engine.ts';
import { succeeded } from './support/engines.ts';
import { engineFolder, processesNaming, removeEngineFolder } from './support/folder.ts';
import { containersOf } from './support/left.ts';
import { uniqueImage, uniqueName, uniqueSleep } from './support/names.ts';
import { tinyBase, tinyContextIn } from './support/tiny-image.ts';

/** Goes with the store it is in. */
const image = uniqueImage();

const shell = (script: string) => ({ image, command: ['/bin/sh', '-c', script] });

describe('a container', () => {
  describeEachEngine(['podman', 'docker'], (engine, name, opened) => {
    beforeAll(async () => {
      const isolation = name === 'docker' ? {} : ({ isolation: 'chroot' } as const);
      const folder = engineFolder();
      const request = tinyContextIn(folder, `${tinyBase}RUN mkdir -m 1777 /tmp\n`);
      succeeded(await engine().build({ ...request, tags: [image], network: 'host', ...isolation }));
      await removeEngineFolder(folder);
    });

    test('ends with the status of its command and is gone', async () => {
      expect(await runContainer(engine(), shell('echo out; echo err >&2; exit 3'))).toMatchObject({ status: 3 });
      expect(await containersOf(opened())).toEqual([]);
    });

    test.each([125, 126, 127])('may end with %i', async (status) => {
      expect(await runContainer(engine(), shell(`exit ${status}`))).toMatchObject({ status });
    });

    test('that cannot start says why', async () => {
      const outcome = await engine().run({ image, name: uniqueName(), command: ['nothere'], network: 'host' });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'command-not-started', image, command: 'nothere' } });
      expect(await containersOf(opened())).toEqual([]);
    });

    test('of an image that is not there downloads nothing', async () => {
      const unknown = uniqueImage();
      const outcome = await engine().run({ image: unknown, name: uniqueName() });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'image-unknown', image: unknown } });
    });

    test('runs as any user with group 0, whom the image does not name', async () => {
      const { log } = await runContainer(engine(), {
        ...shell('id -u; id -g; cat /etc/passwd'),
        user: '1000660000:0',
        passwd: 'image',
      });
      expect(log).toMatch(/^1000660000\n0\ncat: .*\/etc\/passwd/);
    });

    test('has no capability when it shall have none', async () => {
      const { log } = await runContainer(engine(), {
        ...shell('grep -E "CapBnd|NoNewPrivs" /proc/self/status'),
        capabilities: 'none',
      });
      expect(log.split(/\s+/)).toEqual(['CapBnd:', '0000000000000000', 'NoNewPrivs:', '1']);
    });

    test('writes to nothing but what is given to it', async () => {
      const given = temporaryDirectory();
      const script = 'for path in /new /etc/new /tmp/new /given/new; do touch $path 2>/dev/null && echo $path; done';
      const { log } = await runContainer(engine(), {
        ...shell(script),
        rootFilesystem: 'read-only',
        temporary: ['/tmp'],
        volumes: [{ source: given, target: '/given', access: 'read-write' }],
      });
      expect(log).toBe('/tmp/new\n/given/new');
    });

    test('reads folders of this machine, and the environment it is given', async () => {
      const given = temporaryDirectory();
      writeFileSync(join(given, 'file'), 'of the machine\n');
      const { log } = await runContainer(engine(), {
        ...shell('cat /given/file; touch /given/x 2>/dev/null || echo "$A"'),
        environment: { A: 'b = "c"' },
        volumes: [{ source: given, target: '/given', access: 'read-only' }],
      });
      expect(log).toMatch(/^of the machine\nb = "c"$/);
    });

    test('gets signals as its process 1, and its status tells', async () => {
      const container = startContainer(
        engine(),
        shell(`trap 'echo got TERM; exit 5' TERM; echo ready; while :; do sleep 0.1; done`),
      );
      await expect.poll(container.log, { timeout: 30_000 }).toContain('ready');
      await container.signal('SIGTERM');
      expect(await container.ended).toBe(5);
      expect(container.log()).toContain('got TERM');
    });

    test('without a handler needs an init to be ended by TERM', async () => {
      const container = startContainer(engine(), { ...shell('echo ready; exec sleep 600'), init: 'engine' });
      await expect.poll(container.log, { timeout: 30_000 }).toContain('ready');
      await container.signal('SIGTERM');
      expect(await container.ended).toBe(143);
    });

    test('that is aborted is ended and removed', async () => {
      const mark = uniqueSleep();
      const aborter = new AbortController();
      const outcome = await engine().run(
        { ...shell(`echo ready; ${mark}`), name: uniqueName(), network: 'host', limits: 'host' },
        { onLine: () => aborter.abort(), signal: aborter.signal },
      );
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
      await expect.poll(() => containersOf(opened()), { timeout: 30_000 }).toEqual([]);
      expect(processesNaming(mark)).toEqual([]);
    });

    test('that has ended gets no signal', async () => {
      const container = uniqueName();
      const outcome = await engine().signal(container, 'SIGTERM');
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'container-unknown', container } });
    });
  });
});
