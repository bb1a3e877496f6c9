import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openImageArchive } from '../../../../src/image/layers/archive.ts';
import { type LayerEntry, readAllEntries } from '../../../../src/image/layers/entries.ts';
import { tarSize } from '../../../../src/image/layers/sizes.ts';
import { openEngine, succeeded } from '../../../engine/support/engines.ts';

/** What an image is made of, the base's layer first. */
export interface ReadImage {
  readonly layers: readonly (readonly LayerEntry[])[];
  /** Of each layer's uncompressed tar. Bytes. */
  readonly sizes: readonly number[];
}

/** Reads an image of the tests' store. */
export async function readImage(image: string): Promise<ReadImage> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 's2i-test-'));
  try {
    const file = join(folder, 'image.tar');
    succeeded(await (await openEngine('podman')).saveArchive(image, { file, format: 'docker-archive' }));
    const archive = await openImageArchive(file);
    const sizes = await Promise.all(archive.layers.map((layer) => tarSize(archive, layer)));
    return { layers: await readAllEntries(archive), sizes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
