import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildImage } from '../engine/support/containers.ts';
import { fullImage } from '../engine/support/full-images.ts';
import { uniqueImage } from '../engine/support/names.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { type Consumer, callS2i } from './support/consumers.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer, openS2i } from './support/open.ts';
import { writeFiles } from './support/project.ts';

const builder = fullImage('trixie');

/** A source with nothing to install. */
function makeSource(): string {
  const source = temporaryDirectory();
  writeFiles(source, { 'app.py': 'print("ready")\n' });
  return source;
}

/** Containers and images that an engine has, whoever made them. */
async function leftBy({ engine }: Consumer, image: string): Promise<boolean> {
  return (await engine.inspect(image)).ok;
}

describeConsumers('all', 'with a daemon, bad input', () => {
  test('a range of users without that of the image is refused; with it, and its plain number, it is built', async () => {
    const consumer = await openConsumer('s2i');
    const [source, image] = [makeSource(), imageName(consumer)];
    const refused = await consumer.build({ builder, source, image, options: ['--allowed-uids=2000-'] });
    expect(refused.status, refused.log).toBe(15);
    expect(refused.log).toContain('must specify a user that is numeric and within the range of allowed users');
    expect(await leftBy(consumer, image)).toBe(false);
    const built = await consumer.build({ builder, source, image, options: ['--allowed-uids=1-'] });
    expect(built.status, built.log).toBe(0);
  });

  test.each([
    ['names no folder', 'image:///nowhere', 1, '/nowhere/assemble'],
    ['is empty, so that the variable STI_SCRIPTS_URL of the image is used', '', 0, 'Build completed successfully'],
  ])('an image whose label of the hooks %s', async (_what, label, status, words) => {
    const consumer = await openConsumer('s2i');
    const context = temporaryDirectory();
    const dockerfile = join(context, 'Dockerfile');
    const labels = ['io.openshift.s2i.scripts-url', 'io.s2i.scripts-url'].map((name) => `LABEL ${name}="${label}"\n`);
    writeFileSync(dockerfile, `FROM ${builder}\n${labels.join('')}`);
    const labelled = await buildImage(consumer.engine, { context, dockerfile });
    const [source, image] = [makeSource(), imageName(consumer)];
    const built = await consumer.build({ builder: labelled, source, image });
    expect(built.status, built.log).toBe(status);
    expect(built.log).toContain(words);
    expect(await leftBy(consumer, image)).toBe(status === 0);
  });

  test('a builder that is not there, and a daemon that does not answer, are named', async () => {
    const consumer = await openConsumer('s2i');
    const [source, image, missing] = [makeSource(), imageName(consumer), uniqueImage()];
    const built = await consumer.build({ builder: missing, source, image });
    expect(built.status, built.log).not.toBe(0);
    expect(built.log).toContain(missing);
    const nobody = { ...openS2i(), environment: { DOCKER_HOST: `unix://${temporaryDirectory()}/docker.sock` } };
    const { status, log } = await callS2i(nobody, ['build', source, builder, image]);
    expect(status, log).toBe(1);
    expect(log).toContain('docker.sock');
  });
});

describeConsumers('all', 'with a Dockerfile of s2i, bad input', () => {
  test('a builder that is not there is named, and nothing stays', async () => {
    const consumer = await openConsumer('as-dockerfile');
    const [source, image, missing] = [makeSource(), imageName(consumer), uniqueImage()];
    const { status, log } = await consumer.build({ builder: missing, source, image });
    expect(status, log).toBe(1);
    expect(log).toContain(missing);
    expect(await leftBy(consumer, image)).toBe(false);
  });

  test('a source that cannot be installed says why, and leaves neither image nor container', async () => {
    const consumer = await openConsumer('as-dockerfile');
    const [source, image] = [makeSource(), imageName(consumer)];
    writeFiles(source, { 'requirements.txt': './absent.whl\n' });
    const { status, log } = await consumer.build({ builder, source, image });
    expect(status, log).toBe(1);
    expect(log).toContain('absent.whl');
    expect(await leftBy(consumer, image)).toBe(false);
  });
});
