import { expect, test } from 'vitest';
import { fullImage } from '../engine/support/full-images.ts';
import { findInImage } from '../engine/support/search-image.ts';
import { installed, makePrivateProject } from '../support/private-index.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { printedIn } from './support/look.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer } from './support/open.ts';
import { writeFiles } from './support/project.ts';

/** Where the files of the injected folder are, while assemble runs. */
const INJECTED = '/opt/app-root/etc/injected';

describeConsumers('all', 'a private index with a password that is injected', () => {
  test.each([
    ['s2i', 'pip.conf'],
    ['as-dockerfile', 'netrc'],
    ['openshift', 'pip.conf'],
  ] as const)('by %s in %s: it is used, and in no layer, no history and no log', async (name, passwordIn) => {
    const consumer = await openConsumer(name);
    const { source, pipConf, netrc, secrets } = await makePrivateProject(passwordIn);
    const folder = temporaryDirectory();
    writeFiles(folder, { 'pip.conf': pipConf, netrc });
    const image = imageName(consumer);
    const { status, log } = await consumer.build({
      builder: fullImage('trixie'),
      source,
      image,
      options: [`--inject=${folder}:${INJECTED}`, '--loglevel=5'],
      environment: { PIP_CONFIG_FILE: `${INJECTED}/pip.conf`, NETRC: `${INJECTED}/netrc` },
    });
    expect(status, log).toBe(0);
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(await printedIn(consumer.engine, image, ['pip', 'freeze'])).toEqual([installed]);
    expect(await findInImage(consumer.engine, image, secrets)).toEqual([]);
  });
});
