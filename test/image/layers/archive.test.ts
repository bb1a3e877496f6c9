import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openImageArchive } from '../../../src/image/layers/archive.ts';
import { readAllEntries } from '../../../src/image/layers/entries.ts';
import { gzipSize, tarSize } from '../../../src/image/layers/sizes.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { digest, dockerArchive, makeTar, ociArchive, writeTar } from './synthetic.ts';

const first = [
  { name: 'etc/', type: 'directory' },
  { name: 'etc/a', content: 'a'.repeat(10_000) },
] as const;
const second = [{ name: 'etc/b', content: 'b' }] as const;

describe.each([
  ['docker-archive', dockerArchive],
  ['oci-archive', ociArchive],
] as const)('a %s', (format, write) => {
  test.each(['none', 'gzip', 'zstd'] as const)('with compression %s is read the same', async (compression) => {
    const layers = [await makeTar(first), await makeTar(second)];
    const archive = await openImageArchive(await write({ layers, compression }));
    expect(archive).toMatchObject({ format, names: ['localhost/made:1'] });
    expect(archive.layers.map(({ digest: found, compression: how }) => [found, how])).toEqual(
      layers.map((layer) => [`sha256:${digest(layer)}`, compression]),
    );
    expect((await readAllEntries(archive)).map((entries) => entries.map(({ path }) => path))).toEqual([
      ['etc', 'etc/a'],
      ['etc/b'],
    ]);
    const sizes = await Promise.all(archive.layers.map((layer) => tarSize(archive, layer)));
    expect(sizes).toEqual(layers.map(({ length }) => length));
    const [gzip = 0] = await Promise.all(archive.layers.map((layer) => gzipSize(archive, layer)));
    expect(gzip).toBeGreaterThan(50);
    expect(gzip).toBeLessThan(1000);
  });

  test('whose layers are the same is read twice', async () => {
    const layer = await makeTar(second);
    const archive = await openImageArchive(await write({ layers: [layer, layer] }));
    expect((await readAllEntries(archive)).flat().map(({ path }) => path)).toEqual(['etc/b', 'etc/b']);
  });

  test('that was cut off says so', async () => {
    const file = await write({ layers: [await makeTar(first)] });
    truncateSync(file, 5000);
    await expect(openImageArchive(file)).rejects.toMatchObject({ problem: { kind: 'damaged', part: 'the archive' } });
  });

  test('with a compressed layer that is damaged names the layer', async () => {
    const layer = await makeTar([{ name: 'a', content: 'a'.repeat(100_000) }]);
    const file = await write({ layers: [layer], compression: 'gzip' });
    const bytes = readFileSync(file);
    const at = bytes.indexOf(Buffer.from([0x1f, 0x8b]));
    bytes.fill(0xff, at + 30, at + 60);
    writeFileSync(file, bytes);
    const archive = await openImageArchive(file);
    await expect(readAllEntries(archive)).rejects.toMatchObject({ problem: { kind: 'damaged', part: 'layer 1' } });
    const [broken] = archive.layers;
    if (broken !== undefined) await expect(tarSize(archive, broken)).rejects.toMatchObject({ problem: { kind: 'damaged' } });
  });
});

describe('what is no archive of one image', () => {
  const layer = { name: 'layer.tar', content: 'x' };
  const manifest = { Config: 'config.json', Layers: ['layer.tar'] };
  const configuration = { name: 'config.json', content: '{"rootfs":{"diff_ids":["sha256:1"]}}' };

  test.each<readonly [string, () => Promise<string>]>([
    ['nothing', async () => '/nonexistent/image.tar'],
    ['a folder', async () => temporaryDirectory()],
    ['some other tar', async () => writeTar([layer])],
    [
      'no tar',
      async () => {
        const file = join(temporaryDirectory(), 'image.tar');
        writeFileSync(file, 'x'.repeat(2000));
        return file;
      },
    ],
    [
      'two images',
      async () => writeTar([{ name: 'manifest.json', content: JSON.stringify([manifest, { ...manifest, RepoTags: ['b:1'] }]) }]),
    ],
    ['none', async () => writeTar([{ name: 'manifest.json', content: '[]' }])],
    ['without its configuration', async () => writeTar([layer, { name: 'manifest.json', content: JSON.stringify([manifest]) }])],
    ['without a layer', async () => writeTar([configuration, { name: 'manifest.json', content: JSON.stringify([manifest]) }])],
    ['with a manifest that is none', async () => writeTar([{ name: 'manifest.json', content: '{"Config' }])],
  ])('%s', async (_, write) => {
    const file = await write();
    const error = await openImageArchive(file).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message.replaceAll(file, 'FILE')).toMatchSnapshot();
  });
});
