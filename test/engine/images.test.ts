import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';
import { buildImage } from './support/containers.ts';
import { describeEachEngine } from './support/each-engine.ts';
import { succeeded } from './support/engines.ts';
import { uniqueImage } from './support/names.ts';
import { tinyContext } from './support/tiny-image.ts';

const one = 'FROM scratch\nCOPY a /a\nLABEL is=one\n';

describe('images', () => {
  describeEachEngine(['podman', 'buildah', 'docker'], (engine) => {
    test('go into an archive and come back with their names', async () => {
      const image = await buildImage(engine(), tinyContext(one, { a: 'a' }));
      const { id } = succeeded(await engine().inspect(image));
      const file = join(temporaryDirectory(), 'image.tar');
      expect(await engine().saveArchive(image, { file, format: 'docker-archive' })).toEqual({ ok: true, value: file });
      succeeded(await engine().remove(image));
      expect(await engine().inspect(image)).toMatchObject({ ok: false, failure: { kind: 'image-unknown', image } });
      succeeded(await engine().loadArchive(file));
      expect(succeeded(await engine().inspect(image)).id).toBe(id);
    });

    test('get more names, and keep the others when one is taken away', async () => {
      const image = await buildImage(engine(), tinyContext(one, { a: 'b' }));
      const other = uniqueImage();
      succeeded(await engine().tag(image, other));
      const { id, labels } = succeeded(await engine().inspect(other));
      expect(labels).toEqual({ is: 'one' });
      succeeded(await engine().remove(other));
      expect(succeeded(await engine().inspect(image)).id).toBe(id);
    });

    test('that are not there are said to be unknown, whatever is asked of them', async () => {
      const image = uniqueImage();
      const file = join(temporaryDirectory(), 'image.tar');
      const outcomes = [
        await engine().inspect(image),
        await engine().tag(image, uniqueImage()),
        await engine().remove(image),
        await engine().saveArchive(image, { file, format: 'docker-archive' }),
      ];
      for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, failure: { kind: 'image-unknown', image } });
      expect(existsSync(file)).toBe(false);
    });

    test('do not come from an archive that is none', async () => {
      const file = join(temporaryDirectory(), 'image.tar');
      expect(await engine().loadArchive(file)).toMatchObject({ ok: false, failure: { kind: 'file-missing', what: 'archive' } });
      writeFileSync(file, 'no archive');
      expect(await engine().loadArchive(file)).toMatchObject({ ok: false, failure: { kind: 'archive-invalid', path: file } });
    });

    test('go to no folder that is not there', async () => {
      const outcome = await engine().saveArchive('i', { file: '/nonexistent/image.tar', format: 'docker-archive' });
      expect(outcome).toMatchObject({
        ok: false,
        failure: { kind: 'file-missing', what: 'archive-folder', path: '/nonexistent' },
      });
    });
  });

  describeEachEngine(['podman', 'buildah'], (engine) => {
    test('go into an oci-archive', async () => {
      const image = await buildImage(engine(), tinyContext(one, { a: 'a' }));
      const file = join(temporaryDirectory(), 'image.tar');
      succeeded(await engine().saveArchive(image, { file, format: 'oci-archive' }));
      expect(statSync(file).size).toBeGreaterThan(1000);
    });
  });
});
