import { describe, expect, test } from 'vitest';
import { openImageArchive } from '../../../src/image/layers/archive.ts';
import { type LayerEntry, readAllEntries } from '../../../src/image/layers/entries.ts';
import { repeatedPayload } from '../../../src/image/layers/payload.ts';
import { searchImage } from '../../../src/image/layers/search.ts';
import { mergeLayers } from '../../../src/image/layers/tree.ts';
import { digest, dockerArchive, type Made, makeTar, ociArchive } from './synthetic.ts';

async function entriesOf(...layers: readonly (readonly Made[])[]): Promise<readonly (readonly LayerEntry[])[]> {
  const tars = await Promise.all(layers.map(makeTar));
  return readAllEntries(await openImageArchive(await dockerArchive({ layers: tars })));
}

const large = 'payload '.repeat(1000);

describe('payload that stands in two layers', () => {
  test('is found by content, whatever it is called, the largest first', async () => {
    const layers = await entriesOf(
      [
        { name: 'a', content: large },
        { name: 'other', content: `${large}!` },
      ],
      [{ name: 'opt/b', content: large }],
      [
        { name: 'opt/c', content: large },
        { name: 'x', content: `${large}!` },
      ],
    );
    expect(repeatedPayload(layers)).toEqual([
      {
        digest: digest(`${large}!`),
        size: large.length + 1,
        places: [
          { layer: 0, path: 'other' },
          { layer: 2, path: 'x' },
        ],
      },
      {
        digest: digest(large),
        size: large.length,
        places: [
          { layer: 0, path: 'a' },
          { layer: 1, path: 'opt/b' },
          { layer: 2, path: 'opt/c' },
        ],
      },
    ]);
  });

  test('is not what one layer has twice, links lead to, or is small', async () => {
    const small = 's'.repeat(4096);
    const layers = await entriesOf(
      [
        { name: 'a', content: large },
        { name: 'b', content: large },
        { name: 'small', content: small },
      ],
      [
        { name: 'hard', type: 'link', linkname: 'a' },
        { name: 'soft', type: 'symlink', linkname: 'a' },
        { name: 'small', content: small },
      ],
    );
    expect(repeatedPayload(layers)).toEqual([]);
    expect(repeatedPayload(layers, 4095)).toMatchObject([{ size: 4096 }]);
  });
});

describe('layers over each other', () => {
  test('show what is not covered or taken away', async () => {
    const { visible, hidden } = mergeLayers(
      await entriesOf(
        [
          { name: 'kept/', type: 'directory' },
          { name: 'kept/a', content: 'aa' },
          { name: 'changed', content: 'old' },
          { name: 'gone', content: 'gone' },
          { name: 'folder/', type: 'directory' },
          { name: 'folder/in', content: 'in' },
          { name: 'folderless', content: 'not below folder' },
          { name: 'emptied/', type: 'directory' },
          { name: 'emptied/old', content: 'emptied' },
          { name: 'becomes-file/', type: 'directory' },
          { name: 'becomes-file/x', content: 'x' },
        ],
        [
          { name: 'kept/', type: 'directory', mode: 0o775 },
          { name: 'changed', content: 'new' },
          { name: '.wh.gone' },
          { name: '.wh.folder' },
          { name: 'emptied/', type: 'directory' },
          // Before the whiteout of the same directory, which concerns the layers below only.
          { name: 'emptied/new', content: 'n' },
          { name: 'emptied/.wh..wh..opq' },
          { name: 'becomes-file', content: 'f' },
        ],
      ),
    );
    expect([...visible.keys()].sort()).toEqual([
      'becomes-file',
      'changed',
      'emptied',
      'emptied/new',
      'folderless',
      'kept',
      'kept/a',
    ]);
    expect(visible.get('kept')).toMatchObject({ mode: 0o775, layer: 1 });
    expect(visible.get('changed')).toMatchObject({ digest: digest('new') });
    expect(hidden.map(({ path, layer }) => `${layer} ${path}`).sort()).toEqual([
      '0 becomes-file/x',
      '0 changed',
      '0 emptied/old',
      '0 folder/in',
      '0 gone',
    ]);
  });

  test('of an opaque root leave nothing', async () => {
    const { visible } = mergeLayers(
      await entriesOf([{ name: 'a', content: 'a' }], [{ name: '.wh..wh..opq' }, { name: 'b', content: 'b' }]),
    );
    expect([...visible.keys()]).toEqual(['b']);
  });
});

describe('a search', () => {
  const secret = 'pass&w0rd';

  test.each([
    ['docker-archive', dockerArchive],
    ['oci-archive', ociArchive],
  ] as const)(
    'finds a text in content, names and descriptions of a %s, also where a layer above takes it away',
    async (_, write) => {
      const layers = [
        await makeTar([{ name: 'root/.netrc', content: `login x ${secret}` }]),
        await makeTar([{ name: 'root/.wh..netrc' }, { name: `${secret}.txt`, content: 'x' }]),
        await makeTar([{ name: 'link', type: 'symlink', linkname: `/run/${secret}` }]),
      ];
      const archive = await openImageArchive(
        await write({
          layers,
          compression: 'gzip',
          history: [`RUN curl https://u:${secret}@localhost`],
          environment: [`A=${secret}`],
        }),
      );
      const found = await searchImage(archive, [secret, 'nothing', '']);
      expect(found.filter(({ where }) => where !== 'description')).toEqual([
        { needle: secret, where: 'content', layer: 0, path: 'root/.netrc' },
        { needle: secret, where: 'name', layer: 1, path: `${secret}.txt` },
        { needle: secret, where: 'name', layer: 2, path: 'link' },
      ]);
      expect(found.filter(({ where }) => where === 'description')).toHaveLength(1);
    },
  );

  test('finds what begins in one piece of a file and ends in the next, and bytes that are no ASCII', async () => {
    const at = 64 * 1024;
    const layers = await Promise.all(
      [-4, -1, 0, 1].map((shift) =>
        makeTar([{ name: 'file', content: Buffer.from(`${'x'.repeat(at + shift - 512)}geheim-ü${'y'.repeat(at)}`) }]),
      ),
    );
    const archive = await openImageArchive(await dockerArchive({ layers, compression: 'gzip' }));
    const found = await searchImage(archive, ['geheim-ü', 'geheim-u']);
    expect(found.map((place) => ('layer' in place ? place.layer : -1))).toEqual([0, 1, 2, 3]);
  });
});
