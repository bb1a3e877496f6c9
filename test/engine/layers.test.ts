import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ArchiveFormat, Engine } from '../../src/engine/engine.ts';
import { type ImageArchive, openImageArchive } from '../../src/image/layers/archive.ts';
import { type LayerEntry, readAllEntries } from '../../src/image/layers/entries.ts';
import { repeatedPayload } from '../../src/image/layers/payload.ts';
import { searchImage } from '../../src/image/layers/search.ts';
import { tarSize } from '../../src/image/layers/sizes.ts';
import { mergeLayers } from '../../src/image/layers/tree.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { buildImage } from './support/containers.ts';
import { describeEachEngine } from './support/each-engine.ts';
import { succeeded } from './support/engines.ts';
import { tinyBase, tinyContext } from './support/tiny-image.ts';

/** Everything a layer can do to what is below it. The first layers are `tinyBase`'s: 0 the program, 1 its links. */
const dockerfile = `${tinyBase}
RUN mkdir -p /app/kept /app/folder /app/opaque /tmp && head -c 8192 /dev/zero >/app/payload && echo changed >/app/changed && echo gone >/app/gone && echo in >/app/folder/in && echo old >/app/opaque/old && ln /app/changed /app/hard && ln -s payload /app/soft && chown -R 1001:0 /app && chmod 2775 /app/kept
RUN chmod 664 /app/payload && echo new >/app/changed && rm /app/gone && rm -r /app/folder /app/opaque && mkdir /app/opaque && echo new >/app/opaque/new
ARG TOKEN
RUN test -n "$TOKEN" && touch "/app/$(printf 'caf\\351')"
`;

async function archiveOf(engine: Engine, format: ArchiveFormat): Promise<ImageArchive> {
  const image = await buildImage(engine, { ...tinyContext(dockerfile), arguments: { TOKEN: 'in&history' } });
  const file = join(temporaryDirectory(), 'image.tar');
  return openImageArchive(succeeded(await engine.saveArchive(image, { file, format })));
}

/** In the words of the entry, for the paths below /app; whiteouts first, because their place in the tar is free. */
function said(entries: readonly LayerEntry[] = []): readonly string[] {
  return entries
    .filter(({ path }) => path.startsWith('app/'))
    .map(({ type, path }) => `${type} ${path}`)
    .sort();
}

describe('the layers of a real image', () => {
  const both: readonly ArchiveFormat[] = ['docker-archive', 'oci-archive'];

  describeEachEngine(['podman', 'buildah', 'docker'], (engine, name) => {
    test.each(name === 'docker' ? (['docker-archive'] as const) : both)('in a %s are what the steps did', async (format) => {
      const archive = await archiveOf(engine(), format);
      expect(archive.layers).toHaveLength(5);
      const layers = await readAllEntries(archive);
      expect(said(layers[2])).toEqual([
        'directory app/folder',
        'directory app/kept',
        'directory app/opaque',
        'file app/changed',
        'file app/folder/in',
        'file app/gone',
        'file app/opaque/old',
        'file app/payload',
        'hard link app/hard',
        'symlink app/soft',
      ]);
      expect(said(layers[3])).toEqual(
        expect.arrayContaining([
          'file app/changed',
          'file app/opaque/new',
          'file app/payload',
          'whiteout app/folder',
          'whiteout app/gone',
        ]),
      );
      expect(layers[2]?.find(({ path }) => path === 'app/kept')).toMatchObject({ mode: 0o2775, uid: 1001, gid: 0 });

      const { visible, hidden } = mergeLayers(layers);
      const below = [...visible.keys()].filter((path) => path.startsWith('app/')).sort();
      // The name is no UTF-8; engines write it into a pax record, which the library decodes.
      expect(below).toEqual([
        'app/caf\u00ef\u00bf\u00bd',
        'app/changed',
        'app/hard',
        'app/kept',
        'app/opaque',
        'app/opaque/new',
        'app/payload',
        'app/soft',
      ]);
      expect(hidden.map(({ path }) => path).sort()).toEqual(
        expect.arrayContaining(['app/folder/in', 'app/gone', 'app/opaque/old', 'app/payload']),
      );

      // A change of mode copies the whole file into the layer.
      expect(repeatedPayload(layers)).toMatchObject([
        {
          size: 8192,
          places: [
            { layer: 2, path: 'app/payload' },
            { layer: 3, path: 'app/payload' },
          ],
        },
      ]);
      // Values of ARG stand in the history of the steps that see them.
      const found = await searchImage(archive, ['in&history']);
      expect(new Set(found.map(({ where }) => where))).toEqual(new Set(['description']));
      const sizes = await Promise.all(archive.layers.map((layer) => tarSize(archive, layer)));
      expect(sizes[0]).toBeGreaterThan(1_000_000);
    });
  });
});
