import { expect, test } from 'vitest';
import { fullImage } from '../engine/support/full-images.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { callS2i } from './support/consumers.ts';
import { describeConsumers } from './support/needs.ts';
import { imageName, openConsumer, openS2i } from './support/open.ts';
import { writeFiles } from './support/project.ts';

describeConsumers('all', 's2i with a daemon', () => {
  test.each(['trixie', 'bookworm'] as const)('s2i usage of %s prints how to use it', async (release) => {
    const { status, log } = await callS2i(openS2i(), ['usage', fullImage(release), '--pull-policy=never']);
    expect(status, log).toBe(0);
    expect(log).toContain('This is an S2I builder image for Python');
  });

  test('a build that fails says why, ends with 1 and leaves no image', async () => {
    const consumer = await openConsumer('s2i');
    const source = temporaryDirectory();
    writeFiles(source, { 'requirements.txt': './absent.whl\n', 'app.py': '' });
    const image = imageName(consumer);
    const { status, log } = await consumer.build({ builder: fullImage('trixie'), source, image });
    expect(status).toBe(1);
    expect(log).toContain('absent.whl');
    expect((await consumer.engine.inspect(image)).ok).toBe(false);
  });

  test('an image without artifacts is built clean, although --incremental asks for them', async () => {
    const consumer = await openConsumer('s2i');
    const source = temporaryDirectory();
    writeFiles(source, { 'app.py': 'print("nothing to install")\n' });
    const image = imageName(consumer);
    for (const _ of ['without a previous image', 'with one']) {
      const request = { builder: fullImage('trixie'), source, image, options: ['--incremental'] };
      const { status, log } = await consumer.build(request);
      expect(status, log).toBe(0);
      expect(log).not.toContain('error saving previous build artifacts');
    }
  });
});
