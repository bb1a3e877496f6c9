import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { chooseEngine } from '../../src/engine/detect.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { buildImage, runContainer } from './support/containers.ts';
import { describeEachEngine } from './support/each-engine.ts';
import { failed, succeeded } from './support/engines.ts';
import { processesNaming } from './support/folder.ts';
import { containersOf } from './support/left.ts';
import { uniqueImage, uniqueSleep } from './support/names.ts';
import { tinyBase, tinyContext } from './support/tiny-image.ts';

/** docker's daemon has no bridge here. */
const isolated = (name: string) => (name === 'docker' ? ({ network: 'host' } as const) : ({ isolation: 'chroot' } as const));

describe('a build', () => {
  describeEachEngine(['podman', 'buildah', 'docker'], (engine, name, opened) => {
    test('answers the id, gives the tags, prints what the steps print', async () => {
      const tags = [uniqueImage(), uniqueImage()];
      const lines: string[] = [];
      const id = succeeded(
        await engine().build(
          {
            ...tinyContext(`${tinyBase}ARG WORD\nRUN echo "said $WORD"\n`),
            tags,
            arguments: { WORD: 'a b' },
            network: 'host',
            ...isolated(name),
          },
          { onLine: (line) => lines.push(line) },
        ),
      );
      expect(lines.join('\n')).toContain('said a b');
      for (const tag of tags) {
        expect(succeeded(await engine().inspect(tag)).id).toBe(id);
        succeeded(await engine().remove(tag));
      }
    });

    test('writes what the Dockerfile says about the image', async () => {
      const image = await buildImage(
        engine(),
        tinyContext(`${tinyBase}ENV A="b=c" EMPTY=
LABEL one="1" two="zwei ü"
WORKDIR /opt/app-root/src
USER 1001
EXPOSE 8080
ENTRYPOINT ["/bin/busybox"]
CMD ["sh", "-c", "exit 3"]
`),
      );
      expect(succeeded(await engine().inspect(image))).toMatchObject({
        architecture: { x64: 'amd64', arm64: 'arm64' }[process.arch as 'x64' | 'arm64'],
        user: '1001',
        directory: '/opt/app-root/src',
        environment: { A: 'b=c', EMPTY: '' },
        labels: { one: '1', two: 'zwei ü' },
        entrypoint: ['/bin/busybox'],
        command: ['sh', '-c', 'exit 3'],
        ports: ['8080/tcp'],
        volumes: [],
        onBuild: [],
      });
    });

    test('gives secrets to one step, and they are in no layer', async () => {
      const secret = join(temporaryDirectory(), 'secret');
      writeFileSync(secret, 'hidden\n');
      const dockerfile = `${tinyBase}RUN --mount=type=secret,id=it,uid=1001,gid=0 cat /run/secrets/it | tr a-z A-Z && id -u\nRUN ! test -e /run/secrets/it\n`;
      const lines: string[] = [];
      const tag = uniqueImage();
      const outcome = await engine().build(
        { ...tinyContext(dockerfile), tags: [tag], secrets: [{ id: 'it', file: secret }], ...isolated(name) },
        { onLine: (line) => lines.push(line) },
      );
      succeeded(outcome);
      succeeded(await engine().remove(tag));
      expect(lines.join('\n')).toContain('HIDDEN');
    });

    test('whose step fails names the step, quotes it, and leaves neither container nor tag', async () => {
      const tag = uniqueImage();
      const request = { ...tinyContext(`${tinyBase}RUN echo "last words" && exit 7\n`), tags: [tag], ...isolated(name) };
      const outcome = await engine().build(request);
      // BuildKit of docker 20.10 ends with 1, but says 7.
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'step-failed', status: 7 } });
      expect(failed(outcome)).toContain('last words');
      expect(await engine().inspect(tag)).toMatchObject({ ok: false, failure: { kind: 'image-unknown' } });
      expect(await containersOf(opened())).toEqual([]);
    });

    test('from a base that cannot be had', async () => {
      const image = 'registry.invalid/base:1';
      const outcome = await engine().build({ ...tinyContext(`FROM ${image}\n`), tags: [], ...isolated(name) });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'base-missing', image, why: 'network' } });
    });

    test('of a file that the context does not have', async () => {
      const outcome = await engine().build({ ...tinyContext('FROM scratch\nCOPY dist/hooks /x\n'), tags: [], ...isolated(name) });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'source-missing' } });
    });

    test('of something that is no Dockerfile', async () => {
      const request = tinyContext('This is\nno Dockerfile.\n');
      const outcome = await engine().build({ ...request, tags: [], ...isolated(name) });
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'dockerfile-invalid', path: request.dockerfile } });
    });

    test('that is aborted leaves neither process nor container', async () => {
      const mark = uniqueSleep();
      const aborter = new AbortController();
      const dockerfile = `${tinyBase}RUN echo waiting: $((6 * 7)) && ${mark}\n`;
      const outcome = await engine().build(
        { ...tinyContext(dockerfile), tags: [], ...isolated(name) },
        { onLine: (line) => (line.includes('waiting: 42') ? aborter.abort() : undefined), signal: aborter.signal },
      );
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'interrupted' } });
      await expect.poll(() => containersOf(opened()), { timeout: 20_000 }).toEqual([]);
      await expect.poll(() => processesNaming(mark), { timeout: 20_000 }).toEqual([]);
    });
  });
});

describe('a build that docker cannot do', () => {
  describeEachEngine(['podman', 'buildah'], (engine, _, opened) => {
    test('sees folders of this machine in each step; of the mount point an empty folder stays', async () => {
      const folder = temporaryDirectory();
      writeFileSync(join(folder, 'ca.crt'), 'certificate\n');
      const image = await buildImage(engine(), {
        ...tinyContext(`${tinyBase}RUN cat /run/secrets/ca.crt >/seen && ! touch /run/secrets/x\n`),
        volumes: [{ source: folder, target: '/run/secrets', access: 'read-only' }],
      });
      const podman = succeeded(await chooseEngine('podman', { environment: opened().environment }));
      const { log } = await runContainer(podman, { image, command: ['sh', '-c', 'cat /seen; ls -A /run/secrets'] });
      expect(log).toBe('certificate');
    });

    test.each([
      ['each', 4],
      ['one', 1],
    ] as const)('puts its steps in %s layer: %i', async (layers, count) => {
      const image = await buildImage(engine(), { ...tinyContext(`${tinyBase}RUN echo 1 >/1\nRUN echo 2 >/2\n`), layers });
      expect(succeeded(await engine().inspect(image)).layers).toHaveLength(count);
    });

    test('takes finished steps from the cache, unless it shall not', async () => {
      const request = tinyContext(`${tinyBase}RUN cat /proc/sys/kernel/random/uuid >/random\n`);
      const ids: string[] = [];
      for (const cache of ['use', 'use', 'ignore'] as const) {
        const tag = uniqueImage();
        ids.push(succeeded(await engine().build({ ...request, tags: [tag], isolation: 'chroot', cache })));
        onTestFinished(async () => {
          await engine().remove(tag);
        });
      }
      expect(ids[1]).toBe(ids[0]);
      expect(ids[2]).not.toBe(ids[0]);
    });
  });
});
